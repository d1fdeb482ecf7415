#include "url/url.h"

#include <unistd.h>

#include "base/limits.h"
#include "tests/check.h"

static struct arena arena;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* The address as it is written again, or what was wrong with it. */
static struct str
read_url(const char *in, const char *base)
{
	struct url b, u;
	struct err err;

	if (base != NULL && td_url_parse(&arena, str_of(base), NULL, &b, &err) != ERR_OK)
		return arena_copy(&arena, str_of(err.text));
	if (td_url_parse(&arena, str_of(in), base != NULL ? &b : NULL, &u, &err) != ERR_OK)
		return arena_copy(&arena, str_of(err.text));
	return td_url_write(&arena, &u);
}

static void
addresses_come_out_in_one_form(void)
{
	CHECK_STR(STR("https://example.org/"), read_url(" HTTPS://EXAMPLE.org:443 ", NULL));
	CHECK_STR(STR("http://xn--4k0bx30c.kr/%EA%B9%80?q=%27"), read_url("http://\xea\xb9\x80\xec\xa0\x95.kr/\xea\xb9\x80?q='", NULL));
	CHECK_STR(STR("http://127.0.0.1/"), read_url("http://0x7f.1/", NULL));
	CHECK_STR(STR("http://[::ffff:7f00:1]/"), read_url("http://[::ffff:127.0.0.1]/", NULL));
	CHECK_STR(STR("http://a/%EF%BF%BD"), read_url("http://a/\xff", NULL));
}

static void
relative_addresses_are_resolved(void)
{
	CHECK_STR(STR("https://example.org/2018/b.html?q"), read_url("../b.html?q", "https://example.org/2018/06/a?x#y"));
	CHECK_STR(STR("https://other.example/x"), read_url("//other.example/x", "https://example.org/"));
	CHECK_STR(STR("mailto:a@example.org"), read_url("mailto:a@example.org", "https://example.org/"));
}

static void
what_is_no_address_is_named(void)
{
	CHECK_STR(STR("not a url: not an address"), read_url("not a url", NULL));
	CHECK_STR(STR("http://a b/: not an address"), read_url("http://a b/", NULL));
	CHECK_STR(STR("http://1.2.3.256/: not an address"), read_url("http://1.2.3.256/", NULL));
}

static void
an_address_longer_than_the_limit_is_refused(void)
{
	char       text[LIMIT_URL_B + 1];
	struct url u;
	struct err err;

	memset(text, 'a', sizeof(text));
	memcpy(text, "http://a/", 9);
	CHECK_INT(ERR_OK, td_url_parse(&arena, (struct str){ text, LIMIT_URL_B }, NULL, &u, &err));
	CHECK_INT(ERR_LIMIT, td_url_parse(&arena, (struct str){ text, LIMIT_URL_B + 1 }, NULL, &u, &err));
}

static void
one_page_has_one_name_however_it_is_announced(void)
{
	static const char *const cases[][2] = {
		{ "http://H.example/1?utm_source=rss&id=7&fbclid=x#top", "https://h.example/1?id=7" }, { "https://h.example/1?UTM_Medium=a", "https://h.example/1" },
		{ "https://h.example/1?", "https://h.example/1" }, { "https://h.example/1/?b=2&a=1", "https://h.example/1/?b=2&a=1" },
		{ "http://h.example:8080/1?ref=a&gclid", "http://h.example:8080/1?ref=a" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str s;
		struct err err;

		CHECK_INT(ERR_OK, td_url_seen(&arena, str_of(cases[i][0]), &s, &err));
		CHECK_STR(str_of(cases[i][1]), s);
	}
}

static void
the_fragment_is_not_part_of_the_name(void)
{
	struct str s;
	struct err err;

	CHECK_INT(ERR_OK, td_url_canonical(&arena, STR("http://A/#b"), &s, &err));
	CHECK_STR(STR("http://a/"), s);
}

static void
only_http_is_the_web(void)
{
	struct url u;
	struct err err;

	CHECK(td_url_parse(&arena, STR("https://a"), NULL, &u, &err) == ERR_OK && td_url_is_web(&u) && td_url_port(&u) == 443);
	CHECK(td_url_parse(&arena, STR("ftp://a"), NULL, &u, &err) == ERR_OK && !td_url_is_web(&u));
	CHECK(td_url_parse(&arena, STR("file:///etc/passwd"), NULL, &u, &err) == ERR_OK && !td_url_is_web(&u));
	CHECK(td_url_parse(&arena, STR("javascript:alert(1)"), NULL, &u, &err) == ERR_OK && !td_url_is_web(&u));
}

static int
hex(int c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

static struct str
unhex(struct str s)
{
	char *to = arena_take(&arena, s.n / 2 + 1);

	for (size_t i = 0; i + 1 < s.n; i += 2)
		to[i / 2] = (char)(hex(s.p[i]) << 4 | hex(s.p[i + 1]));
	return (struct str){ to, s.n / 2 };
}

static bool
wpt_case_holds(struct str line)
{
	struct str input, base, want, got;
	struct url b, u;
	struct err err;
	bool       ok;

	str_cut(&line, '\t', &input);
	str_cut(&line, '\t', &base);
	str_cut(&line, '\t', &want);
	ok = base.n == 0 || td_url_parse(&arena, unhex(base), NULL, &b, &err) == ERR_OK;
	ok = ok && td_url_parse(&arena, unhex(input), base.n > 0 ? &b : NULL, &u, &err) == ERR_OK;
	got = ok ? td_url_write(&arena, &u) : STR("failure");
	want = str_eq(want, STR("failure")) ? want : unhex(want);
	CHECK_STR(want, got);
	return str_eq(want, got);
}

/* tests/urltable.sh makes the table out of the suite: input, base and href in hex, a line each. */
static int
run_table(void)
{
	static char line[1 << 17];
	int         n = 0, bad = 0;

	while (fgets(line, sizeof(line), stdin) != NULL) {
		struct str s = str_of(line);

		arena_init(&arena, 16 * MiB, no_more, NULL);
		s.n -= s.n > 0 && s.p[s.n - 1] == '\n';
		bad += !wpt_case_holds(s);
		n++;
		arena_free(&arena);
	}
	printf("1..1\n%sok 1 - the URL standard's cases: %d of %d\n", bad > 0 || n == 0 ? "not " : "", n - bad, n);
	return bad > 0 || n == 0;
}

int
main(int argc, char *argv[])
{
	static const struct check_test all[] = {
		TEST(addresses_come_out_in_one_form), TEST(relative_addresses_are_resolved), TEST(what_is_no_address_is_named),
		TEST(an_address_longer_than_the_limit_is_refused), TEST(the_fragment_is_not_part_of_the_name),
		TEST(only_http_is_the_web), TEST(one_page_has_one_name_however_it_is_announced),
	};
	int code;

	(void)argv;
	if (argc > 1)
		return run_table();
	arena_init(&arena, 16 * MiB, no_more, NULL);
	code = check_run(all, sizeof(all) / sizeof(*all));
	arena_free(&arena);
	return code;
}
