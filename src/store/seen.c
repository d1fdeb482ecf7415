#include "store/statements.h"
#include "store/handlers.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "crypto/base64.h"
#include "crypto/hmac.h"
#include "crypto/seal.h"
#include "crypto/sha256.h"
#include "os/clock.h"
#include "os/file.h"
#include "store/keys.h"
#include "url/url.h"

enum { SECRET_B = 32, FILE_B = 64 * 1024, PLAIN_B = 8 + 8 + SHA256_B, TEXT_B = SEEN_LINES_N * 180 + 1024 };

/* ── pairs ────────────────────────────────────────────────────────────── */

struct pair {
	struct str    name, url;
	unsigned char secret[SECRET_B], id[HMAC_B];
};

static void
derive(const struct pair *p, const char *purpose, struct str of, unsigned char ret[HMAC_B])
{
	struct buf b = BUF_INIT(LIMIT_URL_B + 64);

	buf_addf(&b, "tidings-seen/1 %s\n", purpose);
	buf_add(&b, of);
	td_hmac((struct bytes){ p->secret, SECRET_B }, buf_bytes(&b), ret);
	buf_free(&b);
}

static bool
read_pair(struct str line, struct pair *ret)
{
	struct str secret = STR("");
	size_t     n = 0;

	*ret = (struct pair){ .url = STR("") };
	if (!str_cut(&line, ' ', &ret->name) || !str_cut(&line, ' ', &secret) || !td_base64_read(secret, ret->secret, SECRET_B, &n) || n != SECRET_B)
		return false;
	ret->url = str_trim(line);
	derive(ret, "pair", STR(""), ret->id);
	return true;
}

static enum err_code
load_pairs(struct store *s, struct arena *a, struct pair **ret, size_t *ret_n, struct err *err)
{
	struct str path = arena_copy(a, desk_path(s, "keys", "partners")), text, line;
	struct buf b = BUF_INIT(FILE_B);

	*ret = arena_array(a, PAIRS_N, struct pair);
	*ret_n = 0;
	if (os_exists(path) && os_read_file(path, &b, err) != ERR_OK) {
		buf_free(&b);
		return err->code;
	}
	text = arena_copy(a, buf_str(&b));
	td_wipe(b.p, b.n);
	buf_free(&b);
	while (str_cut(&text, '\n', &line) && *ret_n < PAIRS_N)
		*ret_n += read_pair(line, &(*ret)[*ret_n]);
	return ERR_OK;
}

static struct pair *
pair_named(struct pair *pairs, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[i].name, name))
			return &pairs[i];
	return NULL;
}

static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ')
			return false;
	return s.n > 0 && s.n < 100;
}

static enum err_code
write_pairs(struct store *s, struct arena *a, const struct pair *pairs, size_t n, struct err *err)
{
	struct buf    b = BUF_INIT(FILE_B);
	enum err_code code;

	for (size_t i = 0; i < n; i++) {
		buf_addf(&b, "%" STR_FMT " ", STR_ARG(pairs[i].name));
		td_base64_write(&b, (struct bytes){ pairs[i].secret, SECRET_B });
		buf_addf(&b, " %" STR_FMT "\n", STR_ARG(pairs[i].url));
	}
	code = b.failed ? err_set(err, ERR_LIMIT, "keys/partners would be longer than it may be; nothing was changed") :
	    os_replace_file(arena_copy(a, desk_path(s, "keys", "partners")), buf_str(&b), err);
	td_wipe(b.p, b.n);
	buf_free(&b);
	return code;
}

enum err_code
on_pair_add(struct store *s, struct arena *a, const struct store_pair *ask, struct store_pair *ret, struct err *err)
{
	struct pair *pairs, new = { .name = ask->name, .url = ask->url }, *at;
	struct buf   secret = BUF_INIT(KiB);
	size_t       n, secret_n = SECRET_B;

	if (!is_word(ask->name) || (ask->url.n > 0 && !is_word(ask->url)))
		return err_set(err, ERR_FORMAT, "a partner's name is one word; nothing was changed");
	if (ask->secret.n > 0 && (!td_base64_read(ask->secret, new.secret, SECRET_B, &secret_n) || secret_n != SECRET_B))
		return err_set(err, ERR_FORMAT, "that is not a secret as `tidings partner pair` makes them; nothing was changed");
	if (load_pairs(s, a, &pairs, &n, err) != ERR_OK)
		return err->code;
	at = pair_named(pairs, n, ask->name);
	if (ask->secret.n == 0 && at != NULL)
		memcpy(new.secret, at->secret, SECRET_B);       /* only its address changes */
	else if (ask->secret.n == 0)
		os_random(new.secret, SECRET_B);
	if (at == NULL && n == PAIRS_N)
		return err_set(err, ERR_LIMIT, "more than %d partners; nothing was changed", PAIRS_N);
	*(at != NULL ? at : &pairs[n++]) = new;
	if (write_pairs(s, a, pairs, n, err) != ERR_OK)
		return err->code;
	td_base64_write(&secret, (struct bytes){ new.secret, SECRET_B });
	*ret = (struct store_pair){ .name = ask->name, .url = ask->url, .secret = arena_copy(a, buf_str(&secret)) };
	buf_free(&secret);
	return ERR_OK;
}

enum err_code
on_pair_list(struct store *s, struct arena *a, const struct store_none *ask, struct store_pair_page *ret, struct err *err)
{
	struct pair *pairs;
	size_t       n;

	(void)ask;
	if (load_pairs(s, a, &pairs, &n, err) != ERR_OK)
		return err->code;
	ret->pairs.v = arena_array(a, n + 1, struct store_pair);
	for (size_t i = 0; i < n; i++)
		ret->pairs.v[ret->pairs.n++] = (struct store_pair){ .name = pairs[i].name, .url = pairs[i].url, .secret = STR("") };
	return ERR_OK;
}

/* ── our own captures, as this partner would see them ─────────────────── */

struct own {
	int64_t       seq, held_us, entry;
	struct str    page;
	unsigned char tag[SEEN_TAG_B], text[SHA256_B];
};

static int
by_tag(const void *a, const void *b)
{
	return memcmp(((const struct own *)a)->tag, ((const struct own *)b)->tag, SEEN_TAG_B);
}

/* The newest that may be told: pages with a text, whose notes are not protected; sorted by tag. */
static struct own *
load_own(struct store *s, struct arena *a, const struct pair *p, size_t *ret_n)
{
	struct query q = db_query(&s->db, STMT_seen_own);
	struct own  *list = arena_array(a, SEEN_LINES_N, struct own);
	size_t       n = 0;

	bind_i64(&q, SEEN_LINES_N);
	while (n < SEEN_LINES_N && db_row(&q)) {
		struct own *o = &list[n];
		struct err  no;

		o->seq = col_i64(&q);
		o->held_us = col_i64(&q);
		o->entry = col_i64(&q);
		if (td_url_seen(a, col_str(&q, a), &o->page, &no) != ERR_OK)
			continue;
		td_sha256(bytes_of(col_str(&q, a)), o->text);
		derive(p, "tag", o->page, o->tag);
		n++;
	}
	if (n > 0)
		qsort(list, n, sizeof(*list), by_tag);
	*ret_n = n;
	return list;
}

/* The first of this tag; NULL: none. */
static const struct own *
find_own(const struct own *list, size_t n, struct bytes tag)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t at = from + (to - from) / 2;

		if (memcmp(list[at].tag, tag.p, SEEN_TAG_B) < 0)
			from = at + 1;
		else
			to = at;
	}
	return from < n && memcmp(list[from].tag, tag.p, SEEN_TAG_B) == 0 ? &list[from] : NULL;
}

static void
put_i64(unsigned char *to, int64_t v)
{
	for (int i = 0; i < 8; i++)
		to[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
}

static int64_t
get_i64(const unsigned char *from)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | from[i];
	return (int64_t)v;
}

/* Its line: who knows the address can open the box. */
static void
put_own(struct buf *out, const struct pair *p, const struct own *o)
{
	unsigned char    key[HMAC_B], nonce[SEAL_NONCE_B], plain[PLAIN_B];
	struct buf       box = BUF_INIT(2 * SEEN_BOX_B);
	struct seen_line line;

	derive(p, "box", o->page, key);
	os_random(nonce, sizeof(nonce));        /* 24 bytes by chance: one key may seal many lines */
	put_i64(plain, o->held_us);
	put_i64(plain + 8, o->entry);
	memcpy(plain + 16, o->text, SHA256_B);
	td_seal(&box, key, nonce, (struct bytes){ o->tag, SEEN_TAG_B }, (struct bytes){ plain, sizeof(plain) });
	if (!box.failed && box.n == SEEN_BOX_B) {
		memcpy(line.tag, o->tag, SEEN_TAG_B);
		memcpy(line.box, box.p, SEEN_BOX_B);
		td_seen_line_write(out, &line);
	}
	buf_free(&box);
}

/* ── texts ────────────────────────────────────────────────────────────── */

static enum err_code
put_head(struct store *s, struct buf *out, const struct pair *p, bool is_answer, struct err *err)
{
	struct note_signer own;
	struct seen_head   head = { .is_answer = is_answer };

	if (keys_need_witness(s->dir, &own, err) != ERR_OK)
		return err->code;
	head.from = str_of(own.key.name);
	memcpy(head.pair, p->id, SEEN_PAIR_B);
	td_seen_head_write(out, &head);
	td_wipe(&own, sizeof(own));
	return ERR_OK;
}

static struct str
end_text(struct arena *a, struct buf *out, const struct pair *p)
{
	unsigned char mac[HMAC_B], key[HMAC_B];
	struct str    text;

	derive(p, "mac", STR(""), key);
	td_hmac((struct bytes){ key, sizeof(key) }, buf_bytes(out), mac);
	td_seen_mac_write(out, mac);
	text = arena_copy(a, buf_str(out));
	return text;
}

enum err_code
on_seen_ask(struct store *s, struct arena *a, const struct store_pair_name *ask, struct store_seen_text *ret, struct err *err)
{
	const struct pair *p;
	const struct own  *list;
	struct pair       *pairs;
	struct buf         out = BUF_INIT(TEXT_B);
	size_t             n, own_n;

	if (load_pairs(s, a, &pairs, &n, err) != ERR_OK)
		return err->code;
	if ((p = pair_named(pairs, n, ask->name)) == NULL)
		return err_set(err, ERR_MISSING, "%" STR_FMT ": no partner of that name; `tidings partner pair NAME` makes one", STR_ARG(ask->name));
	list = load_own(s, a, p, &own_n);
	if (put_head(s, &out, p, false, err) == ERR_OK) {
		for (size_t i = 0; i < own_n; i++)
			put_own(&out, p, &list[i]);
		ret->text = end_text(a, &out, p);
		err->code = db_failed(&s->db, err);
	}
	buf_free(&out);
	return err->code;
}

/* The pair whose secret made this mac. */
static const struct pair *
who_sent(const struct pair *pairs, size_t n, const struct store_seen_message *m)
{
	unsigned char mac[HMAC_B], key[HMAC_B];
	struct buf    text = BUF_INIT(TEXT_B);
	const struct pair *p = NULL;
	struct seen_head   head = { .is_answer = m->is_answer, .from = m->from };
	struct seen_line   line;

	if (m->pair.n != SEEN_PAIR_B)
		return NULL;
	memcpy(head.pair, m->pair.p, SEEN_PAIR_B);
	td_seen_head_write(&text, &head);
	for (size_t i = 0; i < m->lines.n; i++) {
		memcpy(line.tag, m->lines.v[i].tag.p, SEEN_TAG_B);
		memcpy(line.box, m->lines.v[i].box.p, SEEN_BOX_B);
		td_seen_line_write(&text, &line);
	}
	for (size_t i = 0; i < n && p == NULL && !text.failed; i++) {
		derive(&pairs[i], "mac", STR(""), key);
		td_hmac((struct bytes){ key, sizeof(key) }, buf_bytes(&text), mac);
		if (memcmp(pairs[i].id, m->pair.p, SEEN_PAIR_B) == 0 && td_hmac_is(mac, m->mac))
			p = &pairs[i];
	}
	buf_free(&text);
	return p;
}

/* One line of theirs against the captures of ours with that address: 1 when it is kept or known. */
static int
keep_line(struct store *s, const struct pair *p, const struct own *own, const struct own *end, const struct store_seen_line *line)
{
	unsigned char key[HMAC_B];
	struct buf    plain = BUF_INIT(2 * PLAIN_B);
	int           n = 0;

	derive(p, "box", own->page, key);
	if (td_unseal(&plain, key, line->tag, line->box) && plain.n == PLAIN_B)
		for (const struct own *o = own; o < end && memcmp(o->tag, own->tag, SEEN_TAG_B) == 0; o++, n = 1) {
			const unsigned char *at = buf_bytes(&plain).p;
			struct query         q = db_query(&s->db, STMT_seen_add);

			bind_i64(&q, o->seq);
			bind_str(&q, p->name);
			bind_i64(&q, get_i64(at));
			bind_i64(&q, get_i64(at + 8));
			bind_i64(&q, memcmp(at + 16, o->text, SHA256_B) == 0);
			bind_i64(&q, os_now_us());
			db_run(&q);
		}
	buf_free(&plain);
	return n;
}

static enum err_code
take_lines(struct store *s, struct arena *a, const struct pair *p, const struct store_seen_message *m, struct store_seen_taken *ret,
	struct err *err)
{
	struct buf  out = BUF_INIT(TEXT_B);
	size_t      n;
	struct own *list = load_own(s, a, p, &n);
	bool       *told = arena_array(a, n + 1, bool);

	if (put_head(s, &out, p, true, err) != ERR_OK)
		return err->code;
	for (size_t i = 0; i < m->lines.n; i++) {
		const struct own *o = find_own(list, n, m->lines.v[i].tag);

		if (o == NULL || !keep_line(s, p, o, list + n, &m->lines.v[i]))
			continue;
		ret->matches++;
		for (size_t k = (size_t)(o - list); k < n && memcmp(list[k].tag, o->tag, SEEN_TAG_B) == 0 && !told[k]; k++) {
			told[k] = true;
			put_own(&out, p, &list[k]);
		}
	}
	if (!m->is_answer)
		ret->answer = end_text(a, &out, p);
	buf_free(&out);
	return db_failed(&s->db, err);
}

enum err_code
on_seen_take(struct store *s, struct arena *a, const struct store_seen_message *ask, struct store_seen_taken *ret, struct err *err)
{
	const struct pair *p;
	struct pair       *pairs;
	struct note_signer own;
	bool               is_own;
	size_t             n;

	for (size_t i = 0; i < ask->lines.n; i++)
		if (ask->lines.v[i].tag.n != SEEN_TAG_B || ask->lines.v[i].box.n != SEEN_BOX_B)
			return err_set(err, ERR_FORMAT, "line %zu has not the length of one; nothing was taken", i + 1);
	if (load_pairs(s, a, &pairs, &n, err) != ERR_OK || keys_need_witness(s->dir, &own, err) != ERR_OK)
		return err->code;
	is_own = str_eq(ask->from, str_of(own.key.name));
	td_wipe(&own, sizeof(own));
	if ((p = who_sent(pairs, n, ask)) == NULL)
		return err_set(err, ERR_DENIED, "no partner of this desk has written that, or it was changed on the way; nothing was taken");
	if (is_own)
		return err_set(err, ERR_DENIED, "this is a text of our own; nothing was taken");
	ret->name = p->name;
	return take_lines(s, a, p, ask, ret, err);
}

enum err_code
on_seen_of(struct store *s, struct arena *a, const struct store_seen_capture *ask, struct store_seen_page *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_seen_of);

	ret->list.v = arena_array(a, PAIRS_N, struct store_seen);
	bind_i64(&q, capture_seq(s, &ask->capture));
	while (ret->list.n < PAIRS_N && db_row(&q)) {
		struct store_seen *t = &ret->list.v[ret->list.n++];

		t->name = col_str(&q, a);
		t->their_us = col_i64(&q);
		t->their_entry = col_i64(&q);
		t->is_same = col_i64(&q) != 0;
	}
	return db_failed(&s->db, err);
}
