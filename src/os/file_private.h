/* file_private - what the files of this room share. */
#ifndef OS_FILE_PRIVATE_H
#define OS_FILE_PRIVATE_H

#include <limits.h>

#include "os/file.h"

struct os_path {
	char c[PATH_MAX];       /* NUL-terminated */
};

enum err_code path_of(struct str, struct os_path *ret, struct err *) MUST_USE;

/* "PATH: No such file; DONE" with the code that errno asks for. */
enum err_code path_failed(const struct os_path *, const char *done, struct err *);

enum err_code sync_parent(const struct os_path *, struct err *) MUST_USE;

#endif
