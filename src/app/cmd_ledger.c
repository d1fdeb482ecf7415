/* cmd_ledger - the desk's log: what is in it, what it was, and proofs that others can check. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/command.h"
#include "app/stamping.h"
#include "app/standing.h"
#include "app/which.h"
#include "base/limits.h"
#include "ledger/note.h"
#include "os/file.h"
#include "store/verbs.h"
#include "witness/proof.h"

static void
print(struct str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

/* For writing when it may be, so that a checkpoint can be made; else for reading. */
static enum err_code
open_log(struct app *app, struct store_link **ret, bool *ret_may_write, struct err *err)
{
	*ret_may_write = app_link(app, LINK_WRITE, ret, err) == ERR_OK;
	if (*ret_may_write || err->code != ERR_DENIED)
		return *ret_may_write ? ERR_OK : err->code;
	return app_link(app, LINK_READ, ret, err);
}

/* ── what the log is ──────────────────────────────────────────────────── */

static int
checkpoint(struct app *app, struct store_link *link, struct arena *a, bool may_write, int argc, char *argv[])
{
	struct store_checkpoint c;
	struct store_standing   s;
	struct store_none       none = { 0 };
	struct err              err;

	(void)app, (void)argv;
	if (argc > 1)
		return app_usage("ledger", "checkpoint takes no words");
	if ((may_write ? store_ledger_checkpoint(link, a, &none, &c, &err) : store_ledger_newest(link, a, &none, &c, &err)) != ERR_OK)
		return app_fail(&err);
	print(c.note);
	if (store_ledger_standing(link, a, &(struct store_size_ask){ c.size }, &s, &err) == ERR_OK)
		standing_say(&s, stderr);
	return 0;
}

/* "subject c-…" of a statement, without the word. */
static struct str
subject_of(struct str statement)
{
	struct str line;

	while (str_cut(&statement, '\n', &line))
		if (str_starts(line, STR("subject ")))
			return str_sub(line, 8, line.n);
	return STR("(erased)");
}

static int
list(struct app *app, struct store_link *link, struct arena *a, bool may_write, int argc, char *argv[])
{
	struct store_ledger_ask  ask = { .limit = 50 };
	struct store_ledger_page page;
	struct err               err;
	char                     when[CIVIL_SHOWN];

	(void)app, (void)may_write, (void)argv;
	if (argc > 1)
		return app_usage("ledger", "list takes no words");
	if (store_ledger_list(link, a, &ask, &page, &err) != ERR_OK)
		return app_fail(&err);
	for (size_t i = 0; i < page.entries.n; i++) {
		const struct store_ledger_entry *e = &page.entries.v[i];

		printf("%" PRId64 "  %s  %-9" STR_FMT "  %" STR_FMT "\n", e->seq, instant_iso(e->time_us, when), STR_ARG(e->kind),
		    STR_ARG(subject_of(e->statement)));
	}
	return 0;
}

/* ── proofs ───────────────────────────────────────────────────────────── */

static int
prove(struct app *app, struct store_link *link, struct arena *a, bool may_write, int argc, char *argv[])
{
	struct store_prove_ask  ask = { 0 };
	struct store_checkpoint c;
	struct store_proof      p = { 0 };
	struct which            which = { 0 };
	struct err              err;
	int                     code = 0;

	(void)app;
	if (argc != 2)
		return app_usage("ledger", "prove what? say one id, or the number of an entry");
	/* Whole numbers are entries; ids of digits alone can be typed with their letter. */
	if (!str_to_i64(str_of(argv[1]), 0, INT64_MAX, &ask.seq) && (code = which_find(link, "ledger", argv[1], &which)) != 0)
		return code;
	ask.capture = which.capture;
	ask.note = which.note;
	if ((may_write && store_ledger_checkpoint(link, a, &(struct store_none){ 0 }, &c, &err) != ERR_OK) ||
	    store_ledger_prove(link, a, &ask, &p, &err) != ERR_OK)
		return app_fail(&err);
	if (p.proof.n == 0)
		return app_fail((err_set(&err, ERR_MISSING, "entry %" PRId64 ": no checkpoint covers it yet, and none can be made here",
		    p.seq), &err));
	print(p.proof);
	return 0;
}

/* A stranger's words on a person's terminal: no control characters but line feeds. */
static void
print_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		bool          is_c1 = c == 0xc2 && next >= 0x80 && next < 0xa0;

		putchar((c < 0x20 && c != '\n') || c == 0x7f || is_c1 ? '?' : c);
		i += is_c1;
	}
}

/* What the keys given say of a checkpoint. */
static enum err_code
judge_signers(const struct witness_proof *p, int64_t quorum, struct err *err)
{
	int64_t cosigned = 0;

	for (size_t i = 0; i < p->signers.n; i++) {
		const struct witness_signer *s = &p->signers.v[i];
		char                         when[CIVIL_SHOWN];

		cosigned += s->is_cosignature;
		if (s->is_cosignature)
			printf("cosigned    %" STR_FMT ", %s\n", STR_ARG(s->name), instant_iso(s->time_s * US_PER_S, when));
		else
			printf("signed      %" STR_FMT "\n", STR_ARG(s->name));
	}
	if (p->witnesses > 0)
		printf("            %" PRId64 " of %" PRId64 " witnesses\n", cosigned, p->witnesses);
	if (!p->is_signed)
		return err_set(err, ERR_FORMAT, "none of the keys given has signed this checkpoint; the proof is worth nothing without one");
	if (cosigned < quorum)
		return err_set(err, ERR_FORMAT, "%" PRId64 " of %" PRId64 " witnesses have signed this checkpoint, and %" PRId64 " were asked for: it is not witnessed",
		    cosigned, p->witnesses, quorum);
	return ERR_OK;
}

static int
check_proof(struct app *app, struct bytes text, struct bytes keys, int64_t quorum)
{
	struct witness_proof p;
	struct arena         a;
	struct err           err = { 0 };

	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (witness_check_proof(app->jail, &a, text, keys, &p, &err) == ERR_OK) {
		print_plain(bytes_as_str(p.statement));
		printf("\nentry       %" PRId64 " of %" PRId64 " in ", p.index, p.size);
		print_plain(p.origin);
		putchar('\n');
		if (judge_signers(&p, quorum, &err) == ERR_OK)
			printf("This entry existed at this desk when the checkpoint was signed, and is unchanged since.\n");
	}
	arena_free(&a);
	return err.code == ERR_OK ? 0 : app_fail(&err);
}

/* The desk's own keys, those of its witnesses, and how many of these it asks for. */
static enum err_code
keys_of_desk(struct app *app, struct buf *keys, int64_t *ret_quorum, struct err *err)
{
	struct store_link        *link = NULL;
	struct store_checkpoint   c;
	struct store_partner_page page;
	struct store_standing     s;
	struct arena              a;

	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (app_link(app, LINK_READ, &link, err) == ERR_OK && store_ledger_newest(link, &a, &(struct store_none){ 0 }, &c, err) == ERR_OK &&
	    store_partner_list(link, &a, &(struct store_none){ 0 }, &page, err) == ERR_OK &&
	    store_ledger_standing(link, &a, &(struct store_size_ask){ 0 }, &s, err) == ERR_OK) {
		buf_add(keys, c.keys);
		for (size_t i = 0; i < page.partners.n; i++)
			if (!page.partners.v[i].is_log)
				buf_addf(keys, "%" STR_FMT "\n", STR_ARG(page.partners.v[i].vkey));
		*ret_quorum = *ret_quorum >= 0 ? *ret_quorum : s.quorum;
		err->code = ERR_OK;
	}
	link_close(link);
	arena_free(&a);
	return err->code;
}

/* A proof's file against keys of a file, or of the desk; quorum -1: the desk's, or none. */
static int
check_file(struct app *app, const char *path, const char *key_file, int64_t quorum)
{
	struct buf    text = BUF_INIT(WITNESS_PROOF_B), keys = BUF_INIT(NOTE_TEXT_B);
	struct err    err = { 0 };
	enum err_code got = os_read_file(str_of(path), &text, &err);
	int           code;

	if (got == ERR_OK)
		got = key_file != NULL ? os_read_file(str_of(key_file), &keys, &err) : keys_of_desk(app, &keys, &quorum, &err);
	code = got != ERR_OK ? app_fail(&err) : check_proof(app, buf_bytes(&text), buf_bytes(&keys), quorum);
	buf_free(&text);
	buf_free(&keys);
	return code;
}

static int
check(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "key", required_argument, NULL, 'k' }, { "quorum", required_argument, NULL, 'q' }, { 0 } };
	char        verify[] = "verify";
	char       *words[] = { verify, NULL };
	const char *key = NULL;
	int64_t     quorum = -1;

	optind = 0;
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (o == 'k')
			key = optarg;
		else if (o != 'q')
			return EXIT_USAGE;
		else if (!str_to_i64(str_of(optarg), 0, 60, &quorum))
			return app_usage("ledger", "--quorum takes a number of witnesses, not \"%s\"", optarg);
	}
	if (optind + 1 == argc)
		return check_file(app, argv[optind], key, quorum);
	return optind == argc && key == NULL ? (optind = 0, cmd_verify(app, 1, words)) : app_usage("ledger", "check one proof, or nothing but the desk");
}

static int
stamp(struct app *app, struct store_link *link, struct arena *a, bool may_write, int argc, char *argv[])
{
	struct store_standing s;
	struct err            err;
	int                   code, renewed;

	(void)argv;
	if (argc > 1)
		return app_usage("ledger", "stamp takes no words");
	if (!may_write)
		return app_usage("ledger", "a desk that is open for reading only keeps no tokens");
	code = stamping_ask(link, app->jail, a, false);
	if (code != EXIT_USAGE && (renewed = stamping_renew(link, app->jail, a, false)) > code)
		code = renewed;
	if (store_ledger_standing(link, a, &(struct store_size_ask){ 0 }, &s, &err) == ERR_OK && s.authorities == 1)
		standing_say(&s, stderr);
	return code;
}

/* ── the command ──────────────────────────────────────────────────────── */

static const struct {
	const char *name;
	int       (*run)(struct app *, struct store_link *, struct arena *, bool, int, char *[]);
} parts[] = { { "checkpoint", checkpoint }, { "list", list }, { "prove", prove }, { "stamp", stamp } };

int
cmd_ledger(struct app *app, int argc, char *argv[])
{
	struct store_link *link;
	struct arena       a;
	struct err         err;
	bool               may_write;
	int                code;

	if (argc > 1 && strcmp(argv[1], "check") == 0)
		return check(app, argc - 1, argv + 1);
	for (size_t i = 0; argc > 1 && i < sizeof(parts) / sizeof(*parts); i++) {
		if (strcmp(argv[1], parts[i].name) != 0)
			continue;
		if (open_log(app, &link, &may_write, &err) != ERR_OK)
			return app_fail(&err);
		arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
		code = parts[i].run(app, link, &a, may_write, argc - 1, argv + 1);
		arena_free(&a);
		link_close(link);
		return code;
	}
	return app_usage("ledger", "say checkpoint, list, prove, stamp or check");
}
