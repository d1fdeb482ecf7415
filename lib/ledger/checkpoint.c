#include "ledger/checkpoint.h"

#include "crypto/base64.h"
#include "ledger/entry.h"

#define PROOF_TITLE STR("c2sp.org/tlog-proof@v1")

void
td_checkpoint_write(struct buf *out, struct str origin, uint64_t size, const struct merkle_hash *head)
{
	buf_add(out, origin);
	buf_addf(out, "\n%llu\n", (unsigned long long)size);
	td_base64_write(out, (struct bytes){ head->b, MERKLE_B });
	buf_add_char(out, '\n');
}

/* Decimal in its one spelling. */
static bool
parse_size(struct str s, uint64_t *ret)
{
	int64_t v;

	if (s.n == 0 || (s.n > 1 && s.p[0] == '0') || s.p[0] == '-' || !str_to_i64(s, 0, INT64_MAX, &v))
		return false;
	*ret = (uint64_t)v;
	return true;
}

static bool
parse_hash(struct str s, struct merkle_hash *ret)
{
	size_t n;

	return td_base64_read(s, ret->b, MERKLE_B, &n) && n == MERKLE_B;
}

enum err_code
td_checkpoint_parse(struct str note, struct checkpoint *ret, struct err *err)
{
	struct checkpoint c;
	struct str        rest, line;

	if (td_note_split(note, &c.text, &c.signatures, err) != ERR_OK)
		return err->code;
	rest = c.text;
	if (!str_take_line(&rest, &c.origin) || c.origin.n == 0)
		return err_set(err, ERR_FORMAT, "the checkpoint names no log; it was not accepted");
	if (!str_take_line(&rest, &line) || !parse_size(line, &c.size))
		return err_set(err, ERR_FORMAT, "the second line of the checkpoint is no number of entries; it was not accepted");
	if (!str_take_line(&rest, &line) || !parse_hash(line, &c.head))
		return err_set(err, ERR_FORMAT, "the third line of the checkpoint is no hash; it was not accepted");
	/* Extension lines are the log's business, but none is empty. */
	while (rest.n > 0)
		if (!str_take_line(&rest, &line) || line.n == 0)
			return err_set(err, ERR_FORMAT, "the checkpoint has an empty line; it was not accepted");
	*ret = c;
	return ERR_OK;
}

void
td_merkle_lines_write(struct buf *out, const struct merkle_hash *hash, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		td_base64_write(out, (struct bytes){ hash[i].b, MERKLE_B });
		buf_add_char(out, '\n');
	}
}

bool
td_merkle_lines_take(struct str *rest, struct merkle_hash ret[MERKLE_PROOF_N], size_t *ret_n)
{
	struct str line;
	size_t     n = 0;

	while (str_take_line(rest, &line)) {
		if (line.n == 0) {
			*ret_n = n;
			return true;
		}
		if (n == MERKLE_PROOF_N || !parse_hash(line, &ret[n++]))
			return false;
	}
	return false;
}

void
td_ledger_proof_write(struct buf *out, struct bytes extra, uint64_t index, const struct merkle_hash *path, size_t path_n,
	struct str checkpoint)
{
	buf_add(out, PROOF_TITLE);
	buf_add(out, STR("\nextra "));
	td_base64_write(out, extra);
	buf_addf(out, "\nindex %llu\n", (unsigned long long)index);
	td_merkle_lines_write(out, path, path_n);
	buf_add_char(out, '\n');
	buf_add(out, checkpoint);
}

static enum err_code
take_head(struct str *rest, struct ledger_proof *p, struct err *err)
{
	struct str line;
	char      *room;
	size_t     n;

	if (!str_take_line(rest, &line) || !str_eq(line, PROOF_TITLE))
		return err_set(err, ERR_FORMAT, "the proof does not begin with c2sp.org/tlog-proof@v1; it was not accepted");
	if (!str_take_line(rest, &line))
		return err_set(err, ERR_FORMAT, "the proof ends early; it was not accepted");
	if (str_starts(line, STR("extra "))) {
		room = buf_room(&p->extra, line.n);
		if (room == NULL || !td_base64_read(str_sub(line, 6, line.n), (unsigned char *)room, line.n, &n))
			return err_set(err, ERR_FORMAT, "the proof's extra line is not base64 of at most 48 KB; it was not accepted");
		p->extra.n = n;
		if (!str_take_line(rest, &line))
			return err_set(err, ERR_FORMAT, "the proof ends early; it was not accepted");
	}
	if (!str_starts(line, STR("index ")) || !parse_size(str_sub(line, 6, line.n), &p->index))
		return err_set(err, ERR_FORMAT, "the proof gives no index; it was not accepted");
	if (!td_merkle_lines_take(rest, p->path, &p->path_n))
		return err_set(err, ERR_FORMAT, "a line of the proof is no hash; it was not accepted");
	return ERR_OK;
}

enum err_code
td_ledger_proof_parse(struct str text, struct ledger_proof *ret, struct err *err)
{
	struct ledger_proof p = { .extra = BUF_INIT(PROOF_EXTRA_B) };

	if (take_head(&text, &p, err) != ERR_OK || td_checkpoint_parse(text, &p.checkpoint, err) != ERR_OK) {
		buf_free(&p.extra);
		return err->code;
	}
	*ret = p;
	return ERR_OK;
}

void
td_ledger_proof_free(struct ledger_proof *p)
{
	buf_free(&p->extra);
}

bool
td_ledger_proof_holds(const struct ledger_proof *p, struct bytes entry)
{
	struct merkle_hash leaf;

	td_ledger_leaf(entry, leaf.b);
	return td_merkle_is_included(&leaf, p->index, p->checkpoint.size, p->path, p->path_n, &p->checkpoint.head);
}

void
td_add_checkpoint_write(struct buf *out, uint64_t old, const struct merkle_hash *path, size_t path_n, struct str checkpoint)
{
	buf_addf(out, "old %llu\n", (unsigned long long)old);
	td_merkle_lines_write(out, path, path_n);
	buf_add_char(out, '\n');
	buf_add(out, checkpoint);
}

enum err_code
td_add_checkpoint_parse(struct str text, struct add_checkpoint *ret, struct err *err)
{
	struct add_checkpoint c;
	struct str            line;

	if (!str_take_line(&text, &line) || !str_starts(line, STR("old ")) || !parse_size(str_sub(line, 4, line.n), &c.old))
		return err_set(err, ERR_FORMAT, "the request does not begin with \"old \" and a number; it was not accepted");
	if (!td_merkle_lines_take(&text, c.path, &c.path_n) || c.path_n > MERKLE_PROOF_N - 1)
		return err_set(err, ERR_FORMAT, "a line of the request's proof is no hash; it was not accepted");
	if (td_checkpoint_parse(text, &c.checkpoint, err) != ERR_OK)
		return err->code;
	*ret = c;
	return ERR_OK;
}
