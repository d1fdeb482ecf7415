/* usage: Jwat FILE... - what JWAT says of each file: every error and warning, then "ok" or "no" and the file's name. */
import java.io.FileInputStream;
import java.io.InputStream;
import org.jwat.common.Diagnosis;
import org.jwat.common.Diagnostics;
import org.jwat.warc.WarcReader;
import org.jwat.warc.WarcReaderFactory;
import org.jwat.warc.WarcRecord;

class Jwat {
	static int complaints;

	static void say(Diagnostics d) {
		for (Diagnosis x : d.getErrors())
			System.out.println("error: " + x.entity + " " + x.type);
		for (Diagnosis x : d.getWarnings())
			System.out.println("warning: " + x.entity + " " + x.type);
		complaints += d.getErrors().size() + d.getWarnings().size();
	}

	static int records(String name) throws Exception {
		int n = 0;

		try (InputStream in = new FileInputStream(name)) {
			WarcReader reader = WarcReaderFactory.getReader(in, 65536);

			reader.setBlockDigestEnabled(true);
			reader.setPayloadDigestEnabled(true);
			/* Its own default is 32 KB; a server may send more, and we keep up to 256 KB. */
			reader.setPayloadHeaderMaxSize(512 * 1024);
			for (WarcRecord r; (r = reader.getNextRecord()) != null; n++) {
				r.close();
				say(r.diagnostics);
			}
			reader.close();
			say(reader.diagnostics);
			if (!reader.isCompliant())
				complaints++;
		}
		return n;
	}

	public static void main(String[] names) {
		boolean bad = false;

		for (String name : names) {
			int n = 0;

			complaints = 0;
			try {
				n = records(name);
			} catch (Exception e) {
				System.out.println("error: " + e);
				complaints++;
			}
			System.out.println((complaints == 0 && n > 0 ? "ok " : "no ") + n + " records " + name);
			bad |= complaints > 0 || n == 0;
		}
		System.exit(bad ? 1 : 0);
	}
}
