#include "css/css.h"

#include "tests/check.h"

static struct arena arena;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* What is loaded, one after another; a style sheet with "@" in front. */
static struct str
loads(const char *text)
{
	struct css_refs refs;
	char           *out = arena_take(&arena, 4096);
	size_t          n = 0;

	td_css_refs(&arena, str_of(text), &refs);
	for (size_t i = 0; i < refs.n; i++)
		n += (size_t)snprintf(out + n, 4096 - n, "%s%s%" STR_FMT, i > 0 ? " " : "", refs.v[i].is_import ? "@" : "", STR_ARG(refs.v[i].url));
	return (struct str){ out, n };
}

static void
addresses_are_found_in_every_way_of_writing_them(void)
{
	CHECK_STR(STR("a.png b.png c.png"), loads("p{background:url(a.png)}q{background:URL( 'b.png' ) , url(\"c.png\")}"));
	CHECK_STR(STR("@a.css @b.css @c.css"), loads("@import 'a.css';@IMPORT url(b.css) print;@import url(\"c.css\");"));
	CHECK_STR(STR("f.woff2"), loads("@font-face{font-family:x;src:local('Gulim'),url( f.woff2 )format(\"woff2\")}"));
	CHECK_STR(STR("사진.png"), loads("p{background:url(사진.png)}"));
}

static void
escapes_are_what_they_stand_for(void)
{
	CHECK_STR(STR("a b(c).png"), loads("p{background:url(a\\ b\\(c\\).png)}"));
	CHECK_STR(STR("AB김.png"), loads("p{background:url('\\41 \\000042\\AE40.png')}"));
	CHECK_STR(STR("a'b.png"), loads("p{background:url('a\\'b.png')}"));
}

static void
what_is_no_address_is_passed_over(void)
{
	CHECK_STR(STR(""), loads("/* url(a.png) @import 'b.css' */ p{content:'url(c.png)'} q{content:\"@import 'd.css'\"}"));
	CHECK_STR(STR(""), loads("p{background:curl(a.png)} .url{x:y} q{background:url(a b.png)} r{background:url()}"));
	CHECK_STR(STR("b.png"), loads("@charset 'x';p{content:'a\\\nb'}q{background:url(b.png)}"));
	CHECK_STR(STR("a.png"), loads("@import {} p{content:'x'} q{background:url(a.png"));
	CHECK_STR(STR("a"), loads("p{background:url('a"));
	CHECK_STR(STR(""), loads("p{background:url(\\"));
}

int
main(void)
{
	static const struct check_test all[] = { TEST(addresses_are_found_in_every_way_of_writing_them),
		TEST(escapes_are_what_they_stand_for), TEST(what_is_no_address_is_passed_over) };
	int code;

	arena_init(&arena, 512 * MiB, no_more, NULL);
	code = check_run(all, sizeof(all) / sizeof(*all));
	arena_free(&arena);
	return code;
}
