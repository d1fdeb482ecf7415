/* Witnesses are asked over the network: C2SP tlog-witness, add-checkpoint. */
#include <stdio.h>

#include "base/limits.h"
#include "ledger/checkpoint.h"
#include "witness/witness.h"
#include "witness/witness_private.h"

/* The answer to `text` at the address with `path` behind it; redirects are not followed. */
enum err_code
witness_post(const struct witness_room *w, struct arena *a, struct str url, const char *path, struct str text, int64_t *ret_status,
	struct bytes *ret_body, struct err *err)
{
	struct buf              address = BUF_INIT(LIMIT_URL_B);
	struct fetch_ask        ask = { .post_type = STR("text/plain"), .post = bytes_of(text), .isolation = STR("witness"), .body_b = PARTNER_TEXT_B };
	struct fetch_reply      reply;
	const struct fetch_hop *hop;

	buf_add(&address, str_ends(url, STR("/")) ? str_sub(url, 0, url.n - 1) : url);
	buf_addf(&address, "/%s", path);
	ask.url = arena_copy(a, buf_str(&address));
	buf_free(&address);
	if (fetch_get(w->fetch, a, &ask, &reply, err) != ERR_OK)
		return err->code;
	hop = &reply.hops.v[reply.hops.n - 1];
	if (hop->is_refused || hop->cut != FETCH_WHOLE)
		return err_set(err, ERR_NET, "its answer broke off, or is none of HTTP");
	*ret_status = hop->status;
	*ret_body = hop->body;
	return ERR_OK;
}

static enum err_code
refused(int64_t status, struct err *err)
{
	switch (status) {
	case 403: return err_set(err, ERR_DENIED, "403: it does not know the key that signs our log; give it the newest of ledger/key");
	case 404: return err_set(err, ERR_MISSING, "404: it does not know our log, or nobody answers partners there");
	case 422: return err_set(err, ERR_FORMAT, "422: it says that our log does not go on from what it signed before");
	default:  return err_set(err, ERR_NET, "it answered with status %lld", (long long)status);
	}
}

/* Once; 409 gives what it says that it signed last, else *ret_old is -1. */
static enum err_code
ask_from(const struct witness_room *w, struct arena *a, const struct store_partner *p, struct str name, int64_t old, int64_t *ret_old,
	struct str *ret_lines, struct err *err)
{
	struct store_cosign_request request;
	struct bytes                body;
	int64_t                     status;

	*ret_old = -1;
	if (store_cosign_request(w->link, a, &(struct store_cosign_old){ name, old }, &request, err) != ERR_OK ||
	    witness_post(w, a, p->url, "add-checkpoint", request.text, &status, &body, err) != ERR_OK)
		return err->code;
	if (status == 409)
		return witness_read_size(w->jail, a, body, ret_old, err);
	if (status != 200)
		return refused(status, err);
	*ret_lines = bytes_as_str(body);
	return ERR_OK;
}

enum err_code
witness_ask(const struct witness_room *w, struct arena *a, const struct store_partner *p, struct err *err)
{
	struct store_cosignatures       lines = { 0 };
	struct store_cosignatures_added added = { 0 };
	struct note_key                 k;
	struct str                      text = STR("");
	int64_t                         old;

	if (!td_note_key_parse(p->vkey, &k))
		return err_set(err, ERR_FORMAT, "not the key of a witness");
	err->code = ERR_OK;
	if (ask_from(w, a, p, str_of(k.name), -1, &old, &text, err) == ERR_OK && old >= 0 &&
	    ask_from(w, a, p, str_of(k.name), old, &old, &text, err) == ERR_OK && old >= 0)
		(void)err_set(err, ERR_NET, "409 twice: it does not say the same twice about what it signed");
	if (err->code == ERR_OK && witness_read_lines(w->jail, a, text, &lines, err) == ERR_OK &&
	    store_cosignature_add(w->link, a, &lines, &added, err) == ERR_OK && added.n == 0)
		(void)err_set(err, ERR_FORMAT, "it answered without a signature of its own over our checkpoint");
	return err->code == ERR_OK ? ERR_OK : err_in(err, "witness %s", k.name);
}
