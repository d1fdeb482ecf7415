/*
 * finder - looks for sources where a person says, so that they can be seen before they are watched.
 *
 * The web process has no network and parses no stranger's file: it adds a job,
 * the worker does it here, what is found waits in the store as offers.
 */
#ifndef APP_FINDER_H
#define APP_FINDER_H

#include "app/intake.h"

/*
 * One job of kind JOB_FIND_SOURCE or JOB_READ_LIST, if one is open; *ret_did
 * says whether there was.  A job that finds nothing ends with the sentence;
 * only the store's own errors come back.
 */
enum err_code finder_job(struct intake *, bool *ret_did, struct err *) MUST_USE;

#endif
