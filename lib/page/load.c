#include "page/page_private.h"

#include "page/context.h"

/* One file being read. */
struct loader {
	struct arena         *arena;
	const struct page_set *set;
	struct str            name, text;
	size_t                at;               /* everything before it is read */
	struct context        context;
	struct page_part     *parts;
	size_t                n;
	struct {
		size_t         part;
		struct context context;
	}                     open[PAGE_DEPTH_N];
	size_t                depth;
	struct err           *err;
};

static size_t
line_of(struct str text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at && i < text.n; i++)
		line += text.p[i] == '\n';
	return line;
}

static enum err_code
refuse(struct loader *l, size_t at, const char *fault, struct str what)
{
	return err_set(l->err, ERR_FORMAT, "%" STR_FMT ":%zu: %s%s%" STR_FMT "; the template was refused", STR_ARG(l->name),
	    line_of(l->text, at), fault, what.n > 0 ? ": " : "", STR_ARG(str_sub(what, 0, 80)));
}

static struct page_part *
add_part(struct loader *l, enum part_kind kind, struct str text)
{
	l->parts[l->n] = (struct page_part){ .kind = kind, .text = text };
	return &l->parts[l->n++];
}

static enum err_code
add_literal(struct loader *l, size_t from, size_t to)
{
	size_t      at = from;
	const char *fault = context_read(&l->context, l->text, from, to, &at);

	if (fault != NULL)
		return refuse(l, at, fault, (struct str){ NULL, 0 });
	if (to > from)
		add_part(l, PART_LITERAL, str_sub(l->text, from, to));
	return ERR_OK;
}

static const char *
place_in_url(struct context *c, enum slot_place *ret)
{
	if (c->url == URL_OPEN)
		return "a slot after an address's beginning that has no / ? or #";
	*ret = c->url == URL_FIXED ? PLACE_COMPONENT : PLACE_URL;
	c->url = c->url == URL_FIXED ? URL_FIXED : URL_OPEN;
	return NULL;
}

/* NULL and the place, or why a value must not stand here. */
static const char *
place_of(struct context *c, enum slot_place *ret)
{
	switch (c->at) {
	case AT_TEXT:
		*ret = PLACE_TEXT;
		return NULL;
	case AT_TITLE:
		*ret = PLACE_VALUE;
		return NULL;
	case AT_VALUE:
		c->has_slot = true;
		*ret = PLACE_VALUE;
		return c->attr == ATTR_REFUSED ? "a slot in an attribute that takes code or styles" :
		    c->attr == ATTR_URL ? place_in_url(c, ret) : NULL;
	case AT_RAW:
		return "a slot in script, style or other raw text";
	case AT_MARKUP:
		return "a slot in a comment or declaration";
	case AT_EQUALS:
	case AT_UNQUOTED:
		return "a slot in an unquoted attribute";
	case AT_TAG_NAME:
	case AT_TAG:
	case AT_GAP:
	case AT_ATTR_NAME:
		return "a slot in a tag, outside a quoted value";
	}
	return "a slot";
}

static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= 'A' && s.p[i] <= 'Z') &&
		    !(s.p[i] >= '0' && s.p[i] <= '9') && strchr("._-", s.p[i]) == NULL)
			return false;
	return s.n > 0 && s.n <= 64;
}

static enum err_code
add_value(struct loader *l, size_t at, struct str name)
{
	bool             is_word = str_starts(name, STR("t:"));
	enum slot_place  place = PLACE_TEXT;
	const char      *fault = place_of(&l->context, &place);

	if (fault != NULL)
		return refuse(l, at, fault, name);
	if (is_word && place == PLACE_URL)
		return refuse(l, at, "a sentence as an address", name);
	if (is_word)
		name = str_sub(name, 2, name.n);
	if (!is_name(name))
		return refuse(l, at, "not a name", name);
	add_part(l, is_word ? PART_WORD : PART_SLOT, name)->place = place;
	return ERR_OK;
}

static enum err_code
add_include(struct loader *l, size_t at, struct str name)
{
	struct page_part *part;
	size_t            file = page_set_find(l->set, name);

	if (l->context.at != AT_TEXT)
		return refuse(l, at, "a template may stand only in text", name);
	if (file == l->set->n)
		return refuse(l, at, "no such template", name);
	part = add_part(l, PART_INCLUDE, name);
	part->file = file;
	return ERR_OK;
}

static enum err_code
open_section(struct loader *l, size_t at, enum part_kind kind, struct str name)
{
	if (l->context.at == AT_RAW || l->context.at == AT_MARKUP || l->context.at == AT_EQUALS || l->context.at == AT_UNQUOTED)
		return refuse(l, at, "a section in raw text, a comment or an unquoted attribute", name);
	if (!is_name(name))
		return refuse(l, at, "not a name", name);
	if (l->depth == PAGE_DEPTH_N)
		return refuse(l, at, "sections too deep", name);
	context_pause(&l->context, l->text, at);
	l->open[l->depth].part = l->n;
	l->open[l->depth++].context = l->context;
	add_part(l, kind, name);
	return ERR_OK;
}

/* In a tag any place between attributes is the same place; the stricter one, GAP, goes on. */
static bool
join(const struct context *before, struct context *after)
{
	bool in_tag = before->at == AT_TAG || before->at == AT_GAP;

	if (in_tag && (after->at == AT_TAG || after->at == AT_GAP)) {
		after->at = before->at == AT_TAG ? after->at : AT_GAP;
		return true;
	}
	return before->at == after->at && (after->at == AT_TEXT || str_eq(before->tag, after->tag)) &&
	    (after->at != AT_VALUE || (before->quote == after->quote && before->attr == after->attr &&
	    (after->attr != ATTR_URL || before->url == after->url)));
}

static enum err_code
close_section(struct loader *l, size_t at, struct str name)
{
	struct page_part *part;

	if (l->depth == 0 || !str_eq(l->parts[l->open[l->depth - 1].part].text, name))
		return refuse(l, at, "closes what is not open", name);
	context_pause(&l->context, l->text, at);
	if (!join(&l->open[--l->depth].context, &l->context))
		return refuse(l, at, "a section that ends elsewhere in the markup than it began", name);
	part = &l->parts[l->open[l->depth].part];
	part->end = l->n;
	return ERR_OK;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A mark alone on its line takes the line with it: *from and *to then hold the whole line. */
static void
take_line(struct str text, size_t *from, size_t *to)
{
	size_t f = *from, t = *to;

	while (f > 0 && is_blank(text.p[f - 1]))
		f--;
	while (t < text.n && is_blank(text.p[t]))
		t++;
	if ((f > 0 && text.p[f - 1] != '\n') || (t < text.n && text.p[t] != '\n'))
		return;
	*from = f;
	*to = t < text.n ? t + 1 : t;
}

static enum err_code
read_mark(struct loader *l, size_t from, size_t to, struct str inside)
{
	char       sign = inside.n > 0 ? inside.p[0] : '\0';
	bool       is_plain = strchr("#^/>", sign) == NULL || sign == '\0';
	struct str name = is_plain ? inside : str_trim(str_sub(inside, 1, inside.n));
	size_t     line_from = from, line_to = to;

	if (!is_plain)
		take_line(l->text, &line_from, &line_to);
	if (line_from < l->at)          /* two marks on one line */
		line_from = from, line_to = to;
	if (add_literal(l, l->at, line_from) != ERR_OK)
		return l->err->code;
	l->at = line_to;
	switch (sign) {
	case '#': return open_section(l, line_from, PART_EACH, name);
	case '^': return open_section(l, line_from, PART_NOT, name);
	case '/': return close_section(l, line_from, name);
	case '>': return add_include(l, from, name);
	default:  return add_value(l, from, name);
	}
}

static enum err_code
read_parts(struct loader *l)
{
	for (;;) {
		size_t     from = str_find(str_sub(l->text, l->at, l->text.n), STR("{{")), to;
		struct str inside;

		if (from == STR_NONE)
			break;
		from += l->at;
		to = str_find(str_sub(l->text, from, from + 128), STR("}}"));
		if (to == STR_NONE)
			return refuse(l, from, "{{ without its }}", (struct str){ NULL, 0 });
		inside = str_trim(str_sub(l->text, from + 2, from + to));
		if (read_mark(l, from, from + to + 2, inside) != ERR_OK)
			return l->err->code;
	}
	if (add_literal(l, l->at, l->text.n) != ERR_OK)
		return l->err->code;
	if (l->depth > 0)
		return refuse(l, l->text.n, "a section is not closed", l->parts[l->open[l->depth - 1].part].text);
	if (l->context.at != AT_TEXT)
		return refuse(l, l->text.n, "ends inside a tag, a title or raw text", (struct str){ NULL, 0 });
	return ERR_OK;
}

static size_t
count_marks(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i + 1 < text.n; i++)
		n += text.p[i] == '{' && text.p[i + 1] == '{';
	return n;
}

static enum err_code
read_file(struct arena *a, const struct page_set *set, const struct page_file *file, struct page_template *ret, struct err *err)
{
	size_t        most = 2 * count_marks(file->text) + 1;
	struct loader l = { .arena = a, .set = set, .name = file->name, .text = file->text, .err = err };

	if (most > PAGE_PARTS_N)
		return refuse(&l, file->text.n, "too many slots", (struct str){ NULL, 0 });
	l.parts = arena_array(a, most, struct page_part);
	if (read_parts(&l) != ERR_OK)
		return err->code;
	*ret = (struct page_template){ .name = file->name, .parts = l.parts, .n = l.n };
	return ERR_OK;
}

/* Includes, measured: parts[file] and depth[file] of everything below it; parts is 0 while being measured. */
struct measure {
	const struct page_set *set;
	size_t                *parts, *depth;
	bool                  *is_done;
	struct err            *err;
};

static enum err_code
measure_file(struct measure *m, size_t file, size_t above)
{
	const struct page_template *t = &m->set->files[file];

	if (m->is_done[file])
		return ERR_OK;
	if (above > PAGE_DEPTH_N)       /* so is a template that includes itself */
		return err_set(m->err, ERR_FORMAT, "%" STR_FMT ": templates within templates deeper than %d; refused",
		    STR_ARG(t->name), PAGE_DEPTH_N);
	m->parts[file] = t->n;
	m->depth[file] = 1;
	for (size_t i = 0; i < t->n; i++) {
		size_t below = t->parts[i].file;

		if (t->parts[i].kind != PART_INCLUDE)
			continue;
		if (measure_file(m, below, above + 1) != ERR_OK)
			return m->err->code;
		m->parts[file] += m->parts[below];
		if (m->depth[below] >= m->depth[file])
			m->depth[file] = m->depth[below] + 1;
		if (m->parts[file] > PAGE_PARTS_N || m->depth[file] > PAGE_DEPTH_N)
			return err_set(m->err, ERR_FORMAT, "%" STR_FMT ": includes more than we print; refused",
			    STR_ARG(t->name));
	}
	m->is_done[file] = true;
	return ERR_OK;
}

static enum err_code
measure_set(struct arena *a, const struct page_set *set, struct err *err)
{
	struct measure m = { .set = set, .parts = arena_array(a, set->n, size_t), .depth = arena_array(a, set->n, size_t),
		.is_done = arena_array(a, set->n, bool), .err = err };

	for (size_t i = 0; i < set->n; i++)
		if (measure_file(&m, i, 1) != ERR_OK)
			return err->code;
	return ERR_OK;
}

size_t
page_set_find(const struct page_set *set, struct str name)
{
	size_t i = 0;

	while (i < set->n && !str_eq(set->files[i].name, name))
		i++;
	return i;
}

bool
td_page_has(const struct page_set *set, struct str name)
{
	return page_set_find(set, name) < set->n;
}

enum err_code
td_page_load(struct arena *a, const struct page_file *files, size_t n, struct page_set **ret, struct err *err)
{
	struct page_set         *set = arena_new(a, struct page_set);
	const struct page_file **newest = arena_array(a, n, const struct page_file *);

	set->files = arena_array(a, n, struct page_template);
	for (size_t i = 0; i < n; i++) {        /* names first: includes may look forward */
		size_t at = page_set_find(set, files[i].name);

		set->files[at].name = files[i].name;
		newest[at] = &files[i];
		set->n += at == set->n;
	}
	for (size_t i = 0; i < set->n; i++)
		if (read_file(a, set, newest[i], &set->files[i], err) != ERR_OK)
			return err->code;
	if (measure_set(a, set, err) != ERR_OK)
		return err->code;
	*ret = set;
	return ERR_OK;
}
