/*
 * intake - from an address or a file to an item that can be found: capture, then extract.
 *
 * The one path in, for the command line and for the desk's jobs.  What was
 * captured stays captured when reading it fails; the job "extract" stays open
 * then and is done at the next chance.
 */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H

#include "capture/capture.h"

struct intake {
	struct capture_room room;
};

/* One capture and what came of it. */
struct intake_item {
	struct id     capture, article;     /* article: none when there is no story to read */
	int64_t       status;               /* HTTP, 0: a file */
	enum err_code code;                 /* ERR_OK, or why `said` is a fault */
	struct str    url, title, said;     /* said: one sentence when there is something to say */
};

struct intake_list {
	struct intake_item *v;
	size_t              n;
	struct str          said;           /* about the whole file */
};

/* fetch_allow, fetch_route: the desk's settings. */
enum err_code intake_open(struct store_link *, struct jail *, struct str fetch_allow, struct str fetch_route, struct intake *ret, struct err *) MUST_USE;
void          intake_close(struct intake *);

/* All that is returned lives in the arena (INTAKE_ARENA_B). */
#define INTAKE_ARENA_B (6 * LIMIT_BODY_B)
enum err_code intake_url(struct intake *, struct arena *, struct str url, struct intake_list *ret, struct err *) MUST_USE;
enum err_code intake_path(struct intake *, struct arena *, struct str path, struct str url, struct intake_list *ret,
	struct err *) MUST_USE;
enum err_code intake_file(struct intake *, struct arena *, struct str name, struct bytes, struct str url,
	struct intake_list *ret, struct err *) MUST_USE;

/*
 * One job of the desk of these kinds (1 << enum job_kind, or'ed), if one is open; *ret_did says whether there was.  A job
 * whose work fails is ended with the sentence; only the store's own errors
 * come back.
 */
#define INTAKE_ALL (1 << JOB_ADD_URL | 1 << JOB_ADD_FILE | 1 << JOB_EXTRACT)     /* pages of items are the watch's */
enum err_code intake_job(struct intake *, int64_t kinds, bool *ret_did, struct err *) MUST_USE;

#endif
