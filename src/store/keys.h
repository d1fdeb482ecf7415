/*
 * keys - the desk's secrets, one file each in keys/, readable by their owner alone.
 *
 *     keys/ledger.key     signs the log's checkpoints: PRIVATE+KEY+ORIGIN+HEX+BASE64 (C2SP signed-note)
 *
 * The log's name (origin) is part of its key: the desk's public name in ASCII
 * and eight random characters, fixed when the key is made.  A key that is lost is
 * not made again in silence: who follows the log must hear of a new one.
 */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include "ledger/note.h"

/* keys/ledger.key below the folder `dir`, a new one.  ERR_EXISTS: there is one. */
enum err_code keys_make_log(struct str dir, struct str desk_name, struct err *) MUST_USE;
/* ERR_MISSING: there is none; ERR_FORMAT: it is no key.  Wipe *ret with td_wipe() after use. */
enum err_code keys_read_log(struct str dir, struct note_signer *ret, struct err *) MUST_USE;

#endif
