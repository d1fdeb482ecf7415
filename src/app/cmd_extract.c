#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "extract/extract.h"
#include "os/file.h"

struct extract_options {
	enum extract_format format;
	struct str          url;
};

static enum err_code
read_input(const char *path, struct buf *bytes, struct err *err)
{
	ssize_t n;
	char   *room;

	if (strcmp(path, "-") != 0)
		return os_read_file(str_of(path), bytes, err);
	while ((room = buf_room(bytes, 64 * KiB)) != NULL && (n = read(STDIN_FILENO, room, 64 * KiB)) > 0)
		bytes->n += (size_t)n;
	if (room == NULL)
		return err_set(err, ERR_LIMIT, "standard input: more than the %zu MB limit; not read", LIMIT_BODY_B / MiB);
	return ERR_OK;
}

static int
print(const struct article *article, enum extract_format format)
{
	struct buf out = BUF_INIT(2 * LIMIT_MESSAGE_B);

	extract_print(&out, article, format);
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	return 0;
}

/* One line of JSON even for a page that could not be read, so that lines and inputs stay in step. */
static int
print_fault(const char *path, const struct extract_options *o, const struct err *err)
{
	struct str     sentence = str_of(err->text);
	struct article article = { .file = str_of(path), .url = o->url, .kind = ARTICLE_EMPTY };

	article.warnings.v = &sentence;
	article.warnings.n = 1;
	if (o->format == EXTRACT_JSON)
		print(&article, o->format);
	return app_fail(err);
}

static int
extract_one(struct app *app, const char *path, const struct extract_options *o)
{
	struct buf     bytes = BUF_INIT(LIMIT_BODY_B);
	struct article article;
	struct arena   a;
	struct err     err;
	enum err_code  code;
	int            exit_code;

	arena_init(&a, 4 * LIMIT_ANSWER_B, app_full, NULL);
	if ((code = read_input(path, &bytes, &err)) == ERR_OK) {
		struct extract_ask ask = { .file = str_of(path), .url = o->url, .media_type = STR(""), .charset = STR(""),
			.content_encoding = STR(""), .body = buf_bytes(&bytes) };

		code = extract_document(app->jail, &a, &ask, &article, &err);
		if (code != ERR_OK)
			(void)err_in(&err, "%s", path);
	}
	exit_code = code == ERR_OK ? print(&article, o->format) : print_fault(path, o, &err);
	arena_free(&a);
	buf_free(&bytes);
	return exit_code;
}

static bool
format_from(const char *name, enum extract_format *ret)
{
	static const char *const names[] = { [EXTRACT_JSON] = "json", [EXTRACT_TEXT] = "text", [EXTRACT_MARKDOWN] = "markdown" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(name, names[i]) == 0) {
			*ret = (enum extract_format)i;
			return true;
		}
	}
	return false;
}

int
cmd_extract(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' }, { "url", required_argument, NULL, 'u' }, { 0 },
	};
	struct extract_options eo = { .format = EXTRACT_JSON, .url = STR("") };
	int                    o, code = 0;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case 'f':
			if (!format_from(optarg, &eo.format))
				return app_usage("extract", "--format is json, text or markdown, not \"%s\"", optarg);
			break;
		case 'u': eo.url = str_of(optarg); break;
		default:  return EXIT_USAGE;
		}
	}
	if (optind == argc)
		return app_usage("extract", "say a file, or - for standard input");
	for (int i = optind; i < argc; i++) {
		int one = extract_one(app, argv[i], &eo);

		code = one > code ? one : code;
		say_progress(str_of(argv[i]), i - optind + 1, argc - optind);
	}
	return code;
}
