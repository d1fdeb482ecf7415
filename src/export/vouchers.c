/* Who else saw the checkpoint of an export, and what they said of it. */
#include "export/gather.h"

#include <stdio.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "ledger/note.h"

/* Of one export: a token is renewed about once in ten years. */
enum { RENEWALS_N = 64 };

static void
add_numbered(struct gather *g, const char *folder, size_t n, const char *end, struct bytes bytes)
{
	char path[64];

	snprintf(path, sizeof(path), "evidence/%s/%zu.%s", folder, n, end);
	export_add(g->p, arena_copy(g->a, str_of(path)), bytes);
}

static void
add_time(struct export_package *p, struct str who, int64_t at_us, enum export_voucher kind)
{
	p->times[p->times_n++] = (struct export_time){ who, at_us, kind };
}

/* ── time authorities ─────────────────────────────────────────────────── */

/* The first word is the best, so the tokens of the oldest checkpoint that covers all and has some. */
static void
add_tokens(struct gather *g)
{
	for (size_t i = 0; i < g->tokens.tokens.n; i++) {
		const struct store_token *t = &g->tokens.tokens.v[i];

		add_numbered(g, "tokens", i + 1, "tsr", t->token);
		add_time(g->p, t->who, t->time_us, VOUCHER_TOKEN);
	}
	if (g->tokens.tokens.n > 0) {
		export_add(g->p, STR("evidence/signed-checkpoint"), bytes_of(g->tokens.tokens.v[0].note));
		g->p->token_file = STR("tokens/1.tsr");
	}
}

/* Hashes of the tokens that the export holds, as a list of a renewal names them. */
struct carried {
	char   name[NOTE_LINES_N + RENEWALS_N][SHA256_HEX_B + 8];
	size_t n;
};

static void
carry(struct carried *c, struct bytes token)
{
	unsigned char sha256[SHA256_B];
	char          hex[SHA256_HEX_B];

	if (c->n == sizeof(c->name) / sizeof(*c->name))
		return;
	td_sha256(token, sha256);
	snprintf(c->name[c->n++], sizeof(*c->name), "sha256:%s\n", td_hex(sha256, SHA256_B, hex));
}

static bool
is_carried(const struct carried *c, struct str list)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_find(list, str_of(c->name[i])) != STR_NONE)
			return true;
	return false;
}

/* In the order in which they came, so that one which renews a renewal follows it. */
static enum err_code
add_renewals(struct gather *g, struct err *err)
{
	struct carried         *c = arena_new(g->a, struct carried);
	struct store_token_ask  ask = { .are_renewals = true };
	struct store_token_page page;
	size_t                  n = 0;

	for (size_t i = 0; i < g->tokens.tokens.n; i++)
		carry(c, g->tokens.tokens.v[i].token);
	do {
		if (store_token_list(g->link, g->a, &ask, &page, err) != ERR_OK)
			return err->code;
		for (size_t i = 0; i < page.tokens.n && n < RENEWALS_N; i++) {
			const struct store_token *t = &page.tokens.v[i];

			ask.after = t->seq;
			if (!is_carried(c, t->note))
				continue;
			n++;
			add_numbered(g, "renewals", n, "list", bytes_of(t->note));
			add_numbered(g, "renewals", n, "tsr", t->token);
			add_time(g->p, t->who, t->time_us, VOUCHER_RENEWAL);
			carry(c, t->token);
		}
	} while (page.tokens.n > 0 && c->n > 0 && n < RENEWALS_N);
	return ERR_OK;
}

/* ── witnesses ────────────────────────────────────────────────────────── */

/* The key of a witness, as this desk was given it. */
static bool
key_of(const struct store_partner_page *page, const struct note_signature *sig, struct str *ret)
{
	for (size_t i = 0; i < page->partners.n; i++) {
		const struct store_partner *p = &page->partners.v[i];
		struct note_key             k;

		if (!p->is_log && td_note_key_parse(p->vkey, &k) && str_eq(str_of(k.name), sig->name) && memcmp(k.id, sig->bytes, sizeof(k.id)) == 0) {
			*ret = p->vkey;
			return true;
		}
	}
	return false;
}

/* The lines of witnesses under the checkpoint; the store keeps those alone that it found good. */
static enum err_code
add_witnesses(struct gather *g, struct err *err)
{
	struct store_partner_page page;
	struct buf                keys = BUF_INIT(NOTE_TEXT_B);
	struct str                text, rest, key;
	struct note_signature     sig;

	if (store_partner_list(g->link, g->a, &(struct store_none){ 0 }, &page, err) != ERR_OK ||
	    td_note_split(g->p->checkpoint, &text, &rest, err) != ERR_OK)
		return err->code;
	while (rest.n > 0 && td_note_take(&rest, &sig)) {
		uint64_t time_s = 0;

		if (sig.n != NOTE_SIGNATURE_B)
			continue;
		for (size_t i = 4; i < 12; i++)
			time_s = time_s << 8 | sig.bytes[i];
		add_time(g->p, sig.name, (int64_t)time_s * US_PER_S, VOUCHER_WITNESS);
		if (key_of(&page, &sig, &key))
			buf_addf(&keys, "%" STR_FMT "\n", STR_ARG(key));
	}
	if (keys.n > 0)
		export_add(g->p, STR("evidence/witnesses"), bytes_of(arena_copy(g->a, buf_str(&keys))));
	buf_free(&keys);
	return ERR_OK;
}

enum err_code
gather_vouchers(struct gather *g, struct err *err)
{
	g->p->times = arena_array(g->a, g->tokens.tokens.n + RENEWALS_N + NOTE_LINES_N, struct export_time);
	add_tokens(g);
	return add_renewals(g, err) == ERR_OK ? add_witnesses(g, err) : err->code;
}
