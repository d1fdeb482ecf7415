#include "witness/proof.h"

#include <inttypes.h>

#include "base/limits.h"
#include "ledger/checkpoint.h"
#include "ledger/entry.h"

#define LAST_S INT64_C(253402300799)    /* of the year 9999: what a date can say */

struct ask {
	struct bytes text, keys;
};

struct answer {
	int64_t              code;
	struct str           fault;
	struct witness_proof proof;
};

static const struct wire_field ask_fields[] = {
	WIRE(struct ask, BYTES, text, WITNESS_PROOF_B),
	WIRE(struct ask, BYTES, keys, NOTE_TEXT_B),
};
static const struct wire_desc ask_desc = WIRE_DESC(struct ask, ask_fields);

static const struct wire_field signer_fields[] = {
	WIRE(struct witness_signer, STR, name, NOTE_NAME_B),
	WIRE(struct witness_signer, BOOL, is_cosignature, 0),
	WIRE(struct witness_signer, I64, time_s, 0),
};
static const struct wire_desc signer_desc = WIRE_DESC(struct witness_signer, signer_fields);

static const struct wire_field proof_fields[] = {
	WIRE(struct witness_proof, I64, index, 0),
	WIRE(struct witness_proof, I64, size, 0),
	WIRE(struct witness_proof, STR, origin, LIMIT_FIELD_B),
	WIRE(struct witness_proof, BYTES, statement, PROOF_EXTRA_B),
	WIRE_LIST_OF(struct witness_proof, signers, NOTE_LINES_N, &signer_desc),
	WIRE(struct witness_proof, I64, witnesses, 0),
	WIRE(struct witness_proof, BOOL, is_signed, 0),
};
static const struct wire_desc proof_desc = WIRE_DESC(struct witness_proof, proof_fields);

static const struct wire_field answer_fields[] = {
	WIRE(struct answer, I64, code, 0),
	WIRE(struct answer, STR, fault, 512),
	WIRE_STRUCT_OF(struct answer, proof, &proof_desc),
};
static const struct wire_desc answer_desc = WIRE_DESC(struct answer, answer_fields);

/* ── in the child ─────────────────────────────────────────────────────── */

/* The entry that the proof is of: it follows from the statement, or stands there itself when that was erased. */
static enum err_code
entry_of(struct str extra, struct buf *ret, struct err *err)
{
	struct str       rest = extra, line, kind = STR(""), time = STR("");
	enum ledger_kind k = LEDGER_CAPTURE;
	int64_t          us;

	if (str_starts(rest, STR("tidings-ledger/1\n"))) {
		buf_add(ret, rest);
		return ERR_OK;
	}
	for (int i = 0; i < 3 && str_cut(&rest, '\n', &line); i++) {
		kind = i == 1 && str_starts(line, STR("kind ")) ? str_sub(line, 5, line.n) : kind;
		time = i == 2 && str_starts(line, STR("time ")) ? str_sub(line, 5, line.n) : time;
	}
	while (k < LEDGER_KIND__COUNT && !str_eq(kind, str_of(ledger_kind_name[k])))
		k++;
	if (k == LEDGER_KIND__COUNT || time.n != 27 || !instant_parse_iso(time, &us))
		return err_set(err, ERR_FORMAT, "the proof carries no statement of a ledger; it was not accepted");
	td_ledger_entry(ret, k, us, bytes_of(extra));
	return td_ledger_check(buf_bytes(ret), bytes_of(extra), err);
}

/* Key lines, each key once: under a second name, or given again, it is no second witness. */
static size_t
read_keys(struct str lines, struct note_key ret[NOTE_LINES_N])
{
	struct str line;
	size_t     n = 0, i;

	while (n < NOTE_LINES_N && str_cut(&lines, '\n', &line)) {
		if (!td_note_key_parse(str_trim(line), &ret[n]))
			continue;
		for (i = 0; i < n && (ret[i].kind != ret[n].kind || memcmp(ret[i].key, ret[n].key, SIGN_KEY_B) != 0);)
			i++;
		n += i == n;
	}
	return n;
}

/* Which of the keys, a line each, signed, and when a witness did. */
static void
find_signers(struct arena *a, const struct checkpoint *c, struct str lines, struct witness_proof *ret)
{
	struct note_key keys[NOTE_LINES_N];
	size_t          n = read_keys(lines, keys);

	ret->signers.v = arena_array(a, NOTE_LINES_N, struct witness_signer);
	for (size_t i = 0; i < n; i++) {
		const struct note_key *k = &keys[i];
		int64_t                time_s = 0;
		bool                   is_log = k->kind == NOTE_SIGNATURE && str_eq(str_of(k->name), c->origin);

		ret->witnesses += k->kind == NOTE_COSIGNATURE;
		if (!td_note_is_signed(c->text, c->signatures, k, &time_s))
			continue;
		if ((!is_log && k->kind != NOTE_COSIGNATURE) || time_s < 0 || time_s > LAST_S)
			continue;
		ret->is_signed |= is_log;
		ret->signers.v[ret->signers.n++] = (struct witness_signer){ arena_copy(a, str_of(k->name)), !is_log, time_s };
	}
}

static enum err_code
check(struct arena *a, struct str text, struct str keys, struct witness_proof *ret, struct err *err)
{
	struct ledger_proof p;
	struct buf          entry = BUF_INIT(2 * PROOF_EXTRA_B);

	if (td_ledger_proof_parse(text, &p, err) != ERR_OK)
		return err->code;
	if (entry_of(buf_str(&p.extra), &entry, err) == ERR_OK && (p.index > INT64_MAX || p.checkpoint.size > INT64_MAX ||
	    !td_ledger_proof_holds(&p, buf_bytes(&entry))))
		(void)err_set(err, ERR_FORMAT, "entry %" PRIu64 " is not under this checkpoint; the proof does not hold", p.index);
	if (err->code == ERR_OK) {
		ret->index = (int64_t)p.index;
		ret->size = (int64_t)p.checkpoint.size;
		ret->origin = p.checkpoint.origin;
		ret->statement = bytes_of(arena_copy(a, buf_str(&p.extra)));
		find_signers(a, &p.checkpoint, keys, ret);
	}
	td_ledger_proof_free(&p);
	buf_free(&entry);
	return err->code;
}

int
witness_proof_work(struct bytes in, struct buf *out)
{
	struct arena  a;
	struct ask    ask;
	struct answer answer = { .fault = STR(""), .proof.origin = STR("") };
	struct err    err = { 0 };
	int           code = 1;

	arena_init(&a, 4 * MiB, jail_full, NULL);
	if (td_wire_get(&a, &ask_desc, in, &ask, &err) == ERR_OK) {
		answer.code = (int64_t)check(&a, bytes_as_str(ask.text), bytes_as_str(ask.keys), &answer.proof, &err);
		if (answer.code != ERR_OK)
			answer.fault = str_of(err.text);
		td_wire_put(out, &answer_desc, &answer);
		code = out->failed;
	}
	arena_free(&a);
	return code;
}

/* ── outside ──────────────────────────────────────────────────────────── */

enum err_code
witness_check_proof(struct jail *jail, struct arena *a, struct bytes text, struct bytes keys, struct witness_proof *ret, struct err *err)
{
	struct buf    message = BUF_INIT(MiB), said = BUF_INIT(LIMIT_ANSWER_B);
	struct answer answer = { 0 };

	err->code = ERR_OK;
	td_wire_put(&message, &ask_desc, &(struct ask){ text, keys });
	if (message.failed)
		(void)err_set(err, ERR_LIMIT, "the proof or its keys are longer than such files are; they were not read");
	else if (jail_run(jail, JAIL_PROOF, buf_bytes(&message), &said, err) == ERR_OK &&
	    td_wire_get(a, &answer_desc, bytes_of(arena_copy(a, buf_str(&said))), &answer, err) == ERR_OK)
		err->code = answer.code == ERR_OK ? ERR_OK : err_set(err, ERR_FORMAT, "%" STR_FMT, STR_ARG(answer.fault));
	if (err->code == ERR_OK)
		*ret = answer.proof;
	buf_free(&message);
	buf_free(&said);
	return err->code;
}
