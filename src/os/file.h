/*
 * file - files and folders, durably.
 *
 * A write that returned ERR_OK is on disk (fdatasync, and the folder's fsync
 * where a name changed).  Errors name the path, the fault and what was done.
 * Paths are struct str; one that holds NUL or is longer than PATH_MAX is
 * ERR_FORMAT.
 */
#ifndef OS_FILE_H
#define OS_FILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* The whole file into ret (give it a limit).  ERR_MISSING, ERR_LIMIT (over the buf's limit), ERR_FORMAT (a folder, a device). */
enum err_code os_read_file(struct str path, struct buf *ret, struct err *) MUST_USE;

/* Readers see either the old contents or the new: temporary file, fsync, rename, fsync of the folder. */
enum err_code os_replace_file(struct str path, struct str contents, struct err *) MUST_USE;

/* Add at the end of an open file, all of it or none that counts: on failure the file is cut back to its old length. */
enum err_code os_append(int fd, struct bytes, struct err *) MUST_USE;
enum err_code os_sync(int fd, struct str path, struct err *) MUST_USE;          /* fdatasync */
enum err_code os_sync_dir(struct str path, struct err *) MUST_USE;

enum err_code os_make_dirs(struct str path, struct err *) MUST_USE;             /* as mkdir -p, mode 0700 */
enum err_code os_lock_file(struct str path, int *ret_fd, struct err *) MUST_USE; /* ERR_BUSY: somebody has it */
bool          os_exists(struct str path);
bool          os_is_dir(struct str path);
int64_t       os_free_bytes(struct str path);           /* -1: unknown */
enum err_code os_remove_tree(struct str path, struct err *) MUST_USE;

/* Names in a folder, sorted, without "." and "..". */
struct os_names {
	struct str *v;
	size_t      n;
};
enum err_code os_list_dir(struct arena *, struct str path, struct os_names *ret, struct err *) MUST_USE;

/* dir + "/" + name */
struct str os_join(struct arena *, struct str dir, struct str name);

#endif
