#include "store/db.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define STATEMENTS_TEXT
#include "store/statements.h"
#include "store/search.h"


#define APPLICATION_ID 0x54444e47       /* "TDNG"; file(1) can be taught it */
#define RESERVE_B      40               /* of each page, for authentication at rest later */
#define WAIT_MS        5000             /* somebody reads the file with sqlite3 */

static void
fail(struct db *db, const char *what)
{
	int code = sqlite3_extended_errcode(db->sqlite) & 0xff;

	if (db->err.code != ERR_OK)
		return;
	switch (code) {
	case SQLITE_FULL:
		err_set(&db->err, ERR_IO, "the disk is full; nothing was saved");
		break;
	case SQLITE_READONLY:
		err_set(&db->err, ERR_DENIED, "the desk is open for reading only; nothing was saved");
		break;
	case SQLITE_BUSY:
		err_set(&db->err, ERR_BUSY, "tidings.db: another program holds it locked; nothing was saved");
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		err_set(&db->err, ERR_FORMAT, "tidings.db: damaged (%s); nothing was changed", sqlite3_errmsg(db->sqlite));
		break;
	case SQLITE_IOERR:
		err_set(&db->err, ERR_IO, "tidings.db: the disk failed (%s); nothing was saved", sqlite3_errmsg(db->sqlite));
		break;
	default:
		err_set(&db->err, ERR_IO, "tidings.db: %s: %s; nothing was saved", what, sqlite3_errmsg(db->sqlite));
	}
}

struct query
db_query(struct db *db, int stmt)
{
	struct query q = { .db = db };

	if (db->err.code != ERR_OK)
		return q;
	if (db->stmts[stmt] == NULL && sqlite3_prepare_v3(db->sqlite, stmt_text[stmt], -1, SQLITE_PREPARE_PERSISTENT,
	    &db->stmts[stmt], NULL) != SQLITE_OK) {
		fail(db, stmt_name[stmt]);
		return q;
	}
	q.stmt = db->stmts[stmt];
	sqlite3_reset(q.stmt);
	sqlite3_clear_bindings(q.stmt);
	return q;
}

bool
db_row(struct query *q)
{
	int code = q->stmt != NULL && q->db->err.code == ERR_OK ? sqlite3_step(q->stmt) : SQLITE_DONE;

	q->col = 0;
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		fail(q->db, sqlite3_sql(q->stmt) == NULL ? "" : "a statement failed");
	if (q->stmt != NULL)
		sqlite3_reset(q->stmt);
	return false;
}

void
db_run(struct query *q)
{
	while (db_row(q))
		;
}

int64_t
db_run_id(struct query *q)
{
	db_run(q);
	return sqlite3_last_insert_rowid(q->db->sqlite);
}

static void
bound(struct query *q, int code)
{
	if (code != SQLITE_OK)
		fail(q->db, "a value could not be bound");
}

void
bind_i64(struct query *q, int64_t v)
{
	if (q->stmt != NULL)
		bound(q, sqlite3_bind_int64(q->stmt, ++q->param, v));
}

void
bind_str(struct query *q, struct str s)
{
	if (q->stmt != NULL)
		bound(q, sqlite3_bind_text64(q->stmt, ++q->param, s.n > 0 ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8));
}

void
bind_cstr(struct query *q, const char *s)
{
	bind_str(q, str_of(s));
}

void
bind_blob(struct query *q, const void *p, size_t n)
{
	if (q->stmt != NULL)
		bound(q, sqlite3_bind_blob64(q->stmt, ++q->param, n > 0 ? p : "", n, SQLITE_TRANSIENT));  /* no bytes are not NULL */
}

void
bind_id(struct query *q, const struct id *id)
{
	bind_blob(q, id->b, sizeof(id->b));
}

void
bind_null(struct query *q)
{
	if (q->stmt != NULL)
		bound(q, sqlite3_bind_null(q->stmt, ++q->param));
}

void
bind_i64_or_null(struct query *q, int64_t v, int64_t null)
{
	if (v == null)
		bind_null(q);
	else
		bind_i64(q, v);
}

int64_t
col_i64(struct query *q)
{
	return sqlite3_column_int64(q->stmt, q->col++);
}

static struct str
col_view(struct query *q)
{
	int         col = q->col++;
	const char *p = (const char *)sqlite3_column_text(q->stmt, col);

	return (struct str){ p, (size_t)sqlite3_column_bytes(q->stmt, col) };
}

struct str
col_str(struct query *q, struct arena *a)
{
	return arena_copy(a, col_view(q));
}

void
col_text(struct query *q, char *out, size_t size)
{
	struct str s = col_view(q);

	snprintf(out, size, "%" STR_FMT, STR_ARG(s));
}

struct str
col_blob(struct query *q, struct arena *a)
{
	int         col = q->col++;
	const char *p = sqlite3_column_blob(q->stmt, col);

	return arena_copy(a, (struct str){ p, p != NULL ? (size_t)sqlite3_column_bytes(q->stmt, col) : 0 });
}

struct id
col_id(struct query *q)
{
	struct id   id = { { 0 } };
	int         col = q->col++;
	const void *p = sqlite3_column_blob(q->stmt, col);

	if (p != NULL && sqlite3_column_bytes(q->stmt, col) == sizeof(id.b))
		memcpy(id.b, p, sizeof(id.b));
	return id;
}

void
col_hash(struct query *q, unsigned char ret[32])
{
	int         col = q->col++;
	const void *p = sqlite3_column_blob(q->stmt, col);

	memset(ret, 0, 32);
	if (p != NULL && sqlite3_column_bytes(q->stmt, col) == 32)
		memcpy(ret, p, 32);
}

struct civil
col_civil(struct query *q)
{
	struct civil c = { .zone_min = CIVIL_NO_ZONE };
	struct str   s = col_view(q);

	if (s.n > 0 && !civil_parse_iso(s, &c))
		c = (struct civil){ .zone_min = CIVIL_NO_ZONE };
	return c;
}

int
col_enum(struct query *q, const char *const *names, int n)
{
	struct str s = col_view(q);

	for (int i = 0; i < n; i++)
		if (str_eq(s, str_of(names[i])))
			return i;
	return 0;
}

enum err_code
db_failed(const struct db *db, struct err *err)
{
	if (db->err.code != ERR_OK)
		*err = db->err;
	return db->err.code;
}

void
db_set_who(struct db *db, struct str who)
{
	snprintf(db->who, sizeof(db->who), "%" STR_FMT, STR_ARG(who));
}

int64_t
db_changes(const struct db *db)
{
	return sqlite3_total_changes64(db->sqlite);
}

void
db_begin(struct db *db)
{
	struct query q;

	db->err = (struct err){ 0 };
	q = db_query(db, STMT_begin);
	db_run(&q);
}

enum err_code
db_end(struct db *db, bool commit, struct err *err)
{
	struct query  q;
	enum err_code code;

	db->is_erasing = false;
	for (sqlite3_stmt *s = sqlite3_next_stmt(db->sqlite, NULL); s != NULL; s = sqlite3_next_stmt(db->sqlite, s))
		sqlite3_reset(s);
	if (commit) {
		q = db_query(db, STMT_commit);
		db_run(&q);
		/* A full disk wrote no commit; a disk that failed may have, and its sync is what failed. */
		db->is_uncertain |= (sqlite3_errcode(db->sqlite) & 0xff) == SQLITE_IOERR;
	}
	code = db_failed(db, err);
	db->err = (struct err){ 0 };
	/* A full disk may have rolled back by itself. */
	if (!sqlite3_get_autocommit(db->sqlite)) {
		q = db_query(db, STMT_rollback);
		db_run(&q);
	}
	db->err = (struct err){ 0 };
	return code;
}

/* ── opening ──────────────────────────────────────────────────────────── */

/* Statements of ours, one after the other, outside the table of prepared ones. */
static void
run_script(struct db *db, const char *sql, const char *name)
{
	if (db->err.code == ERR_OK && sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail(db, name);
}

static int64_t
pragma_i64(struct db *db, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t       v = -1;

	if (db->err.code == ERR_OK && sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		v = sqlite3_column_int64(s, 0);
	else
		fail(db, sql);
	sqlite3_finalize(s);
	return v;
}

static void
set_guards(struct db *db)
{
	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_busy_timeout(db->sqlite, WAIT_MS);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	if (!db_add_functions(db) || search_register(db->sqlite) != SQLITE_OK)
		fail(db, "the search index");
}

/*
 * SQLite makes its files 0644 and gives -wal and -shm the mode of the database,
 * so an empty file that only its owner may read stands there first.
 */
static void
make_private(const char *name)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
}

/* A copy of the database as it was, beside it, before a migration touches it. */
static void
copy_before(struct db *db, struct str path)
{
	char          name[4200];
	sqlite3_stmt *s = NULL;

	snprintf(name, sizeof(name), "%" STR_FMT ".before-%d", STR_ARG(path), STMT_MIGRATIONS);
	(void)remove(name);
	make_private(name);
	if (sqlite3_prepare_v2(db->sqlite, stmt_text[STMT_copy_into], -1, &s, NULL) != SQLITE_OK ||
	    sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC) != SQLITE_OK || sqlite3_step(s) != SQLITE_DONE)
		fail(db, "the copy before the upgrade");
	sqlite3_finalize(s);
}

static void
migrate(struct db *db, struct str path, int64_t version)
{
	char line[64];

	if (version > 0 && version < STMT_MIGRATIONS)
		copy_before(db, path);
	for (; version < STMT_MIGRATIONS; version++) {
		run_script(db, "BEGIN IMMEDIATE", "the upgrade");
		run_script(db, stmt_text[STMT_migrate_0001 + version], stmt_name[STMT_migrate_0001 + version]);
		snprintf(line, sizeof(line), "PRAGMA user_version = %d", (int)version + 1);
		run_script(db, line, "the upgrade");
		snprintf(line, sizeof(line), "PRAGMA application_id = %d", APPLICATION_ID);
		run_script(db, line, "the upgrade");
		run_script(db, "COMMIT", "the upgrade");
	}
}

/* The index may be missing (a restored backup has none). */
static void
make_search_index(struct db *db)
{
	struct query q = db_query(db, STMT_search_index_exists);

	if (db_row(&q) || db->err.code != ERR_OK)
		return;
	run_script(db, "BEGIN IMMEDIATE", "the search index");
	run_script(db, stmt_text[STMT_search_index_create], "the search index");
	run_script(db, stmt_text[STMT_search_index_fill], "the search index");
	run_script(db, "COMMIT", "the search index");
}

static void
check_version(struct db *db, enum db_mode mode, int64_t version)
{
	if (db->err.code != ERR_OK)
		return;
	if (version > 0 && pragma_i64(db, "PRAGMA application_id") != APPLICATION_ID)
		err_set(&db->err, ERR_FORMAT, "tidings.db: a database, but not of Tidings; not opened");
	db->is_newer = version > STMT_MIGRATIONS;
	if (db->is_newer && mode == DB_WRITE)
		err_set(&db->err, ERR_FORMAT, "tidings.db: written by a newer Tidings (schema %d, this one knows %d); "
		    "it can only be read, verified and exported with this version", (int)version, STMT_MIGRATIONS);
	if (mode != DB_WRITE && version < STMT_MIGRATIONS)
		err_set(&db->err, ERR_FORMAT, "tidings.db: schema %d must first be upgraded; open the desk once for writing",
		    (int)version);
}

/* Only what nobody writes is opened by URI; there ? # and % of a folder's name must be escaped. */
static void
database_name(struct str path, enum db_mode mode, char *out, size_t size)
{
	size_t n = 0;

	if (mode != DB_FROZEN) {
		snprintf(out, size, "%" STR_FMT, STR_ARG(path));
		return;
	}
	n = (size_t)snprintf(out, size, "file:");
	for (size_t i = 0; i < path.n && n + 20 < size; i++)
		n += strchr("?#%", path.p[i]) != NULL ? (size_t)snprintf(out + n, size - n, "%%%02X", (unsigned)path.p[i]) :
		    (size_t)snprintf(out + n, size - n, "%c", path.p[i]);
	snprintf(out + n, size - n, "?immutable=1");
}

enum err_code
db_open(struct db *db, struct str path, enum db_mode mode, struct err *err)
{
	int     reserve = RESERVE_B;
	char    name[3 * 4200];
	int64_t version;

	*db = (struct db){ .read_only = mode != DB_WRITE };
	db->stmts = calloc(STMT__COUNT, sizeof(*db->stmts));
	database_name(path, mode, name, sizeof(name));
	if (mode == DB_WRITE)
		make_private(name);
	if (db->stmts == NULL || sqlite3_open_v2(name, &db->sqlite, SQLITE_OPEN_EXRESCODE |
	    (mode == DB_FROZEN ? SQLITE_OPEN_URI | SQLITE_OPEN_READONLY : mode == DB_READ ? SQLITE_OPEN_READWRITE :
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), NULL) != SQLITE_OK) {
		err_set(err, ERR_IO, "%" STR_FMT ": cannot be opened: %s", STR_ARG(path), sqlite3_errmsg(db->sqlite));
		db_close(db);
		return ERR_IO;
	}
	sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	set_guards(db);
	version = pragma_i64(db, "PRAGMA user_version");
	check_version(db, mode, version);
	if (mode == DB_WRITE) {
		run_script(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -12288; PRAGMA secure_delete = ON;", "opening");
		migrate(db, path, version);
		make_search_index(db);
		run_script(db, stmt_text[STMT_change_triggers], "change_triggers");
	} else {
		run_script(db, "PRAGMA query_only = 1", "opening");
	}
	if (db_failed(db, err) == ERR_OK)
		return ERR_OK;
	db_close(db);
	return err->code;
}

void
db_close(struct db *db)
{
	for (int i = 0; db->stmts != NULL && i < STMT__COUNT; i++)
		sqlite3_finalize(db->stmts[i]);
	free(db->stmts);
	sqlite3_close_v2(db->sqlite);
	db->stmts = NULL;
	db->sqlite = NULL;
}

/* The file is made anew and is whole when this returns ERR_OK. */
enum err_code
db_copy_plain(struct db *db, struct str to, struct err *err)
{
	char            name[4200];
	sqlite3        *copy = NULL;
	sqlite3_backup *b = NULL;
	int             code;

	snprintf(name, sizeof(name), "%" STR_FMT, STR_ARG(to));
	(void)remove(name);
	make_private(name);
	code = sqlite3_open_v2(name, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	if (code == SQLITE_OK && (b = sqlite3_backup_init(copy, "main", db->sqlite, "main")) != NULL) {
		while ((code = sqlite3_backup_step(b, 1000)) == SQLITE_OK)
			;
		code = sqlite3_backup_finish(b);
	}
	if (code == SQLITE_OK && b != NULL && (code = search_register(copy)) == SQLITE_OK)
		code = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE; DROP TABLE IF EXISTS article_search; VACUUM", NULL, NULL, NULL);
	if (code != SQLITE_OK || b == NULL)
		err_set(err, ERR_IO, "%s: the copy of the database failed: %s", name, sqlite3_errmsg(copy));
	else
		err->code = ERR_OK;
	sqlite3_close_v2(copy);
	return err->code;
}

struct str
db_complaint(struct db *db, struct arena *a)
{
	static const char *const checks[] = {
		"SELECT 'a row of ' || \"table\" || ' names a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT 1",
		"SELECT integrity_check FROM pragma_integrity_check LIMIT 1",
	};
	struct str found = STR("");

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks) && found.n == 0; i++) {
		sqlite3_stmt *s = NULL;

		if (sqlite3_prepare_v2(db->sqlite, checks[i], -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW &&
		    strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0)
			found = arena_copy(a, str_of((const char *)sqlite3_column_text(s, 0)));
		sqlite3_finalize(s);
	}
	return found;
}

enum err_code
db_check_statements(struct db *db, struct err *err)
{
	db->err = (struct err){ 0 };
	for (int i = 0; i < STMT__COUNT; i++) {
		sqlite3_stmt *s = NULL;
		/* Scripts: their first statement stands for the rest, which ran when the desk was opened. */
		bool script = strncmp(stmt_name[i], "migrate_", 8) == 0 || i == STMT_change_triggers ||
		    i == STMT_search_index_create;

		if (!script && sqlite3_prepare_v2(db->sqlite, stmt_text[i], -1, &s, NULL) != SQLITE_OK)
			return err_set(err, ERR_FORMAT, "statement %s: %s", stmt_name[i], sqlite3_errmsg(db->sqlite));
		sqlite3_finalize(s);
	}
	return ERR_OK;
}

int
db_statement_count(void)
{
	return STMT__COUNT;
}

const char *
db_statement_name(int stmt)
{
	return stmt_name[stmt];
}

const char *
db_statement_text(int stmt)
{
	return stmt_text[stmt];
}
