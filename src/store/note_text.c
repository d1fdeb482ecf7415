#include "store/note_private.h"

#include <stdio.h>

#include "base/civil.h"
#include "crypto/sha256.h"
#include "text/terms.h"

#define SLUG_WORDS_B 60
#define CANONICAL_B  (MiB)

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

struct str
note_slug(struct arena *a, struct str heading, const struct id *id)
{
	char        *out = arena_take(a, SLUG_WORDS_B + ID_SHOWN + 2);
	char         shown[ID_SHOWN];
	size_t       n = 0;
	struct terms t;
	struct term  term;

	td_terms_begin(&t, heading);
	while (td_terms_next(&t, &term)) {
		if (!is_ascii(term.text))
			continue;
		if (n + term.text.n + 1 > SLUG_WORDS_B)
			break;
		memcpy(out + n, term.text.p, term.text.n);
		n += term.text.n;
		out[n++] = '-';
	}
	id_show(ID_NOTE, id, shown);
	memcpy(out + n, shown + 2, 10);
	return (struct str){ out, n + 10 };
}

/* Values hold no line ends: % CR LF are written %25 %0D %0A, as in the ledger. */
static void
put_line(struct buf *out, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_addf(out, "%s ", name);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '%' || value.p[i] == '\r' || value.p[i] == '\n')
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)value.p[i]);
		else
			buf_add_char(out, value.p[i]);
	}
	buf_add_char(out, '\n');
}

static void
put_parts(const struct store_note *n, struct buf *out)
{
	for (size_t i = 0; i < n->excerpts.n; i++) {
		char range[64];

		snprintf(range, sizeof(range), "%lld %lld", (long long)n->excerpts.v[i].from, (long long)n->excerpts.v[i].to);
		put_line(out, "excerpt-bytes", str_of(range));
		put_line(out, "excerpt", n->excerpts.v[i].text);
	}
	for (size_t i = 0; i < n->contacts.n; i++) {
		put_line(out, "contact-name", n->contacts.v[i].name);
		put_line(out, "contact-role", n->contacts.v[i].role);
		put_line(out, "contact-email", n->contacts.v[i].email);
		put_line(out, "contact-phone", n->contacts.v[i].phone);
		put_line(out, "contact-about", n->contacts.v[i].about);
	}
}

void
note_canonical(const struct store_note *n, struct buf *out)
{
	char id[ID_WHOLE], version[32], date[CIVIL_SHOWN];

	buf_add(out, STR("tidings-note/1\n"));
	put_line(out, "id", str_of(id_show_whole(ID_NOTE, &n->id, id)));
	snprintf(version, sizeof(version), "%lld", (long long)n->version);
	put_line(out, "version", str_of(version));
	put_line(out, "act", str_of(note_act_name[n->act]));
	put_line(out, "status", str_of(note_status_name[n->status]));
	put_line(out, "time", str_of(instant_iso_us(n->saved_us, date)));
	if (!id_is_none(&n->article))
		put_line(out, "article", str_of(id_show_whole(ID_ARTICLE, &n->article, id)));
	put_line(out, "slug", n->slug);
	put_line(out, "heading", n->heading);
	put_line(out, "text", n->text);
	put_line(out, "language", n->language);
	put_line(out, "country", n->country);
	put_line(out, "carrier", n->carrier);
	put_line(out, "origin", n->origin);
	put_line(out, "publisher", n->publisher);
	if (n->dateline.date.precision != CIVIL_NONE)
		put_line(out, "dateline-date", str_of(civil_iso(&n->dateline.date, date)));
	put_line(out, "dateline-place", n->dateline.place);
	put_line(out, "dateline-country", n->dateline.country);
	put_line(out, "dateline-source", n->dateline.source);
	put_line(out, "dateline", n->dateline.text);
	put_line(out, "full-story", n->full_story);
	put_line(out, "why", n->why);
	put_parts(n, out);
}

size_t
note_statement(struct arena *a, const struct store_note *n, struct ledger_line **ret)
{
	struct ledger_line *lines = arena_array(a, 4, struct ledger_line);
	struct buf          canonical = BUF_INIT(CANONICAL_B * 32);
	unsigned char       hash[32];
	char               *id = arena_take(a, ID_WHOLE), *version = arena_take(a, 32), *shown = arena_take(a, SHA256_HEX_B + 8);

	note_canonical(n, &canonical);
	td_sha256(buf_bytes(&canonical), hash);
	buf_free(&canonical);
	memcpy(shown, "sha256:", 7);
	td_hex(hash, 32, shown + 7);
	snprintf(version, 32, "%lld", (long long)n->version);
	lines[0] = (struct ledger_line){ "subject", str_of(id_show_whole(ID_NOTE, &n->id, id)) };
	lines[1] = (struct ledger_line){ "version", str_of(version) };
	lines[2] = (struct ledger_line){ "act", str_of(note_act_name[n->act]) };
	lines[3] = (struct ledger_line){ "note", str_of(shown) };
	*ret = lines;
	return 4;
}
