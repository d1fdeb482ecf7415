/*
 * jail - a child per document: bytes in, a bounded answer out.
 *
 * Children are made by a forker, a small process that is started first thing
 * in main(), before any desk, key, socket or secret is in memory, because a
 * child inherits its parent's memory.  Each child locks itself (no new
 * privileges, rlimits, Landlock where the kernel has it, a seccomp list of
 * what a parser needs) and only then reads the document.  It answers with one
 * wire message and ends; one that dies, spins or grows is killed and named.
 *
 *     struct jail *jail;
 *     jail_start(rows, &jail, err);                 // first thing in main
 *     jail_run(jail, JAIL_EXTRACT, ask, &answer, err);
 *     jail_stop(jail);
 *
 * What a child does is a row of a table (jail_row), so that rooms never hand
 * over a function pointer at run time: the forker has all rows from the start.
 */
#ifndef JAIL_JAIL_H
#define JAIL_JAIL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum jail_kind { JAIL_EXTRACT, JAIL_WARC, JAIL_PDF, JAIL_SPLIT, JAIL_REFS, JAIL_FEED, JAIL_ROBOTS, JAIL_TOKEN, JAIL_NOTE, JAIL_PROOF, JAIL_TEST, JAIL_KIND__COUNT };

/*
 * The work of one kind of child, given to jail_start() by src/app (rooms may
 * not name each other).  `ask` and what is put into `answer` are wire messages
 * of the kind's own.  It runs locked in; it returns an exit code (0: answered).
 */
struct jail_run;                /* jail/program.h: the other program of such a child */
struct jail_program;

struct jail_row {
	const char *name;                                              /* for messages: "extract" */
	void      (*warm_up)(void);                                    /* once, before any lock: ICU data, tables; may be NULL */
	int       (*work)(struct bytes ask, struct buf *answer);
	int         cpu_s, wall_ms;                                    /* 0: LIMIT_JAIL_CPU_S, LIMIT_JAIL_WALL_MS */
	/* A child that has another program read the document: that program and, in the place of `work`, who talks with it. */
	const struct jail_program *program;
	int       (*work_with)(struct bytes ask, struct jail_run *, struct buf *answer);
};

#define JAIL_EXIT_FULL 76       /* a child's exit code: its arena was full */

/* What this kernel lets us build; printed by `tidings doctor` and at the start of `serve`. */

struct jail_walls {
	bool seccomp, rlimits;
	int  landlock_abi;      /* 0: none */
};

struct jail;

/*
 * Start the forker.  ERR_DENIED when a wall cannot be put up, with a sentence
 * that names it; TIDINGS_UNJAILED=yes in the environment lets it pass (said on
 * stderr each time).  `rows` must stay.  Call it on the main thread: the forker
 * ends when the thread that started it does.
 */
enum err_code jail_start(const struct jail_row rows[JAIL_KIND__COUNT], struct jail **ret, struct err *) MUST_USE;
void          jail_stop(struct jail *);         /* NULL is fine; children are killed */

/*
 * One document.  ERR_LIMIT: it took more time, memory or answer than allowed;
 * ERR_FORMAT: the child died or answered nonsense; ERR_IO: no child could be
 * made.  *ret is appended to (give it LIMIT_ANSWER_B), is as before on failure,
 * and must still be read with td_wire_get(), which checks it.  One call at a
 * time for each jail; who wants two documents at once starts two jails.
 */
enum err_code jail_run(struct jail *, enum jail_kind, struct bytes ask, struct buf *ret, struct err *) MUST_USE;

/* For arena_init() in a child: ends it with JAIL_EXIT_FULL. */
void jail_full(void *);

struct jail_walls jail_walls(void);

#endif
