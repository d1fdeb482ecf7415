/*
 * cmd_note - write or change the desk's note.
 *
 * Only what is said changes; the rest stays as the article or the note's last
 * version has it.  A note about an article that already has one changes that
 * one: two runs of the same command must not make two notes.
 */
#include <getopt.h>
#include <stdio.h>

#include "app/command.h"
#include "app/note_words.h"
#include "base/limits.h"
#include "os/file.h"

/* What the command line said, before the note is known. */
struct said {
	struct store_note note;          /* fields that were given; p == NULL: not given */
	bool              has_status, has_sensitivity, has_date;
	struct str        excerpt[LIMIT_LIST_N], contact[LIMIT_LIST_N];
	size_t            excerpts, contacts;
	struct buf        text;          /* of --text */
};

enum { O_HEADING = 256, O_TEXT, O_COUNTRY, O_CARRIER, O_ORIGIN, O_DATE, O_PLACE, O_FULL, O_EXCERPT, O_CONTACT, O_STATUS,
	O_SENSITIVITY, O_LANGUAGE, O_CORRECT, O_WITHDRAW };

static const struct option options[] = {
	{ "heading", required_argument, NULL, O_HEADING }, { "text", required_argument, NULL, O_TEXT },
	{ "country", required_argument, NULL, O_COUNTRY }, { "carrier", required_argument, NULL, O_CARRIER },
	{ "origin", required_argument, NULL, O_ORIGIN }, { "date", required_argument, NULL, O_DATE },
	{ "place", required_argument, NULL, O_PLACE }, { "full-story", required_argument, NULL, O_FULL },
	{ "excerpt", required_argument, NULL, O_EXCERPT }, { "contact", required_argument, NULL, O_CONTACT },
	{ "status", required_argument, NULL, O_STATUS }, { "sensitivity", required_argument, NULL, O_SENSITIVITY },
	{ "language", required_argument, NULL, O_LANGUAGE }, { "correct", required_argument, NULL, O_CORRECT },
	{ "withdraw", required_argument, NULL, O_WITHDRAW }, { 0 },
};

static int
read_text(struct said *said, const char *from)
{
	struct err err;
	char       part[4096];
	size_t     n;

	if (strcmp(from, "-") == 0) {
		while ((n = fread(part, 1, sizeof(part), stdin)) > 0)
			buf_add(&said->text, (struct str){ part, n });
	} else if (os_read_file(str_of(from), &said->text, &err) != ERR_OK) {
		return app_fail(&err);
	}
	if (said->text.failed) {
		fprintf(stderr, "tidings: the note's text is longer than %zu kB; the note was not saved\n", LIMIT_NOTE_B / KiB);
		return EXIT_FOUND;
	}
	said->note.text = said->text.n > 0 ? buf_str(&said->text) : STR("");
	return 0;
}

static int
say_more(struct said *said, struct str list[], size_t *n, const char *what)
{
	(void)said;
	if (*n == LIMIT_LIST_N)
		return app_usage("note", "more than %d %ss", LIMIT_LIST_N, what);
	list[(*n)++] = str_of(optarg);
	return 0;
}

static int
take_choice(struct said *said, int o)
{
	if (o == O_STATUS) {
		said->has_status = true;
		if (!note_status_from(str_of(optarg), &said->note.status))
			return app_usage("note", "--status is draft, ready or published, not \"%s\"", optarg);
	} else if (o == O_SENSITIVITY) {
		said->has_sensitivity = true;
		if (!note_sensitivity_from(str_of(optarg), &said->note.sensitivity))
			return app_usage("note", "--sensitivity is unreviewed, public or protected, not \"%s\"", optarg);
	} else {
		said->has_date = true;
		if (!civil_parse_iso(str_of(optarg), &said->note.dateline.date))
			return app_usage("note", "--date is written 2018-06-27, not \"%s\"", optarg);
	}
	return 0;
}

static int
take_option(struct said *said, int o)
{
	struct store_note *n = &said->note;

	switch (o) {
	case O_HEADING:     n->heading = str_of(optarg); return 0;
	case O_TEXT:        return read_text(said, optarg);
	case O_COUNTRY:     n->country = str_of(optarg); return 0;
	case O_CARRIER:     n->carrier = str_of(optarg); return 0;
	case O_ORIGIN:      n->origin = str_of(optarg); return 0;
	case O_PLACE:       n->dateline.place = str_of(optarg); return 0;
	case O_FULL:        n->full_story = str_of(optarg); return 0;
	case O_LANGUAGE:    n->language = str_of(optarg); return 0;
	case O_EXCERPT:     return say_more(said, said->excerpt, &said->excerpts, "excerpt");
	case O_CONTACT:     return say_more(said, said->contact, &said->contacts, "contact");
	case O_STATUS:
	case O_SENSITIVITY:
	case O_DATE:        return take_choice(said, o);
	case O_CORRECT:     n->why = str_of(optarg); n->act = ACT_CORRECT; return 0;
	case O_WITHDRAW:    n->why = str_of(optarg); n->act = ACT_WITHDRAW; return 0;
	default:            return EXIT_USAGE;
	}
}

static void
override_str(struct str *to, struct str said)
{
	if (said.p != NULL)
		*to = said;
}

/* What was said goes over what is there. */
static void
apply(struct arena *a, struct store_note *n, struct said *said, const struct contact *on_page)
{
	override_str(&n->heading, said->note.heading);
	override_str(&n->text, said->note.text);
	override_str(&n->country, said->note.country);
	override_str(&n->carrier, said->note.carrier);
	override_str(&n->origin, said->note.origin);
	override_str(&n->dateline.place, said->note.dateline.place);
	override_str(&n->full_story, said->note.full_story);
	override_str(&n->language, said->note.language);
	if (said->has_date)
		n->dateline.date = said->note.dateline.date;
	if (said->has_status)
		n->status = said->note.status;
	if (said->has_sensitivity)
		n->sensitivity = said->note.sensitivity;
	n->why = said->note.why.p != NULL ? said->note.why : STR("");
	if (said->note.act != ACT_CREATE)
		n->act = said->note.act;
	if (n->act == ACT_WITHDRAW)
		n->status = NOTE_WITHDRAWN;
	if (said->excerpts > 0) {
		n->excerpts.v = arena_array(a, said->excerpts, struct excerpt);
		n->excerpts.n = said->excerpts;
		for (size_t i = 0; i < said->excerpts; i++)
			n->excerpts.v[i] = note_excerpt(said->excerpt[i]);
	}
	if (said->contacts > 0) {
		n->contacts.v = arena_array(a, said->contacts, struct store_contact);
		n->contacts.n = said->contacts;
		for (size_t i = 0; i < said->contacts; i++)
			n->contacts.v[i] = note_contact(a, said->contact[i], on_page);
	}
}

/* The note to change and its article; a new note when there is none yet. */
static enum err_code
find_note(struct store_link *link, struct arena *a, struct str id, struct store_note *ret, struct store_article_view *article,
	struct err *err)
{
	struct store_name  name = { .id = id, .kind = ID_ANY };
	struct store_found found;
	char               shown[ID_WHOLE];

	if (store_find(link, a, &name, &found, err) != ERR_OK)
		return err->code;
	if (found.kind == ID_NOTE) {
		if (store_note_get(link, a, &name, ret, err) != ERR_OK)
			return err->code;
		ret->act = ACT_EDIT;
		if (id_is_none(&ret->article))
			return ERR_OK;
		name.id = arena_copy(a, str_of(id_show_whole(ID_ARTICLE, &ret->article, shown)));
		return store_article_get(link, a, &name, article, err);
	}
	if (found.kind != ID_ARTICLE)
		return err_set(err, ERR_FORMAT, "%" STR_FMT " is not an article or a note; nothing was saved", STR_ARG(id));
	if (store_article_get(link, a, &name, article, err) != ERR_OK)
		return err->code;
	if (article->notes.n > 0) {
		name.id = arena_copy(a, str_of(id_show_whole(ID_NOTE, &article->notes.v[0].id, shown)));
		if (store_note_get(link, a, &name, ret, err) != ERR_OK)
			return err->code;
		ret->act = ACT_EDIT;
		return ERR_OK;
	}
	*ret = (struct store_note){ .act = ACT_CREATE, .status = NOTE_DRAFT };
	note_from_article(ret, article);
	return ERR_OK;
}

static int
save(struct store_link *link, struct str id, struct said *said)
{
	struct store_article_view article = { 0 };
	struct store_note_new     ask = { 0 };
	struct store_note_done    done;
	struct arena              a;
	struct err                err;
	char                      shown[ID_SHOWN];
	int                       code = 0;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	if (find_note(link, &a, id, &ask.note, &article, &err) != ERR_OK) {
		code = app_fail(&err);
	} else {
		apply(&a, &ask.note, said, &article.article.contact);
		if (store_note_save(link, &a, &ask, &done, &err) != ERR_OK)
			code = app_fail(&err);
		else
			printf("%s  version %lld  %s  %" STR_FMT "\n", id_show(ID_NOTE, &done.id, shown), (long long)done.version,
			    ask.note.act == ACT_WITHDRAW ? "withdrawn" : note_status_name[ask.note.status], STR_ARG(ask.note.heading));
		if (code == 0 && ask.note.heading.n == 0)
			fprintf(stderr, "tidings: the page has no headline and none was given; say --heading before it is published\n");
	}
	arena_free(&a);
	return code;
}

int
cmd_note(struct app *app, int argc, char *argv[])
{
	struct said        said = { .text = BUF_INIT(LIMIT_NOTE_B) };
	struct store_link *link;
	struct err         err;
	int                o, code = 0;

	while (code == 0 && (o = getopt_long(argc, argv, "", options, NULL)) != -1)
		code = take_option(&said, o);
	if (code == 0 && optind + 1 != argc)
		code = app_usage("note", "say one id, of an article (a-...) or of a note (n-...)");
	if (code == 0 && app_link(app, LINK_WRITE, &link, &err) != ERR_OK) {
		code = app_fail(&err);
	} else if (code == 0) {
		code = save(link, str_of(argv[optind]), &said);
		link_close(link);
	}
	buf_free(&said.text);
	return code;
}
