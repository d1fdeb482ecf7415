#include "export/export.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/digest.h"
#include "crypto/sha256.h"
#include "os/file.h"

static void
put_line(struct buf *out, struct bytes contents, const char *folder, struct str path)
{
	unsigned char sum[DIGEST_MAX_B];
	char          hex[2 * DIGEST_MAX_B + 1];
	size_t        n = td_digest(STR("sha512"), contents, sum);

	buf_addf(out, "%s  %s%" STR_FMT "\n", td_hex(sum, n, hex), folder, STR_ARG(path));
}

static struct str
folder_of(struct arena *a, struct str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return arena_copy(a, str_sub(path, 0, n > 0 ? n - 1 : 0));
}

static enum err_code
put_file(struct arena *a, struct str dir, struct str path, struct bytes contents, struct err *err)
{
	struct str whole = os_join(a, dir, path);

	return os_make_dirs(folder_of(a, whole), err) == ERR_OK ? os_replace_file(whole, bytes_as_str(contents), err) : err->code;
}

/* Section 2.2.2: what a library asks first. */
static void
put_info(const struct export_package *p, struct buf *out)
{
	int64_t bytes = 0;
	char    when[CIVIL_SHOWN];

	for (size_t i = 0; i < p->n; i++)
		bytes += (int64_t)p->v[i].bytes.n;
	buf_addf(out, "Source-Organization: %" STR_FMT "\nBagging-Date: %.10s\nExternal-Description: captures of web pages, held at this desk\n"
	    "Payload-Oxum: %lld.%zu\nBag-Software-Agent: Tidings/" TIDINGS_VERSION "\n", STR_ARG(p->desk), instant_iso(p->held_us, when),
	    (long long)bytes, p->n);
}

enum err_code
export_bagit(struct arena *a, const struct export_package *p, struct str dir, unsigned char ret_sha256[32], struct err *err)
{
	static const char opening[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
	struct buf        manifest = BUF_INIT(4 * MiB), tags = BUF_INIT(64 * KiB), info = BUF_INIT(64 * KiB);

	if (os_exists(dir))
		return err_set(err, ERR_EXISTS, "%" STR_FMT ": is there already; nothing was written", STR_ARG(dir));
	*err = (struct err){ 0 };
	for (size_t i = 0; i < p->n && err->code == ERR_OK; i++) {
		put_line(&manifest, p->v[i].bytes, "data/", p->v[i].path);
		(void)put_file(a, os_join(a, dir, STR("data")), p->v[i].path, p->v[i].bytes, err);
	}
	put_info(p, &info);
	put_line(&tags, bytes_of(str_of(opening)), "", STR("bagit.txt"));
	put_line(&tags, buf_bytes(&info), "", STR("bag-info.txt"));
	put_line(&tags, buf_bytes(&manifest), "", STR("manifest-sha512.txt"));
	td_sha256(buf_bytes(&manifest), ret_sha256);
	if (err->code == ERR_OK && put_file(a, dir, STR("bag-info.txt"), buf_bytes(&info), err) == ERR_OK &&
	    put_file(a, dir, STR("manifest-sha512.txt"), buf_bytes(&manifest), err) == ERR_OK &&
	    put_file(a, dir, STR("tagmanifest-sha512.txt"), buf_bytes(&tags), err) == ERR_OK)
		(void)put_file(a, dir, STR("bagit.txt"), bytes_of(str_of(opening)), err);
	buf_free(&manifest);
	buf_free(&tags);
	buf_free(&info);
	return err->code;
}
