#include "feed/read.h"

#include "base/limits.h"
#include "feed/read_private.h"
#include "html/safe.h"
#include "html/tree.h"
#include "http/message.h"
#include "text/charset.h"

const char *const feed_kind_names[FEED_KIND__COUNT] = { "rss", "rdf", "atom", "json", "cdf", "sitemap", "sitemap index" };

/* The encoding that the XML declaration names; "" when it names none. */
static struct str
declared(struct str s)
{
	size_t end, at;
	char   quote;

	s = str_sub(s, 0, 256);
	end = str_find(s, STR("?>"));
	if (!str_starts(str_trim(s), STR("<?xml")) || end == STR_NONE || (at = str_find(str_sub(s, 0, end), STR("encoding"))) == STR_NONE)
		return STR("");
	s = str_trim(str_sub(s, at + 8, end));
	if (s.n < 3 || s.p[0] != '=')
		return STR("");
	s = str_trim(str_sub(s, 1, s.n));
	quote = s.n > 0 ? s.p[0] : '\0';
	if (quote != '"' && quote != '\'')
		return STR("");
	s = str_sub(s, 1, s.n);
	return str_sub(s, 0, str_find_char(s, quote));
}

/* UTF-16 shows itself by the first '<' even without its mark (XML 1.0, appendix F). */
static struct str
family(struct bytes b)
{
	if (b.n >= 4 && b.p[0] == '<' && b.p[1] == 0 && b.p[2] != 0 && b.p[3] == 0)
		return STR("utf-16le");
	if (b.n >= 4 && b.p[0] == 0 && b.p[1] == '<' && b.p[2] == 0 && b.p[3] != 0)
		return STR("utf-16be");
	return STR("");
}

static struct str
decoded(struct arena *a, const struct feed_ask *ask, struct feed_doc *doc)
{
	struct http_type type = td_http_type(a, ask->content_type);
	struct str       label = family(ask->body), s, declaration = declared(bytes_as_str(ask->body));
	struct charset   charset;
	bool             is_declared = false;

	if (label.n == 0)
		label = type.charset;
	if (td_charset_of_label(label) == NULL && td_charset_of_label(declaration) != NULL) {
		label = declaration;
		is_declared = true;
	}
	s = td_charset_decode(a, ask->body, label, &charset);
	doc->charset = str_of(charset.name);
	doc->charset_why = is_declared && str_eq(str_of(charset.why), STR("transport label")) ? STR("declaration") : str_of(charset.why);
	return s;
}

enum err_code
td_feed_read(struct arena *a, const struct feed_ask *ask, struct feed_doc *ret, struct err *err)
{
	struct feed_doc doc = { 0 };
	struct str      text = decoded(a, ask, &doc);
	enum err_code   code;

	if (str_starts(str_trim(text), STR("{")))
		code = td_feed_read_json(a, ask, text, &doc, err);
	else
		code = td_feed_read_xml(a, ask, text, &doc, err);
	if (code == ERR_OK)
		*ret = doc;
	return code;
}

static bool
may_be_markup(const struct feed_text *t)
{
	return (t->type != FEED_TEXT_OTHER && str_find_char(t->value, '&') != STR_NONE) || str_find_char(t->value, '<') != STR_NONE;
}

static struct html_tree
tree_of(struct arena *a, const struct feed_text *t)
{
	struct html_tree tree;

	td_html_parse_fragment(a, t->value, NS_HTML, STR("div"), NULL, &tree);
	return tree;
}

/* White space folded; there is no markup in it. */
static struct str
folded(struct arena *a, struct str s)
{
	char  *out;
	size_t n = 0;

	s = str_trim(s);
	if (str_find_char(s, '\n') == STR_NONE && str_find(s, STR("  ")) == STR_NONE && str_find_char(s, '\t') == STR_NONE)
		return s;
	out = arena_take(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		bool is_space = s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r';

		if (!is_space)
			out[n++] = s.p[i];
		else if (out[n - 1] != ' ')
			out[n++] = ' ';
	}
	return (struct str){ out, n };
}

/* Does a line go on across it? */
static bool
is_inline(const struct html_node *n)
{
	switch (n->tag) {
	case TAG_A: case TAG_B: case TAG_I: case TAG_U: case TAG_S: case TAG_EM: case TAG_STRONG: case TAG_SPAN: case TAG_FONT: case TAG_SMALL:
	case TAG_BIG: case TAG_CODE: case TAG_SUB: case TAG_SUP: case TAG_WBR: case TAG_TT: case TAG_STRIKE:
		return true;
	default:
		return n->kind != HTML_ELEMENT;
	}
}

static bool
is_unread(const struct html_node *n)
{
	return n->tag == TAG_SCRIPT || n->tag == TAG_STYLE || n->tag == TAG_TEMPLATE || n->kind == HTML_COMMENT;
}

static struct str
text_of(struct arena *a, const struct html_tree *tree)
{
	const struct html_node *root = tree->document, *n = td_html_next(root, root);
	struct buf              out = BUF_INIT(2 * LIMIT_FEED_TEXT_B);
	struct str              s;

	while (n != NULL) {
		if (!is_inline(n) || (n->prev != NULL && !is_inline(n->prev)))
			buf_add_char(&out, ' ');
		if (n->kind == HTML_TEXT)
			buf_add(&out, n->text);
		n = is_unread(n) ? td_html_after(n, root) : td_html_next(n, root);
	}
	s = folded(a, arena_copy(a, buf_str(&out)));
	buf_free(&out);
	return s;
}

static void
make_plain(struct arena *a, struct feed_text *t)
{
	struct html_tree tree;

	if (!may_be_markup(t)) {
		t->plain = folded(a, t->value);
		return;
	}
	tree = tree_of(a, t);
	t->plain = text_of(a, &tree);
}

static void
make_about_plain(struct arena *a, struct feed_about *about)
{
	make_plain(a, &about->title);
	make_plain(a, &about->summary);
	make_plain(a, &about->content);
	make_plain(a, &about->rights);
}

void
td_feed_make_plain(struct arena *a, struct feed_doc *doc)
{
	make_about_plain(a, &doc->about);
	for (size_t i = 0; i < doc->items.n; i++)
		make_about_plain(a, &doc->items.v[i].about);
}

struct html
td_feed_safe(struct arena *a, const struct feed_text *t, struct buf *out)
{
	struct html_tree tree;
	size_t           from = out->n;

	if (t->type != FEED_TEXT_HTML && !may_be_markup(t)) {
		html_add_text(out, t->value);
		return (struct html){ str_sub(buf_str(out), from, out->n) };
	}
	tree = tree_of(a, t);
	return td_html_safe(tree.document, out);
}
