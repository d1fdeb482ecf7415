#include "store/link.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/keys.h"
#include "store/store_private.h"

#include "os/file.h"

static const char version_text[] =
	"tidings desk 1\n"
	"A desk of Tidings: captures/ holds the evidence (WARC), tidings.db the rest (SQLite), tidings.conf the settings.\n"
	"doc/formats/desk.md describes how to read all of it without the program.\n";

/* Folders whose contents a program copies elsewhere while we write: a database is damaged that way, and names get out. */
static const struct {
	const char *part;       /* of a path component, without regard to case; NULL: none */
	const char *marker;     /* in the folder or one above; NULL: none */
	const char *by;
} synced[] = {
	{ "Dropbox", ".dropbox", "Dropbox" },
	{ NULL, ".dropbox.cache", "Dropbox" },
	{ "OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive" },
	{ "Google Drive", ".tmp.driveupload", "Google Drive" },
	{ "GoogleDrive", ".tmp.drivedownload", "Google Drive" },
	{ "Nextcloud", ".nextcloudsync.log", "Nextcloud" },
	{ "ownCloud", ".owncloudsync.log", "ownCloud" },
	{ "Mobile Documents", NULL, "iCloud" },
	{ "iCloudDrive", ".iCloud", "iCloud" },
	{ NULL, ".stfolder", "Syncthing" },
	{ NULL, ".sync_journal.db", "Nextcloud" },
};

/* "Dropbox", "Dropbox (Personal)", "OneDrive - Org", but not "not-Dropbox-at-all". */
static bool
is_named(struct str component, const char *part)
{
	struct str rest;

	if (part == NULL || !str_starts_nocase(component, str_of(part)))
		return false;
	rest = str_sub(component, strlen(part), component.n);
	return rest.n == 0 || str_starts(rest, STR(" (")) || str_starts(rest, STR(" - ")) || str_starts(rest, STR("-"));
}

static bool
has_marker(struct str dir, const char *marker)
{
	char path[PATH_MAX];

	if (marker == NULL)
		return false;
	snprintf(path, sizeof(path), "%" STR_FMT "/%s", STR_ARG(dir), marker);
	return os_exists(str_of(path));
}

const char *
desk_synced_by(struct str dir)
{
	for (size_t i = 0; i < sizeof(synced) / sizeof(*synced); i++) {
		struct str rest = dir, component;

		while (str_cut(&rest, '/', &component))
			if (is_named(component, synced[i].part))
				return synced[i].by;
		for (size_t n = dir.n; n > 0; n--)
			if ((n == dir.n || dir.p[n] == '/') && has_marker(str_sub(dir, 0, n), synced[i].marker))
				return synced[i].by;
	}
	return NULL;
}

static enum err_code
refuse_synced(struct str dir, const char *what, struct err *err)
{
	const char *by = desk_synced_by(dir);

	if (by == NULL)
		return ERR_OK;
	return err_set(err, ERR_DENIED, "%" STR_FMT ": this folder is copied elsewhere by %s, which damages a database that is "
	    "in use and gives away what is in it; %s", STR_ARG(dir), by, what);
}

enum err_code
desk_check(struct str dir, struct err *err)
{
	char path[PATH_MAX];

	if (!os_is_dir(dir))
		return err_set(err, ERR_MISSING, "%" STR_FMT ": there is no such folder; `tidings init` makes a desk", STR_ARG(dir));
	snprintf(path, sizeof(path), "%" STR_FMT "/VERSION", STR_ARG(dir));
	if (!os_exists(str_of(path)))
		return err_set(err, ERR_MISSING, "%" STR_FMT ": not a desk (it holds no file VERSION); `tidings init` makes one",
		    STR_ARG(dir));
	return refuse_synced(dir, "move the desk to another folder; nothing was opened", err);
}

/* The folder itself, with its parents, as a path without links; it may not exist yet. */
static enum err_code
real_folder(struct str dir, char ret[PATH_MAX], bool *ret_made, struct err *err)
{
	char path[PATH_MAX];

	if (dir.n == 0 || dir.n >= sizeof(path) || str_find_char(dir, '\0') != STR_NONE)
		return err_set(err, ERR_FORMAT, "a folder's name of %zu bytes; no desk was made", dir.n);
	snprintf(path, sizeof(path), "%" STR_FMT, STR_ARG(dir));
	*ret_made = !os_exists(dir);
	if (*ret_made && os_make_dirs(dir, err) != ERR_OK)
		return err->code;
	if (realpath(path, ret) == NULL)
		return err_set(err, ERR_IO, "%s: %s; no desk was made", path, strerror(errno));
	return ERR_OK;
}

static void
full(void *arg)
{
	(void)arg;
	_exit(70);
}

static enum err_code
check_empty(struct str dir, struct err *err)
{
	struct arena    a;
	struct os_names names = { 0 };
	enum err_code   code;

	arena_init(&a, 64 * MiB, full, NULL);
	code = os_list_dir(&a, dir, &names, err);
	if (code == ERR_OK && names.n > 0)
		code = err_set(err, ERR_EXISTS, "%" STR_FMT ": the folder is not empty (it holds %" STR_FMT "); no desk was made",
		    STR_ARG(dir), STR_ARG(names.v[0]));
	arena_free(&a);
	return code;
}

static enum err_code
write_file(const char *dir, const char *name, struct str text, struct err *err)
{
	char path[PATH_MAX];

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >= sizeof(path))
		return err_set(err, ERR_LIMIT, "%s: the path is too long; no desk was made", dir);
	return os_replace_file(str_of(path), text, err);
}

static enum err_code
fill_folder(const char *dir, const struct desk_conf *conf, struct err *err)
{
	static const char *const folders[] = { "captures", "ledger", "keys", "run", "spool", "trash" };
	char                     path[PATH_MAX];
	struct buf               text = BUF_INIT(64 * KiB);
	struct db                db;
	enum err_code            code = ERR_OK;

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && code == ERR_OK; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, folders[i]);
		code = os_make_dirs(str_of(path), err);
	}
	conf_write(conf, &text);
	if (code == ERR_OK)
		code = write_file(dir, "tidings.conf", buf_str(&text), err);
	buf_free(&text);
	snprintf(path, sizeof(path), "%s/tidings.db", dir);
	if (code == ERR_OK && (code = db_open(&db, str_of(path), DB_WRITE, err)) == ERR_OK)
		db_close(&db);
	if (code == ERR_OK)
		code = keys_make_log(str_of(dir), conf->name, err);
	/* Last: with it the folder is a desk. */
	return code == ERR_OK ? write_file(dir, "VERSION", str_of(version_text), err) : code;
}

enum err_code
desk_create(struct str dir, struct str name, struct str tagline, struct str languages, bool seals, struct err *err)
{
	const struct desk_conf conf = { .name = name, .tagline = tagline, .languages = languages, .seals = seals, .time_every_h = CONF_TIME_EVERY_H, .verify_every_days = CONF_VERIFY_EVERY_DAYS };
	char                   real[PATH_MAX];
	bool                   made = false;

	if (real_folder(dir, real, &made, err) != ERR_OK)
		return err->code;
	if (refuse_synced(str_of(real), "no desk was made", err) != ERR_OK || check_empty(str_of(real), err) != ERR_OK) {
		if (made)
			(void)rmdir(real);      /* as we found it */
		return err->code;
	}
	return fill_folder(real, &conf, err);
}
