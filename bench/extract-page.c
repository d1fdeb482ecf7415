/*
 * extract-page FILE... - how long a page takes to be read, and what comes of it.
 *
 * Files may be gzipped.  Standard output has one JSON object a page (id, kind, text,
 * title, date, author, language); standard error has the rates, beside the parser alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "article/read.h"
#include "base/limits.h"
#include "http/decode.h"
#include "json/write.h"
#include "html/tree.h"
#include "text/charset.h"

#ifdef HAVE_GUMBO
#include <gumbo.h>
#endif

static void
full(void *arg)
{
	fprintf(stderr, "%s: too large\n", arg != NULL ? (const char *)arg : "warm-up");
	exit(EXIT_FAILURE);
}

static double
now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool
load(const char *path, struct buf *ret)
{
	struct buf raw = BUF_INIT(LIMIT_BODY_B);
	struct err err;
	FILE      *f = fopen(path, "rb");
	char       part[16384];
	size_t     n;

	if (f == NULL)
		return false;
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&raw, (struct str){ part, n });
	fclose(f);
	if (td_http_decode(ret, buf_bytes(&raw), STR(""), &err) != ERR_OK)
		fprintf(stderr, "%s: %s\n", path, err.text);
	buf_free(&raw);
	return true;
}

static void
print(const char *path, const struct article *a)
{
	const char *slash = strrchr(path, '/');
	struct str  id = str_of(slash != NULL ? slash + 1 : path);
	struct buf  out = BUF_INIT(64 * MiB), author = BUF_INIT(LIMIT_TEXT_B);
	struct json j = { .out = &out };
	char        day[CIVIL_SHOWN];

	id = str_ends(id, STR(".gz")) ? str_sub(id, 0, id.n - 3) : id;
	id = str_ends(id, STR(".html")) ? str_sub(id, 0, id.n - 5) : id;
	for (size_t i = 0; i < a->byline.n; i++) {
		buf_add(&author, i > 0 ? STR("; ") : STR(""));
		buf_add(&author, a->byline.v[i]);
	}
	td_json_object(&j);
	td_json_key(&j, "id"), td_json_str(&j, id);
	td_json_key(&j, "kind"), td_json_str(&j, str_of(article_kind_name[a->kind]));
	td_json_key(&j, "text"), td_json_str(&j, a->text);
	td_json_key(&j, "title"), td_json_str(&j, a->title);
	/* A page that says only when it was last changed has no other date to be known by. */
	if (a->published.precision != CIVIL_NONE)
		td_json_key(&j, "date"), td_json_str(&j, str_of(civil_iso(&a->published, day)));
	else if (a->modified.precision != CIVIL_NONE)
		td_json_key(&j, "date"), td_json_str(&j, str_of(civil_iso(&a->modified, day)));
	td_json_key(&j, "author"), td_json_str(&j, buf_str(&author));
	td_json_key(&j, "language"), td_json_str(&j, a->language);
	td_json_end(&j);
	buf_add_char(&out, '\n');
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	buf_free(&author);
}

/* How long Debian's HTML5 parser takes for the same text; its faults are not asked for, as a careful user would. */
static double
peer_s(struct str text)
{
#ifdef HAVE_GUMBO
	GumboOptions options = kGumboDefaultOptions;
	double       start = now_s();

	options.max_errors = 0;
	gumbo_destroy_output(&options, gumbo_parse_with_options(&options, text.p, text.n));
	return now_s() - start;
#else
	(void)text;
	return 0;
#endif
}

int
main(int argc, char *argv[])
{
	double parse_s = 0, read_s = 0, gumbo_s = 0, mb = 0;

	for (int i = 1; i < argc; i++) {
		struct buf         page = BUF_INIT(LIMIT_DECODED_B);
		struct arena       a;
		struct article_ask ask = { .media_type = STR("text/html") };
		struct article     article;
		struct charset     charset;
		struct html_tree   tree;
		struct str         text;
		double             start;

		if (!load(argv[i], &page))
			continue;
		ask.body = buf_bytes(&page);
		arena_init(&a, 1024 * MiB, full, argv[i]);
		start = now_s();
		text = td_charset_decode(&a, ask.body, STR(""), &charset);
		td_html_parse(&a, text, NULL, &tree);
		parse_s += now_s() - start;
		gumbo_s += peer_s(text);
		arena_free(&a);
		arena_init(&a, 1024 * MiB, full, argv[i]);
		start = now_s();
		td_article_read(&a, &ask, &article);
		read_s += now_s() - start;
		mb += 1e-6 * (double)page.n;
		print(argv[i], &article);
		arena_free(&a);
		buf_free(&page);
	}
	fprintf(stderr, "%.1f MB: parser alone %.1f MB/s, whole article %.1f MB/s (%.2f of it)\n", mb, mb / (parse_s + 1e-9),
	    mb / (read_s + 1e-9), parse_s / (read_s + 1e-9));
	if (gumbo_s > 0)
		fprintf(stderr, "gumbo's parse alone %.1f MB/s: our parser alone %.1fx, whole article %.2fx of it\n", mb / gumbo_s,
		    gumbo_s / (parse_s + 1e-9), gumbo_s / (read_s + 1e-9));
	else
		fprintf(stderr, "FAILED: gumbo, the peer, is not installed\n");
	return EXIT_SUCCESS;
}
