/* Paragraphs, rows and notes as they come out of nested elements; all memory is buf's, because XML's callbacks stand above us. */
#include <string.h>

#include "base/limits.h"
#include "office/office_private.h"

void
office_writer_init(struct office_writer *w)
{
	*w = (struct office_writer){ .text = BUF_INIT(LIMIT_TEXT_B), .links = BUF_INIT(MiB), .row = BUF_INIT(LIMIT_TEXT_B), .note_label = BUF_INIT(32) };
	w->parts[0] = w->parts[1] = (struct buf)BUF_INIT(LIMIT_BLOCKS_N * sizeof(struct office_part));
	for (int i = 0; i < OFFICE_NESTED_N; i++)
		w->open[i].text = (struct buf)BUF_INIT(LIMIT_TEXT_B);
}

void
office_writer_free(struct office_writer *w)
{
	buf_free(&w->text);
	buf_free(&w->links);
	buf_free(&w->row);
	buf_free(&w->note_label);
	buf_free(&w->parts[0]);
	buf_free(&w->parts[1]);
	for (int i = 0; i < OFFICE_NESTED_N; i++)
		buf_free(&w->open[i].text);
}

static void
add_part(struct office_writer *w, enum block_kind kind, int64_t level, struct str text)
{
	struct office_part part = { kind, level, w->text.n, w->text.n + text.n };
	struct buf        *to = &w->parts[w->in_note ? 1 : 0];

	if (text.n == 0 || w->text.failed)
		return;
	buf_add(&w->text, text);
	if (!w->text.failed)
		buf_add(to, (struct str){ (const char *)&part, sizeof(part) });
}

void
office_begin(struct office_writer *w, enum block_kind kind, int64_t level)
{
	struct office_paragraph *p;

	if (w->open_n == OFFICE_NESTED_N) {
		w->over_n++;
		return;
	}
	p = &w->open[w->open_n++];
	buf_reset(&p->text);
	p->kind = kind;
	p->level = level;
	if (w->in_note && w->note_label.n > 0) {
		buf_add(&p->text, buf_str(&w->note_label));
		buf_reset(&w->note_label);
	}
}

void
office_kind(struct office_writer *w, enum block_kind kind, int64_t level)
{
	if (w->open_n == 0 || w->over_n > 0)
		return;
	w->open[w->open_n - 1].kind = kind;
	w->open[w->open_n - 1].level = level;
}

void
office_text(struct office_writer *w, struct str s)
{
	if (w->open_n > 0)
		buf_add(&w->open[w->open_n - 1].text, s);
}

void
office_end(struct office_writer *w)
{
	struct office_paragraph *p;
	struct str               text;

	if (w->over_n > 0) {
		w->over_n--;
		return;
	}
	if (w->open_n == 0)
		return;
	p = &w->open[--w->open_n];
	text = str_trim(buf_str(&p->text));
	if (w->rows_n > 0 && !w->in_note) {
		if (text.n > 0 && w->row.n > 0)
			buf_add_char(&w->row, ' ');
		buf_add(&w->row, text);
	} else {
		add_part(w, p->kind, p->level, text);
	}
}

void
office_row_begin(struct office_writer *w)
{
	if (w->rows_n++ == 0)
		buf_reset(&w->row);
}

void
office_row_end(struct office_writer *w)
{
	if (w->rows_n > 0 && --w->rows_n == 0)
		add_part(w, BLOCK_ROW, 0, buf_str(&w->row));
}

void
office_note_mark(struct office_writer *w, size_t number)
{
	if (w->open_n > 0 && !w->in_note)
		buf_addf(&w->open[w->open_n - 1].text, "[%zu]", number);
}

void
office_note_begin(struct office_writer *w, size_t number)
{
	w->in_note = true;
	buf_reset(&w->note_label);
	buf_addf(&w->note_label, "[%zu] ", number);
}

void
office_note_end(struct office_writer *w)
{
	w->in_note = false;
}

void
office_link(struct office_writer *w, struct str url)
{
	if (url.n > 0 && url.n <= LIMIT_URL_B && memchr(url.p, '\0', url.n) == NULL) {
		buf_add(&w->links, url);
		buf_add_char(&w->links, '\0');
	}
}

static void
give_links(struct office_writer *w, struct arena *a, struct article_given *g)
{
	struct str rest = arena_copy(a, buf_str(&w->links)), url;

	g->links.v = arena_array(a, LIMIT_LINKS_N, struct article_link);
	while (g->links.n < LIMIT_LINKS_N && str_cut(&rest, '\0', &url))
		if (url.n > 0)
			g->links.v[g->links.n++] = (struct article_link){ .url = url, .text = STR("") };
}

void
office_give(struct office_writer *w, struct arena *a, struct article_given *g)
{
	struct str text = arena_copy(a, buf_str(&w->text));

	for (int sink = 0; sink < 2; sink++)
		for (size_t at = 0; at + sizeof(struct office_part) <= w->parts[sink].n; at += sizeof(struct office_part)) {
			struct office_part p;

			memcpy(&p, w->parts[sink].p + at, sizeof(p));
			td_given_add(a, g, p.kind, p.level, 0, td_given_fold(a, str_sub(text, p.from, p.to)));
		}
	give_links(w, a, g);
	if (w->text.failed || w->parts[0].failed)
		td_given_warn(a, g, "the text is longer than %zu MB; the rest was left out", LIMIT_TEXT_B / MiB);
	if (w->deleted_n > 0)
		td_given_warn(a, g, "%zu deletion%s under tracked changes left out; insertions are in the text", w->deleted_n, w->deleted_n == 1 ? "" : "s");
	if (w->comments_n > 0)
		td_given_warn(a, g, "%zu comment%s left out", w->comments_n, w->comments_n == 1 ? "" : "s");
	if (w->hidden_n > 0)
		td_given_warn(a, g, "hidden text in %zu place%s left out", w->hidden_n, w->hidden_n == 1 ? "" : "s");
}
