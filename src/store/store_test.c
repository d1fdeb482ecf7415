/* The store as everybody meets it: real desks in temporary folders, a real process at the other end of the link. */
#include "store/verbs.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"
#include "tests/check.h"

static void
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

static bool
desk_begin(struct desk *d)
{
	*d = (struct desk){ 0 };
	snprintf(d->dir, sizeof(d->dir), "/tmp/tidings-store-XXXXXX");
	if (mkdtemp(d->dir) == NULL)
		return false;
	arena_init(&d->arena, 512 * MiB, no_more, NULL);
	if (desk_create(str_of(d->dir), STR("Test Desk — 시험"), STR("hope"), STR("en ko"), &d->err) != ERR_OK ||
	    link_open(str_of(d->dir), LINK_WRITE, &d->link, &d->err) != ERR_OK) {
		fprintf(stderr, "# %s\n", d->err.text);
		CHECK(!"a desk opens");
		return false;
	}
	return true;
}

static bool
reopen(struct desk *d)
{
	link_close(d->link);
	d->link = NULL;
	if (link_open(str_of(d->dir), LINK_WRITE, &d->link, &d->err) == ERR_OK)
		return true;
	fprintf(stderr, "# %s\n", d->err.text);
	return false;
}

static void
desk_end(struct desk *d)
{
	struct err err;

	link_close(d->link);
	arena_free(&d->arena);
	CHECK_INT(ERR_OK, os_remove_tree(str_of(d->dir), &err));
}

static enum err_code
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

static enum err_code
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

static struct store_article_done
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

static struct str
shown(struct desk *d, enum id_kind kind, const struct id *id)
{
	char *out = arena_take(&d->arena, ID_SHOWN);

	return str_of(id_show(kind, id, out));
}

/* All steps; how many findings, the first of them on stderr when some were not expected. */
static size_t
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

static size_t
unexpected(struct desk *d)
{
	struct store_finding first = { 0 };
	size_t               n = findings(d, &first);

	if (n > 0)
		fprintf(stderr, "# finding: %" STR_FMT ": %" STR_FMT "\n", STR_ARG(first.where), STR_ARG(first.what));
	return n;
}

static size_t
hits(struct desk *d, struct str query, struct store_item_list *ret)
{
	struct store_search_ask ask = { query, 0, 20 };

	if (store_search(d->link, &d->arena, &ask, ret, &d->err) != ERR_OK) {
		fprintf(stderr, "# %" STR_FMT ": %s\n", STR_ARG(query), d->err.text);
		return 999;
	}
	return ret->items.n;
}

static void
what_was_captured_is_read_back(void)
{
	struct desk               d;
	struct store_capture_done done;
	struct store_capture      c;
	struct store_record_bytes r;
	struct store_desk_status  status;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, take(&d, STR("https://example.org/북한"), STR("HTTP body 북한 인권"), &done));
	CHECK_INT(0, done.ledger_seq);
	CHECK(reopen(&d));
	CHECK_INT(ERR_OK, store_capture_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_CAPTURE, &done.id), ID_ANY }, &c, &d.err));
	CHECK_INT(2, c.records.n);
	CHECK_STR(STR("https://example.org/북한"), c.url);
	CHECK_INT(ERR_OK, store_record_read(d.link, &d.arena, &(struct store_record_name){ c.id, 1 }, &r, &d.err));
	CHECK_STR(STR("HTTP body 북한 인권"), bytes_as_str(r.block));
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_STR(STR("Test Desk — 시험"), status.name);
	CHECK_INT(1, status.captures);
	CHECK_INT(1, status.ledger_size);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_search_finds_korean_inside_compounds(void)
{
	struct desk            d;
	struct store_item_list l;

	if (!desk_begin(&d))
		return;
	add(&d, STR("https://a.example/1"), STR("대북한 지원"), STR("북한인권단체와 정부가 만났다. 예산이 삭감됐다."));
	add(&d, STR("https://a.example/2"), STR("Seoul cuts funding"), STR("The defector’s group lost its office in Seoul.\nKim Tae-hŭi said so."));
	CHECK_INT(1, hits(&d, STR("북한"), &l));
	CHECK_INT(1, hits(&d, STR("인권"), &l));
	CHECK(str_find(l.items.v[0].snippet, STR("북한\1인권\2단체와")) != STR_NONE);
	CHECK_INT(1, hits(&d, STR("북한인권단체"), &l));
	CHECK_INT(0, hits(&d, STR("북한단체"), &l));
	CHECK_INT(1, hits(&d, STR("권"), &l));
	CHECK_INT(1, hits(&d, STR("tae-hui"), &l));
	CHECK_INT(1, hits(&d, STR("\"lost its office\""), &l));
	CHECK_INT(0, hits(&d, STR("\"its lost office\""), &l));
	CHECK_INT(1, hits(&d, STR("office seoul"), &l));
	CHECK_INT(0, hits(&d, STR("office 북한"), &l));
	CHECK_INT(0, hits(&d, STR("seoul -office"), &l));
	CHECK_STR(STR("Seoul cuts funding"), (hits(&d, STR("SEOUL"), &l), l.items.v[0].title));
	desk_end(&d);
}

static void
no_query_is_a_syntax_error(void)
{
	static const char *const parts[] = { "\"", "-", "북한", "*", "(", ")", " AND ", " NEAR(", "^", ":", "title:", "'", "\\", "{", "+",
		" OR ", " NOT ", "“", "”", "a", " ", "\xc3\xa9", "--", "\"\"", "한" };
	struct desk            d;
	struct store_item_list l;

	if (!desk_begin(&d))
		return;
	add(&d, STR("https://a.example/1"), STR("북한"), STR("a 북한 é"));
	srand(7);
	for (int i = 0; i < 400; i++) {
		char   query[256] = "";
		size_t n = 0;

		for (int k = rand() % 12; k >= 0; k--)
			n += (size_t)snprintf(query + n, sizeof(query) - n, "%s", parts[(size_t)rand() % (sizeof(parts) / sizeof(*parts))]);
		CHECK(hits(&d, (struct str){ query, n }, &l) <= 1);
	}
	desk_end(&d);
}

static struct store_note
draft(const struct id *article)
{
	return (struct store_note){ .article = *article, .act = ACT_CREATE, .status = NOTE_DRAFT, .heading = STR("Seoul cuts funding, again"),
		.text = STR("Our **note**."), .country = STR("KP"), .language = STR("en"), .who = STR("editor") };
}

static void
a_note_is_saved_published_corrected_withdrawn(void)
{
	struct desk               d;
	struct store_article_done a;
	struct store_note_done    done;
	struct store_note         n, back;
	struct excerpt            excerpt = { .text = STR("lost  its 'office'") };
	struct store_contact      contact = { .name = STR("Gina Goh"), .email = STR("press@example.org"), .role = STR("manager") };

	if (!desk_begin(&d))
		return;
	a = add(&d, STR("https://a.example/2"), STR("Seoul"), STR("북한: the group lost its\n‘office’ in Seoul."));
	n = draft(&a.id);
	n.excerpts.v = &excerpt, n.excerpts.n = 1;
	n.contacts.v = &contact, n.contacts.n = 1;
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK_INT(-1, done.ledger_seq);
	CHECK_INT(ERR_OK, store_note_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_NOTE, &done.id), ID_ANY }, &back, &d.err));
	CHECK_STR(STR("lost its\n‘office’"), back.excerpts.v[0].text);
	CHECK_STR(STR("Gina Goh"), back.contacts.v[0].name);
	CHECK(str_starts(back.capture_hash, STR("sha256:")));
	n = back;
	n.act = ACT_EDIT;
	n.status = NOTE_PUBLISHED;
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK(done.ledger_seq > 0);
	CHECK(str_starts(done.slug, STR("seoul-cuts-funding-again-")));
	n.act = ACT_CORRECT;
	n.heading = STR("Seoul restores funding");
	CHECK_INT(ERR_FORMAT, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	n.why = STR("The sum was wrong.");
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK(str_starts(done.slug, STR("seoul-cuts-funding-again-")));
	CHECK_INT(3, done.version);
	n.act = ACT_WITHDRAW;
	n.status = NOTE_WITHDRAWN;
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	n.act = ACT_UPDATE;
	n.status = NOTE_PUBLISHED;
	CHECK_INT(ERR_DENIED, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
words_that_are_not_in_the_capture_are_refused(void)
{
	struct desk               d;
	struct store_article_done a;
	struct store_note_done    done;
	struct store_note         n;
	struct excerpt            excerpt = { .text = STR("북한은 아니다") };

	if (!desk_begin(&d))
		return;
	a = add(&d, STR("https://a.example/2"), STR("Seoul"), STR("북한이 그렇다."));
	n = draft(&a.id);
	n.excerpts.v = &excerpt, n.excerpts.n = 1;
	CHECK_INT(ERR_MISSING, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK_STR(STR("“북한은 아니다”: these words are not in the capture; the note was not saved"), str_of(d.err.text));
	excerpt = (struct excerpt){ .from = 1, .to = 3 };
	CHECK_INT(ERR_FORMAT, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	excerpt = (struct excerpt){ .from = 0, .to = 6 };
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	n.status = NOTE_PUBLISHED;
	n.sensitivity = SENSITIVITY_PROTECTED;
	CHECK_INT(ERR_DENIED, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	desk_end(&d);
}

static void
a_newer_extractor_replaces_what_it_said(void)
{
	struct desk               d;
	struct store_capture_done c;
	struct store_article_done a, again;
	struct store_article_view view;
	struct store_item_list    l;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/1"), STR("x"), &c));
	CHECK_INT(ERR_OK, extract(&d, &c.id, STR("Old"), STR("first words 북한"), &a));
	CHECK_INT(ERR_OK, extract(&d, &c.id, STR("New"), STR("other words"), &again));
	CHECK(id_eq(&a.id, &again.id));
	CHECK_INT(0, hits(&d, STR("북한"), &l));
	CHECK_INT(1, hits(&d, STR("other"), &l));
	CHECK_INT(ERR_OK, store_article_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_ARTICLE, &a.id), ID_ARTICLE }, &view, &d.err));
	CHECK_STR(STR("New"), view.article.title);
	CHECK_STR(STR("other words"), view.article.text);
	CHECK_INT(27, view.article.published.day);
	CHECK_INT(1, view.article.blocks.n);
	CHECK(id_eq(&c.id, &view.taken.id));
	desk_end(&d);
}

static void
two_clients_at_once_and_a_second_owner_is_refused(void)
{
	struct desk        d;
	struct store_link *second, *third;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, link_open(str_of(d.dir), LINK_WRITE, &second, &d.err));
	CHECK_INT(ERR_BUSY, link_open(str_of(d.dir), LINK_SERVE, &third, &d.err));
	add(&d, STR("https://a.example/1"), STR("one"), STR("one"));
	link_close(d.link);
	d.link = second;
	add(&d, STR("https://a.example/2"), STR("two"), STR("two"));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_reader_may_not_write(void)
{
	struct desk               d;
	struct store_capture_done c;
	struct store_desk_status  status;
	struct store_link        *owner;
	int                       fd;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, link_spawn(d.link, ROLE_READER, &fd, &d.err));
	owner = d.link;
	d.link = link_from_fd(fd);
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_INT(ERR_DENIED, take(&d, STR("https://a.example/1"), STR("x"), &c));
	CHECK_STR(STR("capture_commit: a reader may not do that"), str_of(d.err.text));
	link_close(d.link);
	d.link = owner;
	desk_end(&d);
}

TESTS(
	TEST(what_was_captured_is_read_back),
	TEST(a_search_finds_korean_inside_compounds),
	TEST(no_query_is_a_syntax_error),
	TEST(a_note_is_saved_published_corrected_withdrawn),
	TEST(words_that_are_not_in_the_capture_are_refused),
	TEST(a_newer_extractor_replaces_what_it_said),
	TEST(two_clients_at_once_and_a_second_owner_is_refused),
	TEST(a_reader_may_not_write))
