#include "html/build_private.h"

/* MathML and SVG, section 13.2.6.5. */

/* SVG's names as the standard adjusts them; both lists are searched without case. */
static const char *const svg_tags[] = { "altGlyph", "altGlyphDef", "altGlyphItem", "animateColor", "animateMotion",
	"animateTransform", "clipPath", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
	"feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood",
	"feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology",
	"feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "foreignObject",
	"glyphRef", "linearGradient", "radialGradient", "textPath" };
static const char *const svg_attrs[] = { "attributeName", "attributeType", "baseFrequency", "baseProfile", "calcMode",
	"clipPathUnits", "diffuseConstant", "edgeMode", "filterUnits", "glyphRef", "gradientTransform", "gradientUnits",
	"kernelMatrix", "kernelUnitLength", "keyPoints", "keySplines", "keyTimes", "lengthAdjust", "limitingConeAngle",
	"markerHeight", "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "numOctaves", "pathLength",
	"patternContentUnits", "patternTransform", "patternUnits", "pointsAtX", "pointsAtY", "pointsAtZ",
	"preserveAlpha", "preserveAspectRatio", "primitiveUnits", "refX", "refY", "repeatCount", "repeatDur",
	"requiredExtensions", "requiredFeatures", "specularConstant", "specularExponent", "spreadMethod", "startOffset",
	"stdDeviation", "stitchTiles", "surfaceScale", "systemLanguage", "tableValues", "targetX", "targetY",
	"textLength", "viewBox", "viewTarget", "xChannelSelector", "yChannelSelector", "zoomAndPan" };

static int
cmp_nocase(struct str a, const char *name)
{
	for (size_t i = 0; i < a.n; i++) {
		int d = (unsigned char)a.p[i] - (unsigned char)byte_lower(name[i]);

		if (d != 0)
			return d;
	}
	return name[a.n] != '\0' ? -1 : 0;
}

static struct str
adjusted(struct str lower, const char *const *names, size_t n)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int    d = cmp_nocase(lower, names[mid]);

		if (d == 0)
			return str_of(names[mid]);
		if (d < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return lower;
}

/* Adjust SVG or MathML attributes; xlink:href and its like keep the name they have. */
void
td_foreign_adjust(struct builder *b, struct token *tok, enum html_ns ns)
{
	(void)b;
	for (size_t i = 0; i < tok->attrs_n; i++) {
		struct str *name = &tok->attrs[i].name;

		if (ns == NS_SVG)
			*name = adjusted(*name, svg_attrs, sizeof(svg_attrs) / sizeof(*svg_attrs));
		else if (str_eq(*name, STR("definitionurl")))
			*name = STR("definitionURL");
	}
}

static bool
is_math_text_point(const struct html_node *n)
{
	return n->ns == NS_MATHML && td_foreign_is(n) != 0 && !str_eq(n->name, STR("annotation-xml"));
}

/* HTML integration point (13.2.6). */
bool
td_is_html_point(const struct html_node *n)
{
	if (n->ns == NS_SVG)
		return td_foreign_is(n) != 0;
	if (n->ns == NS_HTML || !str_eq(n->name, STR("annotation-xml")))
		return false;
	for (size_t i = 0; i < n->attrs_n; i++)
		if (str_eq(n->attrs[i].name, STR("encoding")))
			return str_eq_nocase(n->attrs[i].value, STR("text/html")) ||
			    str_eq_nocase(n->attrs[i].value, STR("application/xhtml+xml"));
	return false;
}

/* Which of the two sets of rules a token goes to (13.2.6). */
bool
td_is_foreign_token(const struct builder *b, const struct token *tok)
{
	const struct html_node *n = adjusted_current(b);
	bool                    start = tok->kind == TOKEN_START;

	if (tok->kind == TOKEN_EOF)
		return false;
	if (is_math_text_point(n) && (tok->kind == TOKEN_TEXT || (start && !str_eq(tok->name, STR("mglyph")) &&
	    !str_eq(tok->name, STR("malignmark")))))
		return false;
	if (n->ns == NS_MATHML && start && tok->tag == TAG_SVG && str_eq(n->name, STR("annotation-xml")))
		return false;
	return !(td_is_html_point(n) && (start || tok->kind == TOKEN_TEXT));
}

/* Start tags that end foreign content. */
static bool
breaks_out(const struct token *tok)
{
	switch (tok->tag) {
	case TAG_B: case TAG_BIG: case TAG_BLOCKQUOTE: case TAG_BODY: case TAG_BR: case TAG_CENTER: case TAG_CODE:
	case TAG_DD: case TAG_DIV: case TAG_DL: case TAG_DT: case TAG_EM: case TAG_EMBED: case TAG_H1: case TAG_H2:
	case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: case TAG_HEAD: case TAG_HR: case TAG_I: case TAG_IMG:
	case TAG_LI: case TAG_LISTING: case TAG_MENU: case TAG_META: case TAG_NOBR: case TAG_OL: case TAG_P:
	case TAG_PRE: case TAG_RUBY: case TAG_S: case TAG_SMALL: case TAG_SPAN: case TAG_STRONG: case TAG_STRIKE:
	case TAG_SUB: case TAG_SUP: case TAG_TABLE: case TAG_TT: case TAG_U: case TAG_UL: case TAG_VAR:
		return true;
	case TAG_FONT:
		return td_token_attr(tok, STR("color")).p || td_token_attr(tok, STR("face")).p ||
		    td_token_attr(tok, STR("size")).p;
	default:
		return false;
	}
}

/* Out of the foreign content, and on with the rules for HTML. */
static bool
break_out(struct builder *b, struct token *tok)
{
	while (b->open > 1 && current(b)->ns != NS_HTML && !is_math_text_point(current(b)) && !td_is_html_point(current(b)))
		td_pop(b);
	return td_process_html(b, tok);
}

static bool
foreign_start(struct builder *b, struct token *tok)
{
	enum html_ns ns = adjusted_current(b)->ns;

	if (ns == NS_SVG)
		tok->name = adjusted(tok->name, svg_tags, sizeof(svg_tags) / sizeof(*svg_tags));
	td_foreign_adjust(b, tok, ns);
	td_insert_foreign(b, tok, ns);
	if (tok->self_closing)
		td_pop(b);
	return true;
}

/* "Any other end tag": up the stack by name, without case, until an HTML element takes over. */
static bool
foreign_end(struct builder *b, struct token *tok)
{
	for (size_t i = b->open; i-- > 1;) {
		if (b->stack[i]->ns == NS_HTML)
			return false;
		if (str_eq_nocase(b->stack[i]->name, tok->name)) {
			while (b->open > i)
				td_pop(b);
			return true;
		}
	}
	return true;
}

bool
td_foreign(struct builder *b, struct token *tok)
{
	switch (tok->kind) {
	case TOKEN_TEXT:
		if (tok->nul)
			tok->text = REPLACEMENT;
		else if (b->frameset_ok && !is_space_text(tok->text))
			b->frameset_ok = false;
		td_insert_text(b, tok);
		return true;
	case TOKEN_COMMENT:
		td_insert_comment(b, tok, NULL);
		return true;
	case TOKEN_START:
		return breaks_out(tok) ? break_out(b, tok) : foreign_start(b, tok);
	case TOKEN_END:
		if (tok->tag == TAG_BR || tok->tag == TAG_P)
			return break_out(b, tok);
		return foreign_end(b, tok) || td_process_html(b, tok);
	case TOKEN_DOCTYPE: case TOKEN_EOF:
		break;
	}
	return true;
}
