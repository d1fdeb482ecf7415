#include "article/furniture.h"

#define LEN(list) (sizeof(list) / sizeof(*(list)))

static bool
is_never_text(const struct html_node *n)
{
	switch (n->tag) {
	case TAG_SCRIPT: case TAG_STYLE: case TAG_TEMPLATE: case TAG_IFRAME: case TAG_OBJECT: case TAG_EMBED:
	case TAG_BUTTON: case TAG_SELECT: case TAG_TEXTAREA: case TAG_INPUT: case TAG_CANVAS: case TAG_AUDIO: case TAG_VIDEO:
	case TAG_HEAD: case TAG_TITLE: case TAG_DIALOG: case TAG_DATALIST: case TAG_OPTION: case TAG_RT: case TAG_RP:
		return true;
	default:
		return n->ns != NS_HTML;
	}
}

static bool
is_hidden(const struct html_node *n)
{
	struct str style;

	if (n->tag == TAG_NOSCRIPT || td_html_has_attr(n, STR("hidden")))
		return true;
	style = td_html_attr(n, STR("style"));
	return style.n > 0 && (str_find_nocase(style, STR("display:none")) != STR_NONE ||
	    str_find_nocase(style, STR("display: none")) != STR_NONE);
}

static bool
is_one_of(struct str w, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((w.p[0] | 0x20) == words[i][0] && str_eq_nocase(w, str_of(words[i])))
			return true;
	return false;
}

static enum furniture
grade_of_word(struct str w)
{
	static const char *const hard[] = { "comment", "comments", "commentlist", "disqus", "respond", "footer", "foot", "nav", "navigation",
		"navbar", "menu", "breadcrumb", "breadcrumbs", "share", "sharing", "sharedaddy", "social", "related", "recommended",
		"recommend", "cookie", "cookies", "consent", "gdpr", "newsletter", "pagination", "pager", "tagcloud", "outbrain",
		"taboola", "trackback", "pingback", "addthis" };
	static const char *const soft[] = { "sidebar", "widgets", "subscribe", "advert", "advertisement", "ads", "ad", "banner",
		"sponsor", "promo", "teaser", "popup", "modal", "tags", "toolbar", "metadata", "meta", "byline", "author", "masthead",
		"rating", "login", "signup", "toc", "infobox" };

	return is_one_of(w, hard, LEN(hard)) ? FURNITURE_HARD : is_one_of(w, soft, LEN(soft)) ? FURNITURE_SOFT : FURNITURE_NO;
}

/* A class or id is words between anything but letters. */
static enum furniture
grade_of_names(struct str names)
{
	enum furniture worst = FURNITURE_NO;
	size_t         from = 0;

	for (size_t i = 0; i <= names.n; i++) {
		char           c = i < names.n ? names.p[i] : ' ';
		enum furniture grade;

		if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
			continue;
		grade = i > from ? grade_of_word(str_sub(names, from, i)) : FURNITURE_NO;
		worst = grade > worst ? grade : worst;
		from = i + 1;
	}
	return worst;
}

/* "author-article", "teaser-text": what the makers call content is no furniture for a second word's sake. */
static bool
names_content(struct str names)
{
	static const char *const words[] = { "article", "content", "story", "text", "artikel" };

	for (size_t i = 0; i < LEN(words); i++)
		if (str_find_nocase(names, str_of(words[i])) != STR_NONE)
			return true;
	return false;
}

static enum furniture
grade_of_role(struct str role)
{
	if (str_eq_nocase(role, STR("navigation")) || str_eq_nocase(role, STR("contentinfo")) || str_eq_nocase(role, STR("dialog")))
		return FURNITURE_HARD;
	return str_eq_nocase(role, STR("complementary")) ? FURNITURE_SOFT : FURNITURE_NO;
}

enum furniture
td_furniture(const struct html_node *n)
{
	struct str     class, id;
	enum furniture worst = FURNITURE_NO, grade;

	if (is_never_text(n))
		return FURNITURE_NEVER;
	if (n->tag == TAG_NOSCRIPT || (n->attrs_n > 0 && is_hidden(n)))
		return FURNITURE_HIDDEN;
	if (n->tag == TAG_NAV || n->tag == TAG_FOOTER || n->tag == TAG_MENU)
		return FURNITURE_HARD;
	if (n->tag == TAG_ASIDE || n->tag == TAG_FORM)
		worst = FURNITURE_SOFT;
	if (n->attrs_n == 0 || n->tag == TAG_HTML || n->tag == TAG_BODY || n->tag == TAG_MAIN || n->tag == TAG_ARTICLE || n->tag == TAG_P ||
	    n->tag == TAG_H1)
		return worst;
	class = td_html_attr(n, STR("class"));
	id = td_html_attr(n, STR("id"));
	if ((grade = grade_of_names(class)) > worst)
		worst = grade;
	if ((grade = grade_of_names(id)) > worst)
		worst = grade;
	if (worst == FURNITURE_SOFT && n->tag != TAG_ASIDE && n->tag != TAG_FORM && (names_content(class) || names_content(id)))
		worst = FURNITURE_NO;
	grade = grade_of_role(td_html_attr(n, STR("role")));
	return grade > worst ? grade : worst;
}
