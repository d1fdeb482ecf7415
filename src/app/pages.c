#include "app/pages.h"

#include <inttypes.h>

#include "app/command.h"
#include "base/limits.h"
#include "diff/life.h"
#include "extract/extract.h"
#include "http/message.h"
#include "os/clock.h"

#define ARENA_B    (6 * LIMIT_BODY_B)
#define SHOWN_B    300          /* of the words before and after, in a piece of news */
#define WHOLE_EACH 8            /* every so many looks a page is asked for whole: some servers say "as before" for ever */

/* "watch s-4k7zq0m2vd", or "watch" for a page that no source announced. */
static struct str
asker(struct arena *a, const struct store_page *p)
{
	struct buf b = BUF_INIT(64);
	struct str s;
	char       shown[ID_SHOWN];

	buf_add(&b, STR("watch"));
	if (!id_is_none(&p->source))
		buf_addf(&b, " %s", id_show(ID_SOURCE, &p->source, shown));
	s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static struct str
trigger_of(struct arena *a, const struct store_page *p)
{
	struct buf b = BUF_INIT(LIMIT_FIELD_B);
	struct str s;
	char       shown[ID_SHOWN];

	if (p->kind == PAGE_ITEM)
		buf_addf(&b, "announced by %.*s", (int)(p->source_title.n < 500 ? p->source_title.n : 500), p->source_title.p);
	else
		buf_addf(&b, "looked at again, taken before as %s", id_show(ID_CAPTURE, &p->capture, shown));
	s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static enum err_code
capture(struct pages *pages, struct arena *a, const struct watch_page *p, struct capture_taken *ret, struct err *err)
{
	const struct capture_room    room = { .link = pages->link, .jail = pages->jail, .by = asker(a, &p->page) };
	const struct capture_trigger trigger = { .why = trigger_of(a, &p->page), .robots = p->robots,
		.item = p->page.kind == PAGE_ITEM ? p->page.id : (struct id){ { 0 } }, .reads_later = p->page.kind == PAGE_ITEM };

	return capture_reply(&room, a, &trigger, p->reply, ret, err);
}

/* ── an item's page ───────────────────────────────────────────────────── */

/* The page itself; or, at the last try, whatever was there instead of it: its absence is evidence too. */
static enum err_code
take_item(struct pages *pages, struct arena *a, const struct watch_page *p, struct err *err)
{
	int64_t                  retry_s = td_schedule_retry(p->page.attempts, p->retry_s);
	bool                     is_cut_by_us = p->reply != NULL && p->reply->hops.v[p->reply->hops.n - 1].cut == FETCH_CUT_LENGTH;
	struct capture_taken     taken;
	struct store_job_end_ask end = { .id = p->page.job, .fault = p->trouble.n > 0 ? p->trouble : STR("it could not be had"),
		.retry_s = retry_s };
	struct store_none        none;

	if (p->reply != NULL && (p->kind == ANSWER_NEWS || is_cut_by_us || retry_s == 0))
		return capture(pages, a, p, &taken, err);
	return store_job_end(pages->link, a, &end, &none, err);
}

/* ── a page that was taken ────────────────────────────────────────────── */

static struct life_memory
memory_of(struct arena *a, const struct store_page *p)
{
	struct life_memory m;
	struct err         err;

	if (p->memory.n == 0 || td_wire_get(a, &life_memory_desc, p->memory, &m, &err) != ERR_OK)
		return (struct life_memory){ 0 };
	return m;
}

/* The main text of what came; false: it cannot be read, which says nothing about the page. */
static enum err_code
read_text(struct pages *pages, struct arena *a, const struct watch_page *p, struct life_answer *to, struct err *err)
{
	const struct fetch_hop *last = &p->reply->hops.v[p->reply->hops.n - 1];
	struct http_type        type = td_http_type(a, p->content_type);
	struct extract_ask      ask = { .url = last->url, .media_type = type.essence, .charset = type.charset,
		.content_encoding = p->content_encoding, .is_whole_only = true, .body = last->body };
	struct article          article;

	if (!extract_is_document(last->body, last->url))
		return ERR_OK;
	if (extract_document(pages->jail, a, &ask, &article, err) != ERR_OK)
		return err->code == ERR_IO || err->code == ERR_NOMEM ? err->code : ERR_OK;
	to->is_readable = article.kind == ARTICLE_STORY || article.kind == ARTICLE_INDEX || article.kind == ARTICLE_EMPTY;
	to->text = article.text;
	return ERR_OK;
}

/* What came, as far as the life of a page is concerned. */
static enum err_code
answer_of(struct pages *pages, struct arena *a, const struct watch_page *p, struct life_answer *ret, struct err *err)
{
	const struct fetch_hop *last;

	*ret = (struct life_answer){ .at_us = os_now_us() };
	if (p->reply == NULL || p->reply->fault.n > 0)
		return ERR_OK;
	last = &p->reply->hops.v[p->reply->hops.n - 1];
	ret->status = (int)last->status;
	ret->url = last->url;
	ret->is_partial = last->cut != FETCH_WHOLE;
	ret->is_blocked = p->is_challenged;
	return p->kind == ANSWER_NEWS ? read_text(pages, a, p, ret, err) : ERR_OK;
}

static enum page_state
state_of(const struct life_memory *m)
{
	return m->is_confirmed ? PAGE_GONE : m->gone != LIFE_NOT_GONE && m->is_told ? PAGE_SUSPECTED : m->edit_told != 0 ? PAGE_EDITED :
	    m->text_listed != 0 ? PAGE_CHANGED : PAGE_SAME;
}

/* One line of a text, short enough to be shown. */
static void
put_words(struct buf *out, const char *name, struct str text, size_t from, size_t to)
{
	buf_addf(out, "%s=", name);
	for (size_t i = from; i < to && (i < from + SHOWN_B || ((unsigned char)text.p[i] & 0xc0) == 0x80); i++)
		buf_add_char(out, (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
	buf_add(out, to - from > SHOWN_B ? STR("…\n") : STR("\n"));
}

/* The first change in words that were published. */
static const struct diff_change *
change_of(const struct life_taken *taken, const struct diff *d)
{
	for (size_t k = 0; k < d->changes.n; k++) {
		const struct diff one = { .changes = { &d->changes.v[k], 1 } };

		for (size_t i = 0; i < taken->published.n; i++)
			if (td_diff_touches(&one, taken->published.v[i].from, taken->published.v[i].to))
				return &d->changes.v[k];
	}
	return NULL;
}

static const char *const how_name[LIFE_GONE__COUNT] = { [LIFE_NOT_GONE] = "", [LIFE_BY_STATUS] = "status",
	[LIFE_TO_FRONT_PAGE] = "front-page", [LIFE_EMPTIED] = "emptied", [LIFE_REPLACED] = "replaced", [LIFE_SHORTENED] = "shortened" };

/* name=value lines for the desk's sentence. */
static struct str
facts_of(struct arena *a, const struct life_taken *taken, const struct life_answer *now, const struct life_verdict *v, const struct id *copy)
{
	struct buf                b = BUF_INIT(LIMIT_NOTE_B);
	const struct diff_change *c = v->news == LIFE_SILENT_EDIT ? change_of(taken, &v->diff) : NULL;
	struct str                s;
	char                      shown[ID_SHOWN];

	buf_addf(&b, "url=%" STR_FMT "\nhow=%s\nstatus=%d\n", STR_ARG(taken->url), how_name[v->gone], now->status);
	if (!str_eq(taken->url, now->url))
		buf_addf(&b, "led_to=%" STR_FMT "\n", STR_ARG(now->url));
	if (!id_is_none(copy))
		buf_addf(&b, "capture=%s\n", id_show(ID_CAPTURE, copy, shown));
	if (c != NULL) {
		put_words(&b, "before", taken->text, c->before_from, c->before_to);
		put_words(&b, "after", now->text, c->after_from, c->after_to);
	}
	s = b.failed ? STR("") : arena_copy(a, str_trim(buf_str(&b)));
	buf_free(&b);
	return s;
}

/* What is listed and told, by what the look found; -1: not. */
static const struct { int what, news; } outcomes[LIFE_NEWS__COUNT] = {
	[LIFE_NOTHING] = { -1, -1 }, [LIFE_UNKNOWN] = { -1, -1 }, [LIFE_SAME] = { -1, -1 }, [LIFE_CHANGED_ELSEWHERE] = { WHAT_CHANGED, -1 },
	[LIFE_SILENT_EDIT] = { WHAT_EDITED, NEWS_EDITED }, [LIFE_SUSPECTED] = { WHAT_SUSPECTED, NEWS_TAKEDOWN_SUSPECTED },
	[LIFE_CONFIRMED] = { WHAT_GONE, NEWS_TAKEDOWN }, [LIFE_BACK] = { WHAT_BACK, NEWS_RESTORED },
};

/* Validators of a whole page only, and not while it is in doubt whether it is there. */
static void
keep_validators(const struct watch_page *p, const struct life_memory *m, const struct life_verdict *v, struct store_life_new *to)
{
	if (m->gone != LIFE_NOT_GONE || m->checks_n % WHOLE_EACH == WHOLE_EACH - 1)
		return;
	to->route = v->news == LIFE_UNKNOWN ? p->page.life_route : p->route;
	to->etag = v->news == LIFE_UNKNOWN ? p->page.etag : p->etag;
	to->last_modified = v->news == LIFE_UNKNOWN ? p->page.last_modified : p->last_modified;
}

static struct str
trouble_of(const struct watch_page *p, const struct life_answer *now, const struct life_verdict *v)
{
	if (v->news != LIFE_UNKNOWN || p->kind == ANSWER_SAME)
		return STR("");
	return p->trouble.n > 0 ? p->trouble : now->is_blocked ? STR("a wall stands before the page; what it says is not the page's") :
	    STR("no text could be read in what came");
}

static enum err_code
keep_life(struct pages *pages, struct arena *a, const struct watch_page *p, const struct life_taken *taken, const struct life_answer *now,
	struct life_memory *m, const struct life_verdict *v, struct err *err)
{
	struct buf            memory = BUF_INIT(LIMIT_PLAN_B);
	struct store_life_new n = { .article = p->page.id, .looked_us = now->at_us, .next_us = now->at_us + v->again_s * US_PER_S,
		.state = state_of(m), .trouble = trouble_of(p, now, v), .what = outcomes[v->news].what, .news = outcomes[v->news].news,
		.how = str_of(how_name[v->gone]), .status = now->status };
	struct capture_taken  copy = { 0 };
	struct article        article;
	struct store_none     none;

	td_wire_put(&memory, &life_memory_desc, m);
	n.memory = bytes_of(arena_copy(a, buf_str(&memory)));
	buf_free(&memory);
	keep_validators(p, m, v, &n);
	if (n.news >= 0 || (n.what >= 0 && taken->published.n > 0))
		if (capture(pages, a, p, &copy, err) != ERR_OK)
			return err->code;
	n.capture = copy.id;
	n.facts = facts_of(a, taken, now, v, &copy.id);
	if (store_life_commit(pages->link, a, &n, &none, err) != ERR_OK)
		return err->code;
	if (id_is_none(&copy.id) || !td_document_is_read(copy.kind) || copy.status >= 400)
		return ERR_OK;
	return extract_capture(pages->link, pages->jail, a, &copy.id, &(struct id){ { 0 } }, &article, err);
}

/* The text as it was taken, by the reader that reads it now: else a better reader would look like an edit. */
static enum err_code
same_reader(struct pages *pages, struct arena *a, struct store_page *p, struct err *err)
{
	struct article article;
	struct id      id;
	size_t         n = 0;

	if (str_eq(p->extractor, STR(EXTRACT_VERSION)))
		return ERR_OK;
	if (extract_capture(pages->link, pages->jail, a, &p->capture, &id, &article, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < p->published.n; i++) {
		struct store_span s = p->published.v[i];
		size_t            at = str_find(article.text, str_sub(p->text, (size_t)s.from, (size_t)s.to));

		if (at != STR_NONE)
			p->published.v[n++] = (struct store_span){ (int64_t)at, (int64_t)at + s.to - s.from };
	}
	p->published.n = n;
	p->text = article.text;
	return ERR_OK;
}

static enum err_code
take_look(struct pages *pages, struct arena *a, const struct watch_page *page, struct err *err)
{
	struct watch_page   p = *page;
	struct life_memory  m = memory_of(a, &p.page);
	struct life_taken   taken;
	struct life_span   *spans;
	struct life_answer  now;
	struct life_verdict v;

	if (same_reader(pages, a, &p.page, err) != ERR_OK || answer_of(pages, a, &p, &now, err) != ERR_OK)
		return err->code;
	taken = (struct life_taken){ .url = p.page.final_url, .text = p.page.text, .at_us = p.page.taken_us };
	spans = arena_array(a, p.page.published.n + 1, struct life_span);
	for (size_t i = 0; i < p.page.published.n; i++)
		spans[i] = (struct life_span){ (size_t)p.page.published.v[i].from, (size_t)p.page.published.v[i].to };
	taken.published.v = spans;
	taken.published.n = p.page.published.n;
	td_life_next(a, &taken, &m, &now, &v);
	return keep_life(pages, a, &p, &taken, &now, &m, &v, err);
}

enum err_code
pages_take(struct pages *pages, const struct watch_page *p, struct err *err)
{
	struct arena  a;
	enum err_code code;

	arena_init(&a, ARENA_B, app_full, NULL);
	err->code = ERR_OK;
	code = p->page.kind == PAGE_ITEM ? take_item(pages, &a, p, err) : take_look(pages, &a, p, err);
	arena_free(&a);
	return code;
}
