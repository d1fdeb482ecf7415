#include "article/site_name.h"

#include "article/marks.h"

enum { PARTS_MAX = 12 };

static bool
is_wide(struct str s, size_t at)
{
	return at < s.n && (unsigned char)s.p[at] >= 0xe3;      /* the lead byte of Han, kana, Hangul, fullwidth forms */
}

/* Does a character before `at` end in the second or third byte of one that is wide? */
static bool
is_after_wide(struct str s, size_t at)
{
	return at >= 3 && (unsigned char)s.p[at - 3] >= 0xe3 && ((unsigned char)s.p[at - 1] & 0xc0) == 0x80;
}

/* The length of the separator at `at`, 0: none. */
static size_t
separator_at(struct str s, size_t at)
{
	static const char *const spaced[] = { " | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " :: ", " \xc2\xbb ", " \xc2\xab ", " \xc2\xb7 ",
		" \xe2\x80\xa2 ", " : ", " \xe2\x94\x82 ", " / ", " \xe2\x80\xb9 ", " \xe2\x80\xba ", " > ", " >> ", " < ", " ~ ", " // ", " ___ " };
	static const char *const tight[] = { "\xef\xbd\x9c", "|", "\xe2\x94\x82" };      /* U+FF5C, U+2502 */
	struct str rest = str_sub(s, at, s.n);

	if (rest.p[0] == ' ')
		for (size_t i = 0; i < sizeof(spaced) / sizeof(*spaced); i++)
			if (str_starts(rest, str_of(spaced[i])))
				return strlen(spaced[i]);
	for (size_t i = 0; i < sizeof(tight) / sizeof(*tight); i++)
		if (str_starts(rest, str_of(tight[i])))
			return strlen(tight[i]);
	/* Scripts without spaces write their separators tight: "武汉的声音-新华网", "標題_新聞". */
	if ((rest.p[0] == '-' || rest.p[0] == '_') && at > 0 && (is_wide(s, at + 1) || is_after_wide(s, at)))
		return 1;
	return 0;
}

size_t
td_title_parts(struct str s, struct str *ret, size_t max)
{
	size_t n = 0, from = 0, k;

	for (size_t at = 0; at < s.n && n + 1 < max; at++)
		if ((k = separator_at(s, at)) > 0) {
			ret[n] = str_trim(str_sub(s, from, at));
			n += ret[n].n > 0;
			from = at + k;
			at = from - 1;
		}
	if (max > 0 && from < s.n)
		ret[n++] = str_trim(str_sub(s, from, s.n));
	return n;
}

static void
add_key(struct arena *a, struct site_names *s, struct str name)
{
	if (name.n > 0 && name.n < 120 && s->keys_n < SITE_NAMES_MAX) {
		s->keys[s->keys_n] = td_name_key(a, name);
		s->keys_n += s->keys[s->keys_n].n > 1;
	}
}

static struct str
ld_name(const struct json_node *ld, struct str key)
{
	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld)) {
		const struct json_node *name = str_eq(n->key, key) ? td_json_get(n, STR("name")) : NULL;

		if (name != NULL && name->kind == JSON_STRING)
			return str_trim(name->text);
	}
	return STR("");
}

static struct str
ld_text(const struct json_node *ld, struct str key)
{
	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld))
		if (str_eq(n->key, key) && n->kind == JSON_STRING && n->text.n > 0)
			return str_trim(n->text);
	return STR("");
}

/* "https://www.stern.de/x" is also "stern.de" and "stern". */
static void
add_host(struct arena *a, struct site_names *s, struct str url)
{
	size_t     at = str_find(url, STR("//")), dot;
	struct str host = str_sub(url, at == STR_NONE ? url.n : at + 2, url.n);

	for (at = 0; at < host.n && strchr("/:?#", host.p[at]) == NULL; at++)
		;
	host = str_sub(host, 0, at);
	if (str_starts(host, STR("www.")))
		host = str_sub(host, 4, host.n);
	add_key(a, s, host);
	for (dot = host.n; dot > 0 && host.p[dot - 1] != '.'; dot--)
		;
	host = str_sub(host, 0, dot > 0 ? dot - 1 : 0);
	for (dot = host.n; dot > 0 && host.p[dot - 1] != '.'; dot--)
		;
	host = str_sub(host, dot, host.n);
	if (host.n > 3)
		add_key(a, s, host);
}

void
td_site_names(struct arena *a, const struct page_head *head, struct site_names *ret)
{
	struct site_names s = { .name = td_article_meta(head, STR("og:site_name")) };
	struct str        publisher = ld_name(head->ld, STR("publisher")), app = td_article_meta(head, STR("application-name"));

	if (s.name.n > 0 && !str_starts(s.name, STR("http")))
		s.why = "meta og:site_name";
	else if ((s.name = publisher).n > 0)
		s.why = "JSON-LD publisher";
	else if ((s.name = app).n > 0)
		s.why = "meta application-name";
	add_key(a, &s, s.name);
	add_key(a, &s, publisher);
	add_key(a, &s, app);
	add_key(a, &s, td_article_meta(head, STR("apple-mobile-web-app-title")));
	add_host(a, &s, head->url);
	s.sites_n = s.keys_n;
	add_key(a, &s, td_article_meta(head, STR("article:section")));
	add_key(a, &s, ld_text(head->ld, STR("articleSection")));
	*ret = s;
}

static bool
is_named(struct str key, struct str name)
{
	if (str_eq(key, name))
		return true;
	if (key.n < 4 || name.n < 4)
		return false;
	return (key.n <= name.n && (key.n > 4 ? str_find(name, key) != STR_NONE : str_starts(name, key))) || (name.n <= key.n && name.n * 2 >= key.n && str_find(key, name) != STR_NONE);
}

static bool
is_site_or_section(struct arena *a, const struct site_names *s, struct str text, size_t keys_n)
{
	struct str key = td_name_key(a, text);

	for (size_t i = 0; i < keys_n && key.n > 0; i++)
		if (i < s->sites_n ? is_named(key, s->keys[i]) : str_eq(key, s->keys[i]))
			return true;
	return false;
}

void
td_site_add(struct arena *a, struct site_names *s, struct str name)
{
	struct str key = td_name_key(a, name);

	if (key.n < 2 || s->keys_n == SITE_NAMES_MAX)
		return;
	memmove(s->keys + 1, s->keys, s->keys_n * sizeof(*s->keys));
	s->keys[0] = key;
	s->keys_n++;
	s->sites_n++;
}

bool
td_is_site(struct arena *a, const struct site_names *s, struct str text)
{
	return is_site_or_section(a, s, text, s->sites_n);
}

struct str
td_without_site(struct arena *a, struct str s, const struct site_names *names, bool guess, struct str *ret_cut)
{
	struct str parts[PARTS_MAX];
	size_t     n = td_title_parts(s, parts, PARTS_MAX), from = 0, to = n;

	*ret_cut = STR("");
	if (n < 2)
		return s;
	while (to > 1 && is_site_or_section(a, names, parts[to - 1], names->keys_n)) {
		to--;
		if (ret_cut->n == 0 || td_is_site(a, names, parts[to]))
			*ret_cut = parts[to];
	}
	while (from + 1 < to && td_is_site(a, names, parts[from]))
		*ret_cut = parts[from++];
	/* What stands behind the site's name belongs to it: "Headline | The Desk | News and comment". */
	for (size_t i = from + 1; i < to && to == n; i++)
		if (td_is_site(a, names, parts[i]))
			*ret_cut = parts[i], to = i;
	if (to - from == n && names->name.n == 0 && guess && parts[n - 1].n * 2 <= s.n)
		*ret_cut = parts[--to];
	return (struct str){ parts[from].p, (size_t)(parts[to - 1].p + parts[to - 1].n - parts[from].p) };
}
