#include "page/page_private.h"

struct scope {
	const struct page_values *values;
	const struct scope       *outer;
};

struct printer {
	const struct page_set      *set;
	const struct page_template *file;
	const struct page_words    *words;
	struct buf                 *out;
	size_t                      steps;
	struct err                 *err;
};

static const struct page_value *
look_up(const struct scope *s, struct str name)
{
	const struct page_value *v = NULL;

	for (; s != NULL && v == NULL; s = s->outer)
		v = page_value_find(s->values, name);
	return v;
}

/* http, https, mailto, or relative: no scheme before the first / ? #.  White space and controls are refused
 * because browsers drop some of them before they look for the scheme ("java\tscript:"). */
static bool
is_harmless(struct str url)
{
	size_t i;

	for (i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f)
			return false;
	for (i = 0; i < url.n && strchr(":/?#", url.p[i]) == NULL; i++)
		;
	if (i == url.n || url.p[i] != ':')
		return true;
	url = str_sub(url, 0, i);
	return str_eq_nocase(url, STR("http")) || str_eq_nocase(url, STR("https")) || str_eq_nocase(url, STR("mailto"));
}

static void
add_component(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~", c)))
			buf_add_char(out, c);
		else
			buf_addf(out, "%%%02X", (unsigned char)c);
	}
}

static enum err_code
print_slot(struct printer *p, const struct page_part *part, const struct scope *scope)
{
	const struct page_value *v = look_up(scope, part->text);

	if (v == NULL || v->kind == VALUE_FLAG || v->kind == VALUE_LIST)
		return ERR_OK;
	if (v->kind == VALUE_HTML && part->place != PLACE_TEXT)
		return err_set(p->err, ERR_FORMAT, "%" STR_FMT ": {{%" STR_FMT "}} is markup and stands in an attribute or title; "
		    "the page was not made", STR_ARG(p->file->name), STR_ARG(part->text));
	if (v->kind == VALUE_HTML)
		html_add(p->out, (struct html){ v->text });
	else if (part->place == PLACE_COMPONENT)
		add_component(p->out, v->text);
	else if (part->place == PLACE_URL && (v->kind != VALUE_URL || !is_harmless(v->text)))
		buf_add_char(p->out, '#');
	else
		html_add_text(p->out, v->text);
	return ERR_OK;
}

static enum err_code
print_word(struct printer *p, const struct page_part *part)
{
	struct str s = { NULL, 0 };

	if (p->words != NULL)
		s = p->words->look_up(p->words->self, part->text);
	if (s.n == 0)
		return err_set(p->err, ERR_MISSING, "%" STR_FMT ": no sentence %" STR_FMT "; the page was not made",
		    STR_ARG(p->file->name), STR_ARG(part->text));
	if (part->place == PLACE_COMPONENT)
		add_component(p->out, s);
	else
		html_add_text(p->out, s);
	return ERR_OK;
}

static bool
is_there(const struct page_value *v)
{
	if (v == NULL)
		return false;
	return v->kind == VALUE_FLAG ? v->flag : v->kind == VALUE_LIST ? v->first != NULL : v->text.n > 0;
}

static enum err_code print_range(struct printer *, size_t from, size_t to, const struct scope *);

static enum err_code
print_section(struct printer *p, size_t at, const struct scope *scope)
{
	const struct page_part  *part = &p->file->parts[at];
	const struct page_value *v = look_up(scope, part->text);

	if (is_there(v) != (part->kind == PART_EACH))
		return ERR_OK;
	if (part->kind == PART_NOT || v->kind != VALUE_LIST)
		return print_range(p, at + 1, part->end, scope);
	for (const struct page_values *row = v->first; row != NULL; row = row->next)
		if (print_range(p, at + 1, part->end, &(struct scope){ row, scope }) != ERR_OK)
			return p->err->code;
	return ERR_OK;
}

static enum err_code
print_include(struct printer *p, const struct page_part *part, const struct scope *scope)
{
	const struct page_template *outer = p->file;
	enum err_code               code;

	p->file = &p->set->files[part->file];
	code = print_range(p, 0, p->file->n, scope);
	p->file = outer;
	return code;
}

static enum err_code
print_range(struct printer *p, size_t from, size_t to, const struct scope *scope)
{
	enum err_code code = ERR_OK;

	p->steps += 1 + to - from;      /* an empty body is a step too: lists within lists would multiply it */
	if (p->steps > PAGE_STEPS_N)
		return err_set(p->err, ERR_LIMIT, "%" STR_FMT ": a page of more than %d parts; not made",
		    STR_ARG(p->file->name), PAGE_STEPS_N);
	for (size_t i = from; i < to && code == ERR_OK; i++) {
		const struct page_part *part = &p->file->parts[i];

		switch (part->kind) {
		case PART_LITERAL: buf_add(p->out, part->text); break;
		case PART_SLOT:    code = print_slot(p, part, scope); break;
		case PART_WORD:    code = print_word(p, part); break;
		case PART_INCLUDE: code = print_include(p, part, scope); break;
		case PART_EACH:
		case PART_NOT:
			code = print_section(p, i, scope);
			i = part->end - 1;
			break;
		}
	}
	return code;
}

enum err_code
td_page_print(const struct page_set *set, struct str name, const struct page_values *values, const struct page_words *words,
	struct buf *out, struct err *err)
{
	size_t         file = page_set_find(set, name), before = out->n;
	struct printer p = { .set = set, .words = words, .out = out, .err = err };

	if (file == set->n)
		return err_set(err, ERR_MISSING, "%" STR_FMT ": no such template", STR_ARG(name));
	p.file = &set->files[file];
	if (print_range(&p, 0, p.file->n, &(struct scope){ values, NULL }) != ERR_OK)
		out->n = before;
	else
		return ERR_OK;
	return err->code;
}
