/* cmd_witness - partner desks sign that a log only grew: keys, requests and answers, by file. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/command.h"
#include "base/limits.h"
#include "ledger/checkpoint.h"
#include "os/file.h"
#include "store/verbs.h"
#include "witness/witness.h"

struct run {
	struct app        *app;
	struct store_link *link;
	struct arena       a;
};

static void
print(struct str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

static enum err_code
read_text(struct run *r, const char *path, struct str *ret, struct err *err)
{
	struct buf    b = BUF_INIT(PROOF_TEXT_B);
	enum err_code code = os_read_file(str_of(path), &b, err);

	if (code == ERR_OK)
		*ret = arena_copy(&r->a, buf_str(&b));
	buf_free(&b);
	return code;
}

static int
keys(struct run *r, const char *word)
{
	struct store_partner_page page;
	struct err                err;

	(void)word;
	if (store_partner_list(r->link, &r->a, &(struct store_none){ 0 }, &page, &err) != ERR_OK)
		return app_fail(&err);
	printf("our key as a witness: %" STR_FMT "\n", STR_ARG(page.own));
	for (size_t i = 0; i < page.partners.n; i++)
		printf("%-8s %" STR_FMT "\n", page.partners.v[i].is_log ? "log" : "witness", STR_ARG(page.partners.v[i].vkey));
	return 0;
}

static int
trust(struct run *r, const char *word)
{
	struct store_partner_new p = { .vkey = str_of(word) };
	struct store_none        none;
	struct note_key          k;
	struct err               err;

	p.is_log = td_note_key_parse(p.vkey, &k) && k.kind == NOTE_SIGNATURE;
	if (store_partner_add(r->link, &r->a, &p, &none, &err) != ERR_OK)
		return app_fail(&err);
	printf("%s: %s\n", k.name, p.is_log ? "a log that we cosign" : "a witness whose cosignatures count");
	return 0;
}

static int
request(struct run *r, const char *word)
{
	struct store_cosign_request text;
	struct store_checkpoint     c;
	struct store_none           none = { 0 };
	struct err                  err;

	if (store_ledger_checkpoint(r->link, &r->a, &none, &c, &err) != ERR_OK ||
	    store_cosign_request(r->link, &r->a, &(struct store_cosign_old){ str_of(word), -1 }, &text, &err) != ERR_OK)
		return app_fail(&err);
	print(text.text);
	return 0;
}

/* A refusal in words, with the number that the protocol gives it. */
static int
refused(const struct store_cosign_ask *ask, const struct store_cosign_done *done)
{
	struct err err;

	switch (done->status) {
	case 403:
		err_set(&err, ERR_FORMAT, "403: no key of this log that we know has signed the checkpoint; not cosigned");
		break;
	case 404:
		err_set(&err, ERR_FORMAT, "404: %" STR_FMT " is no log that we know; `tidings witness trust KEY` adds it", STR_ARG(ask->origin));
		break;
	case 409:
		err_set(&err, ERR_FORMAT, done->size == ask->size && ask->size == ask->old ?
		    "409: another log of %" PRId64 " entries was cosigned before: the log was rewritten, and this checkpoint is kept as evidence" :
		    "409: we cosigned this log at %" PRId64 " entries; the request must begin there", done->size);
		break;
	default:
		err_set(&err, ERR_FORMAT, "422: the log of %" PRId64 " entries does not go on from the %" PRId64 " that we cosigned: "
		    "it was rewritten, and this checkpoint is kept as evidence", ask->size, done->size);
	}
	return app_fail(&err);
}

static int
cosign(struct run *r, const char *word)
{
	struct store_cosign_ask  ask = { 0 };
	struct store_cosign_done done;
	struct str               text;
	struct err               err;

	if (read_text(r, word, &text, &err) != ERR_OK || witness_read_request(r->app->jail, &r->a, text, &ask, &err) != ERR_OK ||
	    store_cosign(r->link, &r->a, &ask, &done, &err) != ERR_OK)
		return app_fail(&err);
	if (done.status != 200)
		return refused(&ask, &done);
	print(done.line);
	return 0;
}

static int
take(struct run *r, const char *word)
{
	struct store_cosignatures       lines = { 0 };
	struct store_cosignatures_added added;
	struct str                      text;
	struct err                      err;

	if (read_text(r, word, &text, &err) != ERR_OK || witness_read_lines(r->app->jail, &r->a, text, &lines, &err) != ERR_OK ||
	    store_cosignature_add(r->link, &r->a, &lines, &added, &err) != ERR_OK)
		return app_fail(&err);
	if (added.n == 0)
		return app_fail((err_set(&err, ERR_FORMAT, "%s: no signature of a witness that we know over a checkpoint of ours; nothing was kept",
		    word), &err));
	printf("%" PRId64 " cosignature%s kept\n", added.n, added.n == 1 ? "" : "s");
	return 0;
}

/* All witnesses of the settings that are asked over the network. */
static int
ask(struct run *r, const char *word)
{
	struct store_desk_status  status;
	struct store_partner_page page;
	struct store_checkpoint   c;
	struct store_none         none = { 0 };
	struct witness_room       room = { .link = r->link, .jail = r->app->jail };
	struct err                err;
	int                       code = 0, n = 0;

	(void)word;
	if (store_status(r->link, &r->a, &none, &status, &err) != ERR_OK || store_ledger_checkpoint(r->link, &r->a, &none, &c, &err) != ERR_OK ||
	    store_partner_list(r->link, &r->a, &none, &page, &err) != ERR_OK ||
	    fetch_create(&(struct fetch_options){ .allow = status.fetch_allow, .route = status.fetch_route }, &room.fetch, &err) != ERR_OK)
		return app_fail(&err);
	for (size_t i = 0; i < page.partners.n; i++) {
		const struct store_partner *p = &page.partners.v[i];

		if (p->is_log || p->url.n == 0)
			continue;
		n++;
		if (p->signed_size >= c.size)
			continue;
		if (witness_ask(&room, &r->a, p, &err) != ERR_OK)
			code = app_fail(&err);
		else
			printf("%" PRId64 " entries  signed by %" STR_FMT "\n", c.size, STR_ARG(str_sub(p->vkey, 0, str_find_char(p->vkey, '+'))));
	}
	fetch_destroy(room.fetch);
	return n > 0 ? code : app_usage("witness", "tidings.conf names no witness with an address (witnesses)");
}

static const struct {
	const char *name;
	bool        has_word;
	int       (*run)(struct run *, const char *word);
} parts[] = { { "keys", false, keys }, { "trust", true, trust }, { "request", true, request }, { "ask", false, ask }, { "cosign", true, cosign }, { "take", true, take } };

int
cmd_witness(struct app *app, int argc, char *argv[])
{
	struct run r = { .app = app };
	struct err err;
	int        code;

	for (size_t i = 0; argc > 1 && i < sizeof(parts) / sizeof(*parts); i++) {
		if (strcmp(argv[1], parts[i].name) != 0 || argc != 2 + parts[i].has_word)
			continue;
		if (app_link(app, LINK_WRITE, &r.link, &err) != ERR_OK)
			return app_fail(&err);
		arena_init(&r.a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
		code = parts[i].run(&r, argv[argc - 1]);
		arena_free(&r.a);
		link_close(r.link);
		return code;
	}
	return app_usage("witness", "say keys, trust KEY, ask, request WITNESS, cosign FILE or take FILE");
}
