/*
 * file - files and folders, durably.
 *
 * A change that returned ERR_OK is on disk, the folder's entry too (only
 * os_append() waits for os_sync(), so that many records cost one).  Errors
 * name the path, the fault and what was done.  Paths are struct str; one that
 * holds NUL or is longer than PATH_MAX is ERR_FORMAT.  What is made is for its
 * owner alone: files 0600, folders 0700.  Descriptors are close-on-exec.
 *
 *     struct buf b = BUF_INIT(LIMIT_BODY_B);
 *     if (os_read_file(path, &b, err) != ERR_OK)
 *             return err->code;        // "notes.html: a folder, not a file; not read"
 *     ...
 *     return os_replace_file(path, buf_str(&b), err);
 */
#ifndef OS_FILE_H
#define OS_FILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/*
 * The whole file, appended to ret (give it a limit); ret is as before on
 * failure.  ERR_MISSING, ERR_DENIED, ERR_LIMIT (over the buf's limit; the size
 * is asked before anything is read), ERR_FORMAT (a folder, a device), ERR_IO.
 */
enum err_code os_read_file(struct str path, struct buf *ret, struct err *) MUST_USE;

/*
 * Readers see either the old contents or the new: temporary file, fsync,
 * rename, fsync of the folder.  The mode of the file that was there is kept.
 * A symbolic link is replaced, not followed.  A crash may leave a file
 * ".tidings-…new" in the folder; nothing ever reads it.
 */
enum err_code os_replace_file(struct str path, struct str contents, struct err *) MUST_USE;

/*
 * Add at the end of an open file, all of it or none: on failure the file is
 * cut back to its old length.  One writer at a time.  The error cannot name
 * the file; put its path in front with err_in().
 */
enum err_code os_append(int fd, struct bytes, struct err *) MUST_USE;

/* fdatasync.  After a failure do not try again: the kernel has dropped the pages; count the bytes since the last success as lost. */
enum err_code os_sync(int fd, struct str path, struct err *) MUST_USE;
enum err_code os_sync_dir(struct str path, struct err *) MUST_USE;

enum err_code os_make_dirs(struct str path, struct err *) MUST_USE;     /* as mkdir -p; ERR_EXISTS: a file is in the way */

/* Held until close(*ret_fd) or the process's end.  ERR_BUSY: somebody has it. */
enum err_code os_lock_file(struct str path, int *ret_fd, struct err *) MUST_USE;

bool          os_exists(struct str path);
bool          os_is_dir(struct str path);
int64_t       os_free_bytes(struct str path);   /* that we may still write; -1: unknown */

/* Links are removed, not followed.  A path that is not there is fine.  ERR_LIMIT: more than 64 folders deep. */
enum err_code os_remove_tree(struct str path, struct err *) MUST_USE;

/* Names in a folder, sorted bytewise, without "." and "..".  They need not be UTF-8. */
struct os_names {
	struct str *v;
	size_t      n;
};
enum err_code os_list_dir(struct arena *, struct str path, struct os_names *ret, struct err *) MUST_USE;

/* dir + "/" + name, also NUL-terminated */
struct str os_join(struct arena *, struct str dir, struct str name);

#endif
