/*
 * source - the documents that the words of a command name, one after the other.
 *
 * A word is a file, a folder (its files and those below it, by name, without
 * hidden ones, links and what is no document), a WARC file (its documents), or
 * "-" for standard input.  A WARC file is read a piece at a time: memory does
 * not grow with it.  What is wrong with a file or a record is said on standard
 * error and counted; the next one follows.
 */
#ifndef APP_SOURCE_H
#define APP_SOURCE_H

#include <fts.h>

#include "extract/split.h"

struct source_document {
	struct arena          arena;    /* all that follows; who takes the document frees it */
	struct extract_ask    ask;
	struct extract_record record;
	struct str            file;     /* the path; of a record, its WARC file's */
	bool                  is_record;
	struct err            err;      /* not ERR_OK: the file cannot be read */
};

struct source_warc {
	int              fd;            /* -1: none open */
	struct buf       window;        /* of the file, from base on */
	int64_t          base;
	size_t           piece_b;
	bool             at_end;
	struct split_ask ask;
	struct arena     arena;         /* of `split` */
	struct split     split;
	size_t           next;          /* in split.found */
	int64_t          told;          /* faults said of this file */
};

struct source {
	char              *const *words;
	int                words_n, at;
	struct str         url;         /* of a single document, "": not said */
	struct jail       *jail;        /* for WARC files */
	FTS               *folder;      /* being walked, or NULL */
	struct str         path;        /* of what is open */
	struct source_warc warc;
	int64_t            bytes, faults;       /* read so far; found wrong in WARC files and folders */
};

void source_open(struct source *, char *const *words, int words_n, struct str url, struct jail *);
bool source_next(struct source *, struct source_document *ret);        /* false: there are no more */
void source_close(struct source *);

#endif
