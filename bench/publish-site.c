/*
 * publish-site [ARTICLES [NOTES]] - how long a desk waits for its site: the
 * first build of NOTES published notes, a build without a change, and the
 * build after one more note.  Prints milliseconds.
 */
#include "publish/publish.h"

#include "store/desk_check.h"

static void
add_note(struct desk *d, int i)
{
	char                   url[64], heading[64];
	struct store_note_done done;
	struct excerpt         v[2] = { { .text = STR("The office of the coalition was closed.") }, { .text = STR("예산이 삭감됐다.") } };
	struct store_note      n = { .act = ACT_CREATE, .status = NOTE_PUBLISHED, .language = STR("en"), .country = STR("KP"),
		.text = STR("Groups that document prison camps lose their offices. Their files are safe for now."),
		.carrier = STR("Example Wire"), .full_story = STR("https://wire.example/1"), .who = STR("lena"), .excerpts = { v, 2 } };

	snprintf(url, sizeof(url), "https://wire.example/%d", i);
	snprintf(heading, sizeof(heading), "Three offices closed, %d", i);
	n.heading = str_of(heading);
	n.article = add(d, str_of(url), n.heading, STR("The office of the coalition was closed. The ministry spoke of “reform”.\n\n"
	    "예산이 삭감됐다. 단체들은 반발했다.\n\nNobody was hurt, police said.")).id;
	if (store_note_save(d->link, &d->arena, &(struct store_note_new){ n }, &done, &d->err) != ERR_OK)
		fprintf(stderr, "# %s\n", d->err.text);
	arena_free(&d->arena);
}

static void
build(struct desk *d, const char *out, const char *what)
{
	struct publish_done done = { 0 };
	int64_t             from = os_ticks_us();

	if (publish_site(d->link, str_of(out), STR("https://desk.example/"), 0, &done, &d->err) != ERR_OK)
		fprintf(stderr, "# %s\n", d->err.text);
	printf("%-24s %8.1f ms   %zu notes, %zu files, %zu written\n", what, (double)(os_ticks_us() - from) / 1e3, done.notes,
	    done.files, done.written);
}

int
main(int argc, char *argv[])
{
	int         articles = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 10000;
	int         notes = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1000;
	char        out[] = "/tmp/tidings-bench-XXXXXX";
	struct desk d;
	struct err  err;

	if (!desk_begin(&d) || mkdtemp(out) == NULL)
		return EXIT_FAILURE;
	for (int i = 0; i < notes; i++)
		add_note(&d, i);
	for (int i = notes; i < articles; i++) {
		char url[64];

		snprintf(url, sizeof(url), "https://wire.example/%d", i);
		add(&d, str_of(url), STR("Another story"), STR("Words that nobody wrote a note about. 다른 이야기."));
		arena_free(&d.arena);
	}
	build(&d, out, "first build");
	build(&d, out, "nothing changed");
	add_note(&d, articles);
	build(&d, out, "one more note");
	if (getenv("KEEP") != NULL)
		printf("%s\n", out);
	else if (os_remove_tree(str_of(out), &err) != ERR_OK)
		fprintf(stderr, "# %s\n", err.text);
	desk_end(&d);
	return EXIT_SUCCESS;
}
