/* site - the pages of the site as text: values in, HTML out, no files. */
#ifndef PUBLISH_SITE_H
#define PUBLISH_SITE_H

#include "page/page.h"
#include "store/verbs.h"
#include "words/words.h"

#define SITE_PAGE_N   50       /* notes of one page of notes; the newest page holds up to twice as many */
#define SITE_FEED_N   50
#define SITE_FULL_N   10       /* notes of a page that are shown with their summary */

struct site {
	const struct page_set *pages;
	struct str             name, tagline;
	struct str             base_url;        /* ends in "/", or is empty */
	enum words_lang        lang;
};

/* One note as lists and feeds need it. */
struct site_line {
	const struct store_note *note;
	struct str               summary;       /* the note's words */
	struct html              text;
};

/* The program's own templates. */
enum err_code site_load_pages(struct arena *, struct page_set **ret, struct err *) MUST_USE;

enum err_code site_line_of(struct arena *, const struct store_note *, struct site_line *ret, struct err *) MUST_USE;

/* Each appends one page.  The arena is for the page only. */
enum err_code site_note(struct arena *, const struct site *, const struct site_line *, struct buf *out, struct err *) MUST_USE;
/* lines: newest first; page 0 is index.html, page n > 0 is page-n.html, 1 the oldest.  So for the lines of a country: kp.html, kp-n.html. */
enum err_code site_front(struct arena *, const struct site *, const struct site_line *, size_t n, size_t page,
	struct buf *out, struct err *) MUST_USE;
size_t        site_older_pages(size_t n);
struct str    site_list_file(struct arena *, struct str name, size_t page);             /* name: "index", "kp" */
enum err_code site_country(struct arena *, const struct site *, const struct site_line *, size_t n, struct str code,
	size_t page, struct buf *out, struct err *) MUST_USE;

struct site_count {
	struct str code;                        /* ISO 3166-1 alpha-2 */
	size_t     notes;
};
enum err_code site_countries(struct arena *, const struct site *, const struct site_count *, size_t n, struct buf *out,
	struct err *) MUST_USE;
enum err_code site_missing(struct arena *, const struct site *, struct buf *out, struct err *) MUST_USE;

void          site_rss(struct arena *, const struct site *, const struct site_line *, size_t n, struct buf *out);
void          site_atom(struct arena *, const struct site *, const struct site_line *, size_t n, struct buf *out);

/* What the .c files share. */
struct str          site_country_name(enum words_lang, struct str code);        /* the code itself when nobody knows it */
struct str          site_country_file(struct arena *, struct str code);         /* "kp" */
struct str          site_date(struct arena *, enum words_lang, int64_t us);     /* 27 June 2018 */
struct str          site_iso(struct arena *, int64_t us);
struct str          site_word(struct arena *, enum words_lang, struct str id, struct str arg);
struct str          site_url(struct arena *, const struct site *, const char *before, struct str name, const char *after);
struct page_values *site_head(struct arena *, const struct site *, enum words_lang, const char *root, struct str title);
void                site_add_lang(struct page_values *, const char *name, struct str lang, enum words_lang around);
void                site_add_line(struct arena *, const struct site *, const struct site_line *, struct page_values *row);
enum err_code       site_print(const struct site *, enum words_lang, struct str page, const struct page_values *, struct buf *,
	struct err *) MUST_USE;

#endif
