/*
 * conf - tidings.conf, the one file of a desk that people edit.
 *
 * Lines of `name = value`; # begins a comment, on a line of its own.  A name
 * that we do not know or a value that will not do is refused with the line's number:
 * a setting that silently does nothing is worse than a desk that does not open.
 */
#ifndef STORE_CONF_H
#define STORE_CONF_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* What holds when the file does not say. */
enum { CONF_TIME_EVERY_H = 24, CONF_VERIFY_EVERY_DAYS = 30 };

struct desk_conf {
	struct str name, tagline, languages, fetch_allow, fetch_route, site_url, time_authorities, time_roots;
	struct str witnesses, witness_listen;
	int64_t    witness_quorum;      /* of the witnesses named; 0: none is asked for */
	int64_t    time_every_h;        /* 0: only when asked */
	int64_t    verify_every_days;   /* 0: only when asked */
	bool       is_sample, seals;
};

/* The next witness off the front of `witnesses`: its key, and where it is asked ("": by file only).  false: there is none more. */
bool          conf_witness(struct str *rest, struct str *ret_vkey, struct str *ret_url);

/* text must live as long as *ret. */
enum err_code conf_parse(struct str text, struct desk_conf *ret, struct err *) MUST_USE;
/* The file as we write it, each setting with a comment that explains it. */
void          conf_write(const struct desk_conf *, struct buf *out);

#endif
