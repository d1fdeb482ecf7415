/* What two desks have in common: texts of the other taken apart in the jail, and the exchange over the network. */
#include "base/limits.h"
#include "ledger/seen.h"
#include "witness/witness.h"
#include "witness/witness_private.h"

/* ── in the child ─────────────────────────────────────────────────────── */

static struct bytes
kept(struct arena *a, const unsigned char *p, size_t n)
{
	return bytes_of(arena_copy(a, (struct str){ (const char *)p, n }));
}

enum err_code
seen_take_text(struct arena *a, struct str text, struct store_seen_message *ret, struct err *err)
{
	struct seen_head head;
	struct seen_line line;
	unsigned char    mac[SEEN_MAC_B];

	if (!td_seen_head(&text, &head))
		return err_set(err, ERR_FORMAT, "not a list of what another desk has seen; nothing was taken");
	ret->is_answer = head.is_answer;
	ret->from = head.from;
	ret->pair = kept(a, head.pair, sizeof(head.pair));
	ret->lines.v = arena_array(a, SEEN_LINES_N, struct store_seen_line);
	while (ret->lines.n < SEEN_LINES_N && td_seen_line(&text, &line))
		ret->lines.v[ret->lines.n++] = (struct store_seen_line){ kept(a, line.tag, SEEN_TAG_B), kept(a, line.box, SEEN_BOX_B) };
	if (!td_seen_mac(&text, mac) || text.n > 0)
		return err_set(err, ERR_FORMAT, "line %zu of the list is none, or it has no end; nothing was taken", ret->lines.n + 4);
	ret->mac = kept(a, mac, sizeof(mac));
	return ERR_OK;
}

/* ── outside ──────────────────────────────────────────────────────────── */

enum err_code
witness_exchange(const struct witness_room *w, struct arena *a, const struct store_pair *p, int64_t *ret_matches, struct err *err)
{
	struct store_pair_name    name = { p->name };
	struct store_seen_text    ask;
	struct store_seen_message message = { 0 };
	struct store_seen_taken   taken = { 0 };
	struct bytes              body;
	int64_t                   status = 0;
	enum err_code             code = store_seen_ask(w->link, a, &name, &ask, err);

	if (code == ERR_OK)
		code = witness_post(w, a, p->url, "seen", ask.text, &status, &body, err);
	if (code == ERR_OK && status != 200)
		code = err_set(err, status == 403 ? ERR_DENIED : ERR_NET, status == 403 ? "403: it does not know our secret" :
		    "it answered with status %lld", (long long)status);
	if (code == ERR_OK && (code = witness_read_seen(w->jail, a, bytes_as_str(body), &message, err)) == ERR_OK)
		code = !message.is_answer ? err_set(err, ERR_FORMAT, "it sent back a question") : store_seen_take(w->link, a, &message, &taken, err);
	*ret_matches = taken.matches;
	return code == ERR_OK ? ERR_OK : err_in(err, "partner %" STR_FMT, STR_ARG(p->name));
}
