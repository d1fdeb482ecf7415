#include "read/read.h"

#include "base/limits.h"
#include "read/read_private.h"

/* Ask a child; the answer is copied to the arena, which what is read from it points into. */
static enum err_code
ask_child(struct jail *jail, struct arena *a, enum jail_kind kind, const struct wire_desc *desc, const void *question, struct bytes *ret,
	struct err *err)
{
	struct buf    ask = BUF_INIT(LIMIT_BODY_B + MiB), answer = BUF_INIT(LIMIT_ANSWER_B + MiB);
	enum err_code code;

	td_wire_put(&ask, desc, question);
	if (ask.failed)
		code = err_set(err, ERR_LIMIT, "a document of more than the %zu MB limit; not read", LIMIT_BODY_B / MiB);
	else
		code = jail_run(jail, kind, buf_bytes(&ask), &answer, err);
	if (code == ERR_OK)
		*ret = bytes_of(arena_copy(a, buf_str(&answer)));
	buf_free(&ask);
	buf_free(&answer);
	return code;
}

static enum err_code
ask_feed_child(struct jail *jail, struct arena *a, const struct feed_question *q, struct read_found *ret, struct err *err)
{
	struct bytes got;

	if (ask_child(jail, a, JAIL_FEED, &feed_question_desc, q, &got, err) != ERR_OK)
		return err->code;
	return td_wire_get(a, &read_found_desc, got, ret, err);
}

static enum err_code
ask_for_items(struct jail *jail, struct arena *a, const struct feed_question *q, struct feed_doc *ret, struct str *ret_fault, struct err *err)
{
	struct read_found found;

	if (ask_feed_child(jail, a, q, &found, err) != ERR_OK)
		return err->code;
	if (found.kind != READ_A_FEED)
		return err_set(err, ERR_FORMAT, "%" STR_FMT, STR_ARG(found.fault));
	*ret = found.doc;
	*ret_fault = found.fault;
	return ERR_OK;
}

enum err_code
read_feed(struct jail *jail, struct arena *a, const struct feed_ask *ask, struct str content_encoding, struct feed_doc *ret,
	struct err *err)
{
	struct str fault;

	return read_news(jail, a, ask, content_encoding, 0, ret, &fault, err);
}

enum err_code
read_news(struct jail *jail, struct arena *a, const struct feed_ask *ask, struct str content_encoding, size_t newest_n,
	struct feed_doc *ret, struct str *ret_fault, struct err *err)
{
	struct feed_question q = { .url = ask->url, .content_type = ask->content_type, .content_encoding = content_encoding,
		.body = ask->body, .newest_n = (int64_t)newest_n };

	return ask_for_items(jail, a, &q, ret, ret_fault, err);
}

enum err_code
read_page_links(struct jail *jail, struct arena *a, const struct feed_ask *ask, struct str content_encoding, struct str selector,
	struct feed_doc *ret, struct err *err)
{
	struct str           fault;
	struct feed_question q = { ask->url, ask->content_type, content_encoding, ask->body, false, true, selector };

	return ask_for_items(jail, a, &q, ret, &fault, err);
}

enum err_code
read_find(struct jail *jail, struct arena *a, const struct feed_ask *ask, struct str content_encoding, struct read_found *ret,
	struct err *err)
{
	struct feed_question q = { .url = ask->url, .content_type = ask->content_type, .content_encoding = content_encoding,
		.body = ask->body, .wants_any = true, .newest_n = LIMIT_POLL_N };

	return ask_feed_child(jail, a, &q, ret, err);
}

enum err_code
read_robots(struct jail *jail, struct arena *a, struct bytes body, struct str content_encoding, struct str agent, struct robots *ret,
	struct err *err)
{
	struct robots_question q = { agent, content_encoding, { body.p, body.n > LIMIT_ROBOTS_B ? LIMIT_ROBOTS_B + 1 : body.n } };
	struct robots_answer   answer;
	struct bytes           got;

	if (ask_child(jail, a, JAIL_ROBOTS, &robots_question_desc, &q, &got, err) != ERR_OK ||
	    td_wire_get(a, &robots_answer_desc, got, &answer, err) != ERR_OK)
		return err->code;
	*ret = (struct robots){ .crawl_delay_ms = answer.crawl_delay_ms, .named = answer.named, .cut = answer.cut };
	ret->rules.v = arena_array(a, answer.rules.n + 1, struct robots_rule);
	ret->sitemaps.v = arena_array(a, answer.sitemaps.n + 1, struct str);
	for (size_t i = 0; i < answer.rules.n; i++)
		ret->rules.v[ret->rules.n++] = (struct robots_rule){ bytes_as_str(answer.rules.v[i].text), answer.rules.v[i].allow };
	for (size_t i = 0; i < answer.sitemaps.n; i++)
		ret->sitemaps.v[ret->sitemaps.n++] = bytes_as_str(answer.sitemaps.v[i].text);
	return ERR_OK;
}
