/*
 * folder - the folder a site is written to: changed files only, each replaced whole, nothing of a stranger's touched.
 *
 *     folder_open(&arena, out, desk, &f, err);
 *     folder_want(f, path) for every file, then folder_put(f, path, contents, err) in an order without dead links;
 *     folder_finish(f, err);          // manifest; then what is no longer wanted
 *     folder_settle(f, err);          // the release is known elsewhere: the journal may go
 */
#ifndef PUBLISH_FOLDER_H
#define PUBLISH_FOLDER_H

#include "base/arena.h"
#include "base/err.h"
#include "crypto/sha256.h"

struct folder_file {
	struct str    path;             /* below the folder, "/" between */
	bool          is_put;
	unsigned char sha256[SHA256_B];
};

struct folder {
	struct arena       *arena;
	struct str          path;
	struct str         *old;        /* paths of earlier manifests and journals */
	size_t              n_old;
	struct folder_file *files;      /* wanted; sorted once the first is put */
	size_t              n, cap;
	bool                is_sorted;
	bool                has_journal;        /* something was or will be written in this run */
	bool                is_unfinished;      /* an earlier run was interrupted */
	size_t              written, removed;
	unsigned char       manifest[SHA256_B];
};

/* ERR_EXISTS: not empty and not ours.  ERR_DENIED: in the desk's folder, or around it. */
enum err_code folder_open(struct arena *, struct str path, struct str desk, struct folder **ret, struct err *) MUST_USE;
void          folder_want(struct folder *, struct str path);            /* path lives as long as the folder; once each */
enum err_code folder_put(struct folder *, struct str path, struct str contents, struct err *) MUST_USE;
enum err_code folder_finish(struct folder *, struct err *) MUST_USE;
enum err_code folder_settle(struct folder *, struct err *) MUST_USE;

#endif
