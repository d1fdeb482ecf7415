/* note_private - what the files about notes share. */
#ifndef STORE_NOTE_PRIVATE_H
#define STORE_NOTE_PRIVATE_H

#include "store/store_private.h"

/*
 * Make the excerpt's offsets and text agree with the article's text: offsets
 * that are given must not cut a character; a text without offsets is looked
 * for, white space and quotation marks of any kind being alike, and becomes the
 * article's own words.  ERR_MISSING: these words are not there.
 */
enum err_code excerpt_fit(struct str article_text, struct excerpt *, struct err *) MUST_USE;

/* ASCII words of the heading, a dash, the id's ten characters: the last part of the note's address. */
struct str    note_slug(struct arena *, struct str heading, const struct id *);

/* What the ledger's statement about a note commits to (doc/formats/ledger.md): one `name value` a line. */
void          note_canonical(const struct store_note *, struct buf *out);
/* The lines of that statement; how many. */
size_t        note_statement(struct arena *, const struct store_note *, struct ledger_line **ret);

/* One version (0: the newest) as it was saved, without what belongs to the article; false: not there. */
bool          note_load(struct store *, struct arena *, int64_t seq, int64_t version, struct store_note *ret,
	int64_t *ret_article);

#endif
