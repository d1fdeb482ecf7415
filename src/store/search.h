/*
 * search - from what a person typed to rows and marked snippets.
 *
 * The index is SQLite's FTS5 with the terms of lib/text/terms.h.  A query is
 * words that must all occur, "a phrase", and -without; no input is a syntax
 * error, junk finds nothing.  A word that is several terms (북한인권, O'Neill)
 * is a phrase; a syllable alone finds every term that begins with it.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/buf.h"

struct sqlite3;

#define SEARCH_WORDS_N 64       /* words and phrases of one query; more are left out */

struct search_word {
	struct str text;        /* into the query */
	bool       without;
	bool       begins;      /* its last term is only a beginning */
};

struct search_query {
	struct search_word v[SEARCH_WORDS_N];
	size_t             n, wanted;      /* wanted: those not `without` */
};

/* The tokenizer; an SQLite code. */
int  search_register(struct sqlite3 *);

void search_parse(struct str typed, struct search_query *ret);
/* As an FTS5 expression; "" when there is no word that must occur. */
void search_expression(const struct search_query *, struct buf *out);
/* A piece of text around the first hit, at most about max bytes, \1 and \2 round hits, "…" where it is cut. */
void search_snippet(const struct search_query *, struct str text, size_t max, struct buf *out);

#endif
