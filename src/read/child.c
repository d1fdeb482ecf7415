/* The work of a child that reads a feed or a robots.txt. */
#include "base/limits.h"
#include "feed/links.h"
#include "html/tree.h"
#include "http/decode.h"
#include "http/message.h"
#include "read/read_private.h"
#include "text/charset.h"

static const struct wire_field feed_question_fields[] = {
	WIRE(struct feed_question, STR, url, LIMIT_URL_B),
	WIRE(struct feed_question, STR, content_type, LIMIT_FIELD_B),
	WIRE(struct feed_question, STR, content_encoding, LIMIT_FIELD_B),
	WIRE(struct feed_question, BYTES, body, LIMIT_BODY_B),
	WIRE(struct feed_question, BOOL, wants_any, 0),
	WIRE(struct feed_question, BOOL, is_list, 0),
	WIRE(struct feed_question, STR, selector, LIMIT_FIELD_B),
	WIRE(struct feed_question, I64, newest_n, 0),
};
const struct wire_desc feed_question_desc = WIRE_DESC(struct feed_question, feed_question_fields);

static const struct wire_field read_found_fields[] = {
	WIRE_ENUM_OF(struct read_found, kind, READ_KIND__COUNT, NULL),
	WIRE(struct read_found, STR, fault, LIMIT_FIELD_B),
	WIRE_STRUCT_OF(struct read_found, doc, &feed_doc_desc),
	WIRE_LIST_OF(struct read_found, feeds, LIMIT_LIST_N, &found_feed_desc),
	WIRE_STRUCT_OF(struct read_found, list, &opml_desc),
};
const struct wire_desc read_found_desc = WIRE_DESC(struct read_found, read_found_fields);

static const struct wire_field robots_question_fields[] = {
	WIRE(struct robots_question, STR, agent, LIMIT_FIELD_B),
	WIRE(struct robots_question, STR, content_encoding, LIMIT_FIELD_B),
	WIRE(struct robots_question, BYTES, body, LIMIT_ROBOTS_B + 1),
};
const struct wire_desc robots_question_desc = WIRE_DESC(struct robots_question, robots_question_fields);

static const struct wire_field robots_line_fields[] = {
	WIRE(struct robots_line, BYTES, text, 3 * LIMIT_ROBOTS_LINE_B),
	WIRE(struct robots_line, BOOL, allow, 0),
};
static const struct wire_desc robots_line_desc = WIRE_DESC(struct robots_line, robots_line_fields);

static const struct wire_field robots_answer_fields[] = {
	WIRE_LIST_OF(struct robots_answer, rules, LIMIT_ROBOTS_B, &robots_line_desc),
	WIRE_LIST_OF(struct robots_answer, sitemaps, LIMIT_LIST_N, &robots_line_desc),
	WIRE(struct robots_answer, I64, crawl_delay_ms, 0),
	WIRE(struct robots_answer, BOOL, named, 0),
	WIRE(struct robots_answer, BOOL, cut, 0),
};
const struct wire_desc robots_answer_desc = WIRE_DESC(struct robots_answer, robots_answer_fields);

#define SUMMARY_B 2000          /* of an item, for a watch */

static bool
is_page(struct str text)
{
	text = str_sub(text, 0, 1024);
	return str_find_nocase(text, STR("<html")) != STR_NONE || str_find_nocase(text, STR("<!doctype html")) != STR_NONE ||
	    str_find_nocase(text, STR("<head")) != STR_NONE || str_find_nocase(text, STR("<body")) != STR_NONE;
}

/* What is no feed may name some: a list of them, or a page. */
static void
find_others(struct arena *a, const struct feed_ask *ask, struct read_found *ret)
{
	struct charset   charset;
	struct html_tree tree;
	struct str       text;
	struct err       err;

	if (td_opml_read(a, ask->body, &ret->list, &err) == ERR_OK) {
		ret->kind = READ_A_LIST;
		return;
	}
	text = td_charset_decode(a, ask->body, td_http_type(a, ask->content_type).charset, &charset);
	if (!is_page(text))
		return;
	ret->kind = READ_A_PAGE;
	td_html_parse(a, text, NULL, &tree);
	td_feed_discover(a, &tree, ask->url, &ret->feeds);
}

/* Its links as items; a page without one that fits is no list any more. */
static void
read_links(struct arena *a, const struct feed_ask *ask, struct str selector, struct read_found *ret)
{
	struct links_select select;
	struct charset      charset;
	struct html_tree    tree;
	struct str          text;
	struct err          err;

	ret->kind = READ_NOTHING;
	if (td_links_select(selector, &select, &err) != ERR_OK) {
		ret->fault = arena_copy(a, str_of(err.text));
		return;
	}
	text = td_charset_decode(a, ask->body, td_http_type(a, ask->content_type).charset, &charset);
	td_html_parse(a, text, NULL, &tree);
	td_links_read(a, &tree, ask->url, &select, &ret->doc);
	if (ret->doc.items.n > 0)
		ret->kind = READ_A_FEED;
	else
		ret->fault = selector.n > 0 ? STR("no link of the page fits the selector; nothing taken from it") :
		    STR("no link of the page looks like a headline; nothing taken from it (a selector may say which do)");
}

/* Why a feed is not whole. */
static struct str
what_is_missing(enum err_code coding, const char *sentence, const struct feed_doc *doc)
{
	if (coding != ERR_OK)
		return str_of(sentence);
	if (doc->is_cut)
		return STR("the feed breaks off before its end; its whole items are kept");
	return doc->is_over_limit ? STR("the feed has more in it than is read at a time; the rest was left out") : STR("");
}

int
read_feed_work(struct bytes in, struct buf *out)
{
	struct buf           body = BUF_INIT(LIMIT_FEED_BODY_B);
	struct feed_question q;
	struct read_found    answer = { .kind = READ_A_FEED };
	struct feed_ask      ask;
	struct arena         a;
	struct err           err, coding;
	enum err_code        code;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, jail_full, NULL);
	if (td_wire_get(&a, &feed_question_desc, in, &q, &err) != ERR_OK)
		return 1;
	code = td_http_decode(&body, q.body, q.content_encoding, &coding);
	ask = (struct feed_ask){ q.url, q.content_type, buf_bytes(&body) };
	if (q.is_list) {
		read_links(&a, &ask, q.selector, &answer);
	} else if (td_feed_read(&a, &ask, &answer.doc, &err) == ERR_OK) {
		td_feed_make_plain(&a, &answer.doc);
		answer.fault = what_is_missing(code, coding.text, &answer.doc);
		if (q.newest_n > 0)
			td_feed_shorten(&a, &answer.doc, (size_t)q.newest_n, SUMMARY_B);
	} else {
		answer.kind = READ_NOTHING;
		answer.fault = str_of(code != ERR_OK ? coding.text : err.text);
		if (q.wants_any)
			find_others(&a, &ask, &answer);
	}
	answer.doc.is_cut |= code != ERR_OK;
	td_wire_put(out, &read_found_desc, &answer);
	buf_free(&body);
	arena_free(&a);
	return 0;
}

static void
put_robots(struct arena *a, const struct robots *r, struct buf *out)
{
	struct robots_answer answer = { .crawl_delay_ms = r->crawl_delay_ms, .named = r->named, .cut = r->cut };

	answer.rules.v = arena_array(a, r->rules.n + 1, struct robots_line);
	answer.sitemaps.v = arena_array(a, r->sitemaps.n + 1, struct robots_line);
	for (size_t i = 0; i < r->rules.n; i++)
		answer.rules.v[answer.rules.n++] = (struct robots_line){ bytes_of(r->rules.v[i].pattern), r->rules.v[i].allow };
	for (size_t i = 0; i < r->sitemaps.n; i++)
		answer.sitemaps.v[answer.sitemaps.n++] = (struct robots_line){ bytes_of(r->sitemaps.v[i]), false };
	td_wire_put(out, &robots_answer_desc, &answer);
}

int
read_robots_work(struct bytes in, struct buf *out)
{
	struct buf             body = BUF_INIT(2 * LIMIT_ROBOTS_B);
	struct robots_question q;
	struct robots          r;
	struct arena           a;
	struct err             err;
	bool                   is_broken;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, jail_full, NULL);
	if (td_wire_get(&a, &robots_question_desc, in, &q, &err) != ERR_OK)
		return 1;
	/* Of a coding that breaks off, what came out before is read. */
	is_broken = td_http_decode(&body, q.body, q.content_encoding, &err) != ERR_OK;
	td_robots_parse(&a, buf_bytes(&body), q.agent, &r);
	r.cut |= is_broken;
	put_robots(&a, &r, out);
	buf_free(&body);
	arena_free(&a);
	return 0;
}
