/*
 * err - why something failed, for the program and for the person.
 *
 * A function that can fail returns an enum err_code (ERR_OK is 0) and takes a
 * struct err * as its last parameter.  The code is for the caller to branch
 * on; the text is one sentence for the person at the desk.  The function that
 * meets the failure fills it in with err_set(); a function on the way up may
 * put its own context in front with err_in().  Nobody but main() prints it.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
	ERR_OK = 0,
	ERR_NOMEM,      /* out of memory */
	ERR_IO,         /* the disk or the kernel said no */
	ERR_NET,        /* the other side did not answer, or not properly */
	ERR_FORMAT,     /* the input is not what it claims to be */
	ERR_LIMIT,      /* the input is too large, too deep or too many */
	ERR_MISSING,    /* no such thing */
	ERR_EXISTS,     /* there is one already */
	ERR_DENIED,     /* this person may not do that */
	ERR_BUSY        /* try again later */
};

struct err {
	enum err_code code;
	char          text[512];   /* UTF-8, never empty after err_set(); long causes are cut */
};

#define MUST_USE __attribute__((warn_unused_result))

/* Both return the code, so that callers can `return err_set(...)`. */
enum err_code err_set(struct err *, enum err_code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
enum err_code err_in(struct err *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
