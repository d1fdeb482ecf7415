/* The desk as a browser meets it: a real store, a real socket, real bytes. */
#include "desk/browse_check.h"

static void
an_empty_desk_teaches_what_to_do_first(void)
{
	if (!begin())
		return;
	CHECK_INT(200, get("/"));
	CHECK(says("Paste an address above"));
	CHECK(says("Content-Security-Policy: default-src 'none'; style-src 'self'"));
	CHECK(says("Cache-Control: no-store"));
	CHECK(says("Desk &lt;b&gt;&amp;"));
	CHECK_INT(200, get("/?lang=ko"));
	CHECK(says("<html lang=\"ko\">"));
	CHECK(says("Set-Cookie: lang=ko"));
	CHECK(says("아직 기사가 없습니다."));
	CHECK_INT(200, get("/desk.css"));
	CHECK_INT(404, get("/nothing"));
	CHECK_INT(404, get("/item/a-zzzz"));
	end();
}

static const struct { const char *request; int want; } refused[] = {
	{ "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421 },
	{ "GET / HTTP/1.1\r\n\r\n", 400 },
	{ "PUT / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n", 405 },
	{ "POST / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 0\r\n\r\n", 405 },
	{ "POST /add HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400 },
	{ "POST /add HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
	{ "POST /add HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length : 3\r\n\r\nabc", 400 },
	{ "POST /add HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTransfer-Encoding: x\r\n\r\n", 400 },
	{ "POST /add HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 3\r\n\r\na=1", 403 },
	{ "POST /add HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://evil.example\r\nContent-Length: 3\r\n\r\na=1", 403 },
	{ "POST /note HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 999999999999\r\n\r\n", 413 },
};

static void
what_is_malformed_or_from_elsewhere_meets_no_handler(void)
{
	if (!begin())
		return;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct str request = str_of(refused[i].request);
		size_t     at = str_find(request, STR("PORT"));
		struct str whole = at == STR_NONE ? request : print(&arena, "%.*s%d%s", (int)at, request.p, port, request.p + at + 4);
		int        status = ask(whole);

		if (status != refused[i].want)
			fprintf(stderr, "# %s", refused[i].request);
		CHECK_INT(refused[i].want, status);
		CHECK(!says("<nav"));
	}
	end();
}

/* Every route that changes something, without the page's token: nothing happens. */
static void
no_route_changes_anything_without_its_token(void)
{
	struct store_list_ask  list = { .limit = 10, .status = -1 };
	struct store_note_list notes;
	struct store_desk_status status;
	struct err             err;

	if (!begin())
		return;
	for (size_t i = 0; i < routes_n; i++)
		if (routes[i].method == POST) {
			CHECK(routes[i].body_max > 0);
			CHECK(post(routes[i].path.p, STR("token=x&heading=h&text=t&url=https://a.example/&name=n&do=save")) >= 400);
		} else {
			CHECK((routes[i].roles & ROLE_OWNER) != 0);
		}
	CHECK_INT(ERR_OK, store_note_list(link_, &arena, &list, &notes, &err));
	CHECK_INT(0, notes.notes.n);
	CHECK_INT(ERR_OK, store_status(link_, &arena, &(struct store_none){ 0 }, &status, &err));
	CHECK_INT(0, status.jobs_open);
	end();
}

static void
a_note_goes_from_form_to_preview_to_saved(void)
{
	struct id  id;
	struct str body, t;
	char       shown[ID_SHOWN];

	if (!begin())
		return;
	id = add(STR("Seoul cuts funding"), STR("The office was closed. 북한인권단체가 모였다. It was a U.S. fund."));
	id_show(ID_ARTICLE, &id, shown);
	CHECK_INT(200, get("/"));
	CHECK(says("Seoul cuts funding"));
	CHECK_INT(200, get(item(&id)));
	CHECK(says("supplied by an editor, not fetched by us"));
	CHECK_INT(200, get(print(&arena, "/note/new?article=%s", shown).p));
	CHECK(says("value=\"0-23\""));
	t = token();
	CHECK(t.n > 20);
	body = print(&arena, "token=%" STR_FMT "&article=%s&heading=Our+heading&text=*Ours*&x=0-23&language=en&country=KP&date=%s",
	    STR_ARG(t), shown, "27.6.");
	CHECK_INT(422, post("/note", body));
	CHECK(says("This is not a date we can read"));
	CHECK(says("value=\"Our heading\""));
	body = print(&arena, "token=%" STR_FMT "&article=%s&heading=Our+heading&text=*Ours*&x=0-23&language=en&date=2018-06&do=preview",
	    STR_ARG(t), shown);
	CHECK_INT(200, post("/note", body));
	CHECK(says("<em>Ours</em>"));
	CHECK(says("June 2018"));
	body = print(&arena, "token=%" STR_FMT "&article=%s&heading=Our+heading&text=*Ours*&words=%s&x=0-23&language=en&do=save",
	    STR_ARG(t), shown, encoded(STR("북한인권단체가 모였다.")).p);
	CHECK_INT(303, post("/note", body));
	CHECK(says("Location: /note/n-"));
	CHECK_INT(200, get("/notes"));
	CHECK(says("Our heading"));
	CHECK_INT(200, get("/search?q=%EC%9D%B8%EA%B6%8C"));
	CHECK(says("<mark>"));
	end();
}

static void
an_address_becomes_a_job_and_nonsense_an_explanation(void)
{
	struct str t;

	if (!begin())
		return;
	get("/add");
	t = token();
	CHECK_INT(422, post("/add", print(&arena, "token=%" STR_FMT "&url=javascript:alert(1)", STR_ARG(t))));
	CHECK(says("This is not the address of a web page"));
	CHECK(says("value=\"javascript:alert(1)\""));
	CHECK_INT(303, post("/add", print(&arena, "token=%" STR_FMT "&url=example.org/story", STR_ARG(t))));
	CHECK(says("Location: /job/j-"));
	end();
}

static void
a_capture_is_erased_with_a_reason_and_a_tick_and_not_else(void)
{
	struct store_article_view view;
	struct str                t, erase, reason = STR("reason=asked+for+by+a+family");
	struct id                 id;
	struct err                err;
	char                      shown[ID_SHOWN];

	if (!begin())
		return;
	id = add(STR("Of quixzelvane"), STR("Here quixzelvane speaks."));
	CHECK_INT(ERR_OK, store_article_get(link_, &arena, &(struct store_name){ str_of(id_show(ID_ARTICLE, &id, shown)), ID_ARTICLE }, &view, &err));
	id_show(ID_CAPTURE, &view.capture, shown);
	CHECK_INT(200, get(item(&id)));
	erase = print(&arena, "/erase/%s", shown);
	CHECK(says(erase.p));
	CHECK_INT(200, get(erase.p));
	CHECK(says("They are not sealed."));
	CHECK(says("This desk knows of no other copy."));
	t = token();
	CHECK_INT(422, post("/erase", print(&arena, "token=%" STR_FMT "&id=%s&sure=yes", STR_ARG(t), shown)));
	CHECK_INT(422, post("/erase", print(&arena, "token=%" STR_FMT "&id=%s&%s", STR_ARG(t), shown, reason.p)));
	CHECK(says("value=\"asked for by a family\""));
	CHECK_INT(422, post("/erase", print(&arena, "token=x&id=%s&sure=yes&%s", shown, reason.p)));
	CHECK_INT(200, get(item(&id)));
	CHECK(says("Here quixzelvane speaks."));
	CHECK_INT(303, post("/erase", print(&arena, "token=%" STR_FMT "&id=%s&sure=yes&%s", STR_ARG(t), shown, reason.p)));
	CHECK(says(print(&arena, "Location: %s", erase.p).p));
	CHECK_INT(200, get(erase.p));
	CHECK(says("asked for by a family"));
	CHECK(!says("<form action=\"/erase\""));
	CHECK(!says("quixzelvane"));
	CHECK_INT(303, get(item(&id)));
	CHECK_INT(200, get("/"));
	CHECK(says("(erased)"));
	CHECK(!says("quixzelvane"));
	CHECK_INT(200, get("/search?q=quixzelvane"));
	CHECK(!says("Of quixzelvane"));
	end();
}

/* Our templates have no script, style, handler or image in them: whatever is there came out of somebody's text. */
static size_t
markup_of_theirs(void)
{
	static const char *const signs[] = { "<script", "<img", "<svg", "<iframe", "<object", "<embed", "<style", "<math", "<video",
		"<audio", "<marquee", "<base", "<body ", "<x ", "<a/", "<details/", "href=\"javascript:", "src=\"" };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		n += str_find_nocase(buf_str(&answer), str_of(signs[i])) != STR_NONE;
	return n;
}

#ifdef TIDINGS_SANITIZED
#define PAYLOADS_N 100      /* TIDINGS_LONG=yes tries them all */
#else
#define PAYLOADS_N 400
#endif

static bool
is_long(void)
{
	const char *value = getenv("TIDINGS_LONG");

	return value != NULL && strcmp(value, "yes") == 0;
}

static size_t
walk_payloads(struct str list)
{
	struct str line;
	size_t     tried = 0;

	while (str_cut(&list, '\n', &line)) {
		struct str text = str_trim(line);

		if (text.n == 0 || text.n > LIMIT_QUERY_B || !td_utf8_is_valid(bytes_of(text)) ||
		    memchr(text.p, '\0', text.n) != NULL)
			continue;
		if (++tried > PAYLOADS_N && !is_long())
			return tried;
		if (tried % 20 == 1) {
			struct id id = add(text, text);

			get(item(&id));
			CHECK_INT(0, markup_of_theirs());
			get(print(&arena, "/note/new?article=%s", item(&id) + 6).p);
			CHECK_INT(0, markup_of_theirs());
			get("/");
			CHECK_INT(0, markup_of_theirs());
		}
		get(print(&arena, "/search?q=%" STR_FMT, STR_ARG(str_sub(encoded(text), 0, 900))).p);
		CHECK_INT(0, markup_of_theirs());
		if (tried % 50 == 0) {
			arena_free(&arena);
			arena_init(&arena, 512 * MiB, no_more, NULL);
		}
	}
	return tried;
}

static const char ours[] = "<script>alert(1)</script>\n\"><img src=x onerror=alert(1)>\n'><svg/onload=alert(1)>\n"
	"javascript:alert(1)\n</textarea><script>alert(1)</script>\n</title><iframe src=javascript:alert(1)>\n{{t:desk.nav.items}}\n";

static void
no_tag_of_a_strangers_comes_out_as_markup(void)
{
	static const char *const lists[] = { "security/corpora/xss-list/Intruder/xss-payload-list.txt" };
	const char *shared = getenv("SHARED_DATA");
	struct buf  text = BUF_INIT(8 * MiB);
	struct err  err;
	size_t      n;

	if (!begin())
		return;
	n = walk_payloads(str_of(ours));
	for (size_t i = 0; shared != NULL && i < sizeof(lists) / sizeof(*lists); i++)
		if (os_read_file(print(&arena, "%s/%s", shared, lists[i]), &text, &err) == ERR_OK)
			n += walk_payloads(buf_str(&text));
	fprintf(stderr, "# %zu payloads\n", n);
	buf_free(&text);
	end();
}

TESTS(
	TEST(an_empty_desk_teaches_what_to_do_first),
	TEST(what_is_malformed_or_from_elsewhere_meets_no_handler),
	TEST(no_route_changes_anything_without_its_token),
	TEST(a_note_goes_from_form_to_preview_to_saved),
	TEST(an_address_becomes_a_job_and_nonsense_an_explanation),
	TEST(a_capture_is_erased_with_a_reason_and_a_tick_and_not_else),
	TEST(no_tag_of_a_strangers_comes_out_as_markup))
