/* The schema keeps its promises: what is kept is recorded, what never changes can't, no page reads a whole table. */
#include "store/desk_check.h"

#include <sqlite3.h>

#include "store/db.h"

static bool
open_db(struct desk *d, struct db *db)
{
	char path[128];

	if (!desk_begin(d))
		return false;
	link_close(d->link);
	d->link = NULL;
	snprintf(path, sizeof(path), "%s/tidings.db", d->dir);
	CHECK_INT(ERR_OK, db_open(db, str_of(path), DB_WRITE, &d->err));
	return d->err.code == ERR_OK;
}

static int64_t
count(struct db *db, const char *sql, const char *arg)
{
	sqlite3_stmt *s = NULL;
	int64_t       n = -1;

	CHECK_INT(SQLITE_OK, sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL));
	if (arg != NULL)
		sqlite3_bind_text(s, 1, arg, -1, SQLITE_STATIC);
	if (sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* Tables of ours: not SQLite's, not the search index's inner ones. */
#define OURS "FROM main.sqlite_schema AS t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' " \
	"AND t.name NOT LIKE 'article\\_search%' ESCAPE '\\' "

static void
every_table_says_whether_it_is_kept_or_derived(void)
{
	struct desk d;
	struct db   db;

	if (!open_db(&d, &db))
		return;
	CHECK(count(&db, "SELECT count(*) " OURS, NULL) > 15);
	CHECK_INT(0, count(&db, "SELECT count(*) " OURS "AND t.sql NOT LIKE '%( -- kept, never changed:%' "
	    "AND t.sql NOT LIKE '%( -- kept:%' AND t.sql NOT LIKE '%( -- derived:%'", NULL));
	db_close(&db);
	desk_end(&d);
}

static void
rows_that_never_change_are_guarded(void)
{
	struct desk d;
	struct db   db;

	if (!open_db(&d, &db))
		return;
	CHECK_INT(0, count(&db, "SELECT count(*) " OURS "AND t.sql LIKE '%( -- kept, never changed:%' AND 2 <> "
	    "(SELECT count(*) FROM temp.sqlite_schema AS g WHERE g.type = 'trigger' AND g.tbl_name = t.name "
	    "AND g.sql LIKE '%raise(ABORT%' AND (g.sql LIKE '%BEFORE UPDATE%' OR g.sql LIKE '%BEFORE DELETE%'))", NULL));
	db_close(&db);
	desk_end(&d);
}

/* For each column but seq: 'name', new.name after an insert; both old.name and new.name after an update. */
static void
every_column_of_a_kept_row_is_in_its_change_row(void)
{
	struct desk d;
	struct db   db;

	if (!open_db(&d, &db))
		return;
	CHECK_INT(7, count(&db, "SELECT count(*) " OURS "AND t.sql LIKE '%( -- kept:%'", NULL));
	CHECK_INT(0, count(&db, "SELECT count(*) FROM (SELECT t.name AS tbl, c.name AS col FROM main.sqlite_schema AS t, "
	    "pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.sql LIKE '%( -- kept:%' AND c.name <> 'seq') "
	    "WHERE NOT EXISTS (SELECT 1 FROM temp.sqlite_schema AS g WHERE g.tbl_name = tbl AND g.sql LIKE '%AFTER INSERT%' "
	    "AND (instr(g.sql, 'new.' || col) > 0)) OR NOT EXISTS (SELECT 1 FROM temp.sqlite_schema AS g WHERE g.tbl_name = tbl "
	    "AND g.sql LIKE '%AFTER UPDATE%' AND instr(g.sql, 'new.' || col) > 0 AND instr(g.sql, 'old.' || col) > 0)", NULL));
	CHECK_INT(0, count(&db, "SELECT count(*) " OURS "AND t.sql LIKE '%( -- kept:%' AND NOT EXISTS (SELECT 1 FROM "
	    "temp.sqlite_schema AS g WHERE g.tbl_name = t.name AND (g.sql LIKE '%BEFORE DELETE%' OR g.sql LIKE '%AFTER DELETE%'))", NULL));
	db_close(&db);
	desk_end(&d);
}

static void
no_list_page_scans_a_big_table(void)
{
	static const char *const pages[] = { "list_captures", "list_country", "list_found", "item_text", "item_fields", "item_note",
		"note_list_any", "note_list_status", "note_list_country", "note_list_both", "capture_records", "article_fields",
		"article_blocks", "find_capture", "find_article", "find_note", "job_next", "capture_newest", "note_load",
		"source_due", "source_next", "source_by_url", "item_known", "item_page_known", "announced_load", "every_all", "every_source", "open_all", "open_source",
		"decided_all", "decided_source",
		"news_all", "news_unread", "page_due_items", "page_due_looks", "page_begin_item", "page_begin_look", "page_published", "life_events",
		"reading_host", "reading_newest", "host_faults" };
	struct desk d;
	struct db   db;

	if (!open_db(&d, &db))
		return;
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		for (int stmt = 0; stmt < db_statement_count(); stmt++) {
			char          sql[4096];
			sqlite3_stmt *s = NULL;

			if (strcmp(db_statement_name(stmt), pages[i]) != 0)
				continue;
			snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s", db_statement_text(stmt));
			CHECK_INT(SQLITE_OK, sqlite3_prepare_v2(db.sqlite, sql, -1, &s, NULL));
			while (sqlite3_step(s) == SQLITE_ROW) {
				const char *line = (const char *)sqlite3_column_text(s, 3);
				/* Sorting is for one article's fields or one page of hits.  A walk along the primary key that ends with LIMIT is a page, not a scan. */
				bool page = strcmp(line, "SCAN c") == 0 || strcmp(line, "SCAN note") == 0 || strcmp(line, "SCAN capture") == 0 ||
				    strcmp(line, "SCAN i") == 0 || strcmp(line, "SCAN n") == 0 || strcmp(line, "SCAN host_fault") == 0 || strstr(line, "USING INDEX news_unread") != NULL ||
				    strstr(line, "USING INDEX job_waiting") != NULL || strstr(line, "VIRTUAL TABLE") != NULL || strstr(line, "(subquery") != NULL || strstr(line, "CONSTANT") != NULL;

				if ((strncmp(line, "SCAN", 4) == 0 && !page) || (strstr(line, "TEMP B-TREE") != NULL &&
				    strcmp(pages[i], "article_fields") != 0 && strcmp(pages[i], "list_found") != 0)) {
					fprintf(stderr, "# statement %s: %s\n", pages[i], line);
					CHECK(!"a page does not scan");
				}
			}
			sqlite3_finalize(s);
		}
	db_close(&db);
	desk_end(&d);
}

static void
a_damaged_or_newer_database_is_refused_in_words(void)
{
	struct desk        d;
	struct db          db;
	struct store_link *link;

	if (!open_db(&d, &db))
		return;
	CHECK_INT(SQLITE_OK, sqlite3_exec(db.sqlite, "PRAGMA user_version = 99", NULL, NULL, NULL));
	db_close(&db);
	CHECK_INT(ERR_FORMAT, link_open(str_of(d.dir), LINK_WRITE, &link, &d.err));
	fprintf(stderr, "# %s\n", d.err.text);
	CHECK_INT(ERR_OK, link_open(str_of(d.dir), LINK_READ, &d.link, &d.err));
	desk_end(&d);
}

static void
a_synced_folder_is_refused(void)
{
	char       dir[64] = "/tmp/tidings-store-XXXXXX", path[128];
	struct err err;

	CHECK(mkdtemp(dir) != NULL);
	snprintf(path, sizeof(path), "%s/Dropbox (Personal)/desk", dir);
	CHECK_INT(ERR_DENIED, desk_create(str_of(path), STR("x"), STR(""), STR("en"), false, &err));
	CHECK(str_find(str_of(err.text), STR("Dropbox")) != STR_NONE);
	snprintf(path, sizeof(path), "%s/full", dir);
	CHECK_INT(ERR_OK, os_make_dirs(str_of(path), &err));
	CHECK_INT(ERR_EXISTS, desk_create(str_of(dir), STR("x"), STR(""), STR("en"), false, &err));
	CHECK_INT(ERR_OK, os_remove_tree(str_of(dir), &err));
}

TESTS(
	TEST(every_table_says_whether_it_is_kept_or_derived),
	TEST(rows_that_never_change_are_guarded),
	TEST(every_column_of_a_kept_row_is_in_its_change_row),
	TEST(no_list_page_scans_a_big_table),
	TEST(a_damaged_or_newer_database_is_refused_in_words),
	TEST(a_synced_folder_is_refused))
