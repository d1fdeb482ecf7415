#include "desk/sentence.h"

#include "text/utf8.h"

static bool
is_stop(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x61F || c == 0x6D4;
}

/* Quotes and brackets that close: they belong to the sentence before. */
static bool
is_closing(uint32_t c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB || c == 0x300D ||
	    c == 0x300F;
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x3000;
}

/* Is the word that ends before the dot at `dot` one that takes a dot anyway? */
static bool
is_shortened(struct str text, size_t from, size_t dot)
{
	static const char *const words[] = { "Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "Col", "Sgt", "Rev", "St", "Prof", "Gov",
		"Sen", "Rep", "No", "vs", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "Inc", "Co", "Ltd" };
	size_t           start = dot;
	struct str       word;

	while (start > from && (unsigned char)text.p[start - 1] > ' ')
		start--;
	word = str_sub(text, start, dot);
	if (word.n == 1 && word.p[0] >= 'A' && word.p[0] <= 'Z')
		return true;
	if (word.n >= 3 && word.p[word.n - 2] == '.')
		return true;    /* U.S, a.m */
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

size_t
sentence_end(struct str text, size_t from, size_t to)
{
	struct str s = str_sub(text, 0, to);
	size_t     at = from;

	while (at < s.n) {
		size_t   dot = at, next;
		uint32_t c = td_utf8_next(s, &at);
		bool     wide = c > 0x2FFF;     /* Chinese and Japanese put no space after a stop */

		if (!is_stop(c) || (c == '.' && is_shortened(s, from, dot)))
			continue;
		next = at;
		while (next < s.n && (is_closing(c = td_utf8_next(s, &next)) || is_stop(c)))
			at = next;
		next = at;
		if (at < s.n && !is_space(td_utf8_next(s, &next)) && !wide)
			continue;
		for (next = at; next < s.n && is_space(td_utf8_next(s, &next)); )
			at = next;
		return at;
	}
	return s.n;
}
