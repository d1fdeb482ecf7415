/* What verify asks of a desk from which captures were erased. */
#include "store/erase_private.h"
#include "store/statements.h"
#include "store/verify_private.h"

#include <stdio.h>

#include "base/limits.h"

void
verify_remark(struct verify *v, struct str where, struct str what)
{
	if (v->found->remarks.v == NULL)
		v->found->remarks.v = arena_array(v->a, LIMIT_FINDINGS_N, struct store_finding);
	if (v->found->remarks.n < LIMIT_FINDINGS_N)
		v->found->remarks.v[v->found->remarks.n++] = (struct store_finding){ where, what };
}

static bool
has_line(struct str lines, struct str want)
{
	struct str line;

	while (str_take_line(&lines, &line))
		if (str_eq(line, want))
			return true;
	return false;
}

void
verify_erased(struct verify *v, int64_t entry, int64_t erasure, int64_t capture)
{
	struct str           where = verify_place(v, "ledger entry %lld", (long long)entry);
	struct str           want = verify_place(v, "entry %lld", (long long)entry);
	struct store_capture c = { 0 };
	char                 id[ID_SHOWN], when[CIVIL_SHOWN];

	if (!has_line(verify_act(v, erasure), want)) {
		verify_say(v, where, "its statement is gone, and entry %lld, which should say that it was erased, does not", (long long)erasure);
		return;
	}
	if (capture == 0 || !capture_load(v->s, v->a, capture, &c))
		return;
	if (c.url.n + c.final_url.n + c.by.n + c.why.n + c.media_type.n + c.fault.n > 0 || c.taken_us != c.held_us || c.status != 0)
		verify_say(v, where, "was erased, and its row in tidings.db says something again");
	verify_remark(v, verify_place(v, "%s (ledger entry %lld)", id_show(ID_CAPTURE, &c.id, id), (long long)entry),
	    verify_place(v, "erased on %.10s: %" STR_FMT, instant_iso(c.erased_us, when), STR_ARG(str_sub(c.erased_why, 0, 300))));
}

size_t
verify_tombstone_lines(struct verify *v, int64_t entry, struct ledger_line **ret)
{
	struct query         q = db_query(&v->s->db, STMT_tombstone_of);
	struct tombstone_row t = { 0 };

	bind_i64(&q, entry);
	if (!db_row(&q))
		return 0;
	col_text(&q, t.at.segment, sizeof(t.at.segment));
	t.at.offset = col_i64(&q);
	t.at.length = col_i64(&q);
	t.at.uuid = col_id(&q);
	col_hash(&q, t.sha256);
	t.erasure = col_i64(&q);
	t.is_full = col_i64(&q) != 0;
	col_hash(&q, t.file_sha256);
	return tombstone_lines(v->a, &t, ret);
}

/* Nobody can open it; its bytes in the file, and that they are one record, can still be seen. */
void
verify_shut(struct verify *v, struct str where, const struct blob_ref *r, const unsigned char member_sha256[32])
{
	struct blob_ref outer = *r;
	struct buf      b = BUF_INIT(LIMIT_MESSAGE_B);
	unsigned char   sha256[32] = { 0 };
	struct err      err;

	outer.is_sealed = false;
	if (r->is_sealed)
		verify_say(v, where, "was erased, and its key is here again");
	if (blob_read(v->s, &outer, &b, sha256, &err) != ERR_OK)
		verify_say(v, where, "cannot be read: %s", err.text);
	else if (memcmp(sha256, member_sha256, 32) != 0)
		verify_say(v, where, "bytes of the file changed here, in a record whose key was destroyed");
	buf_free(&b);
}
