/*
 * lock - what a process gives up before it meets a stranger's bytes.
 *
 * Two kinds: a document's child, which may only compute and answer, and the
 * long-lived processes of a desk, each of which gives up what its work never
 * needs.  A lock can't be taken back.  doc/processes.md is the table.
 */
#ifndef JAIL_LOCK_H
#define JAIL_LOCK_H

#include "base/err.h"

/* The calling process becomes a document's child: it reads and writes what is open, takes memory and ends. */
enum err_code jail_lock_document(int cpu_s, struct err *) MUST_USE;
/* The same beside a program of its own: it may wait for its end and write as much as a document into a memory file. */
enum err_code jail_lock_beside_program(int cpu_s, struct err *) MUST_USE;

enum jail_process {
	PROCESS_STORE,          /* disk, no network: no socket but AF_UNIX */
	PROCESS_WEB,            /* listens and talks; opens nothing */
	PROCESS_WORKER,         /* network and the desk's link; starts no program */
	PROCESS__COUNT
};

/* Give up what this process never needs: other programs, debugging, other users, kernel modules ... */
enum err_code jail_lock_process(enum jail_process, struct err *) MUST_USE;

#endif
