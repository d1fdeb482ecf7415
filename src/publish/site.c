#include "publish/site.h"

#include <stdio.h>

#include "base/embed.h"
#include "base/limits.h"
#include "markdown/markdown.h"

extern const struct embed_file publish_pages[];

enum err_code
site_load_pages(struct arena *a, struct page_set **ret, struct err *err)
{
	struct page_file files[16];
	size_t           n = 0;

	for (const struct embed_file *f = publish_pages; f->name != NULL && n < 16; f++)
		files[n++] = (struct page_file){ str_of(f->name), embed_text(f) };
	return td_page_load(a, files, n, ret, err);
}

enum err_code
site_line_of(struct arena *a, const struct store_note *note, struct site_line *ret, struct err *err)
{
	struct site_line line = { .note = note };
	char             shown[ID_SHOWN];

	if (td_markdown_html(a, note->text, &line.text, err) != ERR_OK ||
	    td_markdown_text(a, note->text, &line.summary, err) != ERR_OK)
		return err_in(err, "%s", id_show(ID_NOTE, &note->id, shown));
	*ret = line;
	return ERR_OK;
}

/* words: country.* */
struct str
site_country_name(enum words_lang lang, struct str code)
{
	char       id[16];
	int        n = snprintf(id, sizeof(id), "country.%" STR_FMT, STR_ARG(str_sub(code, 0, 2)));
	struct str name = td_words(lang, (struct str){ id, (size_t)n });

	return name.n > 0 ? name : code;
}

struct str
site_country_file(struct arena *a, struct str code)
{
	char low[2] = { 'x', 'x' };

	for (size_t i = 0; i < 2 && i < code.n; i++)
		low[i] = (char)(code.p[i] >= 'A' && code.p[i] <= 'Z' ? code.p[i] + ('a' - 'A') : code.p[i]);
	return arena_copy(a, (struct str){ low, 2 });
}

static struct str
number(struct arena *a, int i, int digits)
{
	char shown[16];
	int  n = snprintf(shown, sizeof(shown), "%0*d", digits, i);

	return arena_copy(a, (struct str){ shown, (size_t)n });
}

/* words: public.month.* */
struct str
site_date(struct arena *a, enum words_lang lang, int64_t us)
{
	struct civil c = civil_from_instant(us);
	char         id[32];
	int          n = snprintf(id, sizeof(id), "public.month.%d", c.month);
	struct str   args[3] = { number(a, c.day, 1), td_words(lang, (struct str){ id, (size_t)n }), number(a, c.year, 4) };

	return td_words_fill(a, td_words(lang, STR("public.date")), args, 3);
}

struct str
site_iso(struct arena *a, int64_t us)
{
	char shown[CIVIL_SHOWN];

	return arena_copy(a, str_of(instant_iso(us, shown)));
}

struct str
site_word(struct arena *a, enum words_lang lang, struct str id, struct str arg)
{
	return td_words_fill(a, td_words(lang, id), &arg, 1);
}

struct str
site_url(struct arena *a, const struct site *site, const char *before, struct str name, const char *after)
{
	struct buf b = BUF_INIT(LIMIT_URL_B * 4);
	struct str s;

	if (site->base_url.n == 0)
		return (struct str){ NULL, 0 };
	buf_add(&b, site->base_url);
	buf_add(&b, str_of(before));
	for (size_t i = 0; i < name.n; i++) {
		if ((unsigned char)name.p[i] < 0x80 && name.p[i] > ' ')
			buf_add_char(&b, name.p[i]);
		else
			buf_addf(&b, "%%%02X", (unsigned char)name.p[i]);
	}
	buf_add(&b, str_of(after));
	s = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return s;
}

void
site_add_lang(struct page_values *v, const char *name, struct str lang, enum words_lang around)
{
	if (!str_eq_nocase(lang, td_words_tag(around)))
		td_page_str(v, name, lang);
}

struct page_values *
site_head(struct arena *a, const struct site *site, enum words_lang lang, const char *root, struct str title)
{
	struct page_values *v = td_page_values(a);

	td_page_url(v, "root", str_of(root));
	td_page_str(v, "page_lang", td_words_tag(lang));
	td_page_str(v, "title", title);
	td_page_str(v, "desk", site->name);
	td_page_str(v, "tagline", site->tagline);
	site_add_lang(v, "desk_lang", td_words_tag(site->lang), lang);
	return v;
}

/* The first 300 bytes or so, whole words where the script has spaces. */
static struct str
shortened(struct arena *a, struct str s)
{
	size_t n = 320;
	char  *p;

	if (s.n <= n)
		return s;
	while (n > 200 && s.p[n] != ' ' && s.p[n] != '\n')
		n--;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	p = arena_take(a, n + 3);
	memcpy(p, s.p, n);
	memcpy(p + n, "…", 3);
	return (struct str){ p, n + 3 };
}

void
site_add_line(struct arena *a, const struct site *site, const struct site_line *line, struct page_values *row)
{
	const struct store_note *note = line->note;

	td_page_str(row, "slug", note->slug);
	td_page_str(row, "heading", note->heading);
	td_page_str(row, "carrier", note->carrier);
	td_page_str(row, "summary", shortened(a, line->summary));
	td_page_str(row, "published", site_date(a, site->lang, note->published_us));
	td_page_str(row, "published_iso", site_iso(a, note->published_us));
	site_add_lang(row, "note_lang", note->language, site->lang);
	if (note->country.n == 2) {
		td_page_str(row, "country", site_country_name(site->lang, note->country));
		td_page_str(row, "country_file", site_country_file(a, note->country));
	}
}

static struct str
look_up(const void *self, struct str id)
{
	return td_words(*(const enum words_lang *)self, id);
}

enum err_code
site_print(const struct site *site, enum words_lang lang, struct str page, const struct page_values *v, struct buf *out,
	struct err *err)
{
	struct page_words words = { look_up, &lang };

	if (td_page_print(site->pages, page, v, &words, out, err) != ERR_OK)
		return err->code;
	if (out->failed)
		return err_set(err, ERR_LIMIT, "%" STR_FMT ": a page larger than we write; nothing was published", STR_ARG(page));
	return ERR_OK;
}
