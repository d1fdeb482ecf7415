/* note_form - a note as the fields of a form, both ways. */
#ifndef DESK_NOTE_FORM_H
#define DESK_NOTE_FORM_H

#include "desk/request.h"

struct note_form {
	struct store_note         note;
	bool                      has_article;
	struct store_article_view view;          /* of what it is about */
	struct str                date, words;   /* as typed */
	unsigned                  errors;        /* fields that must be mended: sentences stand beside them */
};

/* A new note about an article begins with what the article says. */
void note_form_begin(struct request *, struct note_form *);
/* A saved note begins as it was saved. */
void note_form_open(struct request *, struct note_form *);
/* What was typed; sets errors and puts a sentence beside each field that has one. */
void note_form_read(struct request *, struct note_form *);
/* The fields into request.values. */
void note_form_show(struct request *, const struct note_form *);
/* How the note will read: the same parts in the same order as on the site. */
void note_form_preview(struct request *, const struct note_form *);

#endif
