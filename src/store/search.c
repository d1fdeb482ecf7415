#include "store/search.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "text/terms.h"
#include "text/utf8.h"

#define SNIPPET_SCAN_B (256 * 1024)     /* hits further down are found, but not shown */
#define PHRASE_TERMS_N 64

/* ── the tokenizer ────────────────────────────────────────────────────── */

static int
tokenizer_create(void *arg, const char **argv, int argc, Fts5Tokenizer **ret)
{
	static char one;        /* there is no state; FTS5 wants a pointer that is not NULL */

	(void)arg, (void)argv, (void)argc;
	*ret = (Fts5Tokenizer *)&one;
	return SQLITE_OK;
}

static void
tokenizer_delete(Fts5Tokenizer *t)
{
	(void)t;
}

/*
 * In a query the character that ends a run of pairs is left out: 북한 asks for
 * the pair, not for a word that ends there.  Only a character alone stays.
 */
static bool
is_asked(struct terms *t, const struct term *term)
{
	struct terms ahead = *t;
	struct term  next;

	return !term->last || term->alone || td_terms_next(&ahead, &next);
}

static int
tokenizer_run(Fts5Tokenizer *self, void *arg, int flags, const char *p, int n,
	int (*put)(void *, int, const char *, int, int, int))
{
	struct terms t;
	struct term  term;

	(void)self;
	td_terms_begin(&t, (struct str){ p, td_utf8_valid_prefix((struct bytes){ (const unsigned char *)p, (size_t)n }) });
	while (td_terms_next(&t, &term)) {
		int code;

		if ((flags & FTS5_TOKENIZE_QUERY) != 0 && !is_asked(&t, &term))
			continue;
		code = put(arg, 0, term.text.p, (int)term.text.n, (int)term.from, (int)term.to);
		if (code != SQLITE_OK)
			return code;
	}
	return SQLITE_OK;
}

int
search_register(sqlite3 *sqlite)
{
	static fts5_tokenizer tokenizer = { tokenizer_create, tokenizer_delete, tokenizer_run };
	fts5_api     *api = NULL;
	sqlite3_stmt *s = NULL;
	int           code = sqlite3_prepare_v2(sqlite, "SELECT fts5(?1)", -1, &s, NULL);

	if (code == SQLITE_OK) {
		sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
		(void)sqlite3_step(s);          /* its answer is in api */
		code = sqlite3_finalize(s);
	}
	if (code == SQLITE_OK && api == NULL)
		code = SQLITE_ERROR;
	return code == SQLITE_OK ? api->xCreateTokenizer(api, "tidings", NULL, &tokenizer, NULL) : code;
}

/* ── the query ────────────────────────────────────────────────────────── */

static bool
is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000;
}

/* “ ” „ « » count as ", which is what people have on their keyboards or paste. */
static bool
is_quote(uint32_t c)
{
	return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

static void
add_word(struct search_query *q, struct str text, bool without)
{
	struct search_word w = { text, without, false };
	struct terms       t;
	struct term        term;
	bool               any = false;

	td_terms_begin(&t, text);
	while (td_terms_next(&t, &term)) {
		any = true;
		w.begins = term.alone;
	}
	if (!any || q->n == SEARCH_WORDS_N)
		return;
	q->wanted += !without;
	q->v[q->n++] = w;
}

void
search_parse(struct str typed, struct search_query *ret)
{
	size_t at = 0, from, here;

	ret->n = ret->wanted = 0;
	while (at < typed.n) {
		bool     without = false, quoted = false;
		uint32_t c = td_utf8_next(typed, &at);

		if (is_space(c))
			continue;
		from = here = at;
		if (c == '-' && at < typed.n) {
			without = true;
			c = td_utf8_next(typed, &at);
			from = at;
			here = at;
		}
		quoted = is_quote(c);
		if (!quoted)
			from = here = at - td_utf8_put(c, (char[4]){ 0 });
		for (at = here; at < typed.n; here = at) {
			c = td_utf8_next(typed, &at);
			if (quoted ? is_quote(c) : is_space(c) || is_quote(c))
				break;
			here = at;
		}
		add_word(ret, str_sub(typed, from, here), without);
		if (!quoted && here < at && is_quote(c))
			at = here;
	}
}

static void
put_phrase(const struct search_word *w, struct buf *out)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < w->text.n; i++) {
		if (w->text.p[i] == '"')
			buf_add_char(out, '"');
		buf_add_char(out, w->text.p[i]);
	}
	buf_add(out, w->begins ? STR("\"*") : STR("\""));
}

static void
put_words(const struct search_query *q, bool without, struct str between, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < q->n; i++) {
		if (q->v[i].without != without)
			continue;
		if (!first)
			buf_add(out, between);
		put_phrase(&q->v[i], out);
		first = false;
	}
}

void
search_expression(const struct search_query *q, struct buf *out)
{
	if (q->wanted == 0)
		return;
	buf_add(out, STR("("));
	put_words(q, false, STR(" AND "), out);
	buf_add(out, STR(")"));
	if (q->wanted == q->n)
		return;
	buf_add(out, STR(" NOT ("));
	put_words(q, true, STR(" OR "), out);
	buf_add(out, STR(")"));
}

/* ── the snippet ──────────────────────────────────────────────────────── */

struct spot {
	size_t   from, to;
	uint64_t hash;
};

struct phrase {
	struct spot  v[PHRASE_TERMS_N];
	size_t       n;
	bool         begins;
	char         first[TERM_MAX_B];      /* for `begins` */
	size_t       first_n;
};

static uint64_t
hash_of(struct str s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return h;
}

static void
phrase_of(const struct search_word *w, struct phrase *ret)
{
	struct terms t;
	struct term  term;

	ret->n = 0;
	ret->begins = w->begins;
	td_terms_begin(&t, w->text);
	while (td_terms_next(&t, &term) && ret->n < PHRASE_TERMS_N) {
		if (!is_asked(&t, &term))
			continue;
		ret->v[ret->n++].hash = hash_of(term.text);
		memcpy(ret->first, term.text.p, ret->first_n = term.text.n);
	}
}

/* Where the phrase stands at spot i: the bytes to mark, or to == 0. */
static struct spot
match_at(const struct phrase *p, struct str text, const struct spot *spots, size_t n, size_t i)
{
	struct spot hit = { 0 };
	size_t      fixed = p->n - (p->begins ? 1 : 0);

	if (p->n == 0 || i + p->n > n)
		return hit;
	for (size_t k = 0; k < fixed; k++)
		if (spots[i + k].hash != p->v[k].hash)
			return hit;
	hit = (struct spot){ spots[i].from, spots[i + p->n - 1].to, 0 };
	if (p->begins) {
		const struct spot *s = &spots[i + fixed];

		/* Beginnings are single characters of paired scripts, whose fold is themselves. */
		if (!str_starts(str_sub(text, s->from, s->to), (struct str){ p->first, p->first_n }))
			return (struct spot){ 0 };
		hit.to = s->from + p->first_n;
	}
	return hit;
}

static size_t
spots_of(struct str text, struct spot **ret)
{
	size_t       n = 0, cap = 0;
	struct spot *v = NULL, *more;
	struct terms t;
	struct term  term;

	td_terms_begin(&t, text);
	while (td_terms_next(&t, &term)) {
		if (n == cap) {
			cap = cap ? 2 * cap : 1024;
			if ((more = realloc(v, cap * sizeof(*v))) == NULL)
				break;
			v = more;
		}
		v[n++] = (struct spot){ term.from, term.to, hash_of(term.text) };
	}
	*ret = v;
	return n;
}

/* Where a snippet begins: some words before `at`, after a space if there is one near. */
static size_t
begin_before(struct str text, size_t at, size_t max)
{
	size_t from = at > max / 4 ? td_utf8_floor(text, at - max / 4) : 0;

	for (size_t i = from; i > 0 && i < at; i++)
		if (text.p[i] == ' ' || text.p[i] == '\n')
			return i + 1;
	return from;
}

static void
put_clean(struct str text, size_t from, size_t to, struct buf *out)
{
	for (size_t i = from; i < to; i++)
		buf_add_char(out, (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
}

/* The longest hit of any wanted phrase that starts at spot i. */
static struct spot
best_at(const struct phrase *phrases, size_t phrases_n, struct str text, const struct spot *spots, size_t n, size_t i)
{
	struct spot best = { 0 };

	for (size_t k = 0; k < phrases_n; k++) {
		struct spot hit = match_at(&phrases[k], text, spots, n, i);

		if (hit.to > best.to)
			best = hit;
	}
	return best;
}

static void
put_snippet(const struct phrase *phrases, size_t phrases_n, struct str text, size_t max, struct buf *out)
{
	struct spot *spots;
	size_t       n = spots_of(text, &spots), first = 0, at, end;

	while (first < n && best_at(phrases, phrases_n, text, spots, n, first).to == 0)
		first++;
	at = first < n ? begin_before(text, spots[first].from, max) : 0;
	end = at + max < text.n ? td_utf8_floor(text, at + max) : text.n;
	if (at > 0)
		buf_add(out, STR("…"));
	for (size_t i = first; i < n && spots[i].from < end; i++) {
		struct spot hit = best_at(phrases, phrases_n, text, spots, n, i);

		if (hit.to <= at)
			continue;
		hit.from = hit.from < at ? at : hit.from;
		put_clean(text, at, hit.from, out);
		buf_add_char(out, '\1');
		put_clean(text, hit.from, hit.to, out);
		buf_add_char(out, '\2');
		at = hit.to;
	}
	end = end < at ? at : end;
	put_clean(text, at, end, out);
	if (end < text.n)
		buf_add(out, STR("…"));
	free(spots);
}

void
search_snippet(const struct search_query *q, struct str text, size_t max, struct buf *out)
{
	struct phrase *phrases = calloc(q->n + 1, sizeof(*phrases));
	size_t         n = 0;

	if (phrases == NULL) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < q->n; i++)
		if (!q->v[i].without)
			phrase_of(&q->v[i], &phrases[n++]);
	text = str_sub(text, 0, SNIPPET_SCAN_B);
	text.n = td_utf8_floor(text, text.n);
	put_snippet(phrases, n, text, max, out);
	free(phrases);
}
