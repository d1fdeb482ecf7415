/* cmd_erase - take a capture away for good, and say which copies are out of reach. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "app/which.h"
#include "base/limits.h"
#include "store/verbs.h"

static void
say_copy(const struct store_copy *c)
{
	char when[CIVIL_SHOWN], id[ID_SHOWN];

	instant_iso(c->time_us, when);
	switch (c->kind) {
	case COPY_EXPORT:
		printf("  an export (%" STR_FMT ") was written on %.10s, ledger entry %" PRId64 "; whoever has it keeps it\n", STR_ARG(c->where), when, c->seq);
		break;
	case COPY_BACKUP:
		printf("  the backup of %.10s in %" STR_FMT " holds it, keys too: destroy that folder yourself\n", when, STR_ARG(c->where));
		break;
	case COPY_NOTE:
		printf("  the note %s is published and stays, with what it quotes: %" STR_FMT "; withdraw it and erase again\n",
		    id_show(ID_NOTE, &c->id, id), STR_ARG(c->where));
		break;
	case COPY_SITE:
		printf("  the public site was written on %.10s to %" STR_FMT "; its readers and archives may have copies\n", when, STR_ARG(c->where));
		break;
	case COPY_CAPTURE:
		printf("  %s is another capture of the same address, of %.10s; it stays until it is erased\n", id_show(ID_CAPTURE, &c->id, id), when);
		break;
	case COPY_REVISIT:
		printf("  %s, of %.10s, says of a file that goes that it was as before, and holds no bytes of it: it loses them too\n",
		    id_show(ID_CAPTURE, &c->id, id), when);
		break;
	case COPY_PARTNER:
		printf("  %" STR_FMT ", a partner desk, has the same page since %.10s; ask them\n", STR_ARG(c->where), when);
		break;
	case COPY_TRASH:
		printf("  trash/ holds %" PRId64 " files that crashes left; nobody knows of which captures: look, and delete them yourself\n", c->seq);
		break;
	case COPY_KIND__COUNT:
		break;
	}
}

static void
say_plan(const struct store_erasure *e, bool is_done)
{
	char id[ID_SHOWN];

	printf("%s: %" PRId64 " record%s %s erased%s\n", id_show(ID_CAPTURE, &e->capture, id), e->records, e->records == 1 ? "" : "s",
	    is_done ? "were" : "would be", e->captures > 1 ? ", with the files of the page" : "");
	if (e->is_sealed)
		printf("  their keys %s destroyed; nobody can open them any more, and the files in captures/ stay as they are\n", is_done ? "are" : "would be");
	else
		printf("  they %s not sealed: their bytes in a file that they share with others %s overwritten, and a record in their place says so\n"
		    "  this disk may keep old bytes until it uses them again, and so may snapshots of it\n",
		    is_done ? "were" : "are", is_done ? "are" : "would be");
	printf("  what the desk read in it, its address, and work and announcements that name it %s gone from the database\n", is_done ? "are" : "would be");
	for (size_t i = 0; i < e->notes.n; i++)
		printf("  the note %s, which is not public, %s\n", id_show(ID_NOTE, &e->notes.v[i].id, id), is_done ? "went with it" : "would go with it");
	printf("  the ledger keeps that something was held, and when; what it was, it says no more\n");
	printf(e->copies.n > 0 ? "out of reach, as far as this desk knows:\n" : "this desk knows of no other copy\n");
	for (size_t i = 0; i < e->copies.n; i++)
		say_copy(&e->copies.v[i]);
	printf("  what others were given by hand (proofs, sheets, prints, screenshots) it cannot know\n");
}

static bool
is_agreed(bool yes)
{
	char line[16] = "";

	if (yes)
		return true;
	if (!isatty(STDIN_FILENO))
		return false;
	printf("Erase it for good? Type yes: ");
	fflush(stdout);
	return fgets(line, sizeof(line), stdin) != NULL && strcmp(line, "yes\n") == 0;
}

static int
erase(struct store_link *link, struct arena *a, const struct store_erase_ask *ask)
{
	struct store_erasure e, now;
	struct err           err;
	char                 id[ID_SHOWN];

	if (store_erase(link, a, ask, &e, &err) != ERR_OK)
		return app_fail(&err);
	say_plan(&e, true);
	printf("ledger entry %" PRId64 "\n", e.ledger_seq);
	if (store_erase_look(link, a, &(struct store_name){ str_of(id_show(ID_CAPTURE, &e.capture, id)), ID_CAPTURE }, &now, &err) != ERR_OK)
		return app_fail(&err);
	if (!now.is_due)
		return 0;
	err_set(&err, ERR_IO, "%s: is erased, but the disk still holds traces (the log says why); the next start of the desk goes on with it", id);
	return app_fail(&err);
}

static int
look_and_erase(struct store_link *link, struct arena *a, const struct store_erase_ask *ask, bool yes)
{
	struct store_erasure e;
	struct err           err;
	char                 id[ID_WHOLE], when[CIVIL_SHOWN];

	if (store_erase_look(link, a, &(struct store_name){ str_of(id_show_whole(ID_CAPTURE, &ask->capture, id)), ID_CAPTURE }, &e, &err) != ERR_OK)
		return app_fail(&err);
	if (e.entries == 0 && e.notes.n == 0 && e.erased_us != 0) {
		printf("%s: was erased on %.10s: %" STR_FMT "\n", id, instant_iso(e.erased_us, when), STR_ARG(e.reason));
		return 0;
	}
	if (yes)
		return erase(link, a, ask);
	say_plan(&e, false);
	if (is_agreed(yes))
		return erase(link, a, ask);
	err_set(&err, ERR_DENIED, "nothing was erased; add --yes when that is what you want");
	return app_fail(&err);
}

int
cmd_erase(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = { { "reason", required_argument, NULL, 'r' }, { "yes", no_argument, NULL, 'y' }, { 0 } };
	struct store_erase_ask     ask = { 0 };
	struct store_link         *link;
	struct arena               a;
	struct which               which = { 0 };
	struct err                 err;
	bool                       yes = false;
	int                        o, code;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o == 'r')
			ask.reason = str_trim(str_of(optarg));
		else if (o == 'y')
			yes = true;
		else
			return EXIT_USAGE;
	}
	if (optind + 1 != argc)
		return app_usage("erase", "say one id, as tidings list prints it");
	if (ask.reason.n == 0)
		return app_usage("erase", "say why: --reason 'asked for by the family'; the ledger keeps these words");
	if (app_link(app, LINK_WRITE, &link, &err) != ERR_OK)
		return app_fail(&err);
	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	code = which_find(link, "erase", argv[optind], &which);
	ask.capture = which.capture;
	if (code == 0 && id_is_none(&ask.capture))
		code = app_usage("erase", "%s is not a capture or an article", argv[optind]);
	if (code == 0)
		code = look_and_erase(link, &a, &ask, yes);
	arena_free(&a);
	link_close(link);
	return code;
}
