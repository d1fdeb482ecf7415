/*
 * restore - a backup becomes a desk again, every byte checked on the way.
 *
 * Each file that the backup's MANIFEST names is copied, hashed as it is read
 * and read back; only then the folder gets its name.  The backup is only read.
 * Whoever opens the new desk for writing first enters the restore in its ledger.
 */
#ifndef KEEP_RESTORE_H
#define KEEP_RESTORE_H

#include "keep/backup.h"

/*
 * `to` must not exist.  ERR_MISSING: no MANIFEST; ERR_FORMAT: a file is not the
 * one that was backed up, or the MANIFEST names what lies outside; ERR_EXISTS;
 * ERR_IO.  A restore that failed is left as TO.unfinished.
 */
enum err_code keep_restore(struct arena *, struct str backup, struct str to, keep_progress *, struct keep_backup *ret, struct err *) MUST_USE;

#endif
