#include "store/statements.h"
#include "store/handlers.h"
#include "store/keys.h"
#include "store/log.h"

#include "base/limits.h"
#include "os/clock.h"

enum { OK = 200, NOT_SIGNED = 403, UNKNOWN = 404, CONFLICT = 409, INCONSISTENT = 422 };

enum err_code
on_partner_add(struct store *s, struct arena *a, const struct store_partner_new *ask, struct store_none *ret, struct err *err)
{
	struct note_key k;
	struct query    q;

	(void)a, (void)ret;
	if (!td_note_key_parse(ask->vkey, &k) || (k.kind == NOTE_SIGNATURE) != ask->is_log)
		return err_set(err, ERR_FORMAT, "\"%" STR_FMT "\" is not the key of a %s; nothing was changed", STR_ARG(str_sub(ask->vkey, 0, 100)),
		    ask->is_log ? "log" : "witness");
	q = db_query(&s->db, STMT_partner_add);
	bind_str(&q, ask->vkey);
	bind_cstr(&q, ask->is_log ? "log" : "witness");
	bind_i64(&q, os_now_us());
	db_run(&q);
	return db_failed(&s->db, err);
}

/* Those of the settings count from the moment that they are used, and are kept so that what they signed can be checked later. */
static void
learn_witnesses(struct store *s)
{
	struct str rest = s->conf.witnesses, vkey, url;

	while (!s->read_only && conf_witness(&rest, &vkey, &url)) {
		struct query q = db_query(&s->db, STMT_partner_add);

		bind_str(&q, vkey);
		bind_cstr(&q, "witness");
		bind_i64(&q, os_now_us());
		db_run(&q);
	}
}

/* Where the settings say that this witness is asked, and how far it has come. */
static void
describe_witness(struct store *s, struct store_partner *p)
{
	struct str      rest = s->conf.witnesses, vkey, url;
	struct query    q = db_query(&s->db, STMT_cosignature_newest);
	struct note_key k;

	while (conf_witness(&rest, &vkey, &url))
		if (str_eq(vkey, p->vkey))
			p->url = url;
	if (!td_note_key_parse(p->vkey, &k))
		return;
	bind_cstr(&q, k.name);
	p->signed_size = db_row(&q) ? col_i64(&q) : 0;
}

static void
load_partners(struct store *s, struct arena *a, struct store_partner_page *ret)
{
	struct query q = db_query(&s->db, STMT_partner_list);

	learn_witnesses(s);
	ret->partners.v = arena_array(a, LIMIT_PAGE_N, struct store_partner);
	while (ret->partners.n < LIMIT_PAGE_N && db_row(&q)) {
		struct store_partner *p = &ret->partners.v[ret->partners.n++];

		p->vkey = col_str(&q, a);
		p->is_log = str_eq(col_str(&q, a), STR("log"));
	}
}

enum err_code
on_partner_list(struct store *s, struct arena *a, const struct store_none *ask, struct store_partner_page *ret, struct err *err)
{
	struct note_signer own;
	struct buf         b = BUF_INIT(KiB);

	(void)ask;
	load_partners(s, a, ret);
	for (size_t i = 0; i < ret->partners.n; i++)
		if (!ret->partners.v[i].is_log)
			describe_witness(s, &ret->partners.v[i]);
	if (!s->read_only) {
		if (keys_need_witness(s->dir, &own, err) != ERR_OK)
			return err->code;
		td_note_key_write(&own.key, &b);
		td_wipe(&own, sizeof(own));
	}
	ret->own = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return db_failed(&s->db, err);
}

/* The partner of this kind whose key has that name, the newest key when it changed; false: none. */
static bool
find_partner(const struct store_partner_page *p, bool is_log, struct str name, struct note_key *ret)
{
	struct note_key k;
	bool            found = false;

	for (size_t i = 0; i < p->partners.n; i++)
		if (p->partners.v[i].is_log == is_log && td_note_key_parse(p->partners.v[i].vkey, &k) && str_eq(str_of(k.name), name)) {
			*ret = k;
			found = true;
		}
	return found;
}

static bool
as_note(const struct store_signature *from, struct note_signature *ret)
{
	*ret = (struct note_signature){ .name = from->name, .n = from->bytes.n };
	if (from->bytes.n > sizeof(ret->bytes))
		return false;
	if (from->bytes.n > 0)
		memcpy(ret->bytes, from->bytes.p, from->bytes.n);
	return true;
}

/* ── cosigning others ─────────────────────────────────────────────────── */

/* What we know of this log. */
struct known {
	uint64_t           size;
	struct merkle_hash head;
};

static struct known
load_known(struct store *s, struct str origin)
{
	struct query q = db_query(&s->db, STMT_witnessed_newest);
	struct known k = { 0 };

	bind_str(&q, origin);
	if (db_row(&q)) {
		k.size = (uint64_t)col_i64(&q);
		col_hash(&q, k.head.b);
	}
	return k;
}

/* The answer of tlog-witness, section add-checkpoint, before anything is signed. */
static int64_t
judge(const struct store_cosign_ask *ask, const struct known *known)
{
	struct merkle_hash path[MERKLE_PROOF_N];
	struct merkle_hash head;
	size_t             n = ask->path.n / MERKLE_B;

	memcpy(head.b, ask->head, MERKLE_B);
	if ((uint64_t)ask->old != known->size)
		return CONFLICT;
	if (ask->size == ask->old)
		return known->size > 0 && memcmp(&head, &known->head, MERKLE_B) != 0 ? CONFLICT : OK;
	if (ask->old == 0)
		return n == 0 ? OK : INCONSISTENT;
	memcpy(path, ask->path.p, n * MERKLE_B);
	return td_merkle_is_consistent(known->size, &known->head, (uint64_t)ask->size, &head, path, n) ? OK : INCONSISTENT;
}

/* It is signed by its log and cannot be the same log: whoever sees this row and ours has the proof. */
static void
keep_conflict(struct store *s, const struct store_cosign_ask *ask, struct str line)
{
	struct query q = db_query(&s->db, STMT_conflict_add);

	bind_str(&q, ask->origin);
	bind_i64(&q, ask->size);
	bind_blob(&q, ask->head, 32);
	bind_str(&q, line);
	bind_i64(&q, os_now_us());
	db_run(&q);
}

static enum err_code
sign(struct store *s, struct arena *a, const struct store_cosign_ask *ask, struct str text, struct store_cosign_done *ret, struct err *err)
{
	struct note_signer own;
	struct buf         line = BUF_INIT(KiB);
	int64_t            now = os_now_us();
	struct query       q = db_query(&s->db, STMT_witnessed_add);

	if (keys_need_witness(s->dir, &own, err) != ERR_OK)
		return err->code;
	bind_str(&q, ask->origin);
	bind_i64(&q, ask->size);
	bind_blob(&q, ask->head, 32);
	bind_i64(&q, now);
	db_run(&q);
	td_note_sign(&line, text, &own, now / US_PER_S);
	td_wipe(&own, sizeof(own));
	ret->line = arena_copy(a, buf_str(&line));
	buf_free(&line);
	return db_failed(&s->db, err);
}

/* The line of the log's own signature, written anew, when it is good. */
static struct str
signed_line(struct arena *a, const struct store_cosign_ask *ask, const struct note_key *log, struct str text)
{
	for (size_t i = 0; i < ask->signatures.n; i++) {
		struct note_signature sig;
		struct buf            b = BUF_INIT(KiB);
		struct str            line;

		if (!as_note(&ask->signatures.v[i], &sig) || !td_note_is_by(text, &sig, log, NULL))
			continue;
		td_note_line_write(&b, &sig);
		line = arena_copy(a, buf_str(&b));
		buf_free(&b);
		return line;
	}
	return STR("");
}

enum err_code
on_cosign(struct store *s, struct arena *a, const struct store_cosign_ask *ask, struct store_cosign_done *ret, struct err *err)
{
	struct store_partner_page partners = { 0 };
	struct known              known = load_known(s, ask->origin);
	struct note_key           log;
	struct merkle_hash        head;
	struct buf                text = BUF_INIT(KiB);
	struct str                line;

	if (ask->size < ask->old || ask->old < 0 || ask->path.n % MERKLE_B != 0)
		return err_set(err, ERR_FORMAT, "a request from %lld to %lld entries is none; nothing was signed", (long long)ask->old, (long long)ask->size);
	load_partners(s, a, &partners);
	memcpy(head.b, ask->head, MERKLE_B);
	td_checkpoint_write(&text, ask->origin, (uint64_t)ask->size, &head);
	ret->size = (int64_t)known.size;
	if (!find_partner(&partners, true, ask->origin, &log))
		ret->status = UNKNOWN;
	else if ((line = signed_line(a, ask, &log, buf_str(&text))).n == 0)
		ret->status = NOT_SIGNED;
	else if ((ret->status = judge(ask, &known)) == OK)
		(void)sign(s, a, ask, buf_str(&text), ret, err);
	else if (ret->status == INCONSISTENT || ask->size == ret->size)
		keep_conflict(s, ask, line);
	buf_free(&text);
	return db_failed(&s->db, err) != ERR_OK ? err->code : ret->status == OK && ret->line.n == 0 ? err->code : ERR_OK;
}

/* ── being cosigned ───────────────────────────────────────────────────── */

enum err_code
on_cosign_request(struct store *s, struct arena *a, const struct store_cosign_old *ask, struct store_cosign_request *ret,
	struct err *err)
{
	struct query       q = db_query(&s->db, STMT_cosignature_newest);
	struct log_head    head;
	struct merkle_hash path[MERKLE_PROOF_N];
	struct buf         b = BUF_INIT(PROOF_TEXT_B);
	size_t             n = 0;
	uint64_t           old;

	bind_str(&q, ask->name);
	old = db_row(&q) ? (uint64_t)col_i64(&q) : 0;
	if (!log_newest(s, a, &head))
		return db_failed(&s->db, err) != ERR_OK ? err->code : err_set(err, ERR_MISSING, "there is no checkpoint yet; `tidings ledger checkpoint` makes one");
	if (ask->old >= 0)
		old = (uint64_t)ask->old;
	if (old > head.size)
		return err_set(err, ERR_FORMAT, "%" STR_FMT " says that it signed %llu entries of this log, which has %llu under its newest checkpoint; "
		    "if both are right, this desk is an older copy of itself", STR_ARG(ask->name), (unsigned long long)old, (unsigned long long)head.size);
	if (old > 0 && old < head.size && !td_tile_consistency(log_reader(s, a, head.size), head.size, old, path, &n))
		return err_set(err, ERR_FORMAT, "ledger/tile: a tile is missing or has not its size; run verify");
	td_add_checkpoint_write(&b, old, path, n, head.note);
	ret->text = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return ERR_OK;
}

static bool
keep_cosignature(struct store *s, const struct log_head *h, const struct note_signature *sig, int64_t time_s)
{
	struct query q = db_query(&s->db, STMT_cosignature_add);
	struct buf   line = BUF_INIT(KiB);

	td_note_line_write(&line, sig);
	bind_i64(&q, (int64_t)h->size);
	bind_str(&q, sig->name);
	bind_i64(&q, time_s * US_PER_S);
	bind_i64(&q, os_now_us());
	bind_str(&q, buf_str(&line));
	db_run(&q);
	buf_free(&line);
	s->log_published = false;
	return true;
}

/* Of which of our last checkpoints it is, if of any. */
static bool
add_one(struct store *s, struct arena *a, const struct note_signature *sig, const struct note_key *k)
{
	struct query    q = db_query(&s->db, STMT_checkpoint_recent);
	struct log_head h;

	while (db_row(&q)) {
		struct checkpoint c;
		struct err        err;
		int64_t           time_s;

		h.size = (uint64_t)col_i64(&q);
		h.made_us = col_i64(&q);
		col_hash(&q, h.head.b);
		h.note = col_str(&q, a);
		if (td_checkpoint_parse(h.note, &c, &err) == ERR_OK && td_note_is_by(c.text, sig, k, &time_s))
			return keep_cosignature(s, &h, sig, time_s);
	}
	return false;
}

enum err_code
on_cosignature_add(struct store *s, struct arena *a, const struct store_cosignatures *ask, struct store_cosignatures_added *ret,
	struct err *err)
{
	struct store_partner_page partners = { 0 };

	load_partners(s, a, &partners);
	for (size_t i = 0; i < ask->signatures.n; i++) {
		struct note_signature sig;
		struct note_key       k;

		if (as_note(&ask->signatures.v[i], &sig) && find_partner(&partners, false, sig.name, &k))
			ret->n += add_one(s, a, &sig, &k);
	}
	return db_failed(&s->db, err);
}
