#include "article/dates.h"

#include "text/utf8.h"

#define NEAR_STORY_B 4000       /* how far from the story's beginning a visible date may stand */

struct month_name {
	const char *name;        /* in lower case; the whole name or a usual short form */
	int8_t      month;
};

static const struct month_name months[] = {
	{ "january", 1 }, { "february", 2 }, { "march", 3 }, { "april", 4 }, { "may", 5 }, { "june", 6 }, { "july", 7 },
	{ "august", 8 }, { "september", 9 }, { "october", 10 }, { "november", 11 }, { "december", 12 },
	{ "jan", 1 }, { "feb", 2 }, { "mar", 3 }, { "apr", 4 }, { "jun", 6 }, { "jul", 7 }, { "aug", 8 }, { "sept", 9 }, { "sep", 9 },
	{ "oct", 10 }, { "nov", 11 }, { "dec", 12 },
	{ "januar", 1 }, { "jänner", 1 }, { "februar", 2 }, { "märz", 3 }, { "mai", 5 }, { "juni", 6 }, { "juli", 7 },
	{ "oktober", 10 }, { "okt", 10 }, { "dezember", 12 }, { "dez", 12 },
	{ "janvier", 1 }, { "février", 2 }, { "mars", 3 }, { "avril", 4 }, { "juin", 6 }, { "juillet", 7 }, { "août", 8 },
	{ "septembre", 9 }, { "octobre", 10 }, { "novembre", 11 }, { "décembre", 12 },
	{ "enero", 1 }, { "febrero", 2 }, { "marzo", 3 }, { "abril", 4 }, { "mayo", 5 }, { "junio", 6 }, { "julio", 7 }, { "agosto", 8 },
	{ "septiembre", 9 }, { "octubre", 10 }, { "noviembre", 11 }, { "diciembre", 12 },
	{ "января", 1 }, { "февраля", 2 }, { "марта", 3 }, { "апреля", 4 }, { "мая", 5 }, { "июня", 6 }, { "июля", 7 },
	{ "августа", 8 }, { "сентября", 9 }, { "октября", 10 }, { "ноября", 11 }, { "декабря", 12 },
	{ "stycznia", 1 }, { "lutego", 2 }, { "marca", 3 }, { "kwietnia", 4 }, { "maja", 5 }, { "czerwca", 6 }, { "lipca", 7 },
	{ "sierpnia", 8 }, { "września", 9 }, { "października", 10 }, { "listopada", 11 }, { "grudnia", 12 },
};

static bool
is_digit(struct str s, size_t at)
{
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* 1 to max digits. */
static bool
number(struct str s, size_t *at, int max, int *ret, int *ret_digits)
{
	int v = 0, n = 0;

	for (; n < max && is_digit(s, *at); n++, ++*at)
		v = v * 10 + s.p[*at] - '0';
	*ret = v;
	*ret_digits = n;
	return n > 0 && !is_digit(s, *at);
}

static void
skip_space(struct str s, size_t *at)
{
	while (*at < s.n && (s.p[*at] == ' ' || s.p[*at] == '\n' || s.p[*at] == '\t' || str_starts(str_sub(s, *at, s.n), STR("\xc2\xa0"))))
		*at += s.p[*at] == '\xc2' ? 2 : 1;
}

static bool
take(struct str s, size_t *at, const char *what)
{
	if (!str_starts_nocase(str_sub(s, *at, s.n), str_of(what)))
		return false;
	*at += strlen(what);
	return true;
}

static bool
finish(int y, int m, int d, struct civil *ret)
{
	struct civil c = { .year = (int16_t)y, .month = (int8_t)m, .day = (int8_t)d, .zone_min = CIVIL_NO_ZONE, .precision = CIVIL_DAY };

	if (y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31 || !civil_is_valid(&c))
		return false;
	*ret = c;
	return true;
}

static bool
month_at(struct str s, size_t *at, int *ret)
{
	size_t best = 0;

	for (size_t i = 0; i < sizeof(months) / sizeof(*months); i++) {
		size_t n = strlen(months[i].name);

		if (n > best && str_starts_nocase(str_sub(s, *at, s.n), str_of(months[i].name))) {
			best = n;
			*ret = months[i].month;
		}
	}
	if (best == 0 || (*at + best < s.n && (((unsigned char)s.p[*at + best] & 0x80) != 0 ||
	    ((s.p[*at + best] | 0x20) >= 'a' && (s.p[*at + best] | 0x20) <= 'z'))))
		return str_starts(str_sub(s, *at + best, s.n), STR("\xc2\xa0")) && best > 0 ? (*at += best, true) : false;
	*at += best;
	return true;
}

/* "June 27th, 2018" */
static bool
month_first(struct str s, size_t at, struct civil *ret, size_t *ret_end)
{
	int m, d, y, n;

	if (!month_at(s, &at, &m))
		return false;
	(void)take(s, &at, ".");
	skip_space(s, &at);
	if (!number(s, &at, 2, &d, &n))
		return false;
	(void)(take(s, &at, "st") || take(s, &at, "nd") || take(s, &at, "rd") || take(s, &at, "th"));
	(void)take(s, &at, ",");
	skip_space(s, &at);
	if (!number(s, &at, 4, &y, &n) || n != 4 || !finish(y, m, d, ret))
		return false;
	*ret_end = at;
	return true;
}

/* After "27": " juin 2018", ". Juni 2018", "th of June, 2018", " de junio de 2018" */
static bool
day_first(struct str s, size_t at, int d, struct civil *ret, size_t *ret_end)
{
	int m, y, n;

	(void)(take(s, &at, "st") || take(s, &at, "nd") || take(s, &at, "rd") || take(s, &at, "th") || take(s, &at, ".") ||
	    take(s, &at, "er"));
	if (!take(s, &at, "-"))
		skip_space(s, &at);
	(void)(take(s, &at, "de ") || take(s, &at, "of "));
	if (!month_at(s, &at, &m))
		return false;
	(void)(take(s, &at, ".") || take(s, &at, ",") || take(s, &at, "-"));
	skip_space(s, &at);
	(void)(take(s, &at, "de ") || take(s, &at, "del "));
	if (!number(s, &at, 4, &y, &n) || n != 4 || !finish(y, m, d, ret))
		return false;
	*ret_end = at;
	return true;
}

/* After "2018": "-06-27T09:30:00Z", ".06.27", "년 6월 27일" */
static bool
year_first(struct str s, size_t start, size_t at, int y, struct civil *ret, size_t *ret_end)
{
	const char *sep = at < s.n ? s.p + at : "";
	int         m, d, n;
	bool        words = take(s, &at, "년") || take(s, &at, "年");

	if (!words && !take(s, &at, "-") && !take(s, &at, "/") && !take(s, &at, "."))
		return false;
	skip_space(s, &at);
	if (!number(s, &at, 2, &m, &n) || !(words ? take(s, &at, "월") || take(s, &at, "月") : at < s.n && s.p[at++] == *sep))
		return false;
	skip_space(s, &at);
	if (!number(s, &at, 2, &d, &n) || !finish(y, m, d, ret))
		return false;
	(void)(words && (take(s, &at, "일") || take(s, &at, "日")));
	*ret_end = at;
	if (*sep == '-' && at - start == 10 && at < s.n && (s.p[at] == 'T' || s.p[at] == ' ')) {
		struct civil exact;

		while (at < s.n && at - start < 40 && strchr("0123456789-+:.TZ", at - start == 10 ? 'T' : s.p[at]) != NULL)
			at++;
		for (; at - start > 10; at--)
			if (civil_parse_iso(str_sub(s, start, at), &exact)) {
				*ret = exact;
				*ret_end = at;
				break;
			}
	}
	return true;
}

/* After "06": "/27/2018", "-27-18", ".6.2018" */
static bool
numbers(struct str s, size_t at, int first, struct civil *ret, size_t *ret_end)
{
	char sep = at < s.n ? s.p[at] : '\0';
	int  second, y, n;

	if (sep != '/' && sep != '-' && sep != '.')
		return false;
	at++;
	if (sep == '.')
		skip_space(s, &at);
	if (!number(s, &at, 2, &second, &n) || at >= s.n || s.p[at] != sep)
		return false;
	at++;
	if (sep == '.')
		skip_space(s, &at);
	if (!number(s, &at, 4, &y, &n) || (n != 4 && (n != 2 || sep == '.')))
		return false;
	y += n == 2 ? (y < 70 ? 2000 : 1900) : 0;
	if (!(sep == '.' || first > 12 ? finish(y, second, first, ret) : finish(y, first, second, ret)))
		return false;
	*ret_end = at;
	return true;
}

bool
td_date_at(struct str s, size_t at, struct civil *ret, size_t *ret_end)
{
	size_t start = at;
	int    v, n;

	if (!is_digit(s, at))
		return month_first(s, at, ret, ret_end);
	if (!number(s, &at, 4, &v, &n))
		return false;
	if (n == 4)
		return year_first(s, start, at, v, ret, ret_end);
	return n <= 2 && (numbers(s, at, v, ret, ret_end) || day_first(s, at, v, ret, ret_end));
}

bool
td_date_find(struct str s, struct civil *ret, size_t *ret_from, size_t *ret_to)
{
	bool in_word = false;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool          word = is_digit(s, i) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

		/* A date never begins inside a word or a number; a letter of two bytes may begin a month. */
		if ((!in_word || (c & 0xc0) == 0xc0) && (word || c >= 0xc0) && td_date_at(s, i, ret, ret_to)) {
			*ret_from = i;
			return true;
		}
		in_word = word;
	}
	return false;
}

/* ---- which of a page's dates ---- */

static bool
from_ld(const struct json_node *ld, struct str key, struct civil *ret)
{
	size_t from, to;

	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld))
		if (str_eq(n->key, key) && td_date_find(n->text, ret, &from, &to))
			return true;
	return false;
}

static bool
from_meta(const struct page_head *head, const char *const *names, struct civil *ret)
{
	size_t from, to;

	for (; *names != NULL; names++)
		for (size_t i = 0; i < head->metas_n; i++)
			if (str_eq_nocase(head->metas[i].name, str_of(*names)) && td_date_find(head->metas[i].value, ret, &from, &to))
				return true;
	return false;
}

/* /2018/06/27/ or 20180627: only a day counts. */
static bool
from_url(struct str url, struct civil *ret)
{
	size_t from, to;

	if (td_date_find(url, ret, &from, &to) && from > 0 && (url.p[from - 1] == '/' || url.p[from - 1] == '-'))
		return true;
	for (size_t i = 0, n = 0; i <= url.n; i++) {
		if (is_digit(url, i)) {
			n++;
			continue;
		}
		if (n >= 8) {
			const char *p = url.p + i - n;

			if (finish((p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + p[3] - '0',
			    (p[4] - '0') * 10 + p[5] - '0', (p[6] - '0') * 10 + p[7] - '0', ret))
				return true;
		}
		n = 0;
	}
	return false;
}

/* The last date before the story's root ends its first lines. */
static bool
from_sight(const struct html_tree *tree, const struct html_node *root, struct civil *ret)
{
	struct civil c;
	size_t       after = 0, from, to;
	bool         found = false, inside = false;

	if (root == NULL)
		return false;
	for (const struct html_node *n = tree->document; n != NULL && after < NEAR_STORY_B; n = td_html_next(n, tree->document)) {
		inside |= n == root;
		if (n->kind != HTML_TEXT || n->parent->tag == TAG_SCRIPT || n->parent->tag == TAG_STYLE || n->parent->tag == TAG_TITLE)
			continue;
		if (n->text.n < 300 && td_date_find(n->text, &c, &from, &to)) {
			*ret = c;
			found = true;
			if (inside)
				return true;
		}
		after += inside ? n->text.n : 0;
	}
	return found;
}

void
td_article_dates(const struct html_tree *tree, const struct page_head *head, struct str url,
	const struct html_node *main_root, struct page_dates *ret)
{
	static const char *const published[] = { "article:published_time", "og:published_time", "datePublished", "pubdate",
		"publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date",
		"dc.date.created", "dcterms.date", "date", "cXenseParse:recs:publishtime", "dateCreated", NULL };
	static const char *const modified[] = { "article:modified_time", "og:updated_time", "dateModified", "last-modified", NULL };
	struct page_dates d = { 0 };

	size_t            from, to;
	if (from_ld(head->ld, STR("datePublished"), &d.published))
		d.why = "JSON-LD datePublished", d.confidence = 95;
	else if (from_meta(head, published, &d.published))
		d.why = "a meta element", d.confidence = 90;
	else if (from_url(url, &d.published))
		d.why = "the address", d.confidence = 80;
	else if (td_date_find(head->time, &d.published, &from, &to))
		d.why = "a time element", d.confidence = 70;
	else if (from_sight(tree, main_root, &d.published))
		d.why = "the date printed nearest to the story", d.confidence = 50;
	if (from_ld(head->ld, STR("dateModified"), &d.modified))
		d.why_modified = "JSON-LD dateModified";
	else if (from_meta(head, modified, &d.modified))
		d.why_modified = "a meta element";
	*ret = d;
}
