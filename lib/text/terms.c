#include "text/terms.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "text/utf8.h"

#define UNIT_MAX 32             /* code points normalised together; a longer heap of marks is cut there */

enum class { CLASS_NONE, CLASS_WORD, CLASS_PAIRED };

static bool
is_syllable(uint32_t c)
{
	return c >= 0xAC00 && c <= 0xD7A3;
}

static enum class
class_of(uint32_t c)
{
	UErrorCode code = U_ZERO_ERROR;

	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ? CLASS_WORD : CLASS_NONE;
	if (is_syllable(c) || c == 0x30FC)
		return CLASS_PAIRED;
	switch (u_charType((UChar32)c)) {
	case U_UPPERCASE_LETTER: case U_LOWERCASE_LETTER: case U_TITLECASE_LETTER: case U_MODIFIER_LETTER:
	case U_OTHER_LETTER: case U_NON_SPACING_MARK: case U_COMBINING_SPACING_MARK: case U_DECIMAL_DIGIT_NUMBER:
	case U_LETTER_NUMBER: case U_OTHER_NUMBER:
		break;
	default:
		return CLASS_NONE;
	}
	switch (uscript_getScript((UChar32)c, &code)) {
	case USCRIPT_HANGUL: case USCRIPT_HAN: case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: case USCRIPT_BOPOMOFO:
	case USCRIPT_THAI: case USCRIPT_LAO: case USCRIPT_KHMER: case USCRIPT_MYANMAR:
		return CLASS_PAIRED;
	default:
		return CLASS_WORD;
	}
}

/* Letters that look like a Latin one with a mark but don't decompose. */
static uint32_t
plain_latin(uint32_t c)
{
	switch (c) {
	case 0x00F8: return 'o';
	case 0x0111: return 'd';
	case 0x0127: return 'h';
	case 0x0131: return 'i';
	case 0x0142: return 'l';
	case 0x0167: return 't';
	default:     return c;
	}
}

/* é: e.  Other scripts keep their marks: in Arabic or Hindi they are no decoration. */
static uint32_t
without_mark(uint32_t c)
{
	UErrorCode          code = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
	UChar               parts[8];
	int32_t             n;

	while (c >= 0xC0 && c < 0x2000 && (n = unorm2_getRawDecomposition(nfc, (UChar32)c, parts, 8, &code)) == 2 &&
	    parts[0] < 0x250)
		c = parts[0];
	return plain_latin(c);
}

/* Fill t->folded with the next unit: a character and what must be normalised with it. */
static void
fold_unit(struct terms *t)
{
	UErrorCode          code = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCCasefoldInstance(&code);
	UChar               in[2 * UNIT_MAX], out[4 * UNIT_MAX];
	int32_t             in_n = 0, out_n;

	do {
		uint32_t c = td_utf8_next(t->s, &t->at);
		size_t   ahead = t->at;

		U16_APPEND_UNSAFE(in, in_n, c);
		if (ahead >= t->s.n || unorm2_hasBoundaryBefore(nfkc, (UChar32)td_utf8_next(t->s, &ahead)))
			break;
	} while (in_n + 2 < 2 * UNIT_MAX);
	out_n = unorm2_normalize(nfkc, in, in_n, out, 4 * UNIT_MAX, &code);
	for (int32_t i = 0; U_SUCCESS(code) && i < out_n && t->folded_n + 4 <= sizeof(t->folded);) {
		UChar32 c;

		U16_NEXT(out, i, out_n, c);
		c = (UChar32)without_mark((uint32_t)c);
		/* A mark that found no letter to join with, behind a Latin one. */
		if (uscript_getScript(c, &code) == USCRIPT_INHERITED && t->folded_n > 0 && (t->folded[0] & 0x80) == 0)
			continue;
		t->folded_n += td_utf8_put((uint32_t)c, t->folded + t->folded_n);
	}
}

static bool
next_char(struct terms *t, struct terms_char *ret, enum class *class)
{
	struct str folded;
	size_t     at;

	while (t->folded_at == t->folded_n) {
		unsigned char c;

		if (t->at >= t->s.n)
			return false;
		t->folded_at = t->folded_n = 0;
		t->from = t->at;
		c = (unsigned char)t->s.p[t->at];
		/* Nothing above ASCII joins what stands between two ASCII characters. */
		if (c < 0x80 && (t->at + 1 == t->s.n || (unsigned char)t->s.p[t->at + 1] < 0x80)) {
			t->folded[t->folded_n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
			t->at++;
		} else {
			fold_unit(t);
		}
		t->to = t->at;
	}
	folded = (struct str){ t->folded, t->folded_n };
	at = t->folded_at;
	*class = class_of(td_utf8_next(folded, &at));
	*ret = (struct terms_char){ .from = t->from, .to = t->to, .n = at - t->folded_at };
	memcpy(ret->p, t->folded + t->folded_at, ret->n);
	return true;
}

static void
take_char(struct terms *t, const struct terms_char *c)
{
	t->folded_at += c->n;
}

static void
put_term(struct terms *t, struct term *ret, const struct terms_char *c)
{
	if (ret->text.n == 0)
		ret->from = c->from;
	ret->to = c->to;
	if (ret->text.n + c->n <= sizeof(t->term)) {
		memcpy(t->term + ret->text.n, c->p, c->n);
		ret->text.n += c->n;
	}
}

void
td_terms_begin(struct terms *t, struct str s)
{
	*t = (struct terms){ .s = s };
}

bool
td_terms_next(struct terms *t, struct term *ret)
{
	struct terms_char c;
	enum class        class = CLASS_NONE;
	bool              more;

	*ret = (struct term){ .text = { t->term, 0 } };
	if (t->holding) {
		more = next_char(t, &c, &class) && class == CLASS_PAIRED;
		ret->paired = true;
		ret->last = !more;
		ret->alone = !more && !t->in_run;
		put_term(t, ret, &t->held);
		t->in_run = t->holding = more;
		if (more) {
			put_term(t, ret, &c);
			take_char(t, &c);
			t->held = c;
		}
		return true;
	}
	while ((more = next_char(t, &c, &class)) && class == CLASS_NONE)
		take_char(t, &c);
	if (!more)
		return false;
	if (class == CLASS_PAIRED) {
		take_char(t, &c);
		t->held = c;
		t->holding = true;
		t->in_run = false;
		return td_terms_next(t, ret);
	}
	do {
		put_term(t, ret, &c);
		take_char(t, &c);
	} while (next_char(t, &c, &class) && class == CLASS_WORD);
	return true;
}
