/* db - the functions that statements call, and what is left of a database when rows were blanked. */
#include "store/db.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "crypto/sha256.h"
#include "os/clock.h"
#include "store/statements.h"

static void
sql_now(sqlite3_context *c, int argc, sqlite3_value **argv)
{
	(void)argc, (void)argv;
	sqlite3_result_int64(c, os_now_us());
}

static void
sql_who(sqlite3_context *c, int argc, sqlite3_value **argv)
{
	const struct db *db = sqlite3_user_data(c);

	(void)argc, (void)argv;
	sqlite3_result_text(c, db->who, -1, SQLITE_TRANSIENT);
}

static void
sql_erasing(sqlite3_context *c, int argc, sqlite3_value **argv)
{
	const struct db *db = sqlite3_user_data(c);

	(void)argc, (void)argv;
	sqlite3_result_int(c, db->is_erasing);
}

/* desk_hide(salt, value): 'erased:SALT:' and SHA-256 of both; who has the value again can tell that it was this one. */
static void
sql_hide(sqlite3_context *c, int argc, sqlite3_value **argv)
{
	struct sha256 *h = td_sha256_create();
	unsigned char  sum[SHA256_B];
	char           hex[SHA256_HEX_B], shown[160];

	(void)argc;
	for (int i = 0; h != NULL && i < 2; i++)
		td_sha256_add(h, (struct bytes){ sqlite3_value_text(argv[i]), (size_t)sqlite3_value_bytes(argv[i]) });
	if (h == NULL) {
		sqlite3_result_error_nomem(c);
		return;
	}
	td_sha256_end(h, sum);
	td_sha256_destroy(h);
	snprintf(shown, sizeof(shown), "erased:%.32s:%s", (const char *)sqlite3_value_text(argv[0]), td_hex(sum, sizeof(sum), hex));
	sqlite3_result_text(c, shown, -1, SQLITE_TRANSIENT);
}

bool
db_add_functions(struct db *db)
{
	static const struct {
		const char *name;
		int         argc;
		void      (*call)(sqlite3_context *, int, sqlite3_value **);
	} all[] = { { "desk_now", 0, sql_now }, { "desk_who", 0, sql_who }, { "desk_erasing", 0, sql_erasing }, { "desk_hide", 2, sql_hide } };
	bool good = true;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		good = good && sqlite3_create_function_v2(db->sqlite, all[i].name, all[i].argc, SQLITE_UTF8 | SQLITE_INNOCUOUS, db, all[i].call,
		    NULL, NULL, NULL) == SQLITE_OK;
	return good;
}

/* Everything in the log into the file, and the log emptied; false: somebody reads what is there, or the disk failed. */
static bool
empty_log(struct db *db)
{
	sqlite3_stmt *s = NULL;
	bool          done = sqlite3_prepare_v2(db->sqlite, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int(s, 0) == 0;

	sqlite3_finalize(s);
	return done;
}

static void
remove_copies(struct str path)
{
	char name[4200];

	for (int version = 1; version <= STMT_MIGRATIONS; version++) {
		snprintf(name, sizeof(name), "%" STR_FMT ".before-%d", STR_ARG(path), version);
		(void)unlink(name);             /* mostly not there */
	}
}

enum err_code
db_purge(struct db *db, struct str path, struct err *err)
{
	remove_copies(path);
	if (sqlite3_exec(db->sqlite, "VACUUM", NULL, NULL, NULL) != SQLITE_OK)
		return err_set(err, ERR_IO, "tidings.db: cannot be written anew without what was erased: %s", sqlite3_errmsg(db->sqlite));
	if (!empty_log(db))
		return err_set(err, ERR_BUSY, "tidings.db-wal: another program reads the database, so what was erased still stands there");
	return ERR_OK;
}
