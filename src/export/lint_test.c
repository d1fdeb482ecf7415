/* An export with a secret in it is not written; what is harmless goes through. */
#include "export/export.h"

#include "base/limits.h"
#include "tests/check.h"

static enum err_code
lint(const char *path, const char *text, struct str allowed, struct err *err)
{
	struct export_file    file = { str_of(path), bytes_of(str_of(text)) };
	struct export_package p = { .v = &file, .n = 1, .ours = BUF_INIT(KiB) };
	struct export_secrets s = { .word = { STR("seoul-laptop"), STR("kimth"), STR("/home/kimth"), STR("") }, .allowed = &allowed,
		.allowed_n = allowed.n > 0 };

	return export_lint(&p, &s, err);
}

static void
what_tells_where_the_desk_is_is_refused_and_named(void)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{ "made on Seoul-Laptop today", "seoul-laptop" }, { "by kimth", "kimth" }, { "/home/kimth/desk/captures", "kimth" },
		{ "WARC-IP-Address: 192.168.7.12", "192.168.7.12" }, { "127.0.0.1:8080", "127.0.0.1" }, { "10.0.0.1", "10.0.0.1" },
		{ "172.31.255.1 and more", "172.31.255.1" }, { "write to gina@example.org", "gina@example.org" }, { "x=a.b@desk.kr.", "a.b@desk.kr" },
		{ "북한 kimth 인권", "kimth" },
		{ "WARC-IP-Address: fd12:3456:789a::1", "fd12:3456:789a::1" }, { "from [fe80::1%eth0]:8080", "fe80::1" }, { "ip:FE80::A.", "FE80::A" },
		{ "(::1)", "::1" }, { "via ::ffff:192.168.7.12, and on", "192.168.7.12" }, { "x ::ffff:c0a8:70c", "::ffff:c0a8:70c" },
		{ "64:ff9b::10.0.0.1", "10.0.0.1" }, { "64:ff9b::a00:1", "64:ff9b::a00:1" }, { "fec0::7: no route", "fec0::7" }, { "feff:0:0:0:0:0:0:1", "feff:" },
	};
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_INT(ERR_DENIED, lint("evidence/x", cases[i].text, STR(""), &err));
		CHECK(str_find_nocase(str_of(err.text), str_of(cases[i].word)) != STR_NONE);
		CHECK(str_find(str_of(err.text), STR("evidence/x")) != STR_NONE);
	}
}

static void
what_tells_nothing_goes_through(void)
{
	static const char *const cases[] = {
		"", "93.184.216.34", "172.32.0.1", "1.2.3.4.5", "version 10.0.0.1.2", "kimthly", "akimth", "c2sp.org/tlog-proof@v1",
		"2001:db8::1", "2a00:1450:4001:82a::200e", "::ffff:93.184.216.34", "64:ff9b::5db8:d822", "std::1", "at 10:11:12", "::", "a::b",
		"fd12:3456", "fc00::xyz", "dead:beef", "xfe80::1", "12:fc00:ab:cd:ef:01:02:03:04:05:06:07",
		"https://example.org/@someone/x", "a @ b", "110.0.0.1", "J@.", "k@.a", "q@x.5y", "\xff@\xfe.de",
	};
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_INT(ERR_OK, lint("evidence/x", cases[i], STR(""), &err));
	CHECK_INT(ERR_OK, lint("archive/data.warc.gz", "127.0.0.1 of a page's own text", STR(""), &err));
	CHECK_INT(ERR_OK, lint("evidence/x", "127.0.0.1:80", STR("127.0.0.1"), &err));
	CHECK_INT(ERR_DENIED, lint("evidence/x", "127.0.0.2:80", STR("127.0.0.1"), &err));
}

TESTS(
	TEST(what_tells_where_the_desk_is_is_refused_and_named),
	TEST(what_tells_nothing_goes_through))
