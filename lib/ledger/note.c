#include "ledger/note.h"

#include <stdio.h>

#include "crypto/base64.h"
#include "crypto/sha256.h"

#define DASH       STR("\xe2\x80\x94 ")
#define SECRET     STR("PRIVATE+KEY+")

/* ── keys ─────────────────────────────────────────────────────────────── */

static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '+' || s.p[i] == 0x7f)
			return false;
	return s.n > 0 && s.n < NOTE_NAME_B;
}

static void
find_id(struct note_key *k)
{
	unsigned char text[NOTE_NAME_B + 2 + SIGN_KEY_B], sum[SHA256_B];
	size_t        n = strlen(k->name);

	memcpy(text, k->name, n);
	text[n++] = '\n';
	text[n++] = (unsigned char)k->kind;
	memcpy(text + n, k->key, SIGN_KEY_B);
	td_sha256((struct bytes){ text, n + SIGN_KEY_B }, sum);
	memcpy(k->id, sum, sizeof(k->id));
}

bool
td_note_key_init(struct note_key *k, struct str name, enum note_kind kind, const unsigned char key[SIGN_KEY_B])
{
	if (!is_name(name))
		return false;
	*k = (struct note_key){ .kind = kind };
	memcpy(k->name, name.p, name.n);
	memcpy(k->key, key, SIGN_KEY_B);
	find_id(k);
	return true;
}

bool
td_note_signer_init(struct note_signer *s, struct str name, enum note_kind kind, const unsigned char seed[SIGN_SEED_B])
{
	unsigned char key[SIGN_KEY_B];

	memcpy(s->seed, seed, SIGN_SEED_B);
	td_sign_key(seed, key);
	return td_note_key_init(&s->key, name, kind, key);
}

/* NAME+HEX+BASE64(kind || key) */
static void
write_key(const struct note_key *k, const unsigned char key[32], struct buf *out)
{
	unsigned char material[1 + 32] = { (unsigned char)k->kind };
	char          hex[9];

	memcpy(material + 1, key, 32);
	buf_addf(out, "%s+%s+", k->name, td_hex(k->id, 4, hex));
	td_base64_write(out, (struct bytes){ material, sizeof(material) });
	td_wipe(material, sizeof(material));
}

void
td_note_key_write(const struct note_key *k, struct buf *out)
{
	write_key(k, k->key, out);
}

void
td_note_signer_write(const struct note_signer *s, struct buf *out)
{
	buf_add(out, SECRET);
	write_key(&s->key, s->seed, out);
}

/* The three parts; names hold no '+', base64 may. */
static bool
parse_key(struct str s, struct str *ret_name, struct str *ret_hex, enum note_kind *ret_kind, unsigned char ret_key[32])
{
	unsigned char material[1 + 32];
	size_t        n;

	if (!str_cut(&s, '+', ret_name) || !str_cut(&s, '+', ret_hex) || s.p == NULL || ret_hex->n != 8 ||
	    !td_base64_read(s, material, sizeof(material), &n) || n != sizeof(material) ||
	    (material[0] != NOTE_SIGNATURE && material[0] != NOTE_COSIGNATURE))
		return false;
	*ret_kind = (enum note_kind)material[0];
	memcpy(ret_key, material + 1, 32);
	td_wipe(material, sizeof(material));
	return true;
}

bool
td_note_key_parse(struct str s, struct note_key *ret)
{
	struct note_key k;
	struct str      name, hex;
	enum note_kind  kind;
	unsigned char   key[32];
	char            want[9];

	if (!parse_key(s, &name, &hex, &kind, key) || !td_note_key_init(&k, name, kind, key) ||
	    !str_eq(hex, str_of(td_hex(k.id, 4, want))))
		return false;
	*ret = k;
	return true;
}

bool
td_note_signer_parse(struct str s, struct note_signer *ret)
{
	struct note_signer signer;
	struct str         name, hex;
	enum note_kind     kind;
	unsigned char      seed[32];
	char               want[9];
	bool               good;

	good = str_starts(s, SECRET) && parse_key(str_sub(s, SECRET.n, s.n), &name, &hex, &kind, seed) &&
	    td_note_signer_init(&signer, name, kind, seed) && str_eq(hex, str_of(td_hex(signer.key.id, 4, want)));
	if (good)
		*ret = signer;
	td_wipe(seed, sizeof(seed));
	td_wipe(&signer, sizeof(signer));
	return good;
}

/* ── notes ────────────────────────────────────────────────────────────── */

bool
td_note_take(struct str *rest, struct note_signature *ret)
{
	struct str line, name, whole = *rest;
	size_t     end = str_find_char(*rest, '\n');

	if (end == STR_NONE || !str_starts(*rest, DASH))
		return false;
	line = str_sub(*rest, DASH.n, end);
	*rest = str_sub(*rest, end + 1, rest->n);
	if (!str_cut(&line, ' ', &name) || line.p == NULL || !is_name(name))
		return false;
	*ret = (struct note_signature){ .name = name, .line = str_sub(whole, 0, end + 1) };
	/* Kinds that we do not know may be longer: theirs, and no fault. */
	if (!td_base64_read(line, ret->bytes, sizeof(ret->bytes), &ret->n))
		ret->n = 0;
	return line.n > 0;
}

/* Where the empty line before the signatures begins: the last one. */
static size_t
find_end_of_text(struct str note)
{
	for (size_t i = note.n; i >= 2; i--)
		if (note.p[i - 1] == '\n' && note.p[i - 2] == '\n')
			return i - 1;
	return STR_NONE;
}

enum err_code
td_note_split(struct str note, struct str *ret_text, struct str *ret_signatures, struct err *err)
{
	size_t           end;
	struct str       rest;
	struct note_signature s;
	int              n = 0;

	if (note.n > NOTE_TEXT_B)
		return err_set(err, ERR_LIMIT, "the note is longer than 64 KB; it was not accepted");
	for (size_t i = 0; i < note.n; i++)
		if (((unsigned char)note.p[i] < ' ' && note.p[i] != '\n') || note.p[i] == 0x7f)
			return err_set(err, ERR_FORMAT, "the note holds a control character; it was not accepted");
	if ((end = find_end_of_text(note)) == STR_NONE)
		return err_set(err, ERR_FORMAT, "the note has no empty line before its signatures; it was not accepted");
	rest = str_sub(note, end + 1, note.n);
	do {
		if (!td_note_take(&rest, &s) || ++n > NOTE_LINES_N)
			return err_set(err, ERR_FORMAT, "line %d behind the note's text is no signature; the note was not accepted", n + 1);
	} while (rest.n > 0);
	*ret_text = str_sub(note, 0, end);
	*ret_signatures = str_sub(note, end + 1, note.n);
	return ERR_OK;
}

/* What a key of this kind signs. */
static void
put_message(struct buf *out, enum note_kind kind, struct str text, int64_t time_s)
{
	if (kind == NOTE_COSIGNATURE)
		buf_addf(out, "cosignature/v1\ntime %lld\n", (long long)time_s);
	buf_add(out, text);
}

void
td_note_line_write(struct buf *out, const struct note_signature *s)
{
	buf_add(out, DASH);
	buf_add(out, s->name);
	buf_add_char(out, ' ');
	td_base64_write(out, (struct bytes){ s->bytes, s->n });
	buf_add_char(out, '\n');
}

void
td_note_sign(struct buf *out, struct str text, const struct note_signer *s, int64_t time_s)
{
	struct buf    message = BUF_INIT(NOTE_TEXT_B + 128);
	unsigned char bytes[NOTE_SIGNATURE_B];
	size_t        n = sizeof(s->key.id);

	put_message(&message, s->key.kind, text, time_s);
	out->failed |= message.failed;
	memcpy(bytes, s->key.id, n);
	for (int i = 7; i >= 0 && s->key.kind == NOTE_COSIGNATURE; i--)
		bytes[n++] = (unsigned char)((uint64_t)time_s >> 8 * i);
	td_sign(s->seed, buf_bytes(&message), bytes + n);
	buf_add(out, DASH);
	buf_addf(out, "%s ", s->key.name);
	td_base64_write(out, (struct bytes){ bytes, n + SIGN_B });
	buf_add_char(out, '\n');
	buf_free(&message);
}

bool
td_note_is_by(struct str text, const struct note_signature *s, const struct note_key *k, int64_t *ret_time_s)
{
	struct buf message = BUF_INIT(NOTE_TEXT_B + 128);
	size_t     head = k->kind == NOTE_COSIGNATURE ? 12 : 4;
	uint64_t   time_s = 0;
	bool       good;

	if (s->n != head + SIGN_B || !str_eq(s->name, str_of(k->name)) || memcmp(s->bytes, k->id, 4) != 0)
		return false;
	for (size_t i = 4; i < head; i++)
		time_s = time_s << 8 | s->bytes[i];
	if (time_s > INT64_MAX)
		return false;
	put_message(&message, k->kind, text, (int64_t)time_s);
	good = !message.failed && td_sign_is_good(k->key, buf_bytes(&message), s->bytes + head);
	buf_free(&message);
	if (good && ret_time_s != NULL)
		*ret_time_s = (int64_t)time_s;
	return good;
}

bool
td_note_is_signed(struct str text, struct str signatures, const struct note_key *k, int64_t *ret_time_s)
{
	struct note_signature s;

	while (signatures.n > 0 && td_note_take(&signatures, &s))
		if (td_note_is_by(text, &s, k, ret_time_s))
			return true;
	return false;
}

struct str
td_note_line_of(struct str text, struct str signatures, const struct note_key *k)
{
	struct note_signature s;

	while (signatures.n > 0 && td_note_take(&signatures, &s))
		if (td_note_is_by(text, &s, k, NULL))
			return s.line;
	return STR("");
}
