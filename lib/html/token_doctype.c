#include "html/token_private.h"

static void
skip_space(struct tokenizer *t)
{
	while (t->p < t->end && byte_is(*t->p, BYTE_SPACE))
		t->p++;
}

/* DOCTYPE, before DOCTYPE name and DOCTYPE name states (13.2.5.53 to 55). */
static void
doctype_name(struct tokenizer *t, struct token *tok)
{
	const char *from;

	skip_space(t);
	from = t->p;
	while (t->p < t->end && *t->p != '>' && !byte_is(*t->p, BYTE_SPACE))
		t->p++;
	tok->name = td_token_lower(t, from, t->p);
	tok->force_quirks = tok->name.n == 0;
	skip_space(t);
}

/* A quoted identifier (13.2.5.59, 60, 65, 66).  False when there is none, or it does not end: quirks. */
static bool
identifier(struct tokenizer *t, struct str *ret)
{
	const char *from = t->p + 1;
	char        quote = t->p < t->end ? *t->p : '\0';

	if (quote != '"' && quote != '\'')
		return false;
	for (t->p = from; t->p < t->end && *t->p != quote && *t->p != '>';)
		t->p++;
	*ret = td_token_clean(t, from, t->p);
	if (t->p == t->end || *t->p == '>')
		return false;
	t->p++;
	return true;
}

static bool
at_quote(const struct tokenizer *t)
{
	return t->p < t->end && (*t->p == '"' || *t->p == '\'');
}

static bool
keyword(struct tokenizer *t, struct str word)
{
	if (!str_starts_nocase((struct str){ t->p, (size_t)(t->end - t->p) }, word))
		return false;
	t->p += word.n;
	skip_space(t);
	return true;
}

/* What stands after the name (13.2.5.56 to 67).  False: force-quirks. */
static bool
identifiers(struct tokenizer *t, struct token *tok)
{
	if (t->p < t->end && *t->p == '>')
		return true;
	if (keyword(t, STR("public"))) {
		if (!identifier(t, &tok->public_id))
			return false;
		skip_space(t);
		if (t->p == t->end || (*t->p != '>' && !at_quote(t)))
			return false;
		if (*t->p == '>')
			return true;
	} else if (!keyword(t, STR("system"))) {
		return false;
	}
	if (!identifier(t, &tok->system_id))
		return false;
	skip_space(t);
	/* Junk behind the system identifier is an error that changes nothing; only the file's end is quirks. */
	return t->p < t->end;
}

void
td_token_doctype(struct tokenizer *t, struct token *tok)
{
	const char *gt;

	tok->kind = TOKEN_DOCTYPE;
	tok->public_id = tok->system_id = (struct str){ NULL, 0 };
	doctype_name(t, tok);
	if (!identifiers(t, tok))
		tok->force_quirks = true;
	/* Bogus DOCTYPE state (13.2.5.68). */
	gt = memchr(t->p, '>', (size_t)(t->end - t->p));
	t->p = gt != NULL ? gt + 1 : t->end;
}
