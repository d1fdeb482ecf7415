/*
 * command - one row a verb of the command line.
 *
 * A command is a file cmd_NAME.c with one public function; the table in
 * command.c names it, says its usage and its sentence, and is what `tidings
 * help`, the manual and the tests read.  A command gets the arguments after
 * its name and returns the exit code: EXIT_FOUND, EXIT_USAGE, EXIT_ENVIRONMENT
 * or 0.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/arena.h"
#include "base/err.h"
#include "jail/jail.h"
#include "store/link.h"

enum {
	EXIT_FOUND = 1,         /* we did our work and found something wrong: a bad page, a changed byte */
	EXIT_USAGE = 2,         /* the words of the command are off */
	EXIT_ENVIRONMENT = 3,   /* the machine said no: disk, rights, another owner */
	EXIT_STOPPED = 130      /* by SIGINT, as a shell says it; what was printed is whole */
};

/* What main() knows before a command runs. */
struct app {
	struct str   desk_dir;      /* -C, else $TIDINGS_DESK, else "." */
	struct jail *jail;          /* NULL unless the command's row asks for it */
};

struct command {
	const char *name;
	int       (*run)(struct app *, int argc, char *argv[]);   /* argv[0] is the command's name */
	bool        needs_jail;
	const char *usage;          /* after "tidings NAME " */
	const char *sentence;       /* what it does, one line */
	const char *options;        /* a line each, or "" */
};

extern const struct command commands[];
extern const size_t commands_n;

const struct command *command_find(const char *name);

/* 0, EXIT_FOUND or EXIT_ENVIRONMENT. */
int app_exit_code(enum err_code);
/* Print `tidings: SENTENCE` and give the exit code that fits the error. */
int app_fail(const struct err *);
/* Print `tidings NAME: SENTENCE`, where to read more, and give EXIT_USAGE. */
int app_usage(const char *name, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The desk that -C, $TIDINGS_DESK or the current folder names. */
enum err_code app_link(const struct app *, enum link_mode, struct store_link **ret, struct err *) MUST_USE;

/* The bytes of a file, or of standard input for "-"; give it BUF_INIT(LIMIT_BODY_B). */
enum err_code app_read_input(const char *path, struct buf *ret, struct err *) MUST_USE;

/* For arena_init() outside the jail: says so and ends with EXIT_ENVIRONMENT. */
void app_full(void *);

int cmd_add(struct app *, int, char *[]);
int cmd_backup(struct app *, int, char *[]);
int cmd_erase(struct app *, int, char *[]);
int cmd_doctor(struct app *, int, char *[]);
int cmd_export(struct app *, int, char *[]);
int cmd_extract(struct app *, int, char *[]);
int cmd_feed(struct app *, int, char *[]);
int cmd_help(struct app *, int, char *[]);
int cmd_init(struct app *, int, char *[]);
int cmd_key(struct app *, int, char *[]);
int cmd_ledger(struct app *, int, char *[]);
int cmd_list(struct app *, int, char *[]);
int cmd_note(struct app *, int, char *[]);
int cmd_partner(struct app *, int, char *[]);
int cmd_publish(struct app *, int, char *[]);
int cmd_restore(struct app *, int, char *[]);
int cmd_robots(struct app *, int, char *[]);
int cmd_search(struct app *, int, char *[]);
int cmd_serve(struct app *, int, char *[]);
int cmd_show(struct app *, int, char *[]);
int cmd_verify(struct app *, int, char *[]);
int cmd_source(struct app *, int, char *[]);
int cmd_watch(struct app *, int, char *[]);
int cmd_witness(struct app *, int, char *[]);
int cmd_version(struct app *, int, char *[]);

#endif
