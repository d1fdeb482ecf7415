/* Plain text: paragraphs between empty lines, or lines where there are none. */
#include "article/parts.h"

static bool
has_empty_lines(struct str s)
{
	return str_find(s, STR("\n\n")) != STR_NONE || str_find(s, STR("\r\n\r\n")) != STR_NONE;
}

/* "# Heading" of Markdown; the level, 0: none. */
static int64_t
heading_level(struct str s)
{
	int64_t n = 0;

	while (n < 6 && (size_t)n < s.n && s.p[n] == '#')
		n++;
	return n > 0 && (size_t)n < s.n && s.p[n] == ' ' ? n : 0;
}

static void
add(struct draft *d, struct str s)
{
	struct str folded = td_draft_fold(d->arena, s);
	int64_t    level = heading_level(folded);

	if (folded.n == 0)
		return;
	if (level > 0)
		td_draft_add(d, BLOCK_HEADING, level, str_trim(str_sub(folded, (size_t)level, folded.n)));
	else
		td_draft_add(d, BLOCK_PARAGRAPH, 0, folded);
}

/* A short line without an end, between others, is a line of furniture and no part of a sentence. */
static bool
stands_alone(struct str line)
{
	line = str_trim(line);
	return line.n > 0 && line.n < 64 && strchr(".!?,;:\"", line.p[line.n - 1]) == NULL;
}

void
td_plain_parts(struct draft *d, struct str s)
{
	bool       by_lines = !has_empty_lines(s);
	struct str paragraph = STR(""), line;

	while (str_cut(&s, '\n', &line)) {
		if (str_trim(line).n == 0 || by_lines || (paragraph.n == 0 && stands_alone(line))) {
			add(d, paragraph);
			paragraph = STR("");
			add(d, line);
		} else {
			paragraph = paragraph.n == 0 ? line : (struct str){ paragraph.p, (size_t)(line.p + line.n - paragraph.p) };
		}
	}
	add(d, paragraph);
}
