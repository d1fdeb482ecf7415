/*
 * potab OUT LANG=FILE.po... - write the sentences of .po files as a sorted C table.
 *
 * A msgid is an id ("desk.add.label"), never a sentence.  The first language
 * is the one that others fall back to.  An id that one language lacks, has
 * twice or leaves empty is an error here, so that it never meets a reader; so
 * is a sentence whose places ({1}, {2}, …) differ from the first language's.
 */
#define _GNU_SOURCE      /* a host tool: the project's arguments do not reach it */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGS_MAX = 16, IDS_MAX = 4096, TEXT_MAX = 8192 };

struct entry {
	char *id;
	char *text[LANGS_MAX];
};

static struct entry entries[IDS_MAX];
static size_t       entries_n;
static int          faults;

static void
complain(const char *file, const char *id, const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", file, id, what);
	faults++;
}

/* Append what stands between the quotes of a line, without its escapes. */
static void
add_quoted(const char *line, char *text)
{
	const char *at = strchr(line, '"');
	size_t      n = strlen(text);

	if (at == NULL)
		return;
	for (at++; *at != '\0' && *at != '"' && n + 1 < TEXT_MAX; at++) {
		if (*at == '\\' && at[1] != '\0') {
			at++;
			text[n++] = *at == 'n' ? '\n' : *at == 't' ? '\t' : *at;
		} else {
			text[n++] = *at;
		}
	}
	text[n] = '\0';
}

static struct entry *
entry_of(const char *id)
{
	for (size_t i = 0; i < entries_n; i++)
		if (strcmp(entries[i].id, id) == 0)
			return &entries[i];
	if (entries_n == IDS_MAX) {
		fprintf(stderr, "potab: more than %d ids\n", (int)IDS_MAX);
		exit(EXIT_FAILURE);
	}
	entries[entries_n].id = strdup(id);
	return &entries[entries_n++];
}

static void
keep(const char *file, int lang, const char *id, const char *text)
{
	struct entry *e;

	if (id[0] == '\0')
		return;         /* the header of a .po file is the translation of "" */
	e = entry_of(id);
	if (e->text[lang] != NULL)
		complain(file, id, "stands here twice");
	else if (text[0] == '\0')
		complain(file, id, "has no text");
	else
		e->text[lang] = strdup(text);
}

static void
read_po(const char *file, int lang)
{
	FILE *in = fopen(file, "r");
	char  line[TEXT_MAX], id[TEXT_MAX] = "", text[TEXT_MAX] = "";
	char *into = NULL;

	if (in == NULL) {
		perror(file);
		exit(EXIT_FAILURE);
	}
	while (fgets(line, sizeof(line), in) != NULL) {
		if (strncmp(line, "msgid ", 6) == 0) {
			keep(file, lang, id, text);
			id[0] = text[0] = '\0';
			into = id;
		} else if (strncmp(line, "msgstr ", 7) == 0) {
			into = text;
		} else if (line[0] != '"') {
			continue;
		}
		if (into != NULL)
			add_quoted(line, into);
	}
	keep(file, lang, id, text);
	fclose(in);
}

/* Which of {1} … {9} a sentence has, as bits. */
static unsigned
places(const char *text)
{
	unsigned seen = 0;

	for (const char *p = text; *p != '\0'; p++)
		if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}')
			seen |= 1u << (p[1] - '0');
	return seen;
}

static void
check(const char *const *names, int langs)
{
	for (size_t i = 0; i < entries_n; i++)
		for (int l = 0; l < langs; l++)
			if (entries[i].text[l] == NULL)
				complain(names[l], entries[i].id, "is missing in this language");
			else if (entries[i].text[0] != NULL && places(entries[i].text[l]) != places(entries[i].text[0]))
				complain(names[l], entries[i].id, "has other places {1} than the first language");
}

static int
by_id(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

static void
put_string(FILE *out, const char *text)
{
	size_t n = strlen(text);

	fputs("{ \"", out);
	for (; *text != '\0'; text++)
		if (*text == '"' || *text == '\\')
			fprintf(out, "\\%c", *text);
		else if (*text == '\n')
			fputs("\\n", out);
		else
			putc(*text, out);
	fprintf(out, "\", %zu }", n);
}

static void
write_table(FILE *out, const char *const *names, int langs)
{
	fprintf(out, "#define WORDS_LANGS %d\n", langs);
	fprintf(out, "static const char *const words_tags[] = {");
	for (int l = 0; l < langs; l++)
		fprintf(out, " \"%s\",", names[l]);
	fprintf(out, " };\nstatic const struct { struct str id, text[WORDS_LANGS]; } words_table[] = {\n");
	for (size_t i = 0; i < entries_n; i++) {
		fputs("\t{ ", out);
		put_string(out, entries[i].id);
		fputs(", {", out);
		for (int l = 0; l < langs; l++) {
			fputs(l > 0 ? ", " : " ", out);
			put_string(out, entries[i].text[l]);
		}
		fputs(" } },\n", out);
	}
	fputs("};\n", out);
}

int
main(int argc, char *argv[])
{
	const char *names[LANGS_MAX];
	int         langs = 0;
	FILE       *out;

	for (int i = 2; i < argc; i++) {
		char *file = strchr(argv[i], '=');
		int   l = 0;

		if (file == NULL || langs == LANGS_MAX)
			return EXIT_FAILURE;
		*file++ = '\0';
		while (l < langs && strcmp(names[l], argv[i]) != 0)
			l++;
		if (l == langs)
			names[langs++] = argv[i];
		read_po(file, l);
	}
	check(names, langs);
	if (faults > 0 || argc < 3 || (out = fopen(argv[1], "w")) == NULL)
		return EXIT_FAILURE;
	qsort(entries, entries_n, sizeof(*entries), by_id);
	write_table(out, names, langs);
	return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
