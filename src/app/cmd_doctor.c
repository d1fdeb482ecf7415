#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "app/standing.h"
#include "base/limits.h"
#include "extract/extract.h"
#include "store/verbs.h"

static void
say_walls(void)
{
	struct jail_walls w = jail_walls();

	printf("walls for a document's reader:\n  seccomp   %s\n  rlimits   %s\n", w.seccomp ? "holds" : "DOES NOT HOLD", w.rlimits ? "hold" : "DO NOT HOLD");
	if (w.landlock_abi > 0)
		printf("  Landlock  version %d\n", w.landlock_abi);
	else
		printf("  Landlock  not in this kernel; seccomp alone keeps files and network away\n");
	printf("  PDF       %s\n", w.landlock_abi == 0 ? "is kept, not read: its reader needs Landlock" :
	    access(extract_pdf_program.path, X_OK) != 0 ? "is kept, not read: the package poppler-utils is not installed" :
	    access(extract_pdf_program.folders[0], R_OK) != 0 ? "is read, but not Chinese, Japanese and Korean: the package poppler-data is not installed" :
	    "is read by pdftotext");
}

static void
say_desk(const struct store_desk_status *s)
{
	char when[CIVIL_SHOWN];

	printf("desk %" STR_FMT " (%" STR_FMT ")\n  captures  %lld, articles %lld, notes published %lld\n  ledger    %lld entries\n", STR_ARG(s->name),
	    STR_ARG(s->dir), (long long)s->captures, (long long)s->articles, (long long)s->notes_published, (long long)s->ledger_size);
	if (s->jobs_open > 0)
		printf("  jobs      %lld not done yet\n", (long long)s->jobs_open);
	if (s->last_backup_us != 0)
		printf("  backup    %s in %" STR_FMT "\n", instant_iso(s->last_backup_us, when), STR_ARG(s->last_backup_to));
	else
		printf("  backup    none: one copy only\n");
	printf("  disk      %lld MB free\n", (long long)(s->bytes_free / (int64_t)MiB));
	printf("  network   %" STR_FMT "\n", STR_ARG(s->fetch_route.n > 0 ? s->fetch_route : STR("direct")));
	if (s->fetch_allow.n > 0)
		printf("  caution   fetch.allow lets pages be fetched from %" STR_FMT "\n", STR_ARG(s->fetch_allow));
}

/* The same as the desk's list says. */
static void
say_health(const struct store_health *h)
{
	static const char *const lacks[HEALTH_QUESTION__COUNT] = { [HEALTH_TITLE] = "have no headline", [HEALTH_DATE] = "have no date",
		[HEALTH_BYLINE] = "have no byline", [HEALTH_TEXT] = "have less than a third of the usual text" };

	for (size_t i = 0; i < h->hosts.n; i++) {
		const struct store_host_fault *f = &h->hosts.v[i];
		char                           day[CIVIL_SHOWN];

		printf("  reading   %" STR_FMT ": since %.10s, %lld of %lld pages %s; before, %lld of %lld\n", STR_ARG(f->host),
		    instant_iso(f->since_us, day), (long long)f->lack, (long long)f->of, lacks[f->question], (long long)f->lacked,
		    (long long)f->of_before);
	}
}

int
cmd_doctor(struct app *app, int argc, char *argv[])
{
	struct store_desk_status status;
	struct store_health      health;
	struct store_standing    standing;
	struct store_link       *link;
	struct arena             a;
	struct err               err;
	int                      code = 0;

	(void)argv;
	if (argc != 1)
		return app_usage("doctor", "it takes no words");
	say_walls();
	if (app_link(app, LINK_READ, &link, &err) != ERR_OK)
		return app_fail(&err);
	arena_init(&a, LIMIT_MESSAGE_B, app_full, NULL);
	if (store_status(link, &a, &(struct store_none){ 0 }, &status, &err) != ERR_OK ||
	    store_health(link, &a, &(struct store_none){ 0 }, &health, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		say_desk(&status);
		if (store_ledger_standing(link, &a, &(struct store_size_ask){ 0 }, &standing, &err) == ERR_OK)
			standing_say(&standing, stdout);
		say_health(&health);
		code = health.hosts.n > 0 ? EXIT_FOUND : 0;
	}
	arena_free(&a);
	link_close(link);
	return code;
}
