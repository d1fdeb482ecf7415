/*
 * backup - a second copy of the desk that was read back before it counts.
 *
 * A backup is a folder of its own below `to`, named by the desk's clock
 * (tidings-20261124-091500): a consistent copy of the database, every file of
 * the desk that matters, and MANIFEST, which `sha256sum -c MANIFEST` checks
 * without this program.  It opens as a desk.  Files are written and synced,
 * dropped from the page cache as far as the kernel does so, read again and
 * compared; only then is the backup recorded at the desk.
 */
#ifndef KEEP_BACKUP_H
#define KEEP_BACKUP_H

#include "base/arena.h"
#include "base/err.h"
#include "store/link.h"

struct keep_backup {
	struct str dir;              /* the backup's own folder */
	int64_t    files, bytes;
};

/* Called now and then while bytes are copied or read back. */
typedef void keep_progress(struct str doing, int64_t done_b, int64_t total_b);

/*
 * ERR_EXISTS: a backup of the same second is there; ERR_DENIED: `to` lies
 * inside the desk; ERR_IO: disk; ERR_FORMAT: what was read back differs (the
 * file is named).  A backup that failed is left as NAME.unfinished.
 */
enum err_code keep_backup(struct store_link *, struct arena *, struct str to, int64_t now_us, keep_progress *,
	struct keep_backup *ret, struct err *) MUST_USE;

#endif
