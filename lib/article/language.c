/* The language: what the page says of itself, as far as its text does not speak against it. */
#include "article/parts.h"

#include "article/head.h"
#include "text/language.h"
#include "text/utf8.h"

enum { TAG_MIN = 2, TAG_MAX = 35, ENOUGH_B = 80, SAMPLE_B = 400, SCRIPT_B = 30 };

static bool
is_tag(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
			return false;
	return s.n >= TAG_MIN && s.n <= TAG_MAX && !str_eq_nocase(s, STR("und")) && !str_eq_nocase(s, STR("mul")) &&
	    !str_starts_nocase(s, STR("x-")) && (s.p[0] | 0x20) >= 'a';
}

/* "ko_KR" and "en_US.UTF-8" are BCP 47's ko-KR and en-US; of "de, en" the first. */
static void
say(struct draft *d, struct str s, const char *where)
{
	struct str tag;
	char      *p;

	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++)
		if (strchr(",;. ", s.p[i]) != NULL)
			s = str_sub(s, 0, i);
	if (d->said_n == DRAFT_SAID_MAX || s.n > TAG_MAX)
		return;
	p = arena_take(d->arena, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] == '_' ? '-' : i < 2 && s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
	tag = (struct str){ p, s.n };
	if (is_tag(tag))
		d->said[d->said_n++] = (struct said_language){ tag, where };
}

void
td_language_said(struct draft *d, const struct page_head *head)
{
	static const struct { const char *name, *where; } metas[] = { { "content-language", "meta content-language" }, { "og:locale", "meta og:locale" },
		{ "dc.language", "meta dc.language" }, { "dcterms.language", "meta dcterms.language" }, { "language", "meta language" } };
	const struct html_node *html = td_html_find(d->tree->document, TAG_HTML);

	if (html != NULL) {
		say(d, td_html_attr(html, STR("lang")), "the page's lang");
		say(d, td_html_attr(html, STR("xml:lang")), "the page's lang");
	}
	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas); i++)
		say(d, td_article_meta(head, str_of(metas[i].name)), metas[i].where);
	for (const struct json_node *n = head->ld; n != NULL; n = td_json_next(n, head->ld))
		if (str_eq(n->key, STR("inLanguage")) && n->kind == JSON_STRING) {
			say(d, n->text, "JSON-LD inLanguage");
			return;
		}
}

/* What is looked at: the first parts; with the headline where they are short. */
static struct str
sample(struct draft *d)
{
	struct str title = d->article->title;
	char      *p = arena_take(d->arena, LANGUAGE_LOOK_B + SAMPLE_B);
	size_t     n = 0;

	for (size_t i = 0; i < d->parts_n && n < LANGUAGE_LOOK_B; i++) {
		struct str part = str_sub(d->parts[i].text, 0, td_utf8_floor(d->parts[i].text, LANGUAGE_LOOK_B - n));

		if (d->parts[i].is_dropped)
			continue;
		memcpy(p + n, part.p, part.n);
		n += part.n;
		p[n++] = '\n';
	}
	if (n < SAMPLE_B && title.n > 0) {
		title.n = td_utf8_floor(title, SAMPLE_B - 1);
		memcpy(p + n, title.p, title.n);
		n += title.n;
	}
	return str_trim((struct str){ p, n });
}

static void
settle(struct draft *d, struct str language, int confidence, const char *where, const char *and_why)
{
	d->article->language = language;
	td_draft_why(d, "language", confidence, "%s%s", where, and_why);
}

/* The first of what the page says that is at least so near to what its text looks like, or NULL. */
static const struct said_language *
said_near(const struct draft *d, struct str seen, enum language_near least)
{
	for (size_t i = 0; i < d->said_n; i++)
		if (td_languages_near(d->said[i].tag, seen) >= least)
			return &d->said[i];
	return NULL;
}

void
td_language(struct draft *d)
{
	const struct said_language *said;
	struct language_guess       g;
	struct str                  text = sample(d), seen;

	td_language_guess(text, &g);
	seen = str_of(g.code);
	if (seen.n > 0 && (said = said_near(d, seen, LANGUAGES_ALIKE)) != NULL)
		settle(d, said->tag, 95, said->where, "; its text agrees");
	else if (seen.n > 0 && (!g.is_sure || text.n < SAMPLE_B) && (said = said_near(d, seen, LANGUAGES_NEAR)) != NULL)
		settle(d, said->tag, 75, said->where, "; its text is near to that");
	else if (seen.n > 0 && g.is_sure && text.n >= (str_eq(str_of(g.why), STR("its script")) ? SCRIPT_B : ENOUGH_B))
		settle(d, seen, d->said_n > 0 ? 85 : 90, g.why, d->said_n > 0 ? "; the page says another" : "");
	else if (d->said_n > 0)
		settle(d, d->said[0].tag, 60, d->said[0].where, seen.n > 0 ? "; its text is too short to tell" : "");
	else if (seen.n > 0 && text.n >= ENOUGH_B)
		settle(d, seen, 40, g.why, "; not sure");
}
