#include "article/furniture.h"

#include <string.h>

#include "article/furniture_words.h"

enum { NAME_WORDS_MAX = 5 };

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

/* w is made of letters. */
static bool
is_one_of(struct str w, const char *const lists[26])
{
	const char *p = lists[(w.p[0] | 0x20) - 'a'];

	while (p != NULL && *p != '\0') {
		size_t i = 0;

		while (i < w.n && (w.p[i] | 0x20) == p[i])
			i++;
		if (p[i] == '*' || (i == w.n && (p[i] == ' ' || p[i] == '\0')))
			return true;
		while (*p != ' ' && *p != '\0')
			p++;
		p += *p == ' ';
	}
	return false;
}

static enum furniture
grade_of_word(struct str w)
{
	if (is_one_of(w, hard_words))
		return str_eq_nocase(w, STR("commentary")) ? FURNITURE_NO : FURNITURE_HARD;
	return is_one_of(w, soft_words) ? FURNITURE_SOFT : FURNITURE_NO;
}

static bool
begins(struct str w, const char *word)
{
	return str_starts_nocase(w, str_of(word));
}

static bool
ends(struct str w, const char *word)
{
	size_t n = strlen(word);

	return w.n >= n && str_eq_nocase(str_sub(w, w.n - n, w.n), str_of(word));
}

/* "text", "storybody", "maincontent": the makers' words for what they publish, at either end.  Most words end at a letter. */
static bool
is_content_word(struct str w)
{
	switch (w.p[0] | 0x20) {
	case 'a': if (begins(w, "article") || begins(w, "artikel")) return true; break;
	case 'c': if (begins(w, "content")) return true; break;
	case 's': if (begins(w, "story")) return true; break;
	case 't': if (begins(w, "text")) return true; break;
	default:  break;
	}
	switch (w.p[w.n - 1] | 0x20) {
	case 'e': return ends(w, "article");
	case 'l': return ends(w, "artikel");
	case 't': return ends(w, "content") || ends(w, "text");
	case 'y': return ends(w, "story");
	default:  return false;
	}
}

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
may_be_ours(struct str w)
{
	return w.n > 1 && (second_letters[(w.p[0] | 0x20) - 'a'] >> ((w.p[1] | 0x20) - 'a') & 1) != 0;
}

static void
take_word(struct str w, struct furniture_names *ret)
{
	if (may_be_ours(w)) {
		enum furniture grade = grade_of_word(w);

		ret->grade = grade > ret->grade ? grade : ret->grade;
		ret->post |= is_one_of(w, post_words);
		ret->goods |= is_one_of(w, goods_words);
	}
	ret->content |= is_content_word(w);
	ret->caption |= (w.p[0] | 0x20) == 'c' && begins(w, "caption");
	ret->make = ret->make * 31 + (uint32_t)w.n * 1021 + (uint32_t)(unsigned char)w.p[0] * 257 + (unsigned char)w.p[w.n - 1];
}

/* One name, "navLinks" or "site-footer": words between anything but letters, or before a capital. */
static void
take_name(struct str name, struct furniture_names *ret)
{
	struct furniture_names here = { .grade = FURNITURE_NO, .make = ret->make };
	size_t                 from = 0, words = 0;

	for (size_t i = 0; i <= name.n; i++) {
		bool is_next = i > from && i < name.n && is_capital(name.p[i]) && !is_capital(name.p[i - 1]);

		if (i < name.n && is_letter(name.p[i]) && !is_next)
			continue;
		if (i > from) {
			take_word(str_sub(name, from, i), &here);
			words++;
		}
		from = is_next ? i : i + 1;
	}
	ret->make = here.make;
	/* "sharing-with-a-single-developer": an anchor made of a heading says what the text is about, not what it is. */
	if (words >= NAME_WORDS_MAX)
		return;
	ret->grade = here.grade > ret->grade ? here.grade : ret->grade;
	ret->content |= here.content;
	ret->caption |= here.caption;
	ret->post |= here.post;
	ret->goods |= here.goods;
}

static void
take_names(struct str names, struct furniture_names *ret)
{
	size_t from = 0;

	for (size_t i = 0; i <= names.n; i++) {
		if (i < names.n && names.p[i] > ' ')
			continue;
		if (i > from)
			take_name(str_sub(names, from, i), ret);
		from = i + 1;
	}
}

static enum furniture
grade_of_role(struct str role)
{
	if (str_eq_nocase(role, STR("navigation")) || str_eq_nocase(role, STR("contentinfo")) || str_eq_nocase(role, STR("dialog")))
		return FURNITURE_HARD;
	return str_eq_nocase(role, STR("complementary")) ? FURNITURE_SOFT : FURNITURE_NO;
}

/* What its tag says, its names aside. */
static enum furniture
grade_of_tag(const struct html_node *n)
{
	switch (n->tag) {
	case TAG_NAV: case TAG_FOOTER: case TAG_MENU:
		return FURNITURE_HARD;
	case TAG_ASIDE: case TAG_FORM:
		return FURNITURE_SOFT;
	default:
		return FURNITURE_NO;
	}
}

/* "author-article", "teaser-text": what the makers call content is no soft furniture for a second word's sake. */
enum furniture
td_furniture_named(const struct html_node *n, struct furniture_names *ret)
{
	enum furniture worst, grade;
	uint32_t       make;

	*ret = (struct furniture_names){ .grade = FURNITURE_NO };
	if (is_never_text(n))
		return FURNITURE_NEVER;
	if (n->tag == TAG_NOSCRIPT || (n->attrs_n > 0 && is_hidden(n)))
		return FURNITURE_HIDDEN;
	worst = grade_of_tag(n);
	if (n->attrs_n == 0 || n->tag == TAG_HTML || n->tag == TAG_BODY)
		return worst;
	take_names(td_html_attr(n, STR("class")), ret);
	make = ret->make;
	take_names(td_html_attr(n, STR("id")), ret);
	ret->make = make;
	if (n->tag == TAG_MAIN || n->tag == TAG_ARTICLE || n->tag == TAG_P || n->tag == TAG_H1)
		return worst;
	if (ret->grade > worst && (ret->grade > FURNITURE_SOFT || !ret->content))
		worst = ret->grade;
	grade = grade_of_role(td_html_attr(n, STR("role")));
	return grade > worst ? grade : worst;
}

enum furniture
td_furniture(const struct html_node *n)
{
	struct furniture_names names;

	return td_furniture_named(n, &names);
}
