/*
 * db - the desk's SQLite database: statements by number, failures that stick.
 *
 * Binding and reading go in order, without indexes.  The first failure of a
 * transaction is kept in db->err; from then on every call does nothing and
 * every row is the end, so a verb asks once, at its end, with db_failed():
 *
 *     struct query q = db_query(db, STMT_capture_find);
 *     bind_id(&q, &id);
 *     if (db_row(&q))
 *         capture->status = col_i64(&q);
 *     ...
 *     return db_failed(db, err);
 *
 * Columns are copied into the caller's arena; nothing of SQLite's memory leaves.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/err.h"
#include "base/id.h"

struct sqlite3;
struct sqlite3_stmt;

struct db {
	struct sqlite3       *sqlite;
	struct sqlite3_stmt **stmts;         /* prepared on first use */
	struct err            err;           /* code ERR_OK: fine so far */
	char                  who[256];      /* for change.who */
	bool                  is_erasing;    /* in this transaction what is kept may be blanked (change.sql says which columns) */
	bool                  read_only, is_newer;
	bool                  is_uncertain;  /* a COMMIT failed in the disk: only opening anew tells whether it happened */
};

struct query {
	struct db           *db;
	struct sqlite3_stmt *stmt;           /* NULL after a failure */
	int                  param, col;
};

enum db_mode { DB_READ, DB_WRITE, DB_FROZEN };   /* FROZEN: a read-only folder, nobody writes */

/* Creates an empty database when there is none (DB_WRITE).  ERR_FORMAT: newer than we are, damaged, not ours. */
enum err_code db_open(struct db *, struct str path, enum db_mode, struct err *) MUST_USE;
void          db_close(struct db *);

void          db_begin(struct db *);
void          db_set_who(struct db *, struct str);             /* for change.who, of what is changed from now on */
int64_t       db_changes(const struct db *);                   /* rows changed since it was opened */
/* All or nothing: commits when nothing failed, else rolls back and gives the failure. */
enum err_code db_end(struct db *, bool commit, struct err *) MUST_USE;
enum err_code db_failed(const struct db *, struct err *) MUST_USE;

struct query  db_query(struct db *, int stmt);
bool          db_row(struct query *);        /* false: no more, or failed */
void          db_run(struct query *);        /* to its end */
int64_t       db_run_id(struct query *);     /* the same; the new row's rowid */

void bind_i64(struct query *, int64_t);
void bind_str(struct query *, struct str);   /* must live until the query has run; so below */
void bind_cstr(struct query *, const char *);
void bind_blob(struct query *, const void *, size_t n);
void bind_id(struct query *, const struct id *);
void bind_null(struct query *);
void bind_i64_or_null(struct query *, int64_t, int64_t null);   /* NULL when equal */

int64_t      col_i64(struct query *);
struct str   col_str(struct query *, struct arena *);
void         col_text(struct query *, char *out, size_t size);      /* with NUL; what does not fit is cut */
struct str   col_blob(struct query *, struct arena *);      /* bytes */
struct id    col_id(struct query *);         /* none for NULL */
void         col_hash(struct query *, unsigned char ret[32]);
struct civil col_civil(struct query *);
/* Place of the column's text in names, or 0. */
int          col_enum(struct query *, const char *const *names, int n);

/* A copy that sqlite3 can read whole: without the search index, whose terms are ours. */
enum err_code db_copy_plain(struct db *, struct str to, struct err *) MUST_USE;
/* The functions that our statements and triggers call: desk_now(), desk_who(), desk_erasing(), desk_hide(salt, value). */
bool          db_add_functions(struct db *) MUST_USE;
/*
 * Outside a transaction, after rows were blanked: the file is written anew without what they were, its log is emptied, and
 * copies that upgrades left beside it (tidings.db.before-N) go.  ERR_BUSY: somebody reads it; ERR_IO.
 */
enum err_code db_purge(struct db *, struct str path, struct err *) MUST_USE;
/* PRAGMA foreign_key_check and integrity_check: "" or the first complaint. */
struct str    db_complaint(struct db *, struct arena *);

/* Every statement against this database; the sentence of the first that does not fit. */
enum err_code db_check_statements(struct db *, struct err *) MUST_USE;
int           db_statement_count(void);
const char   *db_statement_name(int stmt);
const char   *db_statement_text(int stmt);

#endif
