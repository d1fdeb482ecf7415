#include "store/statements.h"
#include "store/handlers.h"
#include "store/log.h"

#include "base/limits.h"

static int64_t
entries(struct store *s)
{
	struct query q = db_query(&s->db, STMT_log_size);

	return db_row(&q) ? col_i64(&q) : 0;
}

static void
put_head(struct store *s, struct arena *a, const struct log_head *head, struct store_checkpoint *ret)
{
	*ret = (struct store_checkpoint){ .size = (int64_t)head->size, .entries = entries(s), .made_us = head->made_us,
		.note = head->size > 0 ? log_published(s, a, head) : STR(""),
		.signed_note = head->size > 0 ? head->note : STR(""), .keys = log_keys(s, a) };
}

enum err_code
on_ledger_checkpoint(struct store *s, struct arena *a, const struct store_none *ask, struct store_checkpoint *ret,
	struct err *err)
{
	struct log_head head = { 0 };

	(void)ask;
	if (log_checkpoint(s, a, &head, err) != ERR_OK)
		return err->code;
	put_head(s, a, &head, ret);
	return db_failed(&s->db, err);
}

enum err_code
on_ledger_newest(struct store *s, struct arena *a, const struct store_none *ask, struct store_checkpoint *ret,
	struct err *err)
{
	struct log_head head = { 0 };

	(void)ask;
	(void)log_newest(s, a, &head);
	put_head(s, a, &head, ret);
	return db_failed(&s->db, err);
}

static enum err_code
find_entry(struct store *s, struct arena *a, const struct store_prove_ask *ask, int64_t *ret, struct err *err)
{
	struct store_capture c;
	struct query         q;
	char                 shown[ID_SHOWN];

	*ret = ask->seq;
	if (!id_is_none(&ask->capture)) {
		if (!capture_load(s, a, capture_seq(s, &ask->capture), &c))
			return err_set(err, ERR_MISSING, "%s: there is no such capture", id_show(ID_CAPTURE, &ask->capture, shown));
		*ret = c.ledger_seq;
	} else if (!id_is_none(&ask->note)) {
		q = db_query(&s->db, STMT_log_of_note);
		bind_id(&q, &ask->note);
		*ret = db_row(&q) ? col_i64(&q) : -1;
		if (*ret < 0)
			return err_set(err, ERR_MISSING, "%s: was never published, so it is not in the ledger",
			    id_show(ID_NOTE, &ask->note, shown));
	}
	return db_failed(&s->db, err);
}

static enum err_code
put_proof(struct store *s, struct arena *a, uint64_t size, struct store_proof *p, struct err *err)
{
	struct log_head     head, newest;
	struct merkle_hash  path[MERKLE_PROOF_N];
	struct tile_reader *r;
	struct buf          text = BUF_INIT(PROOF_TEXT_B + 128 * KiB);
	size_t              n;

	if (!log_newest(s, a, &newest) || !(size > 0 ? log_at(s, a, size, &head) : (head = newest, true)) || head.size <= (uint64_t)p->seq)
		return db_failed(&s->db, err);
	r = log_reader(s, a, newest.size);
	if (!td_tile_inclusion(r, head.size, (uint64_t)p->seq, path, &n))
		return err_set(err, ERR_FORMAT, "ledger/tile: a tile is missing or has not its size; run verify");
	td_ledger_proof_write(&text, bytes_of(p->statement.n > 0 ? p->statement : p->entry), (uint64_t)p->seq, path, n,
	    log_published(s, a, &head));
	p->proof = arena_copy(a, buf_str(&text));
	buf_free(&text);
	return ERR_OK;
}

enum err_code
on_ledger_prove(struct store *s, struct arena *a, const struct store_prove_ask *ask, struct store_proof *ret, struct err *err)
{
	struct query q;

	if (find_entry(s, a, ask, &ret->seq, err) != ERR_OK)
		return err->code;
	q = db_query(&s->db, STMT_log_row);
	bind_i64(&q, ret->seq);
	if (!db_row(&q))
		return db_failed(&s->db, err) != ERR_OK ? err->code :
		    err_set(err, ERR_MISSING, "entry %lld: the ledger has no such entry", (long long)ret->seq);
	ret->kind = col_str(&q, a);
	ret->time_us = col_i64(&q);
	ret->entry = col_str(&q, a);
	ret->statement = col_str(&q, a);
	return put_proof(s, a, (uint64_t)ask->size, ret, err);
}

enum err_code
on_ledger_list(struct store *s, struct arena *a, const struct store_ledger_ask *ask, struct store_ledger_page *ret,
	struct err *err)
{
	struct query q = db_query(&s->db, STMT_log_list);

	if (ask->limit < 1 || ask->limit > LIMIT_PAGE_N)
		return err_set(err, ERR_LIMIT, "a page of the ledger has 1 to %d entries", LIMIT_PAGE_N);
	ret->entries.v = arena_array(a, (size_t)ask->limit, struct store_ledger_entry);
	bind_i64(&q, ask->before > 0 ? ask->before : INT64_MAX);
	bind_i64(&q, ask->limit);
	while (ret->entries.n < (size_t)ask->limit && db_row(&q)) {
		struct store_ledger_entry *e = &ret->entries.v[ret->entries.n++];

		e->seq = col_i64(&q);
		e->kind = col_str(&q, a);
		e->time_us = col_i64(&q);
		e->statement = col_str(&q, a);
	}
	return db_failed(&s->db, err);
}
