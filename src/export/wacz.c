#include "export/export.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "json/write.h"
#include "wacz/zip.h"

#define SOFTWARE "Tidings/" TIDINGS_VERSION

static void
put(struct json *j, const char *key, struct str value)
{
	td_json_key(j, key);
	td_json_str(j, value);
}

static void
put_hash(struct json *j, const char *key, struct bytes b)
{
	unsigned char sum[SHA256_B];
	char          hex[SHA256_HEX_B], text[SHA256_HEX_B + 8];

	td_sha256(b, sum);
	snprintf(text, sizeof(text), "sha256:%s", td_hex(sum, SHA256_B, hex));
	put(j, key, str_of(text));
}

/* A resource's name: lower case, its path is told beside it. */
static struct str
name_of(struct arena *a, struct str path)
{
	struct str s = arena_copy(a, path);
	char      *p = arena_take(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] == '/' ? '-' : s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]);
	return (struct str){ p, s.n };
}

static void
put_datapackage(struct arena *a, const struct export_package *p, struct buf *out)
{
	struct json j = { .out = out };
	char        when[CIVIL_SHOWN];

	td_json_object(&j);
	put(&j, "profile", STR("data-package"));
	put(&j, "wacz_version", STR("1.1.1"));
	put(&j, "title", p->title.n > 0 ? p->title : p->main_url);
	put(&j, "created", str_of(instant_iso(p->held_us, when)));
	put(&j, "software", STR(SOFTWARE));
	put(&j, "mainPageUrl", p->main_url);
	put(&j, "mainPageDate", str_of(instant_iso(p->main_us, when)));
	td_json_key(&j, "resources");
	td_json_array(&j);
	for (size_t i = 0; i < p->n; i++) {
		td_json_object(&j);
		put(&j, "name", name_of(a, p->v[i].path));
		put(&j, "path", p->v[i].path);
		put_hash(&j, "hash", p->v[i].bytes);
		td_json_key(&j, "bytes");
		td_json_i64(&j, (int64_t)p->v[i].bytes.n);
		td_json_end(&j);
	}
	td_json_end(&j);
	td_json_end(&j);
	buf_add_char(out, '\n');
}

/* wacz-auth 0.1.0, the anonymous signature: nothing may be in it but these. */
static void
put_digest(struct buf *out, struct str hash, int64_t held_us, const struct store_signatures *s)
{
	struct json j = { .out = out };
	char        when[CIVIL_SHOWN];

	td_json_object(&j);
	put(&j, "path", STR("datapackage.json"));
	put(&j, "hash", hash);
	td_json_key(&j, "signedData");
	td_json_object(&j);
	put(&j, "hash", hash);
	put(&j, "signature", s->wacz);
	put(&j, "publicKey", s->wacz_key);
	put(&j, "created", str_of(instant_iso(held_us, when)));
	put(&j, "software", STR(SOFTWARE));
	put(&j, "version", STR("0.1.0"));
	td_json_end(&j);
	td_json_end(&j);
	buf_add_char(out, '\n');
}

static void
put_zip(const struct export_package *p, struct str package, struct str digest, struct buf *ret)
{
	struct zip z = { .out = BUF_INIT(LIMIT_EXPORT_B + 64 * MiB), .central = BUF_INIT(16 * MiB) };

	td_zip_add(&z, STR("datapackage.json"), bytes_of(package));
	td_zip_add(&z, STR("datapackage-digest.json"), bytes_of(digest));
	for (size_t i = 0; i < p->n; i++)
		td_zip_add(&z, p->v[i].path, p->v[i].bytes);
	td_zip_end(&z);
	*ret = z.out;
	buf_free(&z.central);
}

enum err_code
export_wacz(struct store_link *link, struct arena *a, struct export_package *p, struct buf *ret, struct err *err)
{
	struct buf              package = BUF_INIT(16 * MiB), digest = BUF_INIT(64 * KiB);
	struct store_sign_ask   ask = { .manifest = bytes_of(STR("")), .comment = STR("no file") };
	struct store_signatures made;
	unsigned char           sum[SHA256_B];
	char                    hex[SHA256_HEX_B], hash[SHA256_HEX_B + 8];

	put_datapackage(a, p, &package);
	td_sha256(buf_bytes(&package), sum);
	snprintf(hash, sizeof(hash), "sha256:%s", td_hex(sum, SHA256_B, hex));
	ask.package_hash = str_of(hash);
	if (store_export_sign(link, a, &ask, &made, err) == ERR_OK) {
		put_digest(&digest, str_of(hash), p->held_us, &made);
		put_zip(p, buf_str(&package), buf_str(&digest), ret);
		if (ret->failed || package.failed || digest.failed)
			(void)err_set(err, ERR_LIMIT, "the package is too large; nothing was written, export fewer captures at once");
		else
			err->code = ERR_OK;
	}
	buf_free(&package);
	buf_free(&digest);
	return err->code;
}
