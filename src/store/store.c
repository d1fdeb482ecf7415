#include "store/desc.h"
#include "store/handlers.h"
#include "store/log.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/file.h"
#include "os/log.h"

/* The largest question, the rows it brings and the answer; none comes near it. */
#define REQUEST_MEMORY (4 * LIMIT_MESSAGE_B)
#define CROWD_N        8        /* questions at a time from which on speed counts more than space */
#define LARGEST_ASK    1024
#define LARGEST_REPLY  4096

/* One function of one shape a verb: C lets no function pointer be called through another type. */
#define X(verb, ask, reply, roles) \
static enum err_code \
call_##verb(struct store *s, struct arena *a, const void *asked, void *ret, struct err *err) \
{ \
	return on_##verb(s, a, asked, ret, err); \
} \
_Static_assert(sizeof(struct store_##ask) <= LARGEST_ASK && sizeof(struct store_##reply) <= LARGEST_REPLY, #verb);
STORE_VERBS(X)
#undef X

static enum err_code (*const calls[VERB__COUNT])(struct store *, struct arena *, const void *, void *, struct err *) = {
#define X(verb, ask, reply, roles) [VERB_##verb] = call_##verb,
	STORE_VERBS(X)
#undef X
};

static void
full(void *arg)
{
	(void)arg;
	os_log(LOG_LEVEL_ERROR, "store", "out of memory; ended, what was acknowledged is on disk");
	_exit(70);
}

struct str
desk_path(struct store *s, const char *folder, const char *name)
{
	int n = snprintf(s->path, sizeof(s->path), "%" STR_FMT "/%s%s%s", STR_ARG(s->dir), folder, name[0] != '\0' ? "/" : "",
	    name);

	/* A path that was cut names nothing that exists; opening it fails and says so. */
	return (struct str){ s->path, n > 0 && (size_t)n < sizeof(s->path) ? (size_t)n : sizeof(s->path) - 1 };
}

/* tidings.conf is a person's: it may change while we run.  What is wrong then is logged, and the old settings stay. */
static enum err_code
read_conf(struct store *s, struct err *err)
{
	struct str       path = desk_path(s, "tidings.conf", "");
	struct buf       text = BUF_INIT(MiB);
	struct desk_conf conf;
	struct stat      st;

	if (stat(path.p, &st) != 0)
		return err_set(err, ERR_MISSING, "%" STR_FMT ": there is no such file; nothing was opened", STR_ARG(path));
	if (s->conf_text.p != NULL && st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec == s->conf_stamp)
		return ERR_OK;
	s->conf_stamp = st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec;
	if (os_read_file(path, &text, err) != ERR_OK || conf_parse(buf_str(&text), &conf, err) != ERR_OK) {
		buf_free(&text);
		return err->code;
	}
	buf_free(&s->conf_text);
	s->conf_text = text;
	s->conf = conf;
	return ERR_OK;
}

static void
sweep(struct store *s)
{
	struct arena a;

	if (s->read_only)
		return;
	arena_init(&a, 64 * MiB, full, NULL);
	job_sweep(s, &a);
	arena_free(&a);
}

/* A folder that we may not write: nobody else may be writing it either, and no log may hold what the file lacks. */
static enum err_code
open_frozen(struct store *s, const char *db, struct err *err)
{
	struct stat st;

	if (stat(desk_path(s, "tidings.db-wal", "").p, &st) == 0 && st.st_size > 0)
		return err_set(err, ERR_DENIED, "%s: its last changes stand in tidings.db-wal, which only a writer can bring in; "
		    "open the desk once where it may be written", db);
	return db_open(&s->db, str_of(db), DB_FROZEN, err);
}

enum err_code
store_open(struct store *s, struct str dir, enum link_mode mode, struct err *err)
{
	char db[PATH_MAX];
	bool can_write;

	s->dir = dir;
	snprintf(db, sizeof(db), "%s", desk_path(s, "tidings.db", "").p);
	can_write = access(db, R_OK | W_OK) == 0;
	if (!can_write && mode != LINK_READ)
		return err_set(err, ERR_DENIED, "%s: this person may not write there; nothing was opened", db);
	if (read_conf(s, err) != ERR_OK)
		return err->code;
	s->read_only = !can_write;
	if (!can_write)
		return open_frozen(s, db, err);
	if (db_open(&s->db, str_of(db), DB_WRITE, err) != ERR_OK) {
		/* A newer version's desk can still be read. */
		if (mode != LINK_READ || err->code != ERR_FORMAT || db_open(&s->db, str_of(db), DB_READ, err) != ERR_OK)
			return err->code;
		s->read_only = true;
	}
	if (blob_open(s, err) == ERR_OK) {
		erase_finish(s);
		sweep(s);
		log_open(s);
		if (mode != LINK_READ && restore_note(s, err) != ERR_OK)
			os_log(LOG_LEVEL_ERROR, "store", "%s", err->text);
		return ERR_OK;
	}
	db_close(&s->db);
	return err->code;
}

void
store_close(struct store *s)
{
	log_tend(s, true);
	blob_close(s);
	db_close(&s->db);
	buf_free(&s->conf_text);
}

static struct str
role_name(unsigned roles)
{
	return roles & ROLE_OWNER ? STR("owner") : roles & ROLE_EDITOR ? STR("editor") :
	    roles & ROLE_WORKER ? STR("worker") : roles & ROLE_PARTNER ? STR("partner") : STR("reader");
}

static bool
may_ask(const struct question *q, struct err *err)
{
	if (q->verb >= VERB__COUNT)
		err_set(err, ERR_FORMAT, "a message with the unknown verb %u; the link was closed", q->verb);
	else if ((store_verb_table[q->verb].roles & q->roles) == 0)
		err_set(err, ERR_DENIED, "%s: a %" STR_FMT " may not do that", store_verb_table[q->verb].name,
		    STR_ARG(role_name(q->roles)));
	return err->code == ERR_OK;
}

/* Within the running transaction; its answer waits for the commit. */
static void
run_verb(struct store *s, struct question *q)
{
	struct arena a;
	char         ask[LARGEST_ASK] __attribute__((aligned(16)));
	char         ret[LARGEST_REPLY] __attribute__((aligned(16))) = { 0 };

	q->err = (struct err){ 0 };
	buf_reset(&q->reply);
	if (!may_ask(q, &q->err))
		return;
	arena_init(&a, REQUEST_MEMORY, full, NULL);
	s->role = q->roles;
	db_set_who(&s->db, role_name(q->roles));
	if (td_wire_get(&a, store_verb_table[q->verb].ask, q->ask, ask, &q->err) == ERR_OK &&
	    calls[q->verb](s, &a, ask, ret, &q->err) == ERR_OK) {
		td_wire_put(&q->reply, store_verb_table[q->verb].reply, ret);
		if (q->reply.failed)
			err_set(&q->err, ERR_LIMIT, "%s: the answer is larger than a message may be", store_verb_table[q->verb].name);
	}
	arena_free(&a);
}

/* The end of a transaction that did not come: nothing of it happened. */
static void
give_up(struct store *s)
{
	struct err ended;

	if (db_end(&s->db, false, &ended) != ERR_OK)
		os_log(LOG_LEVEL_WARN, "store", "%s", ended.text);
	blob_abandon(s);
	if (s->key_is_due)
		key_settle(s);
	s->erasure_is_due = false;
}

/* What all of them changed is on disk, or none of it happened. */
static enum err_code
commit(struct store *s, struct err *err)
{
	enum err_code code = s->blobs.touched ? blob_sync(s, err) : ERR_OK;

	if (code != ERR_OK) {
		give_up(s);
		return code;
	}
	code = db_end(&s->db, true, err);
	if (code == ERR_OK) {
		blob_settle(s);
		if (s->key_is_due)
			key_settle(s);
		if (s->erasure_is_due)
			erase_finish(s);
		s->erasure_is_due = false;
		if (s->spool_is_stale)
			sweep(s);
		s->spool_is_stale = false;
	} else if (!s->db.is_uncertain)
		blob_abandon(s);
	else                            /* nothing is cut that a row may name; the next opening sees what the disk holds */
		(void)err_in(err, "the disk failed while the desk saved; the desk is closed, open it again to see what is there");
	return code;
}

/* One question, one transaction. */
static void
answer_alone(struct store *s, struct question *q)
{
	db_begin(&s->db);
	run_verb(s, q);
	if (q->err.code != ERR_OK)
		give_up(s);             /* the verb's own sentence is the one to hear */
	else
		(void)commit(s, &q->err);
}

/*
 * Several in one transaction and one sync.  A question that failed before it
 * changed anything leaves the others alone; else false: nothing happened, and
 * each must be asked by itself.
 */
static bool
answer_together(struct store *s, struct question *v, size_t n)
{
	struct err err = { 0 };

	db_begin(&s->db);
	for (size_t i = 0; i < n; i++) {
		int64_t changes = db_changes(&s->db), end = s->blobs.end;

		run_verb(s, &v[i]);
		if (v[i].err.code != ERR_OK && (s->db.err.code != ERR_OK || db_changes(&s->db) != changes || s->blobs.end != end)) {
			give_up(s);
			return false;
		}
	}
	if (commit(s, &err) == ERR_OK)
		return true;
	for (size_t i = 0; i < n && s->db.is_uncertain; i++)
		v[i].err = err;
	return s->db.is_uncertain;
}

void
store_answer(struct store *s, struct question *v, size_t n)
{
	struct err ignored;

	if (read_conf(s, &ignored) != ERR_OK)
		os_log(LOG_LEVEL_WARN, "store", "%s; the settings from before stay", ignored.text);
	s->is_crowded = n >= CROWD_N;
	if (n > 1 && answer_together(s, v, n)) {
		log_tend(s, false);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (s->db.is_uncertain)
			err_set(&v[i].err, ERR_IO, "the desk is closed: its disk failed");
		else
			answer_alone(s, &v[i]);
	}
	log_tend(s, false);
}
