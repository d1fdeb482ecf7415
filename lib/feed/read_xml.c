/* The walk over a feed's markup: who is spoken of, and which text is whose. */
#include <string.h>

#include "base/limits.h"
#include "feed/read_private.h"
#include "html/escape.h"

#define ITEM_B 400      /* what an item takes in an answer beside its texts */

enum scope
td_feed_parent_scope(const struct reader *r)
{
	return r->levels[r->xml.depth > 0 && r->xml.event == XML_OPEN ? r->xml.depth - 1 : r->xml.depth].scope;
}

struct feed_about *
td_feed_about_now(struct reader *r)
{
	return r->in_item ? &r->item.about : &r->doc->about;
}

struct ranks *
td_feed_ranks_now(struct reader *r)
{
	return r->in_item ? &r->item_ranks : &r->feed_ranks;
}

static void
begin_item(struct reader *r)
{
	r->item = (struct feed_item){ .from = (int64_t)r->xml.from, .id_is_link = true };
	r->item_ranks = (struct ranks){ 0 };
	r->in_item = true;
	r->items_seen++;
	r->levels[r->xml.depth].item = r->items_seen;
	r->levels[r->xml.depth].scope = SCOPE_ITEM;
}

static void
finish_item(struct reader *r)
{
	r->item.to = (int64_t)r->xml.from;
	r->in_item = false;
	if (r->item_ranks.of[FIELD_LINK] == 0 && r->item.id_is_link && r->item.about.id.n > 0)
		r->item.about.link = td_feed_resolve(r->arena, r->levels[0].base, r->item.about.id);
	r->item.id_is_link = r->item.id_is_link && r->item.about.id.n > 0 && str_eq(r->item.about.id, r->item.about.link);
	td_feed_finish_about(&r->item.about);
	r->taken_b += ITEM_B;
	if (r->taken_b > LIMIT_FEED_TOTAL_B || !td_feed_add_item(r->arena, r->doc, &r->item))
		r->doc->is_over_limit = true;
}

/* A tag's own words, as they stand, for a child inside of markup.  Prefixes are dropped: they mean nothing outside. */
static void
add_tag(struct capture *c, const struct xml *x)
{
	buf_add_char(&c->rest, '<');
	buf_add(&c->rest, x->name.local);
	for (size_t i = 0; i < x->attrs_n; i++) {
		const struct xml_attribute *a = &x->attrs[i];

		if (str_eq(a->prefix, STR("xmlns")) || (a->prefix.n == 0 && str_eq(a->local, STR("xmlns"))) || a->ns == XML_NS_XML)
			continue;
		buf_add_char(&c->rest, ' ');
		if (a->prefix.n > 0) {
			buf_add(&c->rest, a->prefix);
			buf_add_char(&c->rest, ':');
		}
		buf_add(&c->rest, a->local);
		buf_add(&c->rest, STR("=\""));
		for (size_t k = 0; k < a->value.n; k++) {
			if (a->value.p[k] == '"')
				buf_add(&c->rest, STR("&quot;"));
			else
				buf_add_char(&c->rest, a->value.p[k]);
		}
		buf_add_char(&c->rest, '"');
	}
	buf_add(&c->rest, x->close_to == x->depth - 1 ? STR(" />") : STR(">"));
}

/* Markup has its characters as such, but for those that would be markup themselves. */
static void
add_piece(struct capture *c, struct str text, bool is_cdata)
{
	struct buf *out = &c->rest;
	size_t      from = out->n;
	struct str  s;

	td_xml_add_text(out, text, is_cdata);
	if (!c->is_markup || out->failed)
		return;
	s = str_sub(buf_str(out), from, out->n);
	if (str_find_char(s, '&') == STR_NONE && str_find_char(s, '<') == STR_NONE && str_find_char(s, '>') == STR_NONE)
		return;
	buf_reset(&c->escaped);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '&' || s.p[i] == '<' || s.p[i] == '>')
			buf_add(&c->escaped, s.p[i] == '&' ? STR("&amp;") : s.p[i] == '<' ? STR("&lt;") : STR("&gt;"));
		else
			buf_add_char(&c->escaped, s.p[i]);
	}
	out->n = from;
	out->failed |= c->escaped.failed;
	buf_add(out, buf_str(&c->escaped));
}

/* From one view to a buffer of our own, once there is a second piece. */
static void
gather(struct capture *c)
{
	if (c->pieces++ == 1)
		add_piece(c, c->first, c->first_is_cdata);
	add_piece(c, c->blank, false);
	c->blank = STR("");
}

static void
capture_text(struct capture *c, const struct xml *x)
{
	if (!x->is_cdata && !c->has_children && str_trim(x->text).n == 0) {
		c->blank = x->text;
	} else if (c->pieces == 0) {
		c->first = x->text;
		c->first_is_cdata = x->is_cdata;
		c->pieces = 1;
		c->blank = STR("");
	} else {
		gather(c);
		add_piece(c, x->text, x->is_cdata);
	}
}

static void
capture_child(struct capture *c, const struct xml *x)
{
	gather(c);
	c->has_children = true;
	c->pieces = 2;
	add_tag(c, x);
}

static void
capture_child_end(struct capture *c, const struct xml *x)
{
	if (c->rest.n >= 3 && memcmp(c->rest.p + c->rest.n - 3, " />", 3) == 0 && x->from == x->to)
		return;
	buf_add(&c->rest, STR("</"));
	buf_add(&c->rest, x->name.local);
	buf_add_char(&c->rest, '>');
}

static bool
is_xhtml(struct str type)
{
	return str_eq_nocase(type, STR("xhtml")) || str_eq_nocase(type, STR("application/xhtml+xml"));
}

/* The text is XML in line (RFC 4287, 4.1.3.3), so that what is escaped in it stays so. */
static bool
is_markup_type(struct str type)
{
	return is_xhtml(type) || str_ends(type, STR("+xml")) || str_ends(type, STR("/xml"));
}

static enum feed_type
type_of(struct str type, enum feed_type fallback)
{
	if (type.n == 0)
		return fallback;
	if (str_eq_nocase(type, STR("html")) || str_eq_nocase(type, STR("text/html")) || is_xhtml(type))
		return FEED_TEXT_HTML;
	if (str_eq_nocase(type, STR("text")) || str_starts_nocase(type, STR("text/")))
		return FEED_TEXT_PLAIN;
	return FEED_TEXT_OTHER;
}

static void
begin_capture(struct reader *r, const struct rule *rule)
{
	struct capture *c = &r->capture;
	struct xml     *x = &r->xml;
	struct buf      kept = c->rest, escaped = c->escaped;
	bool            is_atom_text = rule->field <= FIELD_RIGHTS && x->attrs_n > 0;
	struct str      type = is_atom_text ? td_xml_attr(x, XML_NS_NONE, "type") : STR("");
	struct str      mode = is_atom_text ? td_xml_attr(x, XML_NS_NONE, "mode") : STR("");

	buf_reset(&kept);
	*c = (struct capture){ .on = true, .depth = x->depth, .id = x->name.id, .rule = rule, .rest = kept,
		.escaped = escaped, .first = STR(""), .is_wrapped = !r->is_atom_03 && type_of(type, FEED_TEXT_PLAIN) == FEED_TEXT_HTML,
		.type = type_of(type, rule->type), .base = r->levels[x->depth].base, .from = x->to };
	c->is_markup = is_markup_type(type) && !str_eq_nocase(mode, STR("escaped")) && !str_eq_nocase(mode, STR("base64"));
	c->is_base64 = str_eq_nocase(mode, STR("base64")) ||
	    (c->type == FEED_TEXT_OTHER && !str_ends(type, STR("xml")) && !str_ends(type, STR("json")));
}

/* <div …>…</div> round the whole is Atom's wrapping, not the text (RFC 4287, 3.1.1.3). */
static struct str
unwrapped(struct str s)
{
	size_t from, depth = 0;

	if (!str_starts_nocase(s, STR("<div")) || !str_ends(s, STR("</div>")) || (from = str_find_char(s, '>')) == STR_NONE)
		return s;
	for (size_t at = from + 1; at < s.n - 6;) {
		struct str rest = str_sub(s, at, s.n - 6);
		size_t     lt = str_find_char(rest, '<');

		if (lt == STR_NONE)
			break;
		rest = str_sub(rest, lt, rest.n);
		if (str_starts_nocase(rest, STR("</div")) && depth-- == 0)
			return s;               /* the first div ends before the last does */
		depth += str_starts_nocase(rest, STR("<div"));
		at += lt + 1;
	}
	return str_trim(str_sub(s, from + 1, s.n - 6));
}

static struct str
captured(struct reader *r)
{
	struct capture *c = &r->capture;
	struct str      s;

	if (c->pieces == 1 && c->is_markup)
		gather(c);
	if (c->pieces == 1)
		s = str_trim(td_xml_text(r->arena, str_trim(c->first), c->first_is_cdata));
	else
		s = arena_copy(r->arena, str_trim(buf_str(&c->rest)));
	if (c->is_base64)
		s = str_trim(td_feed_base64(r->arena, s));
	if (c->is_wrapped && c->has_children)
		s = unwrapped(s);
	if (c->rule->field <= FIELD_RIGHTS && (c->type == FEED_TEXT_HTML || c->has_children))
		s = td_feed_absolute_links(r->arena, c->base, s);
	if (c->rule->type == FEED_TEXT_PLAIN && c->has_children && c->type == FEED_TEXT_PLAIN)
		c->type = FEED_TEXT_HTML;
	r->taken_b += 2 * s.n;          /* it is told twice: as it is, and plain */
	return s.n > LIMIT_FEED_TEXT_B ? str_sub(s, 0, LIMIT_FEED_TEXT_B) : s;
}

static void
end_capture(struct reader *r)
{
	r->capture.on = false;
	if (r->in_item || td_feed_parent_scope(r) != SCOPE_ITEM)
		r->capture.rule->take(r, r->capture.rule, captured(r));
}

/* Which dialect, by the first element that tells. */
static void
see_root(struct reader *r)
{
	static const struct { enum xml_element id; enum feed_kind kind; } roots[] = {
		{ XML_RSS, FEED_RSS }, { XML_RDF_RDF, FEED_RDF }, { XML_FEED, FEED_ATOM }, { XML_URLSET, FEED_SITEMAP },
		{ XML_SITEMAPINDEX, FEED_SITEMAP_INDEX }, { XML_CHANNEL, FEED_CDF }, { XML_ENTRY, FEED_ATOM }, { XML_REDIRECT, FEED_RSS },
	};

	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++) {
		if (roots[i].id != r->xml.name.id)
			continue;
		r->has_root = true;
		r->doc->kind = roots[i].kind;
		if (roots[i].id == XML_CHANNEL && !td_xml_has_attr(&r->xml, XML_NS_NONE, "href"))
			r->doc->kind = FEED_RSS;
		r->levels[r->xml.depth].scope = SCOPE_FEED;
		r->is_atom_03 = str_starts(td_xml_attr(&r->xml, XML_NS_NONE, "version"), STR("0.")) ||
		    str_find(td_xml_attr(&r->xml, XML_NS_NONE, "xmlns"), STR("purl.org/atom/ns")) != STR_NONE;
	}
}

static bool
begins_item(const struct reader *r)
{
	switch (r->xml.name.id) {
	case XML_ITEM:
	case XML_ENTRY:
		return r->has_root || !r->is_page;
	case XML_URL:
		return r->doc->kind == FEED_SITEMAP && td_feed_parent_scope(r) == SCOPE_FEED;
	case XML_SITEMAP:
		return r->doc->kind == FEED_SITEMAP_INDEX && td_feed_parent_scope(r) == SCOPE_FEED;
	default:
		return false;
	}
}

/* CDF writes the address of a channel or an item as its attribute. */
static void
take_cdf_attributes(struct reader *r)
{
	struct feed_about *about = td_feed_about_now(r);
	struct str         href = td_xml_attr(&r->xml, XML_NS_NONE, "href"), changed = td_xml_attr(&r->xml, XML_NS_NONE, "lastmod");

	if (href.n > 0)
		about->link = td_feed_resolve(r->arena, r->levels[r->xml.depth].base, href);
	if (href.n > 0)
		td_feed_ranks_now(r)->of[FIELD_LINK] = 1;
	if (changed.n > 0 && feed_rules[XML_LASTMOD].take != NULL)
		feed_rules[XML_LASTMOD].take(r, &feed_rules[XML_LASTMOD], changed);
}

static void
take_root_attributes(struct reader *r)
{
	struct str language = td_xml_attr(&r->xml, XML_NS_XML, "lang");
	struct str about = td_xml_attr(&r->xml, XML_NS_RDF, "about");

	if (language.n > 0 && td_feed_about_now(r)->language.n == 0)
		td_feed_about_now(r)->language = language;
	if (about.n > 0 && td_feed_about_now(r)->id.n == 0)
		td_feed_about_now(r)->id = about;
	if (r->xml.name.id == XML_CHANNEL || r->xml.name.id == XML_ITEM)
		take_cdf_attributes(r);
}

static void
enter(struct reader *r)
{
	struct xml        *x = &r->xml;
	struct level      *level = &r->levels[x->depth], *parent = &r->levels[x->depth - 1];
	const struct rule *rule = &feed_rules[x->name.id];
	struct str         base;

	*level = (struct level){ .base = parent->base };
	if (x->attrs_n > 0 && (base = td_xml_attr(x, XML_NS_XML, "base")).n > 0)
		level->base = td_feed_resolve(r->arena, parent->base, base);
	if (!r->has_root) {
		r->is_page |= str_eq_nocase(x->name.local, STR("html")) || x->name.id == XML_HEAD;
		see_root(r);
	} else if (x->name.id == XML_CHANNEL && !r->in_item) {
		level->scope = SCOPE_FEED;
	}
	if (begins_item(r)) {
		if (r->in_item)
			finish_item(r);         /* the one before was never closed */
		r->has_root = true;
		begin_item(r);
	}
	if (level->scope != 0) {
		if (x->attrs_n > 0)
			take_root_attributes(r);
		return;
	}
	if ((rule->scopes & parent->scope) == 0)
		return;
	level->scope = rule->inside == SCOPE_ITEM && !r->in_item ? SCOPE_FEED : (enum scope)rule->inside;
	if (rule->open != NULL)
		rule->open(r, rule);
	if (rule->take != NULL && rule->inside == 0)
		begin_capture(r, rule);
	else if (rule->take != NULL) {
		level->mixed = rule;
		r->mixed = STR("");
	}
}

static void
leave(struct reader *r)
{
	struct level *level = &r->levels[r->xml.depth + 1];

	if (level->item != 0 && r->in_item && level->item == r->items_seen)
		finish_item(r);
	else if (level->mixed != NULL) {
		level->mixed->take(r, level->mixed, r->mixed);
		r->mixed = STR("");
	}
}

/* In RSS a text was never closed when the next element of the feed's own begins. */
static bool
ends_unclosed_text(const struct reader *r)
{
	enum xml_element id = r->xml.name.id;

	if (r->doc->kind == FEED_ATOM || r->capture.is_markup || r->xml.depth != r->capture.depth + 1)
		return false;
	return id == XML_ITEM || id == XML_CHANNEL || id == XML_GUID || id == XML_PUBDATE || id == XML_ENCLOSURE || id == XML_DESCRIPTION;
}

static void
inside_capture(struct reader *r)
{
	struct xml *x = &r->xml;

	if (x->event == XML_TEXT) {
		capture_text(&r->capture, x);
	} else if (x->event == XML_OPEN) {
		if (ends_unclosed_text(r)) {
			size_t depth = x->depth--;      /* its text ends where this begins */

			x->event = XML_CLOSE;
			x->depth = r->capture.depth - 1;
			end_capture(r);
			x->event = XML_OPEN;
			x->depth = depth;
			r->levels[depth - 1].scope = r->levels[depth - 2].scope;
			enter(r);
			return;
		}
		capture_child(&r->capture, x);
	} else if (x->depth < r->capture.depth) {
		end_capture(r);
	} else {
		capture_child_end(&r->capture, x);
	}
	if (r->capture.rest.n > LIMIT_FEED_TEXT_B)
		r->capture.rest.failed = true;
}

static void
step(struct reader *r)
{
	struct xml *x = &r->xml;

	if (r->capture.on)
		inside_capture(r);
	else if (x->event == XML_OPEN)
		enter(r);
	else if (x->event == XML_CLOSE)
		leave(r);
	else if (r->levels[x->depth].mixed != NULL && r->mixed.n == 0)
		r->mixed = td_xml_text(r->arena, str_trim(x->text), x->is_cdata);
}

enum err_code
td_feed_read_xml(struct arena *a, const struct feed_ask *ask, struct str text, struct feed_doc *doc, struct err *err)
{
	struct reader *r = arena_new(a, struct reader);

	r->arena = a;
	r->doc = doc;
	r->levels[0].base = ask->url;
	r->capture.rest = (struct buf)BUF_INIT(2 * LIMIT_FEED_TEXT_B + text.n);
	r->capture.escaped = (struct buf)BUF_INIT(8 * LIMIT_FEED_TEXT_B);
	td_xml_begin(&r->xml, a, text);
	while (td_xml_next(&r->xml) != XML_EOF)
		step(r);
	buf_free(&r->capture.rest);
	buf_free(&r->capture.escaped);
	doc->is_cut = r->xml.is_cut || r->xml.depth > 0;
	doc->is_broken = r->xml.is_broken || doc->is_cut;
	if (r->period_min > 0)
		doc->every_min = r->times_a_period > 1 ? (r->period_min + r->times_a_period - 1) / r->times_a_period : r->period_min;
	td_feed_finish_about(&doc->about);
	return r->has_root ? ERR_OK : err_set(err, ERR_FORMAT, "%" STR_FMT ": neither a feed nor a sitemap; nothing taken from it",
		STR_ARG(ask->url.n > 0 ? ask->url : STR("the document")));
}
