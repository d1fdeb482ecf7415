/* The reader of PDFs without what it needs, and under pressure: each is said in one sentence. */
#include "extract/extract.h"

#include "base/limits.h"
#include "extract/extract_private.h"
#include "tests/check.h"

static struct jail *jail;
static struct arena a;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* One page of Korean whose letters only poppler-data knows: a font that is not embedded, codes by UniKS-UCS2-H. */
static struct bytes
korean_pdf(void)
{
	static const char *const objects[] = {
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
		"<< /Type /Font /Subtype /Type0 /BaseFont /Desk /Encoding /UniKS-UCS2-H /DescendantFonts [4 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Desk /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> "
		"/FontDescriptor 5 0 R /DW 1000 >>",
		"<< /Type /FontDescriptor /FontName /Desk /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 "
		"/CapHeight 700 /StemV 80 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
		"<< /Length 52 >>\nstream\nBT /F1 12 Tf 1 0 0 1 72 700 Tm <BD81D55C> Tj ET      \nendstream",
	};
	static struct buf out = BUF_INIT(64 * KiB);
	size_t            n = sizeof(objects) / sizeof(*objects), at[16], table;

	buf_reset(&out);
	buf_add(&out, STR("%PDF-1.4\n"));
	for (size_t i = 0; i < n; i++) {
		at[i] = out.n;
		buf_addf(&out, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
	}
	table = out.n;
	buf_addf(&out, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%010zu 00000 n \n", at[i]);
	buf_addf(&out, "trailer\n<< /Size %zu /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", n + 1, table);
	return buf_bytes(&out);
}

static struct article
ask(enum jail_kind kind, struct bytes body)
{
	static struct buf   answer = BUF_INIT(LIMIT_ANSWER_B + MiB);
	struct buf          question = BUF_INIT(LIMIT_BODY_B + MiB);
	struct extract_ask  q = { .file = STR("a.pdf"), .url = STR(""), .media_type = STR(""), .charset = STR(""), .content_encoding = STR(""),
		.body = body };
	struct article      article = { 0 };
	struct err          err = { .text = "" };

	arena_free(&a);
	arena_init(&a, 64 * MiB, no_more, NULL);
	buf_reset(&answer);
	td_wire_put(&question, &extract_ask_desc, &q);
	if (jail_run(jail, kind, buf_bytes(&question), &answer, &err) != ERR_OK ||
	    td_wire_get(&a, &article_desc, buf_bytes(&answer), &article, &err) != ERR_OK)
		fprintf(stderr, "%s\n", err.text), checks_failed++;
	buf_free(&question);
	return article;
}

static struct str
warning(const struct article *article)
{
	return article->warnings.n > 0 ? article->warnings.v[0] : STR("(none)");
}

static const char *const no_folders[] = { "/no/such/folder", NULL };
static struct jail_program without_data, without_reader;

static void
hangul_is_read_with_the_tables_of_poppler_data(void)
{
	struct article x = ask(JAIL_PDF, korean_pdf());

	CHECK_STR(STR("북한"), x.text);
	CHECK_INT(1, x.blocks.n == 1 ? x.blocks.v[0].page : 0);
}

/* The wall does not let it see the tables: for the program they are not there. */
static void
without_them_the_missing_language_pack_is_named(void)
{
	struct article x = ask(JAIL_TEST, korean_pdf());

	CHECK_STR(STR("some letters of the PDF cannot be read: the language pack Adobe-Korea1 is missing (install the package poppler-data, "
	    "then add the file again)"), warning(&x));
	CHECK(str_find(x.text, STR("북한")) == STR_NONE);
}

static void
without_pdftotext_the_package_is_named(void)
{
	struct article x = ask(JAIL_WARC, korean_pdf());

	CHECK_STR(STR("/usr/bin/no-such-pdftotext is not installed (package poppler-utils); the PDF is kept, not read"), warning(&x));
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(hangul_is_read_with_the_tables_of_poppler_data),
		TEST(without_them_the_missing_language_pack_is_named),
		TEST(without_pdftotext_the_package_is_named),
	};
	static struct jail_row rows[JAIL_KIND__COUNT];
	struct err err;
	int        code;

	without_data = without_reader = extract_pdf_program;
	without_data.folders = no_folders;
	without_reader.path = "/usr/bin/no-such-pdftotext";
	for (int i = 0; i < JAIL_KIND__COUNT; i++)
		rows[i] = (struct jail_row){ .name = "the PDF", .warm_up = extract_warm_up, .work_with = extract_pdf_work,
			.program = i == JAIL_PDF ? &extract_pdf_program : i == JAIL_TEST ? &without_data : &without_reader };
	if (jail_start(rows, &jail, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		return EXIT_FAILURE;
	}
	code = check_run(tests, sizeof(tests) / sizeof(*tests));
	jail_stop(jail);
	arena_free(&a);
	return code;
}
