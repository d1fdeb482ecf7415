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
#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "os/file.h"
#include "store/verbs.h"

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

/* The entry that the proof is of: it follows from the statement, or stands there itself when that was erased. */
static enum err_code
entry_of(const struct ledger_proof *p, struct buf *ret, struct err *err)
{
	struct str       rest = buf_str(&p->extra), line, kind = STR(""), time = STR("");
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
	td_ledger_entry(ret, k, us, buf_bytes(&p->extra));
	return td_ledger_check(buf_bytes(ret), buf_bytes(&p->extra), err);
}

/* What the keys given say of a checkpoint. */
struct signers {
	int logs;                   /* keys of the log that signed */
	int64_t cosigned, witnesses;
};

static struct signers
say_signers(const struct checkpoint *c, struct str keys)
{
	struct signers n = { 0 };
	struct str     line;

	while (str_cut(&keys, '\n', &line)) {
		struct note_key k;
		int64_t         time_s = 0;
		char            when[CIVIL_SHOWN];
		bool            is_key = td_note_key_parse(str_trim(line), &k), is_good;

		if (!is_key)
			continue;
		is_good = td_note_is_signed(c->text, c->signatures, &k, &time_s);
		n.witnesses += k.kind == NOTE_COSIGNATURE;
		if (is_good && k.kind == NOTE_COSIGNATURE)
			printf("cosigned    %s, %s\n", k.name, instant_iso(time_s * US_PER_S, when)), n.cosigned++;
		else if (is_good && str_eq(str_of(k.name), c->origin))
			printf("signed      %s\n", k.name), n.logs++;
	}
	if (n.witnesses > 0)
		printf("            %" PRId64 " of %" PRId64 " witnesses\n", n.cosigned, n.witnesses);
	return n;
}

static enum err_code
judge_signers(const struct checkpoint *c, struct str keys, int64_t quorum, struct err *err)
{
	struct signers n = say_signers(c, keys);

	if (n.logs == 0)
		return err_set(err, ERR_FORMAT, "none of the keys given has signed this checkpoint; the proof is worth nothing without one");
	if (n.cosigned < quorum)
		return err_set(err, ERR_FORMAT, "%" PRId64 " of %" PRId64 " witnesses have signed this checkpoint, and %" PRId64 " were asked for: it is not witnessed",
		    n.cosigned, n.witnesses, quorum);
	return ERR_OK;
}

static int
check_proof(struct str text, struct str keys, int64_t quorum)
{
	struct ledger_proof p;
	struct buf          entry = BUF_INIT(64 * KiB);
	struct err          err = { 0 };

	if (td_ledger_proof_parse(text, &p, &err) != ERR_OK)
		return app_fail(&err);
	if (entry_of(&p, &entry, &err) == ERR_OK && !td_ledger_proof_holds(&p, buf_bytes(&entry)))
		err_set(&err, ERR_FORMAT, "entry %" PRIu64 " is not under this checkpoint; the proof does not hold", p.index);
	if (err.code == ERR_OK) {
		print(buf_str(&p.extra));
		printf("\nentry       %" PRIu64 " of %" PRIu64 " in %" STR_FMT "\n", p.index, p.checkpoint.size, STR_ARG(p.checkpoint.origin));
		if (judge_signers(&p.checkpoint, keys, quorum, &err) == ERR_OK)
			printf("This entry existed at this desk when the checkpoint was signed, and is unchanged since.\n");
	}
	td_ledger_proof_free(&p);
	buf_free(&entry);
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
	struct buf    text = BUF_INIT(PROOF_TEXT_B + 128 * KiB), keys = BUF_INIT(NOTE_TEXT_B);
	struct err    err = { 0 };
	enum err_code got = os_read_file(str_of(path), &text, &err);
	int           code;

	if (got == ERR_OK)
		got = key_file != NULL ? os_read_file(str_of(key_file), &keys, &err) : keys_of_desk(app, &keys, &quorum, &err);
	code = got != ERR_OK ? app_fail(&err) : check_proof(buf_str(&text), buf_str(&keys), quorum);
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
	return optind == argc && key == NULL ? cmd_verify(app, 1, words) : app_usage("ledger", "check one proof, or nothing but the desk");
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
