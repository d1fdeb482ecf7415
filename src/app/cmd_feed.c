#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "app/say.h"
#include "base/limits.h"
#include "json/write.h"
#include "os/file.h"
#include "read/read.h"

static void
put_str(struct json *j, const char *key, struct str s)
{
	if (s.n == 0)
		return;
	td_json_key(j, key);
	td_json_str(j, s);
}

/* The instant; what could not be read as one, as it was written. */
static void
put_date(struct json *j, const char *key, const struct feed_date *d)
{
	char iso[CIVIL_SHOWN];

	put_str(j, key, d->us != 0 ? str_of(instant_iso(d->us, iso)) : d->text);
}

static void
put_text(struct json *j, const char *key, const struct feed_text *t)
{
	char plain_key[32];

	put_str(j, key, t->value);
	snprintf(plain_key, sizeof(plain_key), "%s_plain", key);
	if (!str_eq(t->plain, t->value))
		put_str(j, plain_key, t->plain);
}

static void
put_about(struct json *j, const struct feed_about *about, const char *summary)
{
	put_str(j, "id", about->id);
	put_text(j, "title", &about->title);
	put_str(j, "link", about->link);
	put_str(j, "author", about->author);
	/* A feed that says only when a text was changed has said when it was there. */
	put_date(j, "published", about->published.text.n > 0 ? &about->published : &about->updated);
	put_date(j, "updated", &about->updated);
	put_text(j, summary, &about->summary);
	put_text(j, "content", &about->content);
	put_text(j, "rights", &about->rights);
	put_str(j, "language", about->language);
	put_str(j, "licence", about->licence);
	put_str(j, "image", about->image);
	if (about->tags.n == 0)
		return;
	td_json_key(j, "tags");
	td_json_array(j);
	for (size_t i = 0; i < about->tags.n; i++)
		td_json_str(j, about->tags.v[i]);
	td_json_end(j);
}

static void
put_enclosures(struct json *j, const struct feed_item *item, const char *key, bool is_media)
{
	bool begun = false;

	for (size_t i = 0; i < item->enclosures.n; i++) {
		const struct feed_enclosure *e = &item->enclosures.v[i];

		if (e->is_media != is_media)
			continue;
		if (!begun) {
			td_json_key(j, key);
			td_json_array(j);
			begun = true;
		}
		td_json_object(j);
		put_str(j, "url", e->url);
		put_str(j, "type", e->type);
		put_str(j, "length", e->length);
		put_str(j, "title", e->title);
		td_json_end(j);
	}
	if (begun)
		td_json_end(j);
}

static void
put_item(struct json *j, const struct feed_item *item)
{
	td_json_object(j);
	put_about(j, &item->about, "summary");
	put_enclosures(j, item, "enclosures", false);
	put_enclosures(j, item, "media", true);
	put_str(j, "comments", item->comments);
	put_str(j, "in_reply_to", item->in_reply_to);
	put_str(j, "place", item->place);
	put_str(j, "source_title", item->source_title);
	put_str(j, "source_url", item->source_url);
	td_json_key(j, "from");
	td_json_i64(j, item->from);
	td_json_key(j, "to");
	td_json_i64(j, item->to);
	td_json_end(j);
}

static void
put_number(struct json *j, const char *key, int64_t n)
{
	if (n == 0)
		return;
	td_json_key(j, key);
	td_json_i64(j, n);
}

static void
put_feed(struct json *j, const struct feed_doc *doc)
{
	td_json_key(j, "feed");
	td_json_object(j);
	put_about(j, &doc->about, "description");
	put_str(j, "generator", doc->generator);
	put_str(j, "self", doc->self);
	put_str(j, "hub", doc->hub);
	put_str(j, "next", doc->next);
	put_str(j, "moved_to", doc->moved_to);
	put_number(j, "ttl_min", doc->ttl_min);
	put_number(j, "every_min", doc->every_min);
	td_json_end(j);
}

static int
print(const char *path, const struct feed_doc *doc)
{
	struct buf  out = BUF_INIT(2 * LIMIT_MESSAGE_B);
	struct json j = { .out = &out };
	int         code = 0;

	td_json_object(&j);
	put_str(&j, "file", str_of(path));
	put_str(&j, "kind", str_of(feed_kind_names[doc->kind]));
	put_str(&j, "charset", doc->charset);
	put_str(&j, "charset_why", doc->charset_why);
	put_feed(&j, doc);
	td_json_key(&j, "entries");
	td_json_array(&j);
	for (size_t i = 0; i < doc->items.n; i++)
		put_item(&j, &doc->items.v[i]);
	td_json_end(&j);
	td_json_key(&j, "broken");
	td_json_bool(&j, doc->is_broken);
	td_json_key(&j, "cut");
	td_json_bool(&j, doc->is_cut || doc->is_over_limit);
	td_json_end(&j);
	buf_add_char(&out, '\n');
	if (out.failed) {
		fprintf(stderr, "tidings: %s: more than can be printed; nothing was\n", path);
		code = EXIT_FOUND;
	} else {
		fwrite(out.p, 1, out.n, stdout);
	}
	buf_free(&out);
	return code;
}

/* One line of JSON even for what is no feed, so that lines and files stay in step. */
static int
print_fault(const char *path, const struct err *err)
{
	struct buf  out = BUF_INIT(LIMIT_PAGE_B);
	struct json j = { .out = &out };

	td_json_object(&j);
	put_str(&j, "file", str_of(path));
	put_str(&j, "error", str_of(err->text));
	td_json_end(&j);
	buf_add_char(&out, '\n');
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	return app_fail(err);
}

static int
feed_one(struct app *app, const char *path, struct feed_ask ask)
{
	struct buf      bytes = BUF_INIT(LIMIT_BODY_B);
	struct feed_doc doc;
	struct arena    a;
	struct err      err;
	int             code;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, app_full, NULL);
	if (app_read_input(path, &bytes, &err) != ERR_OK) {
		code = print_fault(path, &err);
	} else {
		ask.body = buf_bytes(&bytes);
		if (read_feed(app->jail, &a, &ask, STR(""), &doc, &err) == ERR_OK)
			code = print(path, &doc);
		else
			(void)err_in(&err, "%s", path), code = print_fault(path, &err);
	}
	arena_free(&a);
	buf_free(&bytes);
	return code;
}

int
cmd_feed(struct app *app, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "url", required_argument, NULL, 'u' }, { "content-type", required_argument, NULL, 't' }, { 0 },
	};
	struct feed_ask ask = { .url = STR(""), .content_type = STR("") };
	int             o, code = 0;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case 'u': ask.url = str_of(optarg); break;
		case 't': ask.content_type = str_of(optarg); break;
		default:  return EXIT_USAGE;
		}
	}
	if (optind == argc)
		return app_usage("feed", "say a file, or - for standard input");
	for (int i = optind; i < argc; i++) {
		int one = feed_one(app, argv[i], ask);

		code = one > code ? one : code;
	}
	return code;
}
