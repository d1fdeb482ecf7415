#include "extract/split.h"

#include "base/limits.h"
#include "crypto/digest.h"
#include "document/kind.h"
#include "extract/extract_private.h"
#include "http/message.h"
#include "text/utf8.h"
#include "warc/gzip.h"
#include "warc/read.h"

enum { FOUND_N = 2000, ANSWER_ROOM_B = LIMIT_ANSWER_B - 2 * MiB, TRIES_N = 1000 };

static const struct wire_field ask_fields[] = {
	WIRE(struct split_ask, BYTES, piece, SPLIT_PIECE_MAX_B),
	WIRE(struct split_ask, I64, skip, 0),
	WIRE(struct split_ask, BOOL, is_last, 0),
	WIRE(struct split_ask, BOOL, is_lost, 0),
};
static const struct wire_desc ask_desc = WIRE_DESC(struct split_ask, ask_fields);

static const struct wire_field found_fields[] = {
	WIRE_STRUCT_OF(struct split_found, record, &extract_record_desc),
	WIRE_STRUCT_OF(struct split_found, ask, &extract_ask_desc),
};
const struct wire_desc split_found_desc = WIRE_DESC(struct split_found, found_fields);

static const struct wire_field fault_fields[] = {
	WIRE(struct split_fault, I64, at, 0),
	WIRE(struct split_fault, STR, what, 256),
};
static const struct wire_desc fault_desc = WIRE_DESC(struct split_fault, fault_fields);

static const struct wire_field split_fields[] = {
	WIRE_LIST_OF(struct split, found, FOUND_N, &split_found_desc),
	WIRE_LIST_OF(struct split, faults, WARC_FINDINGS_N, &fault_desc),
	WIRE(struct split, I64, used, 0),
	WIRE(struct split, I64, skip, 0),
	WIRE(struct split, I64, records, 0),
	WIRE(struct split, I64, others, 0),
	WIRE(struct split, BOOL, is_lost, 0),
	WIRE(struct split, BOOL, wants_more, 0),
};
static const struct wire_desc split_desc = WIRE_DESC(struct split, split_fields);

struct splitting {
	struct arena       *arena;
	struct split_ask    ask;
	struct warc_reader *reader;
	struct split        split;
	int64_t             from;       /* where reading began: not 0 when the piece's front is lost */
	size_t              room_b;
};

void
extract_split_warm_up(void)
{
	unsigned char digest[DIGEST_MAX_B];

	(void)td_digest(STR("sha1"), (struct bytes){ 0 }, digest);      /* libcrypto reads its files at the first call */
	(void)td_digest(STR("sha256"), (struct bytes){ 0 }, digest);
}

static struct str
field(struct splitting *s, const struct warc_record *r, struct str name, size_t max)
{
	struct str v = td_warc_field(r, name);

	if (v.n > max || !td_utf8_is_valid(bytes_of(v)) || (v.n > 0 && memchr(v.p, '\0', v.n) != NULL))
		return STR("");
	if (v.n > 1 && v.p[0] == '<' && v.p[v.n - 1] == '>')    /* old wget puts addresses in them too */
		v = str_sub(v, 1, v.n - 1);
	return arena_copy(s->arena, v);
}

/* Whatever the next record's bytes lie over. */
static struct str
kept(struct splitting *s, struct str v)
{
	const bool is_sound = v.n > 0 && v.n <= LIMIT_FIELD_B && td_utf8_is_valid(bytes_of(v)) && memchr(v.p, '\0', v.n) == NULL;

	return is_sound ? arena_copy(s->arena, v) : STR("");
}

/* The body of a reply, and what its head says of it.  false: a redirect, or no reply. */
static bool
take_reply(struct splitting *s, const struct warc_record *r, struct split_found *f)
{
	struct http_head head;
	struct http_type type;
	struct err       err;

	if (td_http_head(s->arena, r->block, &head, &err) != ERR_OK || head.status / 100 == 3)
		return false;
	type = td_http_type(s->arena, td_http_field(&head, STR("content-type")));
	f->record.status = head.status;
	f->ask.media_type = kept(s, type.essence);
	f->ask.charset = kept(s, type.charset);
	f->ask.content_encoding = kept(s, td_http_field(&head, STR("content-encoding")));
	f->ask.is_chunked = str_find_nocase(td_http_field(&head, STR("transfer-encoding")), STR("chunked")) != STR_NONE;
	f->ask.body = (struct bytes){ r->block.p + head.length_b, r->block.n - head.length_b };
	return true;
}

/* Style sheets and scripts call themselves text as well. */
static bool
is_document(const struct extract_ask *ask)
{
	const bool         is_packed = ask->is_chunked || ask->content_encoding.n > 0;
	enum document_kind kind = is_packed ? td_document_of_label(ask->media_type) :
	    td_document_type(ask->body, ask->media_type, ask->url).kind;

	if (ask->body.n == 0 || !td_document_is_read(kind))
		return false;
	return kind != DOCUMENT_TEXT || ask->media_type.n == 0 || str_eq(ask->media_type, STR("text/plain"));
}

static bool
take_document(struct splitting *s, const struct warc_record *r, struct split_found *f)
{
	struct str type = td_warc_field(r, STR("WARC-Type"));

	*f = (struct split_found){ .record = { .id = field(s, r, STR("WARC-Record-ID"), 256), .offset = s->from + (int64_t)r->at },
		.ask = { .file = STR(""), .url = field(s, r, STR("WARC-Target-URI"), LIMIT_URL_B), .charset = STR(""), .media_type = STR(""),
		.content_encoding = STR(""), .body = r->block } };
	(void)instant_parse_iso(td_warc_field(r, STR("WARC-Date")), &f->record.taken_us);
	if (r->is_cut)
		return false;
	if (str_eq_nocase(type, STR("response"))) {
		if (!take_reply(s, r, f))
			return false;
	} else if (str_eq_nocase(type, STR("resource")) || str_eq_nocase(type, STR("conversion"))) {
		struct http_type is = td_http_type(s->arena, td_warc_field(r, STR("Content-Type")));

		f->ask.media_type = kept(s, is.essence);
		f->ask.charset = kept(s, is.charset);
	} else {
		return false;
	}
	return is_document(&f->ask);
}

static void
add_fault(struct splitting *s, int64_t at, const char *what)
{
	if (s->split.faults.n < WARC_FINDINGS_N)
		s->split.faults.v[s->split.faults.n++] = (struct split_fault){ at, str_of(what) };
}

/* false: no room for it in this answer; the next piece begins with it. */
static bool
take_record(struct splitting *s, const struct warc_record *r)
{
	struct split_found f;
	size_t             need_b;

	s->split.records++;
	if (!take_document(s, r, &f)) {
		s->split.others++;
		return true;
	}
	need_b = f.ask.body.n + 2 * LIMIT_URL_B;
	if (need_b > ANSWER_ROOM_B || f.ask.body.n > LIMIT_BODY_B) {
		add_fault(s, f.record.offset, "a document is larger than we take");
		return true;
	}
	if (s->split.found.n == FOUND_N || need_b > s->room_b) {
		s->split.records--;
		return false;
	}
	s->room_b -= need_b;
	f.ask.body = bytes_of(arena_copy(s->arena, bytes_as_str(f.ask.body)));   /* the reader unpacks the next one over it */
	s->split.found.v[s->split.found.n++] = f;
	return true;
}

/* Where the next record may begin, at or behind `at`; the piece's length when there is none. */
static size_t
find_record(struct bytes b, size_t at)
{
	struct str all = bytes_as_str(b);

	for (int tries = 0; at < b.n && tries < TRIES_N; tries++) {
		struct str rest = str_sub(all, at, all.n);
		size_t     plain = str_find(rest, STR("WARC/1.")), packed = str_find(str_sub(rest, 0, plain), STR("\x1f\x8b\x08"));
		struct buf out = BUF_INIT(SPLIT_PIECE_MAX_B);
		size_t     used;
		bool       is_record;
		struct err err;

		if (packed == STR_NONE)
			return plain == STR_NONE ? b.n : at + plain;
		is_record = td_gunzip_member(&out, (struct bytes){ b.p + at + packed, b.n - at - packed }, out.limit, &used, &err) == ERR_OK &&
		    str_starts(buf_str(&out), STR("WARC/"));
		buf_free(&out);
		if (is_record)
			return at + packed;
		at += packed + 1;
	}
	return b.n;
}

/* What stopped the reader, or only seemed to because the piece ends there: is more of the file wanted? */
static void
end_piece(struct splitting *s, size_t at)
{
	const size_t from = (size_t)s->from, n = s->ask.piece.n;

	s->split.used = (int64_t)(from + at);
	if (!s->ask.is_last && from + at > 0)
		return;                         /* begin the next piece with it */
	if (!s->ask.is_last && n < SPLIT_PIECE_MAX_B) {
		s->split.wants_more = true;
		return;
	}
	s->split.used = (int64_t)find_record(s->ask.piece, from + at + 1);
	s->split.is_lost = (size_t)s->split.used == n;
}

/* The reader's own findings, but for those of a record that will be looked at again. */
static void
tell_faults(struct splitting *s)
{
	for (size_t i = 0; i < s->reader->findings_n; i++) {
		const struct warc_finding *f = &s->reader->finding[i];

		if (f->is_fault && s->from + (int64_t)f->at < s->split.used)
			add_fault(s, s->from + (int64_t)f->at, f->what);
	}
}

/* A plain record that reaches the piece's end may be longer; one of which even the largest piece is only a part is left out. */
static void
end_in_record(struct splitting *s, const struct warc_record *r)
{
	int64_t length;

	end_piece(s, r->at);
	if (s->split.wants_more || s->split.used < s->from + (int64_t)r->at + 1 ||
	    !str_to_i64(td_warc_field(r, STR("Content-Length")), 0, INT64_MAX / 2, &length))
		return;
	s->split.used = s->from + (r->block.p - s->reader->data.p) + length + 4;
	s->split.is_lost = false;
	add_fault(s, s->from + (int64_t)r->at, "a record is larger than we take");
}

static void
split_piece(struct splitting *s)
{
	struct warc_reader *r = s->reader;
	struct warc_record  record;
	int64_t             in_member = 0;
	size_t              last_at = SIZE_MAX, n = s->ask.piece.n;

	s->from = s->ask.is_lost ? (int64_t)find_record(s->ask.piece, 0) : 0;
	s->split.used = (int64_t)n;
	if ((s->split.is_lost = (size_t)s->from == n))
		return;
	td_warc_open(r, (struct bytes){ s->ask.piece.p + s->from, n - (size_t)s->from }, SPLIT_PIECE_MAX_B);
	while (td_warc_next(r, &record)) {
		in_member = r->is_gzip && record.at == last_at ? in_member + 1 : 0;
		last_at = record.at;
		if (!r->is_gzip && !s->ask.is_last && r->data_at >= r->data.n) {
			end_in_record(s, &record);
			break;
		}
		if (record.at == 0 && in_member < s->ask.skip)
			continue;
		if (!take_record(s, &record)) {
			s->split.used = s->from + (int64_t)record.at;
			s->split.skip = in_member;
			break;
		}
	}
	if (r->is_over && s->split.used == (int64_t)n)
		end_piece(s, r->member_at);
	tell_faults(s);
	td_warc_close(r);
}

int
extract_split_work(struct bytes in, struct buf *answer)
{
	struct splitting s = { .room_b = ANSWER_ROOM_B };
	struct arena     a;
	struct err       err;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, jail_full, NULL);
	if (td_wire_get(&a, &ask_desc, in, &s.ask, &err) != ERR_OK)
		return 1;
	s.arena = &a;
	s.reader = arena_new(&a, struct warc_reader);
	s.split.found.v = arena_array(&a, FOUND_N, struct split_found);
	s.split.faults.v = arena_array(&a, WARC_FINDINGS_N, struct split_fault);
	split_piece(&s);
	td_wire_put(answer, &split_desc, &s.split);
	arena_free(&a);
	return 0;
}

enum err_code
extract_split(struct jail *jail, struct arena *a, const struct split_ask *ask, struct split *ret, struct err *err)
{
	struct buf    question = BUF_INIT(SPLIT_PIECE_MAX_B + MiB), answer = BUF_INIT(LIMIT_ANSWER_B + MiB);
	struct split  got;
	enum err_code code;

	td_wire_put(&question, &ask_desc, ask);
	code = question.failed ? err_set(err, ERR_NOMEM, "out of memory; the WARC file was not read on") :
	    jail_run(jail, JAIL_SPLIT, buf_bytes(&question), &answer, err);
	buf_free(&question);
	if (code == ERR_OK)
		code = td_wire_get(a, &split_desc, bytes_of(buf_keep(&answer, a)), &got, err);
	buf_free(&answer);
	if (code == ERR_OK && (got.used < 0 || got.skip < 0 || (!got.wants_more && got.used == 0 && got.skip <= ask->skip)))
		code = err_set(err, ERR_FORMAT, "the answer about a piece of the WARC file contradicts itself");
	if (code == ERR_OK)
		*ret = got;
	return code;
}
