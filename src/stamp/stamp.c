#include "stamp/stamp.h"

#include "base/limits.h"
#include "crypto/sha256.h"
#include "os/clock.h"
#include "stamp/stamp_private.h"

/* What the jail says of an answer. */
static enum err_code
judge(struct jail *jail, struct arena *a, const struct stamp_ask *ask, struct tsp_token *ret, struct err *err)
{
	struct buf          message = BUF_INIT(8 * MiB), said = BUF_INIT(LIMIT_ANSWER_B);
	struct stamp_answer answer = { 0 };

	td_wire_put(&message, &stamp_ask_desc, ask);
	if (message.failed)
		(void)err_set(err, ERR_LIMIT, "the answer or the roots are larger than they may be");
	else if (jail_run(jail, JAIL_TOKEN, buf_bytes(&message), &said, err) == ERR_OK &&
	    td_wire_get(a, &stamp_answer_desc, bytes_of(arena_copy(a, buf_str(&said))), &answer, err) == ERR_OK) {
		if (answer.code != ERR_OK)
			(void)err_set(err, answer.code == ERR_NET ? ERR_NET : ERR_FORMAT, "%" STR_FMT, STR_ARG(answer.fault));
		else
			*ret = (struct tsp_token){ answer.time_us, answer.ends_us, answer.who }, err->code = ERR_OK;
	}
	buf_free(&message);
	buf_free(&said);
	return err->code;
}

/* The authority's answer, as it came. */
static enum err_code
post(struct stamp *s, struct arena *a, struct str authority, struct bytes request, struct bytes *ret, struct err *err)
{
	struct fetch_ask    ask = { .url = authority, .post_type = STR("application/timestamp-query"), .post = request,
		.isolation = STR("time"), .body_b = LIMIT_TOKEN_B };
	struct fetch_reply  reply;
	const struct fetch_hop *hop;

	if (fetch_get(s->fetch, a, &ask, &reply, err) != ERR_OK)
		return err->code;
	hop = &reply.hops.v[reply.hops.n - 1];
	if (hop->status != 200 || hop->cut != FETCH_WHOLE)
		return err_set(err, ERR_NET, "it answered with status %lld and %zu bytes, which is no token", (long long)hop->status, hop->body.n);
	*ret = hop->body;
	return ERR_OK;
}

/* A token of this authority over `text`, looked at. */
static enum err_code
ask_over(struct stamp *s, struct arena *a, struct str text, struct str authority, struct tsp_token *ret, struct bytes *ret_token,
	struct err *err)
{
	unsigned char    sum[SHA256_B], nonce[TSP_NONCE_B];
	struct buf       request = BUF_INIT(KiB);
	struct stamp_ask ask = { .sha256 = { sum, SHA256_B }, .nonce = { nonce, TSP_NONCE_B }, .roots = s->roots, .at_us = os_now_us() };
	enum err_code    code;

	td_sha256(bytes_of(text), sum);
	os_random(nonce, sizeof(nonce));
	td_tsp_request(&request, sum, nonce);
	code = post(s, a, authority, buf_bytes(&request), &ask.reply, err);
	if (code == ERR_OK)
		code = judge(s->jail, a, &ask, ret, err);
	*ret_token = ask.reply;
	buf_free(&request);
	return code;
}

enum err_code
stamp_ask(struct stamp *s, struct arena *a, const struct store_checkpoint *c, struct str authority, struct tsp_token *ret,
	struct err *err)
{
	struct store_token_new made = { .size = c->size, .authority = authority };
	struct store_none      none;
	enum err_code          code = ask_over(s, a, c->signed_note, authority, ret, &made.token, err);

	if (code == ERR_OK) {
		made.who = ret->who;
		made.time_us = ret->time_us;
		made.ends_us = ret->ends_us;
		code = store_token_commit(s->link, a, &made, &none, err);
	}
	return code == ERR_OK ? ERR_OK : err_in(err, "%" STR_FMT, STR_ARG(authority));
}

enum err_code
stamp_renew(struct stamp *s, struct arena *a, struct str list, int64_t beyond_us, struct str authority, struct tsp_token *ret, struct err *err)
{
	struct store_renewal_new made = { .list = list, .authority = authority };
	struct store_none        none;
	enum err_code            code = ask_over(s, a, list, authority, ret, &made.token, err);

	if (code == ERR_OK && ret->ends_us < beyond_us)
		code = err_set(err, ERR_FORMAT, "its own certificate ends as soon; the renewal was not kept");
	if (code == ERR_OK) {
		made.who = ret->who;
		made.time_us = ret->time_us;
		made.ends_us = ret->ends_us;
		code = store_renewal_commit(s->link, a, &made, &none, err);
	}
	return code == ERR_OK ? ERR_OK : err_in(err, "%" STR_FMT, STR_ARG(authority));
}

enum err_code
stamp_check(struct jail *jail, struct arena *a, const struct store_token *t, struct str roots, struct tsp_token *ret,
	struct err *err)
{
	unsigned char    sum[SHA256_B];
	struct stamp_ask ask = { .reply = t->token, .sha256 = { sum, SHA256_B }, .roots = roots, .at_us = -1 };

	td_sha256(bytes_of(t->note), sum);
	return judge(jail, a, &ask, ret, err);
}
