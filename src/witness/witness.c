#include "witness/witness.h"

#include "base/limits.h"
#include "ledger/checkpoint.h"
#include "store/desc.h"
#include "witness/witness_private.h"

enum what { REQUEST, LINES, SIZE, SEEN };

struct ask {
	int64_t    what;                 /* enum what */
	struct str text;
};

struct answer {
	int64_t                 code;
	struct str              fault;
	struct store_cosign_ask request;
	struct store_seen_message seen;
};

static const struct wire_field ask_fields[] = {
	WIRE(struct ask, I64, what, 0),
	WIRE(struct ask, STR, text, PARTNER_TEXT_B),
};
static const struct wire_desc ask_desc = WIRE_DESC(struct ask, ask_fields);

static const struct wire_field answer_fields[] = {
	WIRE(struct answer, I64, code, 0),
	WIRE(struct answer, STR, fault, 512),
	WIRE_STRUCT_OF(struct answer, request, &store_cosign_ask_desc),
	WIRE_STRUCT_OF(struct answer, seen, &store_seen_message_desc),
};
static const struct wire_desc answer_desc = WIRE_DESC(struct answer, answer_fields);

/* ── in the child ─────────────────────────────────────────────────────── */

static enum err_code
take_lines(struct arena *a, struct str rest, struct store_cosign_ask *r, struct err *err)
{
	r->signatures.v = arena_array(a, NOTE_LINES_N, struct store_signature);
	while (rest.n > 0) {
		struct note_signature    sig;
		struct store_signature *to = &r->signatures.v[r->signatures.n];

		if (r->signatures.n == NOTE_LINES_N || !td_note_take(&rest, &sig))
			return err_set(err, ERR_FORMAT, "line %zu is no line of a signature; nothing was taken", r->signatures.n + 1);
		to->name = sig.name;
		to->bytes = bytes_of(arena_copy(a, (struct str){ (char *)sig.bytes, sig.n }));
		r->signatures.n++;
	}
	return ERR_OK;
}

static enum err_code
take_size(struct str text, struct store_cosign_ask *r, struct err *err)
{
	if (text.n > 0 && text.p[text.n - 1] == '\n')
		text.n--;
	if (text.n == 0 || text.p[0] < '0' || text.p[0] > '9' || !str_to_i64(text, 0, INT64_MAX, &r->old))
		return err_set(err, ERR_FORMAT, "409 without the number of entries that it signed");
	return ERR_OK;
}

static enum err_code
take_request(struct arena *a, struct str text, struct store_cosign_ask *r, struct err *err)
{
	struct add_checkpoint c;
	struct buf            plain = BUF_INIT(NOTE_TEXT_B);
	bool                  is_plain;

	if (td_add_checkpoint_parse(text, &c, err) != ERR_OK)
		return err->code;
	td_checkpoint_write(&plain, c.checkpoint.origin, c.checkpoint.size, &c.checkpoint.head);
	is_plain = str_eq(buf_str(&plain), c.checkpoint.text) && c.checkpoint.origin.n < NOTE_NAME_B;
	buf_free(&plain);
	if (!is_plain)
		return err_set(err, ERR_FORMAT, "the checkpoint says more than name, size and head; it was not cosigned");
	r->origin = c.checkpoint.origin;
	r->size = (int64_t)c.checkpoint.size;
	r->old = (int64_t)c.old;
	memcpy(r->head, c.checkpoint.head.b, MERKLE_B);
	r->path = bytes_of(arena_copy(a, (struct str){ (char *)c.path, c.path_n * MERKLE_B }));
	return take_lines(a, c.checkpoint.signatures, r, err);
}

int
witness_work(struct bytes in, struct buf *out)
{
	struct arena  a;
	struct ask    ask;
	struct answer answer = { .fault = STR("") };
	struct err    err = { 0 };
	int           code = 1;

	arena_init(&a, 8 * MiB, jail_full, NULL);
	if (td_wire_get(&a, &ask_desc, in, &ask, &err) == ERR_OK) {
		answer.code = (int64_t)(ask.what == REQUEST ? take_request(&a, ask.text, &answer.request, &err) :
		    ask.what == LINES ? take_lines(&a, ask.text, &answer.request, &err) :
		    ask.what == SEEN ? seen_take_text(&a, ask.text, &answer.seen, &err) : take_size(ask.text, &answer.request, &err));
		if (answer.code != ERR_OK)
			answer = (struct answer){ .code = answer.code, .fault = str_of(err.text) };
		td_wire_put(out, &answer_desc, &answer);
		code = out->failed;
	}
	arena_free(&a);
	return code;
}

/* ── outside ──────────────────────────────────────────────────────────── */

static enum err_code
ask_child(struct jail *jail, struct arena *a, const struct ask *ask, struct answer *ret, struct err *err)
{
	struct buf message = BUF_INIT(2 * PARTNER_TEXT_B), said = BUF_INIT(LIMIT_ANSWER_B);

	td_wire_put(&message, &ask_desc, ask);
	if (message.failed)
		(void)err_set(err, ERR_LIMIT, "the text is longer than one of its kind may be, or not UTF-8; nothing was taken");
	else if (jail_run(jail, JAIL_NOTE, buf_bytes(&message), &said, err) == ERR_OK &&
	    td_wire_get(a, &answer_desc, bytes_of(arena_copy(a, buf_str(&said))), ret, err) == ERR_OK)
		err->code = ret->code == ERR_OK ? ERR_OK : err_set(err, ERR_FORMAT, "%" STR_FMT, STR_ARG(ret->fault));
	buf_free(&message);
	buf_free(&said);
	return err->code;
}

enum err_code
witness_read_request(struct jail *jail, struct arena *a, struct str text, struct store_cosign_ask *ret, struct err *err)
{
	struct answer answer = { 0 };

	if (ask_child(jail, a, &(struct ask){ REQUEST, text }, &answer, err) != ERR_OK)
		return err->code;
	*ret = answer.request;
	return ERR_OK;
}

enum err_code
witness_read_lines(struct jail *jail, struct arena *a, struct str text, struct store_cosignatures *ret, struct err *err)
{
	struct answer answer = { 0 };

	if (ask_child(jail, a, &(struct ask){ LINES, text }, &answer, err) != ERR_OK)
		return err->code;
	ret->signatures.v = answer.request.signatures.v;
	ret->signatures.n = answer.request.signatures.n;
	return ERR_OK;
}

enum err_code
witness_read_size(struct jail *jail, struct arena *a, struct bytes text, int64_t *ret, struct err *err)
{
	struct answer answer = { 0 };

	if (ask_child(jail, a, &(struct ask){ SIZE, str_sub(bytes_as_str(text), 0, 100) }, &answer, err) != ERR_OK)
		return err->code;
	*ret = answer.request.old;
	return ERR_OK;
}

enum err_code
witness_read_seen(struct jail *jail, struct arena *a, struct str text, struct store_seen_message *ret, struct err *err)
{
	struct answer answer = { 0 };

	if (ask_child(jail, a, &(struct ask){ SEEN, text }, &answer, err) != ERR_OK)
		return err->code;
	*ret = answer.seen;
	return ERR_OK;
}
