#include "html/token_private.h"

/* At "</": does the end tag of `name` begin here (an "appropriate end tag token")?  The byte after it decides. */
static bool
closes(const char *p, const char *end, struct str name)
{
	if ((size_t)(end - p) < 2 + name.n + 1 || p[1] != '/' || name.n == 0)
		return false;
	p += 2;
	for (size_t i = 0; i < name.n; i++)
		if (byte_lower(p[i]) != name.p[i])
			return false;
	return byte_is(p[name.n], BYTE_NAME);
}

/* RCDATA, RAWTEXT and their end tag states (13.2.5.2, 3, 9 to 14). */
static const char *
end_of_text(const char *p, const char *end, struct str name)
{
	while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		if (closes(p, end, name))
			return p;
		p++;
	}
	return end;
}

/* "<script" that opens the double escaped state (13.2.5.26). */
static bool
opens_script(const char *p, const char *end)
{
	struct str rest = { p, (size_t)(end - p) };

	return rest.n > 7 && str_starts_nocase(rest, STR("<script")) && byte_is(p[7], BYTE_NAME);
}

/*
 * Inside "<!--" of a script (13.2.5.18 to 31).  p stands after "<!--".  Ends at
 * the script's end tag, or after "-->" with the comment over.
 */
static const char *
escaped_script(const char *p, const char *end, struct str name, bool *ret_over)
{
	const char *open = p - 2;        /* its own dashes count: "<!-->" is over */
	bool        twice = false;

	for (*ret_over = false; p < end; p++) {
		if (*p == '>' && p - open >= 2 && p[-1] == '-' && p[-2] == '-') {
			*ret_over = true;
			return p + 1;
		}
		if (*p != '<')
			continue;
		if (!twice && closes(p, end, name))
			return p;
		if (!twice)
			twice = opens_script(p, end);
		else if (closes(p, end, STR("script")))
			twice = false;
	}
	return end;
}

/* Script data state (13.2.5.4). */
static const char *
end_of_script(const char *p, const char *end, struct str name)
{
	while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		struct str rest = { p, (size_t)(end - p) };
		bool       over;

		if (closes(p, end, name))
			return p;
		p++;
		if (!str_starts(rest, STR("<!--")))
			continue;
		p = escaped_script(p + 3, end, name, &over);
		if (!over)
			return p;
	}
	return end;
}

const char *
td_token_raw_end(const struct tokenizer *t)
{
	const char *at;

	switch (t->state) {
	case STATE_RCDATA:
	case STATE_RAWTEXT:
		return end_of_text(t->p, t->end, t->last_start);
	case STATE_SCRIPT:
		return end_of_script(t->p, t->end, t->last_start);
	case STATE_CDATA:
		at = memmem(t->p, (size_t)(t->end - t->p), "]]>", 3);
		return at != NULL ? at : t->end;
	case STATE_DATA:
	case STATE_PLAINTEXT:
		break;
	}
	return t->end;
}
