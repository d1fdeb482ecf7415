/* OpenDocument text (OASIS OpenDocument 1.3 part 3): content.xml. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "office/office_private.h"

enum { STYLES_N = 1000, STYLE_B = 64 };

/* An automatic style and the named one that it stands on. */
struct style {
	char name[STYLE_B], parent[STYLE_B];
};

struct odt {
	struct office_writer *w;
	struct style          styles[STYLES_N];
	size_t                styles_n;
	int                   lists_n;          /* within each other */
	int                   skip_depth;       /* as in docx.c */
	bool                  in_body;
};

static bool
is_space(const struct office_xml *x, const char *end)
{
	const char *at = strstr(x->space, end);

	return at != NULL && strstr(x->space, "opendocument") != NULL;
}

static bool
copy(char to[STYLE_B], const char *from)
{
	size_t n = from != NULL ? strlen(from) : 0;

	if (n == 0 || n >= STYLE_B)
		return false;
	memcpy(to, from, n + 1);
	return true;
}

static void
note_style(struct odt *o, const struct office_xml *x)
{
	if (o->styles_n < STYLES_N && copy(o->styles[o->styles_n].name, x->attribute(x, "name")) &&
	    copy(o->styles[o->styles_n].parent, x->attribute(x, "parent-style-name")))
		o->styles_n++;
}

/* "Title", "Heading_20_2": names are written so (section 19.498); an automatic style is what its parent is. */
static int64_t
heading_of(const struct odt *o, const char *name)
{
	for (size_t i = 0; name != NULL && i < o->styles_n; i++)
		if (strcmp(o->styles[i].name, name) == 0) {
			name = o->styles[i].parent;
			break;
		}
	if (name == NULL)
		return 0;
	if (strcmp(name, "Title") == 0)
		return 1;
	return strncmp(name, "Heading_20_", 11) == 0 && name[11] >= '1' && name[11] <= '6' ? name[11] - '0' : 0;
}

static void
begin_paragraph(struct odt *o, const struct office_xml *x, bool is_heading)
{
	int64_t level = 1;

	if (is_heading) {
		(void)str_to_i64(str_of(x->attribute(x, "outline-level") != NULL ? x->attribute(x, "outline-level") : "1"), 1, 10, &level);
		office_begin(o->w, BLOCK_HEADING, level > 6 ? 6 : level);
	} else if ((level = heading_of(o, x->attribute(x, "style-name"))) > 0) {
		office_begin(o->w, BLOCK_HEADING, level);
	} else if (o->lists_n > 0) {
		office_begin(o->w, BLOCK_ITEM, o->lists_n > 9 ? 9 : o->lists_n);
	} else {
		office_begin(o->w, BLOCK_PARAGRAPH, 0);
	}
}

/* What was deleted, what somebody remarked, what is hidden, the label of a note. */
static bool
is_skipped(struct odt *o, const struct office_xml *x, const char *local)
{
	if (is_space(x, ":text:")) {
		o->w->deleted_n += strcmp(local, "deletion") == 0;
		o->w->hidden_n += strcmp(local, "hidden-text") == 0 || strcmp(local, "hidden-paragraph") == 0;
		return strcmp(local, "deletion") == 0 || strcmp(local, "hidden-text") == 0 || strcmp(local, "note-citation") == 0 ||
		    strcmp(local, "hidden-paragraph") == 0;
	}
	if (is_space(x, ":office:") && strcmp(local, "annotation") == 0) {
		o->w->comments_n++;
		return true;
	}
	return is_space(x, ":office:") && strcmp(local, "binary-data") == 0;
}

static void
text_start(struct odt *o, const struct office_xml *x, const char *local)
{
	if (strcmp(local, "p") == 0 || strcmp(local, "h") == 0)
		begin_paragraph(o, x, local[0] == 'h');
	else if (strcmp(local, "list") == 0)
		o->lists_n++;
	else if (strcmp(local, "s") == 0 || strcmp(local, "tab") == 0)
		office_text(o->w, STR(" "));
	else if (strcmp(local, "line-break") == 0)
		office_text(o->w, STR("\n"));
	else if (strcmp(local, "note") == 0)
		office_note_mark(o->w, ++o->w->notes_n);
	else if (strcmp(local, "note-body") == 0)
		office_note_begin(o->w, o->w->notes_n);
	else if (strcmp(local, "a") == 0)
		office_link(o->w, str_of(x->attribute(x, "href") != NULL ? x->attribute(x, "href") : ""));
}

static void
start(void *arg, const struct office_xml *x, const char *local)
{
	struct odt *o = arg;

	if (o->skip_depth > 0)
		return;
	if (is_space(x, ":office:") && strcmp(local, "body") == 0)
		o->in_body = true;
	else if (!o->in_body && strcmp(local, "style") == 0)
		note_style(o, x);
	if (!o->in_body)
		return;
	if (is_skipped(o, x, local))
		o->skip_depth = x->depth + 1;
	else if (is_space(x, ":text:"))
		text_start(o, x, local);
	else if (is_space(x, ":table:") && strcmp(local, "table-row") == 0)
		office_row_begin(o->w);
}

static void
end(void *arg, const struct office_xml *x, const char *local)
{
	struct odt *o = arg;

	if (o->skip_depth > 0) {
		o->skip_depth = x->depth + 1 == o->skip_depth ? 0 : o->skip_depth;
		return;
	}
	if (!o->in_body)
		return;
	if (is_space(x, ":table:") && strcmp(local, "table-row") == 0)
		office_row_end(o->w);
	if (!is_space(x, ":text:"))
		return;
	if (strcmp(local, "p") == 0 || strcmp(local, "h") == 0)
		office_end(o->w);
	else if (strcmp(local, "list") == 0)
		o->lists_n -= o->lists_n > 0;
	else if (strcmp(local, "note-body") == 0)
		office_note_end(o->w);
}

static void
text(void *arg, struct str s)
{
	struct odt *o = arg;

	if (o->in_body && o->skip_depth == 0)
		office_text(o->w, s);
}

const char *
office_odt(struct office_zip *z, struct office_writer *w)
{
	static const struct office_handler handler = { start, end, text };
	struct odt *o = calloc(1, sizeof(*o));
	struct buf  xml = BUF_INIT(LIMIT_DECODED_B);
	const char *fault = NULL;

	if (o == NULL)
		return "needs more memory than there is";
	o->w = w;
	if (office_zip_read(z, "content.xml", &xml, &fault))
		fault = office_xml_read(buf_bytes(&xml), &handler, o);
	while (w->open_n > 0)
		office_end(w);
	buf_free(&xml);
	free(o);
	return fault;
}
