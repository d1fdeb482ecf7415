/*
 * batch - many documents read at a time, answers in the order in which they came.
 *
 * Each reader is a thread with a forker of its own; each document is read by a
 * child of its own, so that one which crashes or spins costs itself an answer
 * and nothing else (doc/decisions/0007).  At most LIMIT_BATCH_B of documents
 * are under way.  A line to standard output for each, on standard error what
 * is wrong with it; SIGINT lets those under way end and then stops.
 */
#ifndef APP_BATCH_H
#define APP_BATCH_H

#include "app/command.h"
#include "app/source.h"

struct batch_options {
	enum extract_format format;
	int                 readers;        /* at a time, from 1 */
	bool                shows_progress;
	int64_t             total_b;        /* of all input, for the progress; 0: not known */
};

/* The exit code: that of the worst document, EXIT_STOPPED after SIGINT. */
int batch_run(struct source *, const struct batch_options *);

#endif
