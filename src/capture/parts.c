/* The files of a page: named by it, fetched with manners, kept with an inventory that leaves nothing out in silence. */
#include <stdio.h>

#include "base/limits.h"
#include "capture/capture_private.h"
#include "crypto/sha256.h"
#include "http/message.h"
#include "os/clock.h"
#include "refs/refs.h"
#include "robots/robots.h"
#include "url/url.h"
#include "warc/write.h"

enum { SITES_N = 256, LISTED_N = 4 * LIMIT_REFS_N, DELAY_MOST_MS = 30000, DEPTH_STYLE_N = 4, RECORDS_MOST = LIMIT_RECORDS_N - 8, NOT_MODIFIED = 304 };

enum outcome { WAITING, UNDER_WAY, STORED, FAILED, SKIPPED };
static const char *const outcome_name[] = { "waiting", "waiting", "stored", "failed", "skipped" };

struct file {
	struct str   url, from, why;    /* from: the page or style sheet that names it; why: not stored */
	enum ref_kind kind;
	int          depth;             /* of imports; 0: named by the page */
	bool         is_in_frame;
	enum outcome outcome;
	int64_t      status;
	struct id    record;
	struct earlier *earlier;        /* what the desk holds of it and the server was asked about; NULL: nothing */
};

/* One origin: its robots.txt, and when it was asked last. */
struct site {
	struct str    origin;           /* "https://a.example:8443" */
	enum { SITE_NEW, SITE_ASKED, SITE_KNOWN } state;
	struct robots rules;
	struct str    closed;           /* why its robots.txt cannot be had, so that nothing may be fetched; "": it can */
	int64_t       gap_us, next_us;  /* ticks */
};

struct parts {
	const struct capture_room  *room;
	struct arena               *a;
	const struct capture_taken *page;
	struct { struct file *v; size_t n; } files;
	struct { struct site *v; size_t n; } sites;
	struct store_capture_new    capture;
	struct capture_parts        count;
	size_t                      bytes, started_n;
	int64_t                     until_us;
	bool                        is_cut;
	struct str                isolation;
};

/* What the fetcher carries along: a file, or a site whose robots.txt is asked for. */
struct errand {
	struct parts *parts;
	struct file  *file;
	struct site  *site;
};

static struct str
origin_of(struct arena *a, struct str url)
{
	struct url u;
	struct err err;
	char       text[LIMIT_URL_B + 32];

	if (td_url_parse(a, url, NULL, &u, &err) != ERR_OK)
		return STR("");
	snprintf(text, sizeof(text), "%" STR_FMT "://%" STR_FMT ":%d", STR_ARG(u.scheme), STR_ARG(u.host), td_url_port(&u));
	return arena_copy(a, str_of(text));
}

/* NULL: more origins than we speak to for one page. */
static struct site *
site_of(struct parts *p, struct str url)
{
	struct str origin = origin_of(p->a, url);

	for (size_t i = 0; i < p->sites.n; i++)
		if (str_eq(p->sites.v[i].origin, origin))
			return &p->sites.v[i];
	if (p->sites.n == SITES_N)
		return NULL;
	p->sites.v[p->sites.n] = (struct site){ .origin = origin, .gap_us = LIMIT_GAP_MS * INT64_C(1000) };
	return &p->sites.v[p->sites.n++];
}

static void
skip(struct file *f, struct str why)
{
	f->outcome = SKIPPED;
	f->why = why;
}

static const char *
not_worth(enum ref_kind kind)
{
	return kind == REF_SCRIPT ? "a script: nothing here runs it" : kind == REF_MEDIA ? "sound, film or a program: not fetched with a page" :
	    kind == REF_OTHER_SIZE ? "the same picture is fetched in the largest size and a plain one" : NULL;
}

static void
add_file(struct parts *p, const struct found_ref *ref, const struct file *by)
{
	struct file f = { .url = ref->url, .from = by != NULL ? by->url : p->page->final_url };

	f.kind = ref->kind >= 0 && ref->kind < REF_KIND__COUNT ? (enum ref_kind)ref->kind : REF_MEDIA;
	for (size_t i = 0; i < p->files.n; i++)
		if (str_eq(p->files.v[i].url, f.url))
			return;
	if (p->files.n == LISTED_N) {
		p->is_cut = true;
		return;
	}
	if (by != NULL) {
		f.is_in_frame = by->is_in_frame || by->kind == REF_FRAME;
		f.depth = by->depth + (by->kind == REF_STYLE);
	}
	if (not_worth(f.kind) != NULL)
		skip(&f, str_of(not_worth(f.kind)));
	else if (f.kind == REF_FRAME && f.is_in_frame)
		skip(&f, STR("a frame in a frame"));
	else if (f.depth > DEPTH_STYLE_N)
		skip(&f, STR("a style sheet imported by too many others"));
	p->files.v[p->files.n++] = f;
}

/* The files that a page or style sheet names; what cannot be read names none. */
static void
add_files_of(struct parts *p, enum refs_what what, struct str url, const struct capture_taken *t, struct file *by)
{
	const struct refs_ask ask = { .what = what, .url = url, .charset = t->charset, .content_encoding = t->content_encoding,
		.body = t->document };
	struct found_refs     found;
	struct err            err;

	if (refs_find(p->room->jail, p->a, &ask, &found, &err) != ERR_OK) {
		if (by != NULL)
			by->why = arena_copy(p->a, str_of(err.text));
		return;
	}
	p->is_cut |= found.is_cut;
	for (size_t i = 0; i < found.list.n; i++)
		add_file(p, &found.list.v[i], by);
}

/* ── manners ──────────────────────────────────────────────────────────── */

static enum err_code
gate(void *mine, struct str url, unsigned hop, int64_t *ret_wait_ms, struct err *err)
{
	struct errand *e = mine;
	struct site   *site = site_of(e->parts, url);
	int64_t        now = os_ticks_us();

	(void)hop;
	if (e->file == NULL)
		return ERR_OK;          /* robots.txt itself */
	if (site == NULL)
		return err_set(err, ERR_LIMIT, "more sites than we ask for one page");
	if (now > e->parts->until_us)
		return err_set(err, ERR_LIMIT, "the time for this page's files was over");
	if (site->state != SITE_KNOWN) {
		*ret_wait_ms = 20;
		return ERR_OK;
	}
	if (site->closed.n > 0)
		return err_set(err, ERR_DENIED, "its robots.txt cannot be had (%" STR_FMT ")", STR_ARG(str_sub(site->closed, 0, 300)));
	if (!td_robots_allow(&site->rules, url))
		return err_set(err, ERR_DENIED, "robots.txt does not allow it");
	if (site->next_us > now) {
		*ret_wait_ms = (site->next_us - now + 999) / 1000;
		return ERR_OK;
	}
	site->next_us = now + site->gap_us;
	return ERR_OK;
}

static void
ask_robots(struct parts *p, struct site *site)
{
	struct errand *e = arena_new(p->a, struct errand);
	char           url[LIMIT_URL_B + 64];
	struct err     err;

	*e = (struct errand){ .parts = p, .site = site };
	snprintf(url, sizeof(url), "%" STR_FMT "/robots.txt", STR_ARG(site->origin));
	if (fetch_start(p->room->fetch, &(struct fetch_ask){ .url = str_of(url), .body_b = LIMIT_ROBOTS_B + 1, .total_ms = 10000,
	    .route = p->room->route, .contact = p->room->contact, .isolation = p->isolation, .gate = gate, .mine = e }, &err) == ERR_OK)
		site->state = SITE_ASKED;
}

static void
take_robots(struct parts *p, struct site *site, const struct fetch_done *d)
{
	const struct fetch_hop *last = d->err.code == ERR_OK && d->reply.fault.n == 0 ? &d->reply.hops.v[d->reply.hops.n - 1] : NULL;
	int                     status = last != NULL ? (int)last->status : 0;
	struct found_refs       found = { .delay_ms = -1 };
	struct err              err;
	enum robots_verdict     verdict = td_robots_verdict(status, 0);

	site->state = SITE_KNOWN;
	if (verdict == ROBOTS_DENY_ALL)
		site->closed = d->err.code != ERR_OK ? arena_copy(p->a, str_of(d->err.text)) :
		    d->reply.fault.n > 0 ? d->reply.fault : STR("the server failed when asked for it");
	if (verdict != ROBOTS_READ)
		return;
	if (refs_find(p->room->jail, p->a, &(struct refs_ask){ .what = REFS_ROBOTS, .url = d->url, .body = last->body }, &found, &err) != ERR_OK) {
		site->closed = arena_copy(p->a, str_of(err.text));
		return;
	}
	site->rules.rules.v = arena_array(p->a, found.list.n + 1, struct robots_rule);
	for (size_t i = 0; i < found.list.n; i++)
		site->rules.rules.v[site->rules.rules.n++] = (struct robots_rule){ found.list.v[i].url, found.list.v[i].kind != 0 };
	if (found.delay_ms > LIMIT_GAP_MS)
		site->gap_us = (found.delay_ms < DELAY_MOST_MS ? found.delay_ms : DELAY_MOST_MS) * 1000;
}

/* ── fetching ─────────────────────────────────────────────────────────── */

static void
start_file(struct parts *p, struct file *f)
{
	struct errand *e = arena_new(p->a, struct errand);
	struct earlier earlier = { 0 };
	struct err     err;
	size_t         left = LIMIT_RESOURCES_B - p->bytes;

	if (f->earlier == NULL && find_earlier(p->room, p->a, f->url, f->kind == REF_STYLE || f->kind == REF_FRAME, &earlier)) {
		f->earlier = arena_new(p->a, struct earlier);
		*f->earlier = earlier;
	}
	*e = (struct errand){ .parts = p, .file = f };
	if (site_of(p, f->url) == NULL) {
		skip(f, STR("more sites than we ask for one page"));
		return;
	}
	if (fetch_start(p->room->fetch, &(struct fetch_ask){ .url = f->url, .body_b = left < LIMIT_RESOURCE_B ? left : LIMIT_RESOURCE_B,
	    .etag = f->earlier != NULL ? f->earlier->etag : STR(""), .last_modified = f->earlier != NULL ? f->earlier->last_modified : STR(""),
	    .total_ms = 20000, .route = p->room->route, .contact = p->room->contact, .isolation = p->isolation, .gate = gate, .mine = e }, &err) == ERR_OK) {
		f->outcome = UNDER_WAY;
		p->started_n++;
	} else if (err.code != ERR_BUSY) {
		f->outcome = FAILED;
		f->why = arena_copy(p->a, str_of(err.text));
	}
}

/* Everything that may go now; why what is left may not. */
static void
start_some(struct parts *p)
{
	struct str over = p->started_n >= LIMIT_RESOURCES_N || p->capture.records.n + 4 * RECORDS_A_HOP > RECORDS_MOST ?
	    STR("more files than we fetch for one page") : p->bytes >= LIMIT_RESOURCES_B ? STR("more bytes than we fetch for one page") :
	    os_ticks_us() > p->until_us ? STR("the time for this page's files was over") : STR("");

	for (size_t i = 0; i < p->sites.n; i++)
		if (p->sites.v[i].state == SITE_NEW)
			ask_robots(p, &p->sites.v[i]);
	for (size_t i = 0; i < p->files.n; i++) {
		struct file *f = &p->files.v[i];

		if (f->outcome != WAITING)
			continue;
		if (over.n > 0)
			skip(f, over);
		else if (p->started_n < LIMIT_RESOURCES_N && fetch_active(p->room->fetch) < LIMIT_ACTIVE_N / 2)
			start_file(p, f);
	}
}

/* What it is by its head, for the charset and coding; the body as it came, or as it is here already. */
static struct capture_taken
as_taken(struct parts *p, const struct file *f, const struct fetch_hop *hop)
{
	const bool           is_same = hop->status == NOT_MODIFIED;
	struct capture_taken t = { .document = is_same ? f->earlier->body : hop->body, .final_url = hop->url };

	take_type(p->a, is_same ? f->earlier->head : hop->head, &t);
	return t;
}

/* Validators go with the first hop alone; a 304 that nobody asked for stands for nothing. */
static void
keep_not_modified(struct file *f, size_t hops_n, struct store_record_new *r)
{
	if (f->earlier != NULL && hops_n == 1) {
		as_not_modified(f->earlier, r);
		return;
	}
	f->outcome = FAILED;
	f->why = STR("the server said \"not modified\", and nothing of it is here");
}

static void
take_file(struct parts *p, struct file *f, const struct fetch_done *d)
{
	const struct fetch_reply *r = &d->reply;
	const struct way          way = { .why = STR("a file that the page names"), .not_followed = r->fault, .robots = STR("allows it") };
	struct capture_taken      t;
	int64_t                   main = -1;

	if (d->err.code != ERR_OK || p->capture.records.n + r->hops.n * RECORDS_A_HOP > RECORDS_MOST) {
		f->outcome = r->failure == FETCH_GATED ? SKIPPED : FAILED;
		f->why = d->err.code != ERR_OK ? arena_copy(p->a, str_of(d->err.text)) : STR("more records than one capture holds");
		return;
	}
	for (size_t i = 0; i < r->hops.n; i++) {
		main = add_hop(p->a, &way, i + 1 == r->hops.n, &r->hops.v[i], &p->capture.records.n, p->capture.records.v);
		p->bytes += r->hops.v[i].body.n;
	}
	f->status = r->hops.v[r->hops.n - 1].status;
	f->outcome = main >= 0 && r->fault.n == 0 && f->status < 400 ? STORED : FAILED;
	f->why = r->fault.n > 0 ? r->fault : r->hops.v[r->hops.n - 1].fault;
	if (f->outcome == STORED && f->status == NOT_MODIFIED)
		keep_not_modified(f, r->hops.n, &p->capture.records.v[main]);
	if (main >= 0)
		f->record = p->capture.records.v[main].uuid;
	if (f->outcome != STORED)
		return;
	t = as_taken(p, f, &r->hops.v[r->hops.n - 1]);
	if (f->kind == REF_STYLE)
		add_files_of(p, REFS_STYLE, t.final_url, &t, f);
	else if (f->kind == REF_FRAME && !f->is_in_frame && td_document_of_label(t.media_type) == DOCUMENT_HTML)
		add_files_of(p, REFS_PAGE, t.final_url, &t, f);
}

static void
fetch_all(struct parts *p)
{
	struct fetch_done d;

	for (;;) {
		start_some(p);
		if (fetch_active(p->room->fetch) == 0)
			break;
		if (!fetch_wait(p->room->fetch, p->a, 20, -1, &d))
			continue;
		if (((struct errand *)d.mine)->site != NULL)
			take_robots(p, ((struct errand *)d.mine)->site, &d);
		else
			take_file(p, ((struct errand *)d.mine)->file, &d);
	}
}

/* ── what is kept ─────────────────────────────────────────────────────── */

static void
put_file(struct json *j, const struct file *f)
{
	char urn[WARC_URN];

	td_json_object(j);
	put_str(j, "url", f->url);
	put_str(j, "kind", str_of(ref_kind_name[f->kind]));
	put_str(j, "from", f->from);
	put_str(j, "outcome", str_of(outcome_name[f->outcome]));
	if (f->status > 0)
		put_i64(j, "status", f->status);
	put_str(j, "why", f->why);
	if (!id_is_none(&f->record))
		put_str(j, "record", str_of(td_warc_urn(&f->record, urn)));
	td_json_end(j);
}

static void
count(struct parts *p)
{
	p->count.named = (int64_t)p->files.n;
	for (size_t i = 0; i < p->files.n; i++) {
		p->count.stored += p->files.v[i].outcome == STORED;
		p->count.failed += p->files.v[i].outcome == FAILED;
		p->count.skipped += p->files.v[i].outcome == SKIPPED;
	}
}

/* Every file that the page names, and what became of it. */
static void
add_inventory(struct parts *p, bool needs_browser)
{
	struct buf               out = BUF_INIT(16 * MiB);
	struct json              j = { .out = &out };
	struct store_record_new *r = &p->capture.records.v[p->capture.records.n++];

	td_json_object(&j);
	put_str(&j, "page", p->page->final_url);
	if (needs_browser)
		put_str(&j, "needs_browser", STR("the page is filled by a script; what it shows in a browser is not here"));
	put_i64(&j, "named", p->count.named);
	put_i64(&j, "stored", p->count.stored);
	put_i64(&j, "failed", p->count.failed);
	put_i64(&j, "skipped", p->count.skipped);
	if (p->is_cut)
		put_str(&j, "cut", STR("more files are named than are listed here"));
	td_json_key(&j, "files");
	td_json_array(&j);
	for (size_t i = 0; i < p->files.n; i++)
		put_file(&j, &p->files.v[i]);
	td_json_end(&j);
	td_json_end(&j);
	*r = (struct store_record_new){ .type = RECORD_METADATA, .uuid = os_random_uuid(), .concurrent_to = p->page->document_record,
		.content_type = STR("application/json"), .date_us = os_now_us(),
		.block = bytes_of(arena_copy(p->a, buf_str(&out))), .payload_at = -1 };
	buf_free(&out);
}

/* Under a name of its own, as other archivists' programs have it: under the page's address a replay would show it for the page. */
static void
add_text(struct parts *p, struct str text)
{
	struct store_record_new *r = &p->capture.records.v[p->capture.records.n];
	char                     name[LIMIT_URL_B + 16];

	if (text.n == 0)
		return;
	snprintf(name, sizeof(name), "urn:text:%" STR_FMT, STR_ARG(p->page->final_url));
	p->capture.records.n++;
	*r = (struct store_record_new){ .type = RECORD_CONVERSION, .uuid = os_random_uuid(), .refers_to = p->page->document_record,
		.target_url = arena_copy(p->a, str_sub(str_of(name), 0, LIMIT_URL_B)), .content_type = STR("text/plain;charset=utf-8"), .date_us = os_now_us(),
		.block = bytes_of(text), .payload_at = 0 };
}

enum err_code
capture_parts(const struct capture_room *room, struct arena *a, const struct capture_taken *page, const struct capture_reading *reading,
	struct capture_parts *ret, struct err *err)
{
	struct parts              p = { .room = room, .a = a, .page = page, .until_us = os_ticks_us() + LIMIT_RESOURCES_MS * INT64_C(1000) };
	struct store_capture_done done;

	p.isolation = page_isolation(room, a, page->url);
	p.files.v = arena_array(a, LISTED_N, struct file);
	p.sites.v = arena_array(a, SITES_N, struct site);
	p.capture = (struct store_capture_new){ .url = page->url, .final_url = page->final_url, .how = HOW_FETCHED, .by = room->by,
		.why = STR("the files and the text of a page"), .taken_us = os_now_us(), .main = -1, .part_of = page->id };
	p.capture.records.v = arena_array(a, LIMIT_RECORDS_N, struct store_record_new);
	if (page->kind == DOCUMENT_HTML) {
		add_files_of(&p, REFS_PAGE, page->final_url, page, NULL);
		fetch_all(&p);
	}
	count(&p);
	add_inventory(&p, reading->needs_browser);
	add_text(&p, reading->text);
	if (store_capture_commit(room->link, a, &p.capture, &done, err) != ERR_OK)
		return err->code;
	*ret = p.count;
	ret->id = done.id;
	return ERR_OK;
}
