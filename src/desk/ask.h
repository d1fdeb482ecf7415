/*
 * ask - the forms that give the worker an address or a file: what was given is checked, becomes a job, and the browser is
 * sent to the job's page.  Anything wrong shows the form again, with what was typed and one sentence.
 */
#ifndef DESK_ASK_H
#define DESK_ASK_H

#include "desk/request.h"
#include "store/verbs.h"

struct ask_form {
	const char   *page, *title;     /* its template; the key of its title */
	const char   *at, *no_add;      /* flags of the frame: where we are; NULL or "no_add", the frame's own form left out */
	const char   *nothing;          /* key of the sentence when neither was given */
	enum job_kind url, file;
};

void ask_worker(const struct ask_form *, struct request *, struct reply *);

#endif
