#include "publish/site.h"

#include <stdio.h>

/*
 * Older pages count from the oldest note, so that a full one never changes
 * again; index.html takes the rest, SITE_PAGE_N to 2 SITE_PAGE_N - 1 notes.
 */
size_t
site_older_pages(size_t n)
{
	return n / SITE_PAGE_N > 0 ? n / SITE_PAGE_N - 1 : 0;
}

static void
add_lines(struct arena *a, const struct site *site, const struct site_line *lines, size_t n, bool has_lead,
	struct page_values *v)
{
	for (size_t i = 0; i < n; i++) {
		struct page_values *row = td_page_add(v, "lines");

		site_add_line(a, site, &lines[i], row);
		td_page_flag(row, "is_short", i >= SITE_FULL_N);
		td_page_flag(row, "is_lead", has_lead && i == 0);
	}
}

struct str
site_list_file(struct arena *a, struct str name, size_t page)
{
	struct buf b = BUF_INIT(256);
	struct str s;

	if (page > 0 && str_eq(name, STR("index")))
		name = STR("page");
	buf_add(&b, name);
	if (page > 0)
		buf_addf(&b, "-%zu", page);
	buf_add(&b, STR(".html"));
	s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

/* The newest, then the older ones downwards. */
static void
add_page_links(struct arena *a, const struct site *site, struct str name, size_t older, size_t page, struct page_values *v)
{
	for (size_t i = 0; older > 0 && i <= older; i++) {
		size_t              nr = i == 0 ? 0 : older + 1 - i;
		struct page_values *row = td_page_add(v, "pages");

		td_page_flag(row, "first", i == 0);
		td_page_flag(row, "last", i == older);
		td_page_flag(row, "here", nr == page);
		td_page_url(row, "file", site_list_file(a, name, nr));
		if (nr == 0)
			td_page_str(row, "nr", td_words(site->lang, STR("public.newest")));
		else
			td_page_i64(row, "nr", (int64_t)nr);
	}
}

/* Page `page` of n notes into v. */
static void
add_list(struct arena *a, const struct site *site, struct str name, const struct site_line *lines, size_t n, size_t page,
	struct page_values *v)
{
	size_t older = site_older_pages(n), from = page == 0 ? 0 : n - page * SITE_PAGE_N;

	add_lines(a, site, lines + from, page == 0 ? n - older * SITE_PAGE_N : SITE_PAGE_N, page == 0, v);
	add_page_links(a, site, name, older, page, v);
}

enum err_code
site_front(struct arena *a, const struct site *site, const struct site_line *lines, size_t n, size_t page, struct buf *out,
	struct err *err)
{
	struct page_values *v = site_head(a, site, site->lang, "", site->name);
	char                nr[32];

	td_page_str(v, "summary", site->tagline);
	td_page_flag(v, "is_front", page == 0);
	td_page_url(v, "canonical", site_url(a, site, "", page == 0 ? STR("") : site_list_file(a, STR("index"), page), ""));
	if (page > 0) {
		snprintf(nr, sizeof(nr), "%zu", page);
		td_page_str(v, "heading", site_word(a, site->lang, STR("public.older"), str_of(nr)));
	}
	add_list(a, site, STR("index"), lines, n, page, v);
	return site_print(site, site->lang, STR("front.html"), v, out, err);
}

enum err_code
site_country(struct arena *a, const struct site *site, const struct site_line *lines, size_t n, struct str code, size_t page,
	struct buf *out, struct err *err)
{
	struct str          name = site_country_name(site->lang, code);
	struct page_values *v = site_head(a, site, site->lang, "../", name);

	td_page_str(v, "heading", name);
	td_page_flag(v, "is_country", true);
	add_list(a, site, site_country_file(a, code), lines, n, page, v);
	return site_print(site, site->lang, STR("front.html"), v, out, err);
}

enum err_code
site_countries(struct arena *a, const struct site *site, const struct site_count *counts, size_t n, struct buf *out,
	struct err *err)
{
	struct page_values *v = site_head(a, site, site->lang, "../", td_words(site->lang, STR("public.countries")));

	td_page_flag(v, "is_countries", true);
	for (size_t i = 0; i < n; i++) {
		struct page_values *row = td_page_add(v, "rows");

		td_page_flag(row, "first", i == 0);
		td_page_flag(row, "last", i + 1 == n);
		td_page_str(row, "name", site_country_name(site->lang, counts[i].code));
		td_page_url(row, "file", site_country_file(a, counts[i].code));
		td_page_i64(row, "count", (int64_t)counts[i].notes);
	}
	return site_print(site, site->lang, STR("countries.html"), v, out, err);
}

enum err_code
site_missing(struct arena *a, const struct site *site, struct buf *out, struct err *err)
{
	struct str          title = td_words(site->lang, STR("public.missing.heading"));
	struct page_values *v = site_head(a, site, site->lang, "", title);

	td_page_url(v, "root", site->base_url);         /* a host shows this page at any depth */
	return site_print(site, site->lang, STR("404.html"), v, out, err);
}
