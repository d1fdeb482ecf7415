/* WordprocessingML (ECMA-376 part 1, section 17): document, styles, notes, relationships. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "office/office_private.h"

enum { STYLES_N = 1000, STYLE_B = 64, LINKS_N = 1000, ID_B = 32 };

struct style {
	char    id[STYLE_B];
	int64_t heading;                /* 1..9; 0: none */
	bool    is_item;
};

struct relation {
	char       id[ID_B];
	size_t     at, n;               /* of docx.targets */
};

struct docx {
	struct office_writer *w;
	struct style          styles[STYLES_N];
	size_t                styles_n;
	struct relation       relations[LINKS_N];
	size_t                relations_n;
	struct buf            targets;
	int                   notes[OFFICE_NOTES_N];    /* ids in the order of their marks: footnotes >= 0, endnotes < 0 */
	size_t                notes_n;
	bool                  in_text, in_run, in_run_style, is_hidden, in_endnotes, is_wanted;
	int                   skip_depth;       /* an element whose inside is not read: its depth + 1; 0: none */
};

static bool
is_word(const struct office_xml *x)
{
	return strstr(x->space, "wordprocessingml") != NULL;
}

static bool
copy(char *to, size_t room, const char *from)
{
	size_t n = from != NULL ? strlen(from) : 0;

	if (n == 0 || n >= room)
		return false;
	memcpy(to, from, n + 1);
	return true;
}

/* ST_OnOff: absent and "1", "true", "on" are on. */
static bool
is_on(const struct office_xml *x)
{
	const char *v = x->attribute(x, "val");

	return v == NULL || (strcmp(v, "0") != 0 && strcmp(v, "false") != 0 && strcmp(v, "off") != 0 && strcmp(v, "none") != 0);
}

static int
number(const char *s, int max)
{
	int64_t n = -1;

	(void)str_to_i64(str_of(s != NULL ? s : ""), 0, max, &n);
	return (int)n;
}

/* ---- styles.xml: "heading 3" is a built-in style's name in every language of the program */

static void
style_start(void *arg, const struct office_xml *x, const char *local)
{
	struct docx  *d = arg;
	struct style *s = d->styles_n > 0 ? &d->styles[d->styles_n - 1] : NULL;
	const char   *v = x->attribute(x, "val");

	if (strcmp(local, "style") == 0 && d->styles_n < STYLES_N) {
		d->styles[d->styles_n] = (struct style){ 0 };
		d->styles_n += copy(d->styles[d->styles_n].id, STYLE_B, x->attribute(x, "styleId"));
	} else if (s != NULL && strcmp(local, "name") == 0 && v != NULL) {
		if (strncmp(v, "heading ", 8) == 0 && number(v + 8, 9) > 0)
			s->heading = number(v + 8, 9);
		else if (strcmp(v, "Title") == 0)
			s->heading = 1;
		s->is_item |= strncmp(v, "List Bullet", 11) == 0 || strncmp(v, "List Number", 11) == 0;
	} else if (s != NULL && strcmp(local, "outlineLvl") == 0 && number(v, 8) >= 0) {
		s->heading = number(v, 8) + 1;
	} else if (s != NULL && strcmp(local, "numId") == 0) {
		s->is_item |= number(v, 1 << 30) > 0;
	}
}

static void
nothing_end(void *arg, const struct office_xml *x, const char *local)
{
	(void)arg, (void)x, (void)local;
}

static void
nothing_text(void *arg, struct str s)
{
	(void)arg, (void)s;
}

static const struct style *
style_of(const struct docx *d, const char *id)
{
	for (size_t i = 0; id != NULL && i < d->styles_n; i++)
		if (strcmp(d->styles[i].id, id) == 0)
			return &d->styles[i];
	return NULL;
}

/* ---- document.xml.rels: where links lead */

static void
relation_start(void *arg, const struct office_xml *x, const char *local)
{
	struct docx *d = arg;
	const char  *target = x->attribute(x, "Target"), *mode = x->attribute(x, "TargetMode");

	if (strcmp(local, "Relationship") != 0 || d->relations_n == LINKS_N || target == NULL || mode == NULL || strcmp(mode, "External") != 0)
		return;
	if (!copy(d->relations[d->relations_n].id, ID_B, x->attribute(x, "Id")))
		return;
	d->relations[d->relations_n].at = d->targets.n;
	d->relations[d->relations_n].n = strlen(target);
	buf_add(&d->targets, str_of(target));
	d->relations_n += !d->targets.failed;
}

static void
follow(struct docx *d, const char *id)
{
	for (size_t i = 0; id != NULL && i < d->relations_n; i++)
		if (strcmp(d->relations[i].id, id) == 0) {
			office_link(d->w, (struct str){ d->targets.p + d->relations[i].at, d->relations[i].n });
			return;
		}
}

/* ---- the text */

static void
paragraph_property(struct docx *d, const struct office_xml *x, const char *local)
{
	const char         *v = x->attribute(x, "val");
	const struct style *s;
	int                 n;

	if (strcmp(local, "pStyle") == 0 && (s = style_of(d, v)) != NULL) {
		if (s->heading > 0)
			office_kind(d->w, BLOCK_HEADING, s->heading > 6 ? 6 : s->heading);
		else if (s->is_item)
			office_kind(d->w, BLOCK_ITEM, 1);
	} else if (strcmp(local, "outlineLvl") == 0 && (n = number(v, 8)) >= 0) {
		office_kind(d->w, BLOCK_HEADING, n + 1 > 6 ? 6 : n + 1);
	} else if (strcmp(local, "ilvl") == 0 && (n = number(v, 8)) >= 0) {
		struct office_writer *w = d->w;

		if (w->open_n > 0 && w->open[w->open_n - 1].kind != BLOCK_HEADING)
			office_kind(w, BLOCK_ITEM, n + 1);
	}
}

static void
note_mark(struct docx *d, const struct office_xml *x, bool is_end)
{
	int id = number(x->attribute(x, "id"), 1 << 30);

	if (id < 0 || d->notes_n == OFFICE_NOTES_N)
		return;
	d->notes[d->notes_n++] = is_end ? -id - 1 : id;
	office_note_mark(d->w, d->notes_n);
}

static void
run_content(struct docx *d, const struct office_xml *x, const char *local)
{
	if (strcmp(local, "t") == 0)
		d->in_text = true;
	else if (strcmp(local, "tab") == 0 || strcmp(local, "ptab") == 0)
		office_text(d->w, STR(" "));
	else if (strcmp(local, "br") == 0 || strcmp(local, "cr") == 0)
		office_text(d->w, STR("\n"));
	else if (strcmp(local, "noBreakHyphen") == 0)
		office_text(d->w, STR("-"));
	else if (strcmp(local, "footnoteReference") == 0 || strcmp(local, "endnoteReference") == 0)
		note_mark(d, x, local[0] == 'e');
	else if (strcmp(local, "commentReference") == 0)
		d->w->comments_n++;
	else if (strcmp(local, "vanish") == 0 && d->in_run_style && is_on(x)) {
		d->w->hidden_n += !d->is_hidden;
		d->is_hidden = true;
	}
}

/* Its inside says nothing, or says again what stands beside it. */
static bool
is_skipped(struct docx *d, const struct office_xml *x, const char *local)
{
	bool deleted = is_word(x) && (strcmp(local, "del") == 0 || strcmp(local, "moveFrom") == 0);

	/* Inside properties, w:del says that a mark was deleted: there it has nothing in it. */
	d->w->deleted_n += deleted && !d->in_run_style;
	return deleted || strcmp(local, "Fallback") == 0;
}

static void
word_start(void *arg, const struct office_xml *x, const char *local)
{
	struct docx *d = arg;

	if (d->skip_depth > 0)
		return;
	if (is_skipped(d, x, local)) {
		d->skip_depth = x->depth + 1;
		return;
	}
	if (!is_word(x))
		return;
	if (strcmp(local, "p") == 0)
		office_begin(d->w, BLOCK_PARAGRAPH, 0);
	else if (strcmp(local, "tr") == 0)
		office_row_begin(d->w);
	else if (strcmp(local, "r") == 0)
		d->in_run = true, d->is_hidden = false;
	else if (strcmp(local, "rPr") == 0)
		d->in_run_style = true;
	else if (strcmp(local, "hyperlink") == 0)
		follow(d, x->attribute(x, "id"));
	else if (d->in_run)
		run_content(d, x, local);
	else
		paragraph_property(d, x, local);
}

static void
word_end(void *arg, const struct office_xml *x, const char *local)
{
	struct docx *d = arg;

	if (d->skip_depth > 0) {
		d->skip_depth = x->depth + 1 == d->skip_depth ? 0 : d->skip_depth;
		return;
	}
	if (!is_word(x))
		return;
	if (strcmp(local, "p") == 0)
		office_end(d->w);
	else if (strcmp(local, "tr") == 0)
		office_row_end(d->w);
	else if (strcmp(local, "t") == 0)
		d->in_text = false;
	else if (strcmp(local, "rPr") == 0)
		d->in_run_style = false;
	else if (strcmp(local, "r") == 0)
		d->in_run = d->is_hidden = false;
}

static void
word_text(void *arg, struct str s)
{
	struct docx *d = arg;

	if (d->in_text && !d->is_hidden && d->skip_depth == 0)
		office_text(d->w, s);
}

/* ---- footnotes.xml, endnotes.xml: only those that the text has a mark for */

static void
note_start(void *arg, const struct office_xml *x, const char *local)
{
	struct docx *d = arg;

	if (is_word(x) && (strcmp(local, "footnote") == 0 || strcmp(local, "endnote") == 0)) {
		int id = number(x->attribute(x, "id"), 1 << 30), wanted = d->in_endnotes ? -id - 1 : id;

		d->is_wanted = false;
		for (size_t i = 0; id >= 0 && i < d->notes_n && !d->is_wanted; i++)
			if (d->notes[i] == wanted) {
				d->is_wanted = true;
				office_note_begin(d->w, i + 1);
			}
	} else if (d->is_wanted) {
		word_start(arg, x, local);
	}
}

static void
note_end(void *arg, const struct office_xml *x, const char *local)
{
	struct docx *d = arg;

	if (!d->is_wanted)
		return;
	word_end(arg, x, local);
	if (is_word(x) && (strcmp(local, "footnote") == 0 || strcmp(local, "endnote") == 0)) {
		d->is_wanted = false;
		office_note_end(d->w);
	}
}

static const char *
read_part(struct office_zip *z, const char *name, const struct office_handler *handler, struct docx *d)
{
	struct buf  xml = BUF_INIT(LIMIT_DECODED_B);
	const char *fault = NULL;

	if (office_zip_read(z, name, &xml, &fault))
		fault = office_xml_read(buf_bytes(&xml), handler, d);
	buf_free(&xml);
	return fault;
}

const char *
office_docx(struct office_zip *z, struct office_writer *w)
{
	static const struct office_handler styles = { style_start, nothing_end, nothing_text }, relations = { relation_start, nothing_end, nothing_text },
		text = { word_start, word_end, word_text }, notes = { note_start, note_end, word_text };
	struct docx *d = calloc(1, sizeof(*d));
	const char  *fault, *worse;

	if (d == NULL)
		return "needs more memory than there is";
	d->w = w;
	d->targets = (struct buf)BUF_INIT(MiB);
	fault = read_part(z, "word/styles.xml", &styles, d);
	worse = read_part(z, "word/_rels/document.xml.rels", &relations, d);
	fault = fault != NULL ? fault : worse;
	worse = read_part(z, "word/document.xml", &text, d);
	fault = worse != NULL ? worse : fault;
	while (w->open_n > 0)
		office_end(w);
	d->skip_depth = 0;
	d->in_text = d->in_run = d->in_run_style = d->is_hidden = false;
	worse = read_part(z, "word/footnotes.xml", &notes, d);
	d->in_endnotes = true;
	fault = fault != NULL ? fault : worse;
	worse = read_part(z, "word/endnotes.xml", &notes, d);
	fault = fault != NULL ? fault : worse;
	buf_free(&d->targets);
	free(d);
	return fault;
}
