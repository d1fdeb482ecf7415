#include "store/note_private.h"

#include <stdlib.h>

#include "text/utf8.h"

/* A text with white space and quotation marks made alike, and where each byte came from. */
struct alike {
	char   *p;
	size_t *from, *to;      /* of the character in the source, for each byte */
	size_t  n;
};

static uint32_t
same(uint32_t c)
{
	if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000)
		return ' ';
	if ((c >= 0x2018 && c <= 0x201B) || c == 0x2039 || c == 0x203A || c == 0x02BC)
		return '\'';
	if ((c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x300C || c == 0x300D)
		return '"';
	return c;
}

static void
alike_free(struct alike *a)
{
	free(a->p);
	free(a->from);
	free(a->to);
}

/* false: no memory. */
static bool
alike_of(struct str s, struct alike *ret)
{
	size_t at = 0;

	/* No character grows by same(). */
	*ret = (struct alike){ malloc(s.n + 4), calloc(s.n + 4, sizeof(size_t)), calloc(s.n + 4, sizeof(size_t)), 0 };
	if (ret->p == NULL || ret->from == NULL || ret->to == NULL) {
		alike_free(ret);
		return false;
	}
	while (at < s.n) {
		size_t   from = at, n;
		uint32_t c = same(td_utf8_next(s, &at));

		if (c == ' ' && ret->n > 0 && ret->p[ret->n - 1] == ' ') {
			ret->to[ret->n - 1] = at;
			continue;
		}
		n = td_utf8_put(c, ret->p + ret->n);
		for (size_t i = 0; i < n; i++, ret->n++) {
			ret->from[ret->n] = from;
			ret->to[ret->n] = at;
		}
	}
	return true;
}

static bool
find_alike(struct str text, struct str words, size_t *ret_from, size_t *ret_to)
{
	struct alike in, what;
	size_t       at = STR_NONE;

	if (!alike_of(text, &in))
		return false;
	if (alike_of(words, &what)) {
		struct str needle = str_trim((struct str){ what.p, what.n });

		at = needle.n > 0 ? str_find((struct str){ in.p, in.n }, needle) : STR_NONE;
		if (at != STR_NONE) {
			*ret_from = in.from[at];
			*ret_to = in.to[at + needle.n - 1];
		}
		alike_free(&what);
	}
	alike_free(&in);
	return at != STR_NONE;
}

enum err_code
excerpt_fit(struct str text, struct excerpt *e, struct err *err)
{
	size_t from, to;

	if (e->from == 0 && e->to == 0 && e->text.n > 0) {
		if (!find_alike(text, e->text, &from, &to))
			return err_set(err, ERR_MISSING, "“%" STR_FMT "%s”: these words are not in the capture; the note was not saved",
			    STR_ARG(str_sub(e->text, 0, td_utf8_floor(e->text, e->text.n < 120 ? e->text.n : 120))),
			    e->text.n > 120 ? "…" : "");
		*e = (struct excerpt){ (int64_t)from, (int64_t)to, str_sub(text, from, to) };
		return ERR_OK;
	}
	if (e->from < 0 || e->to <= e->from || (uint64_t)e->to > text.n)
		return err_set(err, ERR_FORMAT, "an excerpt from byte %lld to %lld of a text of %zu; the note was not saved",
		    (long long)e->from, (long long)e->to, text.n);
	from = (size_t)e->from;
	to = (size_t)e->to;
	if (td_utf8_floor(text, from) != from || td_utf8_floor(text, to) != to)
		return err_set(err, ERR_FORMAT, "an excerpt from byte %zu to %zu cuts a character in two; the note was not saved",
		    from, to);
	e->text = str_sub(text, from, to);
	return ERR_OK;
}
