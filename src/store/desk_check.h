/* desk_check - what the store's tests share: a real desk in a temporary folder, filled by way of a link. */
#ifndef STORE_DESK_CHECK_H
#define STORE_DESK_CHECK_H

#include "store/verbs.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"
#include "tests/check.h"

static inline __attribute__((unused)) void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* A desk, an open link to it, and memory for what it answers. */
struct desk {
	char               dir[64];
	struct store_link *link;
	struct arena       arena;
	struct err         err;
};

static inline __attribute__((unused)) bool
desk_begin(struct desk *d)
{
	*d = (struct desk){ 0 };
	snprintf(d->dir, sizeof(d->dir), "/tmp/tidings-store-XXXXXX");
	if (mkdtemp(d->dir) == NULL)
		return false;
	arena_init(&d->arena, 512 * MiB, no_more, NULL);
	if (desk_create(str_of(d->dir), STR("Test Desk — 시험"), STR("hope"), STR("en ko"), false, &d->err) != ERR_OK ||
	    link_open(str_of(d->dir), LINK_WRITE, &d->link, &d->err) != ERR_OK) {
		fprintf(stderr, "# %s\n", d->err.text);
		CHECK(!"a desk opens");
		return false;
	}
	return true;
}

static inline __attribute__((unused)) bool
reopen(struct desk *d)
{
	link_close(d->link);
	d->link = NULL;
	if (link_open(str_of(d->dir), LINK_WRITE, &d->link, &d->err) == ERR_OK)
		return true;
	fprintf(stderr, "# %s\n", d->err.text);
	return false;
}

static inline __attribute__((unused)) void
desk_end(struct desk *d)
{
	struct err err;

	link_close(d->link);
	arena_free(&d->arena);
	CHECK_INT(ERR_OK, os_remove_tree(str_of(d->dir), &err));
}

static inline __attribute__((unused)) enum err_code
take(struct desk *d, struct str url, struct str body, struct store_capture_done *ret)
{
	struct store_record_new  records[2] = {
		{ .type = RECORD_REQUEST, .uuid = os_random_uuid(), .target_url = url, .content_type =
		    STR("application/http;msgtype=request"), .payload_at = -1, .block = bytes_of(STR("GET / HTTP/1.1\r\n\r\n")) },
		{ .type = RECORD_RESPONSE, .uuid = os_random_uuid(), .target_url = url, .content_type =
		    STR("application/http;msgtype=response"), .payload_at = 0, .block = bytes_of(body) },
	};
	struct store_capture_new c = { .url = url, .final_url = url, .how = HOW_FETCHED, .by = STR("editor"), .why = STR("test"),
		.taken_us = os_now_us(), .status = 200, .media_type = STR("text/html"), .fault = STR(""), .main = 1 };

	records[0].concurrent_to = records[1].uuid;
	records[0].date_us = records[1].date_us = c.taken_us;
	c.records.v = records;
	c.records.n = 2;
	return store_capture_commit(d->link, &d->arena, &c, ret, &d->err);
}

static inline __attribute__((unused)) enum err_code
extract(struct desk *d, const struct id *capture, struct str title, struct str text, struct store_article_done *ret)
{
	struct block             block = { BLOCK_PARAGRAPH, 0, 0, (int64_t)text.n };
	struct reason            why = { STR("title"), STR("meta og:title"), 90 };
	struct store_article_new a = { .capture = *capture, .extractor = STR("test 1") };

	a.article.title = title;
	a.article.text = text;
	a.article.subject = STR("KP");
	a.article.publisher = STR("Our Desk");
	a.article.published = (struct civil){ 2018, 6, 27, 0, 0, 0, CIVIL_NO_ZONE, CIVIL_DAY };
	a.article.blocks.v = &block, a.article.blocks.n = text.n > 0;
	a.article.why.v = &why, a.article.why.n = 1;
	return store_article_commit(d->link, &d->arena, &a, ret, &d->err);
}

static inline __attribute__((unused)) struct store_article_done
add(struct desk *d, struct str url, struct str title, struct str text)
{
	struct store_capture_done c = { 0 };
	struct store_article_done a = { 0 };

	if (take(d, url, text, &c) != ERR_OK || extract(d, &c.id, title, text, &a) != ERR_OK) {
		fprintf(stderr, "# %s\n", d->err.text);
		CHECK(!"a capture and its article are saved");
	}
	return a;
}

static inline __attribute__((unused)) struct str
shown(struct desk *d, enum id_kind kind, const struct id *id)
{
	char *out = arena_take(&d->arena, ID_SHOWN);

	return str_of(id_show(kind, id, out));
}

/* All steps; how many findings, the first of them on stderr when some were not expected. */
static inline __attribute__((unused)) size_t
findings(struct desk *d, struct store_finding *first)
{
	struct store_verify_ask   ask = { 0 };
	struct store_verify_found found = { 0 };
	size_t                    n = 0;

	do {
		if (store_verify_step(d->link, &d->arena, &ask, &found, &d->err) != ERR_OK) {
			fprintf(stderr, "# verify: %s\n", d->err.text);
			return n + 1;
		}
		if (n == 0 && found.findings.n > 0)
			*first = found.findings.v[0];
		n += found.findings.n;
		ask.step = found.step;
		ask.position = found.position;
	} while (!found.done);
	return n;
}

static inline __attribute__((unused)) size_t
unexpected(struct desk *d)
{
	struct store_finding first = { 0 };
	size_t               n = findings(d, &first);

	if (n > 0)
		fprintf(stderr, "# finding: %" STR_FMT ": %" STR_FMT "\n", STR_ARG(first.where), STR_ARG(first.what));
	return n;
}

static inline __attribute__((unused)) size_t
hits(struct desk *d, struct str query, struct store_item_list *ret)
{
	struct store_search_ask ask = { query, 0, 20 };

	if (store_search(d->link, &d->arena, &ask, ret, &d->err) != ERR_OK) {
		fprintf(stderr, "# %" STR_FMT ": %s\n", STR_ARG(query), d->err.text);
		return 999;
	}
	return ret->items.n;
}

#endif
