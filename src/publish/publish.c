#include "publish/publish.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/limits.h"
#include "feed/write.h"
#include "os/log.h"
#include "publish/folder.h"
#include "publish/site.h"

#define ALL_NOTES_B (1024 * MiB)        /* every note of a desk in memory; 100,000 of them are some 500 MB */
#define ONE_PAGE_B  (128 * MiB)

extern const struct embed_file publish_style[];

struct publisher {
	struct arena      *arena;       /* the notes, for the whole run */
	struct store_link *link;
	struct site        site;
	struct folder     *folder;
	struct site_line  *all;         /* published and withdrawn, newest first: each has a page */
	size_t             n_all;
	struct site_line  *lines;       /* published only */
	size_t             n_lines;
	struct site_count *counts;      /* by country, sorted by code */
	size_t             n_counts;
	struct err        *err;
};

static noreturn void
too_large(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "publish", "more notes than fit in memory, site not finished");
	exit(EXIT_FAILURE);
}

/* Letters, digits and hyphens of any script: a slug is a file's name on every system. */
static bool
is_slug(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || strchr("/\\:*?\"<>|.%#", s.p[i]) != NULL)
			return false;
	return s.n > 0 && s.n <= 200;
}

static enum err_code
check_note(const struct publisher *p, const struct store_note *note)
{
	char shown[ID_SHOWN];

	id_show(ID_NOTE, &note->id, shown);
	if (note->status != NOTE_PUBLISHED && note->status != NOTE_WITHDRAWN)   /* its readers would find nothing, and no reason */
		return err_set(p->err, ERR_DENIED, "%s: was published and is a %s again; publish or withdraw it first, nothing was "
		    "published", shown, note->status == NOTE_DRAFT ? "draft" : "note to be checked");
	if (note->sensitivity != SENSITIVITY_PUBLIC && note->status == NOTE_PUBLISHED)
		return err_set(p->err, ERR_DENIED, "%s: %s, not marked as public; nothing was published", shown,
		    note->sensitivity == SENSITIVITY_PROTECTED ? "protected" : "not reviewed for people who must be protected");
	if (!is_slug(note->slug))
		return err_set(p->err, ERR_FORMAT, "%s: its address \"%" STR_FMT "\" cannot be a file's name; nothing was published",
		    shown, STR_ARG(note->slug));
	return ERR_OK;
}

/* The list has no history; a note of one version has none either. */
static enum err_code
add_note(struct publisher *p, const struct store_note *listed)
{
	struct store_note *note = arena_new(p->arena, struct store_note);
	char               shown[ID_WHOLE];

	*note = *listed;
	if (note->published_us == 0)
		return ERR_OK;
	if (check_note(p, note) != ERR_OK)
		return p->err->code;
	if (note->version > 1) {
		struct store_name name = { str_of(id_show_whole(ID_NOTE, &note->id, shown)), ID_NOTE };

		if (store_note_get(p->link, p->arena, &name, note, p->err) != ERR_OK)
			return p->err->code;
	}
	return site_line_of(p->arena, note, &p->all[p->n_all++], p->err);
}

static enum err_code
read_notes(struct publisher *p, enum note_status status)
{
	struct store_list_ask  ask = { .limit = LIMIT_PAGE_N, .status = status };
	struct store_note_list list;

	do {
		struct site_line *more;

		if (store_note_list(p->link, p->arena, &ask, &list, p->err) != ERR_OK)
			return p->err->code;
		more = realloc(p->all, (p->n_all + list.notes.n + 1) * sizeof(*more));
		if (more == NULL)
			return err_set(p->err, ERR_NOMEM, "out of memory; nothing was published");
		p->all = more;
		for (size_t i = 0; i < list.notes.n; i++)
			if (add_note(p, &list.notes.v[i]) != ERR_OK)
				return p->err->code;
		ask.offset += (int64_t)list.notes.n;
	} while (list.more && list.notes.n > 0);
	return ERR_OK;
}

static int
newest_first(const void *a, const void *b)
{
	const struct store_note *x = ((const struct site_line *)a)->note, *y = ((const struct site_line *)b)->note;

	if (x->published_us != y->published_us)
		return x->published_us > y->published_us ? -1 : 1;
	return memcmp(x->id.b, y->id.b, sizeof(x->id.b));
}

static int
by_code(const void *a, const void *b)
{
	return str_cmp(((const struct site_count *)a)->code, ((const struct site_count *)b)->code);
}

static void
count_country(struct publisher *p, struct str code)
{
	size_t i = 0;

	if (code.n != 2 || code.p[0] < 'A' || code.p[0] > 'Z' || code.p[1] < 'A' || code.p[1] > 'Z')
		return;
	while (i < p->n_counts && !str_eq(p->counts[i].code, code))
		i++;
	p->counts[i].code = code;
	p->counts[i].notes++;
	p->n_counts += i == p->n_counts;
}

static void
sort_notes(struct publisher *p)
{
	if (p->n_all > 0)
		qsort(p->all, p->n_all, sizeof(*p->all), newest_first);
	p->lines = arena_array(p->arena, p->n_all, struct site_line);
	p->counts = arena_array(p->arena, 26 * 26, struct site_count);
	for (size_t i = 0; i < p->n_all; i++)
		if (p->all[i].note->status == NOTE_PUBLISHED) {
			p->lines[p->n_lines++] = p->all[i];
			count_country(p, p->all[i].note->country);
		}
	qsort(p->counts, p->n_counts, sizeof(*p->counts), by_code);
}

static struct str
path_of(struct arena *a, const char *before, struct str name, const char *after)
{
	struct buf b = BUF_INIT(4 * KiB);
	struct str s;

	buf_add(&b, str_of(before));
	buf_add(&b, name);
	buf_add(&b, str_of(after));
	s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

/* All pages of all countries in one row; within a country the oldest page first, since the newest links to the others. */
struct country_page {
	const struct site_count *country;
	size_t                   page;
};

static size_t
country_pages(const struct publisher *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_counts; i++)
		n += site_older_pages(p->counts[i].notes) + 1;
	return n;
}

static struct country_page
country_page(const struct publisher *p, size_t i)
{
	const struct site_count *c = p->counts;

	for (; i > site_older_pages(c->notes); c++)
		i -= site_older_pages(c->notes) + 1;
	return (struct country_page){ c, i == site_older_pages(c->notes) ? 0 : i + 1 };
}

static struct str
country_path(struct arena *a, struct country_page at)
{
	return path_of(a, "country/", site_list_file(a, site_country_file(a, at.country->code), at.page), "");
}

static void
want_all(struct publisher *p)
{
	static const char *const always[] = { "style.css", "country/index.html", "404.html", "robots.txt", "feed.xml", "atom.xml" };

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		folder_want(p->folder, str_of(always[i]));
	if (p->site.base_url.n > 0)
		folder_want(p->folder, STR("sitemap.xml"));
	for (size_t i = 0; i < p->n_all; i++)
		folder_want(p->folder, path_of(p->arena, "notes/", p->all[i].note->slug, ".html"));
	for (size_t i = 0; i <= site_older_pages(p->n_lines); i++)
		folder_want(p->folder, site_list_file(p->arena, STR("index"), i));
	for (size_t i = 0; i < country_pages(p); i++)
		folder_want(p->folder, country_path(p->arena, country_page(p, i)));
}

/* What is made of p and number i, and where it goes. */
struct making {
	enum err_code (*make)(struct arena *, struct publisher *, size_t i, struct str *ret_path, struct buf *);
	size_t          n;
};

static enum err_code
make_note(struct arena *a, struct publisher *p, size_t i, struct str *ret_path, struct buf *out)
{
	*ret_path = path_of(a, "notes/", p->all[i].note->slug, ".html");
	return site_note(a, &p->site, &p->all[i], out, p->err);
}

static enum err_code
make_country(struct arena *a, struct publisher *p, size_t i, struct str *ret_path, struct buf *out)
{
	struct country_page at = country_page(p, i);
	struct site_line   *lines = arena_array(a, at.country->notes, struct site_line);
	size_t              n = 0;

	for (size_t k = 0; k < p->n_lines; k++)
		if (str_eq(p->lines[k].note->country, at.country->code))
			lines[n++] = p->lines[k];
	*ret_path = country_path(a, at);
	return site_country(a, &p->site, lines, n, at.country->code, at.page, out, p->err);
}

/* The oldest page first: index.html links to the others. */
static enum err_code
make_front(struct arena *a, struct publisher *p, size_t i, struct str *ret_path, struct buf *out)
{
	size_t older = site_older_pages(p->n_lines), page = i == older ? 0 : i + 1;

	*ret_path = site_list_file(a, STR("index"), page);
	return site_front(a, &p->site, p->lines, p->n_lines, page, out, p->err);
}

static enum err_code
make_style(struct arena *a, struct publisher *p, size_t i, struct str *ret_path, struct buf *out)
{
	(void)a, (void)p;
	*ret_path = str_of(publish_style[i].name);
	buf_add(out, embed_text(&publish_style[i]));
	return ERR_OK;
}

static void
add_sitemap(struct arena *a, const struct publisher *p, struct buf *out)
{
	struct feed_place *places = arena_array(a, p->n_all + 1, struct feed_place);

	places[0].url = p->site.base_url;
	for (size_t i = 0; i < p->n_all; i++)
		places[i + 1] = (struct feed_place){ site_url(a, &p->site, "notes/", p->all[i].note->slug, ".html"),
			p->all[i].note->saved_us };
	td_feed_write_sitemap(places, p->n_all + 1, out);
}

enum { REST_COUNTRIES, REST_MISSING, REST_RSS, REST_ATOM, REST_ROBOTS, REST_SITEMAP, REST__COUNT };

static enum err_code
make_rest(struct arena *a, struct publisher *p, size_t i, struct str *ret_path, struct buf *out)
{
	static const char *const paths[REST__COUNT] = { "country/index.html", "404.html", "feed.xml", "atom.xml", "robots.txt",
		"sitemap.xml" };

	*ret_path = str_of(paths[i]);
	switch (i) {
	case REST_COUNTRIES: return site_countries(a, &p->site, p->counts, p->n_counts, out, p->err);
	case REST_MISSING:   return site_missing(a, &p->site, out, p->err);
	case REST_RSS:       site_rss(a, &p->site, p->all, p->n_all, out); break;
	case REST_ATOM:      site_atom(a, &p->site, p->all, p->n_all, out); break;
	case REST_SITEMAP:   add_sitemap(a, p, out); break;
	default:
		buf_add(out, STR("User-agent: *\nAllow: /\n"));
		if (p->site.base_url.n > 0) {
			buf_add(out, STR("Sitemap: "));
			buf_add(out, p->site.base_url);
			buf_add(out, STR("sitemap.xml\n"));
		}
	}
	return ERR_OK;
}

static enum err_code
make_one(struct publisher *p, const struct making *m, size_t i)
{
	struct buf    out = BUF_INIT(4 * LIMIT_PAGE_B);
	struct arena  page;
	struct str    path;
	enum err_code code;

	arena_init(&page, ONE_PAGE_B, too_large, NULL);
	code = m->make(&page, p, i, &path, &out);
	if (code == ERR_OK)
		code = out.failed ? err_set(p->err, ERR_LIMIT, "%" STR_FMT ": larger than a page may be; the site is not finished",
		    STR_ARG(path)) : folder_put(p->folder, path, buf_str(&out), p->err);
	buf_free(&out);
	arena_free(&page);
	return code;
}

/* In an order without dead links: what is linked to comes before what links to it. */
static enum err_code
make_all(struct publisher *p)
{
	const struct making all[] = {
		{ make_style, 1 }, { make_note, p->n_all }, { make_country, country_pages(p) },
		{ make_front, site_older_pages(p->n_lines) + 1 },
		{ make_rest, p->site.base_url.n > 0 ? REST__COUNT : REST_SITEMAP },
	};

	for (size_t m = 0; m < sizeof(all) / sizeof(*all); m++)
		for (size_t i = 0; i < all[m].n; i++)
			if (make_one(p, &all[m], i) != ERR_OK)
				return p->err->code;
	return ERR_OK;
}

static struct str
first_word(struct str s)
{
	size_t end = str_find_char(s, ' ');

	return str_sub(s, 0, end == STR_NONE ? s.n : end);
}

static enum err_code
open_site(struct publisher *p, struct str base_url, struct store_desk_status *ret)
{
	struct page_set *pages;

	if (store_status(p->link, p->arena, &(struct store_none){ 0 }, ret, p->err) != ERR_OK ||
	    site_load_pages(p->arena, &pages, p->err) != ERR_OK)
		return p->err->code;
	if (base_url.n > 0 && !str_starts(base_url, STR("https://")) && !str_starts(base_url, STR("http://")))
		return err_set(p->err, ERR_FORMAT, "%" STR_FMT ": the site's address must begin with https:// or http://; "
		    "nothing was published", STR_ARG(base_url));
	if (base_url.n > 0 && !str_ends(base_url, STR("/")))
		base_url = path_of(p->arena, "", base_url, "/");
	p->site = (struct site){ .pages = pages, .name = ret->name, .tagline = ret->tagline, .base_url = base_url };
	(void)td_words_lang(first_word(ret->languages), &p->site.lang);         /* else English */
	return ERR_OK;
}

static enum err_code
commit(struct publisher *p, struct str out_dir)
{
	struct store_release_new release = { .to = out_dir, .files = (int64_t)p->folder->n };
	struct store_none        none;

	memcpy(release.manifest_sha256, p->folder->manifest, SHA256_B);
	if (store_release_commit(p->link, p->arena, &release, &none, p->err) != ERR_OK)
		return p->err->code;
	return folder_settle(p->folder, p->err);
}

static enum err_code
publish(struct publisher *p, struct str out_dir, struct str base_url)
{
	struct store_desk_status status;

	if (open_site(p, base_url, &status) != ERR_OK)
		return p->err->code;
	for (enum note_status s = NOTE_DRAFT; s < NOTE_STATUS__COUNT; s++)
		if (read_notes(p, s) != ERR_OK)
			return p->err->code;
	sort_notes(p);
	if (folder_open(p->arena, out_dir, status.dir, &p->folder, p->err) != ERR_OK)
		return p->err->code;
	want_all(p);
	if (make_all(p) != ERR_OK || folder_finish(p->folder, p->err) != ERR_OK)
		return p->err->code;
	return p->folder->has_journal || p->folder->is_unfinished ? commit(p, out_dir) : ERR_OK;
}

enum err_code
publish_site(struct store_link *link, struct str out_dir, struct str base_url, int64_t now_us, struct publish_done *ret,
	struct err *err)
{
	struct arena     a;
	struct publisher p = { .arena = &a, .link = link, .err = err };
	enum err_code    code;

	arena_init(&a, ALL_NOTES_B, too_large, NULL);
	code = publish(&p, out_dir, base_url);
	if (code == ERR_OK) {
		*ret = (struct publish_done){ p.n_lines, p.folder->n + 1, p.folder->written, p.folder->removed };
		os_log(LOG_LEVEL_INFO, "publish", "notes=%zu written=%zu removed=%zu at=%lld", p.n_lines, p.folder->written,
		    p.folder->removed, (long long)now_us);
	}
	free(p.all);
	arena_free(&a);
	return code;
}
