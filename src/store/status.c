#include "store/statements.h"
#include "store/handlers.h"

#include "os/file.h"

static struct query
ask_for(struct store *s, int stmt)
{
	struct query q = db_query(&s->db, stmt);

	(void)db_row(&q);       /* each of these has one row, or its columns are empty */
	return q;
}

enum err_code
on_status(struct store *s, struct arena *a, const struct store_none *ask, struct store_desk_status *ret, struct err *err)
{
	struct str   first;
	struct query q;

	(void)ask;
	*ret = (struct store_desk_status){ .name = s->conf.name, .tagline = s->conf.tagline, .languages = s->conf.languages,
		.fetch_allow = s->conf.fetch_allow, .fetch_route = s->conf.fetch_route, .witness_listen = s->conf.witness_listen, .site_url = s->conf.site_url, .time_authorities = s->conf.time_authorities,
		.time_roots = s->conf.time_roots, .dir = s->dir, .is_sample = s->conf.is_sample,
		.is_read_only = s->read_only, .bytes_free = os_free_bytes(s->dir) };
	q = db_query(&s->db, STMT_capture_newest);
	if (db_row(&q)) {
		ret->captures = col_i64(&q);    /* never deleted: the newest seq is their number, with the parts of pages */
		ret->last_capture_us = col_i64(&q);
	}
	q = ask_for(s, STMT_article_newest);
	ret->articles = s->db.err.code == ERR_OK ? col_i64(&q) : 0;
	q = db_query(&s->db, STMT_note_counts);
	if (db_row(&q)) {
		ret->notes_draft = col_i64(&q);
		ret->notes_ready = col_i64(&q);
		ret->notes_published = col_i64(&q);
	}
	q = db_query(&s->db, STMT_job_waiting_count);
	if (db_row(&q))
		ret->jobs_open = col_i64(&q);
	q = db_query(&s->db, STMT_open_count);
	if (db_row(&q))
		ret->items_open = col_i64(&q);
	q = db_query(&s->db, STMT_news_count);
	if (db_row(&q))
		ret->news_unread = col_i64(&q);
	q = db_query(&s->db, STMT_page_waiting_count);
	if (db_row(&q))
		ret->pages_open = col_i64(&q);
	q = db_query(&s->db, STMT_ledger_size);
	if (db_row(&q))
		ret->ledger_size = col_i64(&q);
	q = db_query(&s->db, STMT_segment_count);
	if (db_row(&q)) {
		(void)col_i64(&q);
		ret->bytes_captured = col_i64(&q);
	}
	q = db_query(&s->db, STMT_backup_newest);
	if (db_row(&q)) {
		ret->last_backup_us = col_i64(&q);
		ret->last_backup_to = col_str(&q, a);
	}
	ret->last_fixity_us = fixity_newest(s, a, &ret->fixity_wrong, &first);
	return db_failed(&s->db, err);
}

static const int find_stmt[ID_KIND__COUNT] = {
	[ID_CAPTURE] = STMT_find_capture, [ID_ARTICLE] = STMT_find_article, [ID_NOTE] = STMT_find_note,
	[ID_PERSON] = STMT_find_person, [ID_JOB] = STMT_find_job, [ID_SOURCE] = STMT_find_source, [ID_ITEM] = STMT_find_item,
	[ID_NEWS] = STMT_find_news,
};

/* How many ids of this kind begin so (2 means more than one); the first goes to *ret. */
static int
count_of(struct store *s, enum id_kind kind, const struct id_prefix *p, struct id *ret)
{
	struct query q;
	int          n = 0;

	if (kind == ID_ANY)
		return 0;
	q = db_query(&s->db, find_stmt[kind]);
	bind_id(&q, &p->from);
	bind_id(&q, &p->to);
	while (db_row(&q))
		if (n++ == 0)
			*ret = col_id(&q);
	return n;
}

static enum err_code
find(struct store *s, const struct store_name *ask, struct store_found *ret, struct err *err)
{
	static const char *const kind_name[ID_KIND__COUNT] = {
		"row", "capture", "article", "note", "source", "person", "job", "item", "tiding",
	};
	struct id_prefix p;
	int              n = 0;

	if (!id_parse(ask->id, &p))
		return err_set(err, ERR_MISSING, "\"%" STR_FMT "\" is not the form of an id (c-4k7zq0m2vd)", STR_ARG(ask->id));
	if (ask->kind != ID_ANY && p.kind != ID_ANY && p.kind != ask->kind)
		return err_set(err, ERR_MISSING, "%" STR_FMT " is not the id of a%s %s", STR_ARG(ask->id),
		    ask->kind == ID_ARTICLE || ask->kind == ID_ITEM ? "n" : "", kind_name[ask->kind]);
	if (p.kind == ID_ANY)
		p.kind = ask->kind;
	for (int k = ID_ANY + 1; k < ID_KIND__COUNT; k++) {
		struct id id;
		int       found = p.kind == ID_ANY || (int)p.kind == k ? count_of(s, (enum id_kind)k, &p, &id) : 0;

		if (found > 0 && n == 0)
			*ret = (struct store_found){ (enum id_kind)k, id };
		n += found;
	}
	if (n > 1)
		return err_set(err, ERR_EXISTS, "%" STR_FMT ": more than one id begins so; type more of it", STR_ARG(ask->id));
	if (n == 0)
		return err_set(err, ERR_MISSING, "%" STR_FMT ": there is no such %s", STR_ARG(ask->id), kind_name[p.kind]);
	return db_failed(&s->db, err);
}

enum err_code
on_find(struct store *s, struct arena *a, const struct store_name *ask, struct store_found *ret, struct err *err)
{
	(void)a;
	return find(s, ask, ret, err);
}

enum err_code
find_one(struct store *s, const struct store_name *ask, enum id_kind kind, struct id *ret, struct err *err)
{
	struct store_name  name = { ask->id, kind };
	struct store_found found;

	if (find(s, &name, &found, err) != ERR_OK)
		return err->code;
	*ret = found.id;
	return ERR_OK;
}
