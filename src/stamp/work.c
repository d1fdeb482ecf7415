/* The child's work: read one answer of a time authority. */
#include "stamp/stamp.h"

#include "base/limits.h"
#include "stamp/stamp_private.h"

static const struct wire_field ask_fields[] = {
	WIRE(struct stamp_ask, BYTES, reply, LIMIT_TOKEN_B),
	WIRE(struct stamp_ask, BYTES, sha256, 32),
	WIRE(struct stamp_ask, BYTES, nonce, TSP_NONCE_B),
	WIRE(struct stamp_ask, STR, roots, 4 * MiB),
	WIRE(struct stamp_ask, I64, at_us, 0),
};
const struct wire_desc stamp_ask_desc = WIRE_DESC(struct stamp_ask, ask_fields);

static const struct wire_field answer_fields[] = {
	WIRE(struct stamp_answer, I64, time_us, 0),
	WIRE(struct stamp_answer, I64, ends_us, 0),
	WIRE(struct stamp_answer, I64, code, 0),
	WIRE(struct stamp_answer, STR, who, 256),
	WIRE(struct stamp_answer, STR, fault, 512),
};
const struct wire_desc stamp_answer_desc = WIRE_DESC(struct stamp_answer, answer_fields);

int
stamp_work(struct bytes in, struct buf *out)
{
	struct arena        a;
	struct stamp_ask    ask;
	struct stamp_answer answer = { .who = STR(""), .fault = STR("") };
	struct tsp_token    t;
	struct err          err = { 0 };
	int                 code = 1;

	arena_init(&a, 16 * MiB, jail_full, NULL);
	if (td_wire_get(&a, &stamp_ask_desc, in, &ask, &err) == ERR_OK && ask.sha256.n == 32) {
		answer.code = (int64_t)td_tsp_read(&a, ask.reply, ask.sha256.p, ask.nonce.n == TSP_NONCE_B ? ask.nonce.p : NULL, ask.roots,
		    ask.at_us, &t, &err);
		if (answer.code == ERR_OK)
			answer.time_us = t.time_us, answer.ends_us = t.ends_us, answer.who = t.who;
		else
			answer.fault = str_of(err.text);
		td_wire_put(out, &stamp_answer_desc, &answer);
		code = out->failed;
	}
	arena_free(&a);
	return code;
}
