#include "refs/refs.h"

#include "tests/check.h"

static struct arena arena;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct str
show(const struct refs *refs)
{
	char  *out = arena_take(&arena, 8192);
	size_t n = 0;

	for (size_t i = 0; i < refs->list.n; i++)
		n += (size_t)snprintf(out + n, 8192 - n, "%s%s %" STR_FMT, i > 0 ? "\n" : "", ref_kind_name[refs->list.v[i].kind],
		    STR_ARG(refs->list.v[i].url));
	return (struct str){ out, n };
}

static struct str
needs(const char *html)
{
	struct html_tree tree;
	struct refs      refs = { .list = { .n = 0 } };
	struct err       err;

	td_html_parse(&arena, str_of(html), NULL, &tree);
	CHECK_INT(ERR_OK, td_refs_of_page(&arena, tree.document, STR("https://a.example/news/1"), &refs, &err));
	return show(&refs);
}

static void
pictures_are_found_in_all_their_forms(void)
{
	CHECK_STR(STR("image https://a.example/news/a.jpg"), needs("<img src=a.jpg><img src='a.jpg#x'><img src=data:,x>"));
	CHECK_STR(STR("image https://a.example/m.jpg\nimage https://a.example/l.jpg\nother size https://a.example/s.jpg"),
	    needs("<img src=/m.jpg srcset='/s.jpg 480w, /l.jpg 1024.5w ,/m.jpg 640w'>"));
	CHECK_STR(STR("image https://a.example/c.webp\nimage https://a.example/a.webp\nother size https://a.example/b.webp\nimage https://a.example/a.jpg"),
	    needs("<picture><source srcset='/a.webp, /b.webp 2x, /c.webp 3x'><img src=/a.jpg></picture>"));
	CHECK_STR(STR("image https://a.example/p.jpg\nmedia https://a.example/f.mp4"), needs("<video poster=/p.jpg src=/f.mp4>"));
	CHECK_STR(STR("image https://a.example/og.jpg"), needs("<meta property=og:image content=/og.jpg>"));
	CHECK_STR(STR("image https://a.example/late.jpg"), needs("<img src=data:image/gif;base64,R0 data-src=/late.jpg>"));
	CHECK_STR(STR("image https://a.example/bg.gif"), needs("<table background=/bg.gif>"));
	CHECK_STR(STR("image https://a.example/v.png"), needs("<svg><image xlink:href=/v.png></svg>"));
}

static void
styles_icons_and_frames_are_found(void)
{
	CHECK_STR(STR("style https://a.example/a.css\nstyle https://a.example/b.css\nimage https://a.example/c.png"),
	    needs("<link rel='alternate Stylesheet' href=/a.css><style>@import '/b.css';p{background:url(/c.png)}</style>"));
	CHECK_STR(STR("icon https://a.example/i.ico\nicon https://a.example/t.png"),
	    needs("<link rel='shortcut icon' href=/i.ico><link rel=apple-touch-icon href=/t.png>"));
	CHECK_STR(STR("frame https://b.example/x"), needs("<iframe src=//b.example/x></iframe>"));
	CHECK_STR(STR("image https://a.example/s.png"), needs("<p style=\"background: url('/s.png')\">"));
	CHECK_STR(STR("script https://a.example/j.js"), needs("<script src=/j.js></script>"));
}

static void
a_base_moves_them_and_other_schemes_do_not_count(void)
{
	CHECK_STR(STR("image https://b.example/x/a.jpg"), needs("<base href=//b.example/x/><img src=a.jpg>"));
	CHECK_STR(STR(""), needs("<base href=data:,><img src=javascript:alert(1)><img src=''><img><iframe src=about:blank></iframe>"));
}

static void
a_style_sheet_names_others_by_its_own_address(void)
{
	struct refs refs;
	struct err  err;

	CHECK_INT(ERR_OK, td_refs_of_style(&arena, STR("@import 'b.css';p{background:url(../i/a.png)}"), STR("https://a.example/css/a.css"),
	    &refs, &err));
	CHECK_STR(STR("style https://a.example/css/b.css\nimage https://a.example/i/a.png"), show(&refs));
	CHECK_INT(ERR_FORMAT, td_refs_of_style(&arena, STR(""), STR("no address"), &refs, &err));
}

int
main(void)
{
	static const struct check_test all[] = { TEST(pictures_are_found_in_all_their_forms), TEST(styles_icons_and_frames_are_found),
		TEST(a_base_moves_them_and_other_schemes_do_not_count), TEST(a_style_sheet_names_others_by_its_own_address) };
	int code;

	arena_init(&arena, 512 * MiB, no_more, NULL);
	code = check_run(all, sizeof(all) / sizeof(*all));
	arena_free(&arena);
	return code;
}
