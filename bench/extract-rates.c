/*
 * extract-rates FOLDER [EVERY [ROUNDS]] - what reading pages costs on one core, as one JSON object.
 * extract-rates doubling                - the whole extraction of one long article of 256 KB, 512 KB ... 8 MB: seconds each.
 *
 * Takes every EVERY-th *.html.gz of the folder (default 1) into memory, reads all once to warm up, then measures ROUNDS
 * rounds (default 5) of each reader in turn; a reader's time is the median of its rounds, in CPU seconds of this process:
 *   parse    our HTML parser over UTF-8 text            gumbo    Debian's, the same text, its errors not asked for
 *   article  our whole extraction, charset and all      libxml2  Debian's, the same text, told that it is UTF-8
 * `memory` says what the whole extraction took of its arena beyond 2 MiB, in multiples of the page: median, 99 of 100, worst.
 */
#include <dirent.h>
#include <gumbo.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "article/read.h"
#include "base/limits.h"
#include "html/tree.h"
#include "text/charset.h"

enum { ROUNDS_MAX = 99 };

struct page {
	struct bytes body;              /* as published */
	struct str   text;              /* as UTF-8 */
	double       memory;
};

static struct page *pages;
static size_t       pages_n, bytes_n, text_n;

static void
full(void *arg)
{
	(void)arg;
	fprintf(stderr, "extract-rates: a page needs more than 2 GB\n");
	exit(EXIT_FAILURE);
}

static void
start_arena(struct arena *a)
{
	arena_init(a, 2048 * MiB, full, NULL);
}

static struct bytes
load(const char *folder, const char *name)
{
	static unsigned char room[LIMIT_DECODED_B];
	char           path[4096];
	unsigned char *p;
	gzFile         f;
	int            n;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if ((f = gzopen(path, "rb")) == NULL || (n = gzread(f, room, sizeof(room))) < 0 || (p = malloc((size_t)n + 1)) == NULL) {
		fprintf(stderr, "extract-rates: %s cannot be read\n", path);
		exit(EXIT_FAILURE);
	}
	gzclose(f);
	memcpy(p, room, (size_t)n);
	return (struct bytes){ p, (size_t)n };
}

static int
is_page(const struct dirent *e)
{
	return str_ends(str_of(e->d_name), STR(".html.gz"));
}

static void
load_all(const char *folder, int every)
{
	static struct arena kept;
	struct dirent     **list;
	struct charset      charset;
	int                 n = scandir(folder, &list, is_page, alphasort);

	if (n <= 0 || (pages = calloc((size_t)n, sizeof(*pages))) == NULL) {
		fprintf(stderr, "extract-rates: %s: no *.html.gz there\n", folder);
		exit(EXIT_FAILURE);
	}
	start_arena(&kept);
	for (int i = 0; i < n; i += every) {
		struct page *p = &pages[pages_n++];

		p->body = load(folder, list[i]->d_name);
		p->text = td_charset_decode(&kept, p->body, STR(""), &charset);
		bytes_n += p->body.n;
		text_n += p->text.n;
	}
}

static void
parse(struct page *p)
{
	struct html_tree tree;
	struct arena     a;

	start_arena(&a);
	td_html_parse(&a, p->text, NULL, &tree);
	arena_free(&a);
}

static void
article(struct page *p)
{
	struct article_ask ask = { .media_type = STR("text/html"), .body = p->body };
	struct article     ret;
	struct arena       a;

	start_arena(&a);
	td_article_read(&a, &ask, &ret);
	p->memory = a.used > 2 * MiB ? (double)(a.used - 2 * MiB) / (double)(p->body.n + 1) : 0;
	arena_free(&a);
}

static void
gumbo(struct page *p)
{
	GumboOptions o = kGumboDefaultOptions;

	o.max_errors = 0;
	gumbo_destroy_output(&o, gumbo_parse_with_options(&o, p->text.p, p->text.n));
}

static void
libxml2(struct page *p)
{
	xmlFreeDoc(htmlReadMemory(p->text.p, (int)p->text.n, NULL, "UTF-8",
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
}

static const struct { const char *name; void (*read)(struct page *); } readers[] = {
	{ "parse", parse }, { "article", article }, { "gumbo", gumbo }, { "libxml2", libxml2 },
};
enum { READERS_N = sizeof(readers) / sizeof(*readers) };

static double
round_s(void (*read)(struct page *))
{
	struct timespec from, to;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	for (size_t i = 0; i < pages_n; i++)
		read(&pages[i]);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
}

static int
compare(const void *a, const void *b)
{
	return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* Paragraphs, headings and links as a long report has them, no two alike. */
static struct page
long_article(size_t size_b)
{
	struct buf out = BUF_INIT(LIMIT_DECODED_B);

	buf_add(&out, STR("<!doctype html><title>The long report</title><article><h1>The long report</h1><p>By Mina Park, 27 June 2018"));
	for (int i = 0; out.n < size_b; i++)
		buf_addf(&out, "%s<p>Paragraph %d of the report says, in plain words, that <a href='/p/%d'>office %d</a> was closed on %d May 2018, "
		    "and that nobody was told why. 단체 %d곳의 예산이 삭감됐다, 관계자는 \"%d명이 떠났다\"고 말했다.</p>\n", i % 20 == 0 ? "<h2>Part</h2>" : "", i,
		    i, i, i % 28 + 1, i, i);
	return (struct page){ .body = buf_bytes(&out), .text = buf_str(&out) };
}

static int
doubling(void)
{
	static struct page page;

	pages = &page;
	pages_n = 1;
	printf("{");
	for (size_t size_b = 256 * KiB; size_b <= 8 * MiB; size_b *= 2) {
		double seconds[5];

		page = long_article(size_b);
		for (int r = 0; r < 5; r++)
			seconds[r] = round_s(article);
		qsort(seconds, 5, sizeof(*seconds), compare);
		printf("%s\"%zu\": %.6f", size_b > 256 * KiB ? ", " : "", size_b / KiB, seconds[2]);
	}
	printf("}\n");
	return EXIT_SUCCESS;
}

int
main(int argc, char *argv[])
{
	static double seconds[READERS_N][ROUNDS_MAX];
	int           every = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1, rounds = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 5;
	double       *memory;

	if (argc == 2 && strcmp(argv[1], "doubling") == 0)
		return doubling();
	if (argc < 2 || every < 1 || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: extract-rates FOLDER [EVERY [ROUNDS]]\n");
		return EXIT_FAILURE;
	}
	load_all(argv[1], every);
	for (int r = -1; r < rounds; r++)
		for (size_t i = 0; i < READERS_N; i++)
			seconds[i][r < 0 ? 0 : r] = round_s(readers[i].read);
	if ((memory = calloc(pages_n, sizeof(*memory))) == NULL)
		return EXIT_FAILURE;
	for (size_t i = 0; i < pages_n; i++)
		memory[i] = pages[i].memory;
	qsort(memory, pages_n, sizeof(*memory), compare);
	printf("{\"pages\": %zu, \"bytes\": %zu, \"text_bytes\": %zu, \"rounds\": %d", pages_n, bytes_n, text_n, rounds);
	for (size_t i = 0; i < READERS_N; i++) {
		qsort(seconds[i], (size_t)rounds, sizeof(double), compare);
		printf(", \"%s\": %.6f", readers[i].name, seconds[i][rounds / 2]);
	}
	printf(", \"memory\": [%.2f, %.2f, %.2f]}\n", memory[pages_n / 2], memory[pages_n * 99 / 100], memory[pages_n - 1]);
	return EXIT_SUCCESS;
}
