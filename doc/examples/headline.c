/*
 * headline FILE [URL] - what a saved page says: title, date, authors, the first paragraph.
 *
 *     cc -o headline headline.c $(pkg-config --cflags --libs tidings)
 */
#include <stdio.h>
#include <stdlib.h>

#include <tidings.h>

static char *
slurp(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "rb");
	char *bytes = malloc(TIDINGS_BODY_MAX + 1);

	if (f == NULL || bytes == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	*ret_n = fread(bytes, 1, TIDINGS_BODY_MAX + 1, f);      /* a byte too many is told by the library */
	fclose(f);
	return bytes;
}

int
main(int argc, char *argv[])
{
	struct tidings_ask         ask = TIDINGS_ASK;
	struct tidings_article    *article;
	struct tidings_error       error;
	const struct tidings_date *published;
	char                      *page;

	if (argc < 2) {
		fprintf(stderr, "usage: headline FILE [URL]\n");
		return EXIT_FAILURE;
	}
	ask.body = page = slurp(argv[1], &ask.body_n);
	ask.url = argv[2];
	if (tidings_read(&ask, &article, &error) != TIDINGS_OK) {
		fprintf(stderr, "%s: %s\n", argv[1], error.text);
		return EXIT_FAILURE;
	}
	free(page);
	published = tidings_date(article, TIDINGS_PUBLISHED);
	printf("%s\n", tidings_text(article, TIDINGS_TITLE, NULL));
	printf("%s", published != NULL ? published->iso : "(no date)");
	for (size_t i = 0; tidings_byline(article, i) != NULL; i++)
		printf(", %s", tidings_byline(article, i));
	printf("\n");
	for (size_t i = 0; i < tidings_count(article, TIDINGS_BLOCKS); i++) {
		const struct tidings_block *b = tidings_block(article, i);

		if (b->kind != TIDINGS_PARAGRAPH)
			continue;
		printf("\n%.*s\n", (int)(b->to - b->from), tidings_text(article, TIDINGS_MAIN, NULL) + b->from);
		break;
	}
	tidings_free(article);
	return EXIT_SUCCESS;
}
