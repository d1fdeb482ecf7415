#include "export/export.h"

#include <arpa/inet.h>

#include "base/limits.h"

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool
is_allowed(const struct export_secrets *s, struct str word)
{
	for (size_t i = 0; i < s->allowed_n; i++)
		if (str_eq_nocase(s->allowed[i], word))
			return true;
	return false;
}

/* The word as a word, in any case; a path also as the beginning of a longer one. */
static bool
has_word(struct str text, struct str word)
{
	size_t at = 0, found;

	while ((found = str_find_nocase(str_sub(text, at, text.n), word)) != STR_NONE) {
		size_t from = at + found, to = from + word.n;

		if ((from == 0 || !is_word(text.p[from - 1])) && (to == text.n || !is_word(text.p[to])))
			return true;
		at = from + 1;
	}
	return false;
}

/* Four numbers with dots at text[at]; its length, or 0. */
static size_t
dotted_at(struct str text, size_t at, unsigned ret[4])
{
	size_t i = at;

	for (int part = 0; part < 4; part++) {
		unsigned v = 0;
		size_t   from = i;

		while (i < text.n && i < from + 3 && text.p[i] >= '0' && text.p[i] <= '9')
			v = v * 10 + (unsigned)(text.p[i++] - '0');
		if (i == from || v > 255 || (part < 3 && (i == text.n || text.p[i++] != '.')))
			return 0;
		ret[part] = v;
	}
	return (i < text.n && (is_word(text.p[i]) || text.p[i] == '.')) ? 0 : i - at;
}

/* RFC 1918, 3927, 6598 and loopback. */
static bool
is_private(const unsigned v[4])
{
	return v[0] == 10 || v[0] == 127 || (v[0] == 172 && v[1] >= 16 && v[1] < 32) || (v[0] == 192 && v[1] == 168) ||
	    (v[0] == 169 && v[1] == 254) || (v[0] == 100 && v[1] >= 64 && v[1] < 128);
}

static struct str
private_address(const struct export_secrets *s, struct str text)
{
	unsigned v[4];

	for (size_t i = 0; i < text.n; i++) {
		size_t n = i == 0 || (!is_word(text.p[i - 1]) && text.p[i - 1] != '.') ? dotted_at(text, i, v) : 0;

		if (n > 0 && is_private(v) && !is_allowed(s, str_sub(text, i, i + n)))
			return str_sub(text, i, i + n);
	}
	return STR("");
}

static bool
is_of_v6(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

/* RFC 4291: loopback, link-local, the old site-local; RFC 4193; and a private IPv4 address in the forms that carry one. */
static bool
is_private_v6(const unsigned char b[16])
{
	static const unsigned char nothing[12] = { 0 }, mapped[12] = { [10] = 0xff, [11] = 0xff }, nat64[12] = { 0, 0x64, 0xff, 0x9b };
	const unsigned             v4[4] = { b[12], b[13], b[14], b[15] };

	if ((b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && b[1] >= 0x80))
		return true;
	if (memcmp(b, nothing, 12) == 0)
		return (b[12] == 0 && b[13] == 0 && b[14] == 0 && b[15] == 1) || is_private(v4);
	return (memcmp(b, mapped, 12) == 0 || memcmp(b, nat64, 12) == 0) && is_private(v4);
}

/* [from, to) without the colon or dot of the sentence around it. */
static struct str
without_marks(struct str text, size_t from, size_t to)
{
	if (to - from > 1 && text.p[from] == ':' && text.p[from + 1] != ':')
		from++;
	while (to - from > 1 && (text.p[to - 1] == '.' || (text.p[to - 1] == ':' && text.p[to - 2] != ':')))
		to--;
	return str_sub(text, from, to);
}

/* Runs of what an IPv6 address may be written with; a zone ("%eth0") ends one. */
static struct str
private_v6(const struct export_secrets *s, struct str text)
{
	for (size_t from = 0, to; from < text.n; from = to + 1) {
		char          word[INET6_ADDRSTRLEN];
		unsigned char b[16];
		struct str    run;

		for (to = from; to < text.n && is_of_v6(text.p[to]); to++)
			;
		if (to - from < 3 || (to < text.n && is_word(text.p[to])))
			continue;
		run = without_marks(text, from, to);
		if (run.n < 3 || run.n >= sizeof(word) || (run.p == text.p + from && from > 0 && is_word(text.p[from - 1])))
			continue;
		memcpy(word, run.p, run.n);
		word[run.n] = '\0';
		if (inet_pton(AF_INET6, word, b) == 1 && is_private_v6(b) && !is_allowed(s, run))
			return run;
	}
	return STR("");
}

static bool
is_mail(char c)
{
	return (is_word(c) && (unsigned char)c < 0x80) || c == '.' || c == '-' || c == '_' || c == '+';
}

/* Ends in a dot and two letters or more: chance makes "J@." in a signature, but hardly that. */
static bool
is_host(struct str s)
{
	size_t letters = 0;

	while (letters < s.n && is_word(s.p[s.n - 1 - letters]) && s.p[s.n - 1 - letters] > '9')
		letters++;
	return letters >= 2 && s.n > letters + 1 && s.p[s.n - 1 - letters] == '.' && is_word(s.p[0]);
}

/* name@host.tld; the C2SP title of a proof and the like have no name before the @ that is one. */
static struct str
mail_address(const struct export_secrets *s, struct str text)
{
	for (size_t at = 0; at < text.n; at++) {
		size_t from = at, to = at + 1;

		if (text.p[at] != '@')
			continue;
		while (from > 0 && is_mail(text.p[from - 1]))
			from--;
		while (to < text.n && is_mail(text.p[to]))
			to++;
		/* A dot behind it ends the sentence. */
		while (to > at + 1 && text.p[to - 1] == '.')
			to--;
		if (from < at && (from == 0 || text.p[from - 1] != '/') && is_host(str_sub(text, at + 1, to)) &&
		    !is_allowed(s, str_sub(text, from, to)))
			return str_sub(text, from, to);
	}
	return STR("");
}

static enum err_code
lint_text(struct str where, struct str text, const struct export_secrets *s, struct err *err)
{
	struct str found = private_address(s, text);

	if (found.n == 0)
		found = private_v6(s, text);
	if (found.n == 0)
		found = mail_address(s, text);
	for (size_t i = 0; i < sizeof(s->word) / sizeof(*s->word) && found.n == 0; i++)
		if (s->word[i].n > 0 && !is_allowed(s, s->word[i]) && has_word(text, s->word[i]))
			found = s->word[i];
	return found.n == 0 ? ERR_OK : err_set(err, ERR_DENIED, "%" STR_FMT ": \"%" STR_FMT "\" stands in it, which may tell who or where "
	    "the desk is; nothing was written (--allow WORD lets it pass)", STR_ARG(where), STR_ARG(found));
}

enum err_code
export_lint(const struct export_package *p, const struct export_secrets *s, struct err *err)
{
	if (lint_text(STR("the records' headers, requests and metadata"), buf_str(&p->ours), s, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < p->n; i++)
		if (!str_starts(p->v[i].path, STR("archive/")) &&
		    lint_text(p->v[i].path, bytes_as_str(p->v[i].bytes), s, err) != ERR_OK)
			return err->code;
	return ERR_OK;
}
