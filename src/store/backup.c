#include "store/statements.h"
#include "store/handlers.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"

static void
add_file(struct store_file_list *list, struct str path, int64_t size_b)
{
	if (list->files.n < LIMIT_FILES_N)
		list->files.v[list->files.n++] = (struct store_file){ path, size_b };
}

static int64_t
size_of(struct str path)
{
	struct stat st;
	char        name[PATH_MAX];

	snprintf(name, sizeof(name), "%" STR_FMT, STR_ARG(path));
	return stat(name, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : -1;
}

enum { DEEPEST = 8 };                   /* ledger/tile/0/x001/x234/067.p/12 */

/* Everything in one of the desk's folders, and below it. */
static enum err_code
add_folder(struct store *s, struct arena *a, struct str folder, int depth, struct store_file_list *list, struct err *err)
{
	struct os_names names;

	if (os_list_dir(a, os_join(a, s->dir, folder), &names, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < names.n; i++) {
		struct str path = os_join(a, folder, names.v[i]), whole = os_join(a, s->dir, path);

		if (os_is_dir(whole)) {
			if (depth < DEEPEST && add_folder(s, a, path, depth + 1, list, err) != ERR_OK)
				return err->code;
		} else if (size_of(whole) >= 0) {
			add_file(list, path, size_of(whole));
		}
	}
	return ERR_OK;
}

/* Only what is committed: what lies behind was never acknowledged. */
static void
add_segments(struct store *s, struct arena *a, struct store_file_list *list)
{
	struct query q = db_query(&s->db, STMT_segment_list);

	while (db_row(&q)) {
		struct str path = os_join(a, STR("captures"), col_str(&q, a));

		add_file(list, path, col_i64(&q));
	}
}

enum err_code
on_backup_files(struct store *s, struct arena *a, const struct store_backup_ask *ask, struct store_file_list *ret,
	struct err *err)
{
	static const char *const folders[] = { "ledger", "keys", "spool" };
	struct str               copy;

	ret->files.v = arena_array(a, LIMIT_FILES_N, struct store_file);
	if (ask->to.n > 0) {
		copy = os_join(a, ask->to, STR("tidings.db"));
		if (db_copy_plain(&s->db, copy, err) != ERR_OK)
			return err->code;
		add_file(ret, STR("tidings.db"), size_of(copy));
	} else {
		add_file(ret, STR("tidings.db"), size_of(os_join(a, s->dir, STR("tidings.db"))));
	}
	add_file(ret, STR("tidings.conf"), size_of(os_join(a, s->dir, STR("tidings.conf"))));
	add_file(ret, STR("VERSION"), size_of(os_join(a, s->dir, STR("VERSION"))));
	add_segments(s, a, ret);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (add_folder(s, a, str_of(folders[i]), 0, ret, err) != ERR_OK)
			return err->code;
	return db_failed(&s->db, err);
}

enum err_code
on_backup_commit(struct store *s, struct arena *a, const struct store_backup_new *ask, struct store_none *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_backup_add);

	(void)a, (void)ret;
	bind_i64(&q, ask->made_us != 0 ? ask->made_us : os_now_us());
	bind_str(&q, ask->to);
	bind_i64(&q, ask->files);
	bind_i64(&q, ask->bytes);
	db_run(&q);
	return db_failed(&s->db, err);
}
