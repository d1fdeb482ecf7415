/*
 * program - the one kind of child that may have another program read its document.
 *
 * A PDF is read by pdftotext.  That program needs execve and files (its
 * libraries, tables of character codes), so it gets a wall of its own: Landlock
 * grants execution of exactly that program and its loader, reading of exactly
 * its libraries and the folders named here; seccomp grants opening for
 * reading, memory that is never both writable and executable, and no socket, no
 * other process; rlimits as for every document.  Without Landlock it is not
 * run at all, because then it could read whatever its user can.
 *
 * The child itself is locked as every other; it holds one end of two pipes:
 *
 *     jail_run_put(run, body);                // the document, into a memory file
 *     jail_run_start(run);                    // now the program begins
 *     jail_run_read(run, &out, &end);         // until it ends or out is full
 *     ... run->said ...                       // what it wrote to standard error
 *
 * What the program writes is a stranger's: it is parsed in the same child.
 */
#ifndef JAIL_PROGRAM_H
#define JAIL_PROGRAM_H

#include "base/buf.h"
#include "base/err.h"

#define JAIL_SAID_B (64 * KiB)

struct jail_program {
	const char        *path;        /* "/usr/bin/pdftotext" */
	const char *const *argv;        /* reads its document from descriptor 0, writes to 1 */
	const char *const *envp;
	const char *const *folders;     /* it may read below these; those that are missing are left out; ends with NULL */
	const char        *package;     /* for the person when it is not there: "poppler-utils" */
};

enum jail_end {
	JAIL_END_OK,            /* exit code 0 */
	JAIL_END_FAILED,        /* another exit code */
	JAIL_END_TIME,          /* more than its seconds of CPU */
	JAIL_END_CUT,           /* more output than `out` holds; still running, killed with its child */
	JAIL_END_CRASHED,       /* a signal; `sig` */
	JAIL_END_WALL           /* it tried what no document needs */
};

struct jail_run {
	int         in_fd, go_fd, out_fd;
	int         pid;
	int         code, sig;          /* of its end */
	const char *said;               /* JAIL_SAID_B bytes, NUL where nothing was written */
	struct err  err;                /* ERR_OK, or why there is no program: no package, no wall */
};

/* For the forker: makes pipes and the waiting program.  A fault is in ret->err: the child still answers. */
void          jail_run_prepare(const struct jail_program *, int cpu_s, bool unjailed, struct jail_run *ret);

bool          jail_run_put(struct jail_run *, struct bytes);
bool          jail_run_start(struct jail_run *);
enum jail_end jail_run_read(struct jail_run *, struct buf *out);

/*
 * The calling process may from now on execute and read what the program needs
 * and nothing else (public for the test that runs against this wall).
 */
enum err_code jail_lock_program(const struct jail_program *, int cpu_s, struct err *) MUST_USE;

#endif
