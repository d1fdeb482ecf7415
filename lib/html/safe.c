#include "html/safe.h"

enum treatment { UNWRAP, KEEP, DROP };

static enum treatment
treatment_of(const struct html_node *n)
{
	if (n->ns != NS_HTML)
		return DROP;
	switch (n->tag) {
	case TAG_P: case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: case TAG_UL: case TAG_OL:
	case TAG_LI: case TAG_BLOCKQUOTE: case TAG_PRE: case TAG_CODE: case TAG_EM: case TAG_STRONG: case TAG_B:
	case TAG_I: case TAG_A: case TAG_BR: case TAG_SUP: case TAG_SUB: case TAG_TABLE: case TAG_CAPTION:
	case TAG_THEAD: case TAG_TBODY: case TAG_TFOOT: case TAG_TR: case TAG_TH: case TAG_TD: case TAG_FIGURE:
	case TAG_FIGCAPTION:
		return KEEP;
	case TAG_HEAD: case TAG_TITLE: case TAG_SCRIPT: case TAG_STYLE: case TAG_TEMPLATE: case TAG_IFRAME:
	case TAG_FRAMESET: case TAG_NOFRAMES: case TAG_NOEMBED: case TAG_NOSCRIPT: case TAG_OBJECT: case TAG_APPLET:
	case TAG_EMBED: case TAG_XMP: case TAG_PLAINTEXT: case TAG_INPUT: case TAG_BUTTON: case TAG_SELECT:
	case TAG_TEXTAREA: case TAG_OPTION: case TAG_OPTGROUP: case TAG_DATALIST: case TAG_CANVAS: case TAG_AUDIO:
	case TAG_VIDEO: case TAG_MAP: case TAG_DIALOG:
		return DROP;
	default:
		return UNWRAP;
	}
}

/* An absolute address of a scheme on the list.  No relative ones: they would lead into the desk. */
static bool
may_link(struct str url)
{
	if (!str_starts_nocase(url, STR("http://")) && !str_starts_nocase(url, STR("https://")) &&
	    !str_starts_nocase(url, STR("mailto:")))
		return false;
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7F)
			return false;
	return true;
}

static void
open_safe(struct buf *out, const struct html_node *n)
{
	struct str href = n->tag == TAG_A ? str_trim(td_html_attr(n, STR("href"))) : STR("");

	buf_add(out, STR("<"));
	buf_add(out, n->name);
	if (may_link(href)) {
		buf_add(out, STR(" href=\""));
		html_add_text(out, href);
		buf_add(out, STR("\" rel=\"noopener noreferrer nofollow\""));
	}
	/* A pre's first line feed is the parser's to drop; this one is for it. */
	buf_add(out, n->tag == TAG_PRE ? STR(">\n") : STR(">"));
}

static void
close_safe(struct buf *out, const struct html_node *n)
{
	if (n->kind != HTML_ELEMENT || treatment_of(n) != KEEP || n->tag == TAG_BR)
		return;
	buf_add(out, STR("</"));
	buf_add(out, n->name);
	buf_add(out, STR(">"));
}

/* True when the walk is to go into it. */
static bool
enter(struct buf *out, const struct html_node *n)
{
	enum treatment how;

	if (n->kind == HTML_TEXT)
		html_add_text(out, n->text);
	if (n->kind != HTML_ELEMENT)
		return false;
	how = treatment_of(n);
	if (how == KEEP)
		open_safe(out, n);
	return how != DROP;
}

struct html
td_html_safe(const struct html_node *root, struct buf *out)
{
	size_t                  start = out->n;
	const struct html_node *n = root->first;

	while (n != NULL && n != root) {
		if (enter(out, n) && n->first != NULL) {
			n = n->first;
			continue;
		}
		close_safe(out, n);
		while (n->next == NULL && (n = n->parent) != root)
			close_safe(out, n);
		if (n != root)
			n = n->next;
	}
	if (out->failed)
		return (struct html){ STR("") };
	return (struct html){ str_sub(buf_str(out), start, out->n) };
}
