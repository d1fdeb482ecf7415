#include "html/token_private.h"

static void
give(struct tokenizer *t, struct token *tok, const char *from, const char *to, const char *next)
{
	tok->kind = TOKEN_COMMENT;
	tok->text = td_token_clean(t, from, to);
	t->p = next;
}

/* Bogus comment state (13.2.5.41): up to the next '>'. */
void
td_token_bogus(struct tokenizer *t, struct token *tok, const char *from)
{
	const char *to = memchr(from, '>', (size_t)(t->end - from));

	if (to != NULL)
		give(t, tok, from, to, to + 1);
	else
		give(t, tok, from, t->end, t->end);
}

/* Is the '>' at `at` the end of the comment that began at `from`?  *ret_to is where its text ends. */
static bool
ends(const char *from, const char *at, const char **ret_to)
{
	struct str before = { from, (size_t)(at - from) };

	*ret_to = from;
	if (before.n == 0 || str_eq(before, STR("-")))          /* comment start states, 13.2.5.43 and 44 */
		return true;
	*ret_to = at - (str_ends(before, STR("--")) ? 2 : 3);   /* comment end state, 13.2.5.51; with a bang, 52 */
	return str_ends(before, STR("--")) || str_ends(before, STR("--!"));
}

/* The file ended in a comment: what a closing mark would have taken is not text. */
static const char *
end_at_eof(const char *from, const char *end)
{
	struct str text = { from, (size_t)(end - from) };

	return end - (str_ends(text, STR("--!")) ? 3 : str_ends(text, STR("--")) ? 2 : str_ends(text, STR("-")) ? 1 : 0);
}

/* Comment states (13.2.5.43 to 52), after "<!--".  Only a '>' can end one, so only those are looked at. */
static void
comment(struct tokenizer *t, struct token *tok)
{
	const char *from = t->p, *p = from, *to;

	while (p < t->end && (p = memchr(p, '>', (size_t)(t->end - p))) != NULL) {
		if (ends(from, p, &to)) {
			give(t, tok, from, to, p + 1);
			return;
		}
		p++;
	}
	give(t, tok, from, end_at_eof(from, t->end), t->end);
}

/* Markup declaration open state (13.2.5.42). */
void
td_token_markup(struct tokenizer *t, struct token *tok)
{
	struct str rest = { t->p, (size_t)(t->end - t->p) };

	if (str_starts(rest, STR("--"))) {
		t->p += 2;
		comment(t, tok);
	} else if (str_starts_nocase(rest, STR("doctype"))) {
		t->p += strlen("doctype");
		td_token_doctype(t, tok);
	} else if (t->cdata_allowed && str_starts(rest, STR("[CDATA["))) {
		t->p += strlen("[CDATA[");
		t->state = STATE_CDATA;
	} else {
		td_token_bogus(t, tok, t->p);
	}
}
