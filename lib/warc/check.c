#include "base/civil.h"
#include "crypto/digest.h"
#include "http/message.h"
#include "warc/read_private.h"

static bool
is_type(const struct warc_record *record, const char *type)
{
	return str_eq_nocase(td_warc_field(record, STR("WARC-Type")), str_of(type));
}

/* 2018-06-27T09:30:00Z; ISO 8601 lets T and Z be small by agreement, and most readers agree. */
static bool
is_date(struct str date, bool may_be_lower)
{
	char    upper[64];
	int64_t us;

	if (date.n < 20 || date.n > sizeof(upper))
		return false;
	for (size_t i = 0; i < date.n; i++)
		upper[i] = may_be_lower && (date.p[i] == 't' || date.p[i] == 'z') ? (char)(date.p[i] - 32) : date.p[i];
	return upper[date.n - 1] == 'Z' && instant_parse_iso((struct str){ upper, date.n }, &us);
}

/* Section 5.6 and 5.7: of these a record has one, whatever its type. */
static void
check_mandatory(struct warc_reader *r, const struct warc_record *record)
{
	struct str id = td_warc_field(record, STR("WARC-Record-ID")), date = td_warc_field(record, STR("WARC-Date"));

	if (td_warc_field(record, STR("WARC-Type")).n == 0)
		warc_find_fault(r, "a record has no WARC-Type");
	if (id.n < 3 || id.p[0] != '<' || id.p[id.n - 1] != '>')
		warc_find_fault(r, "a record has no WARC-Record-ID in angle brackets");
	if (!is_date(date, true))
		warc_find_fault(r, "a record has no WARC-Date of the form 2018-06-27T09:30:00Z");
	else if (!is_date(date, false))
		warc_find_note(r, "a WARC-Date has its letters in lower case");
}

static bool
may_repeat(struct str name)
{
	return str_eq_nocase(name, STR("WARC-Concurrent-To")) || str_eq_nocase(name, STR("WARC-Protocol"));
}

/* Only the standard's own names: at most ~20 are defined, so the first 64 fields decide and time stays linear. */
static void
check_repeated(struct warc_reader *r, const struct warc_record *record)
{
	size_t n = record->fields_n < 64 ? record->fields_n : 64;

	for (size_t i = 0; i < n; i++) {
		struct str name = record->fields[i].name;
		bool       is_ours = str_starts_nocase(name, STR("WARC-")) || str_starts_nocase(name, STR("Content-"));

		for (size_t k = 0; is_ours && k < i; k++)
			if (str_eq_nocase(name, record->fields[k].name) && !may_repeat(name)) {
				warc_find_fault(r, "a field that may stand once stands twice");
				return;
			}
	}
}

/* Section 7: the first segment is number 1, its continuations count on from 2 and name it. */
static void
check_segment(struct warc_reader *r, const struct warc_record *record)
{
	struct str text = td_warc_field(record, STR("WARC-Segment-Number"));
	bool       continues = is_type(record, "continuation");
	int64_t    number;

	if (continues && td_warc_field(record, STR("WARC-Segment-Origin-ID")).n == 0)
		warc_find_fault(r, "a continuation record does not say of what");
	if (text.p == NULL && !continues)
		return;
	if (!str_to_i64(text, 1, INT64_MAX, &number) || (number == 1) == continues)
		warc_find_fault(r, "a segment has a number that cannot be");
}

static void
check_of_type(struct warc_reader *r, const struct warc_record *record)
{
	static const char *const with_target[] = { "response", "resource", "request", "revisit", "conversion", "continuation" };
	struct str               uri = td_warc_field(record, STR("WARC-Target-URI"));

	for (size_t i = 0; i < sizeof(with_target) / sizeof(*with_target); i++)
		if (is_type(record, with_target[i]) && uri.n == 0)
			warc_find_fault(r, "a record that needs a WARC-Target-URI has none");
	if (is_type(record, "warcinfo") && uri.p != NULL)
		warc_find_fault(r, "a warcinfo record has a WARC-Target-URI");
	if (uri.n > 0 && (uri.p[0] == '<' || str_find_char(uri, ' ') != STR_NONE))
		warc_find_refused(r, WARC_JWAT, "a WARC-Target-URI is no URI");
	if (!is_type(record, "revisit") && td_warc_field(record, STR("WARC-Refers-To-Target-URI")).p != NULL)
		warc_find_refused(r, WARC_JWAT, "a record that is no revisit refers to another's address");
	if (is_type(record, "revisit") && td_warc_field(record, STR("WARC-Profile")).n == 0)
		warc_find_fault(r, "a revisit record has no WARC-Profile");
	check_segment(r, record);
}

static int
base32_value(char c)
{
	c |= c >= 'A' && c <= 'Z' ? 32 : 0;
	return c >= 'a' && c <= 'z' ? c - 'a' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

static int
hex_value(char c)
{
	c |= c >= 'A' && c <= 'Z' ? 32 : 0;
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 4648 section 6 or 8, whichever `bits` says; false: another length than `want`, or other letters. */
static bool
decode(struct str s, int bits, size_t want, unsigned char *ret)
{
	unsigned held = 0, n = 0;
	size_t   out = 0;

	if (s.n != (want * 8 + (size_t)bits - 1) / (size_t)bits)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int v = bits == 4 ? hex_value(s.p[i]) : base32_value(s.p[i]);

		if (v < 0)
			return false;
		held = (held << bits | (unsigned)v) & 0xffff;
		n += (unsigned)bits;
		if (n >= 8 && out < want)
			ret[out++] = (unsigned char)(held >> (n -= 8));
	}
	return out == want;
}

enum digest_is { DIGEST_ABSENT, DIGEST_UNKNOWN, DIGEST_BROKEN, DIGEST_SAME, DIGEST_OTHER };

static enum digest_is
compare(struct str said, struct bytes b)
{
	unsigned char want[DIGEST_MAX_B], is[DIGEST_MAX_B];
	size_t        colon = str_find_char(said, ':'), n;
	struct str    name = str_sub(said, 0, colon), value;

	if (said.p == NULL)
		return DIGEST_ABSENT;
	if (colon == STR_NONE)
		return DIGEST_BROKEN;
	if ((n = td_digest_length(name)) == 0)
		return DIGEST_UNKNOWN;
	value = str_sub(said, colon + 1, said.n);
	while (value.n > 0 && value.p[value.n - 1] == '=')
		value.n--;
	if (!decode(value, 4, n, want) && !decode(value, 5, n, want))
		return DIGEST_BROKEN;
	if (td_digest(name, b, is) != n)
		return DIGEST_UNKNOWN;
	return memcmp(want, is, n) == 0 ? DIGEST_SAME : DIGEST_OTHER;
}

static void
check_block(struct warc_reader *r, const struct warc_record *record)
{
	switch (compare(td_warc_field(record, STR("WARC-Block-Digest")), record->block)) {
	case DIGEST_OTHER:   warc_find_fault(r, "the block does not match its digest"); break;
	case DIGEST_BROKEN:  warc_find_fault(r, "a block digest cannot be read"); break;
	case DIGEST_UNKNOWN: warc_find_note(r, "a block digest is of a kind not known here"); break;
	default:             break;
	}
}

static bool
is_chunked(const struct warc_reader *r, size_t http_n)
{
	for (size_t i = 0; i < http_n; i++)
		if (str_eq_nocase(r->http[i].name, STR("Transfer-Encoding")) &&
		    str_find_nocase(r->http[i].value, STR("chunked")) != STR_NONE)
			return true;
	return false;
}

/* The payload is the body without its chunks (section 6.3.2); many writers hashed it with them. */
static enum digest_is
compare_unchunked(struct str said, struct bytes body)
{
	struct http_chunks chunks = { 0 };
	struct buf         plain = BUF_INIT(body.n);
	struct err         err;
	enum digest_is     is = DIGEST_OTHER;

	if (td_http_unchunk(&chunks, body, &plain, &err) == ERR_OK && chunks.is_done)
		is = compare(said, buf_bytes(&plain));
	buf_free(&plain);
	return is;
}

static void
check_payload(struct warc_reader *r, const struct warc_record *record, size_t http_n)
{
	struct str     said = td_warc_field(record, STR("WARC-Payload-Digest"));
	size_t         at = (size_t)record->payload_at;
	struct bytes   body = { record->block.p + at, record->block.n - at };
	enum digest_is is;

	/* A revisit's digest is of what was not stored, a segment's is of the whole. */
	if (said.p == NULL || is_type(record, "revisit") || td_warc_field(record, STR("WARC-Segment-Number")).p != NULL)
		return;
	/* No head, so nobody knows where the payload begins; that was noted. */
	if (!record->is_http && str_starts_nocase(td_warc_field(record, STR("Content-Type")), STR("application/http")))
		return;
	is = compare(said, body);
	if (is_chunked(r, http_n) && is == DIGEST_SAME)
		warc_find_refused(r, WARC_JWARC, "a payload digest is of raw chunks");
	else if (is == DIGEST_OTHER && is_chunked(r, http_n) && (is = compare_unchunked(said, body)) == DIGEST_SAME)
		warc_find_refused(r, WARC_WARCIO | WARC_JWAT, "a payload digest is of the body without its chunks");
	if (is == DIGEST_OTHER && is_type(record, "response") && !record->is_http)
		warc_find_note(r, "a reply that is not of HTTP does not match its payload digest");       /* what is its payload? */
	else if (is == DIGEST_OTHER)
		warc_find_fault(r, "the payload does not match its digest");
	else if (is == DIGEST_BROKEN)
		warc_find_fault(r, "a payload digest cannot be read");
	else if (is == DIGEST_UNKNOWN)
		warc_find_note(r, "a payload digest is of a kind not known here");
}

/* Where the body begins in a block of type application/http; sets *ret_n to how many fields its head has. */
static void
find_payload(struct warc_reader *r, struct warc_record *record, size_t *ret_n)
{
	struct str type = td_warc_field(record, STR("Content-Type"));
	size_t     line = str_find_char(bytes_as_str(record->block), '\n'), end = 0;

	*ret_n = 0;
	if (!str_starts_nocase(type, STR("application/http")))
		return;
	if (line != STR_NONE)
		end = warc_take_fields(record->block, line + 1, r->http, ret_n);
	record->is_http = end > 0;
	record->payload_at = (int64_t)end;
	if (end == 0 && !is_type(record, "revisit"))
		warc_find_note(r, "an HTTP record holds no HTTP head");
}

/* A reply whose own Content-Length disagrees with what is kept was changed or cut; not so a revisit or a HEAD. */
static void
check_http_length(struct warc_reader *r, const struct warc_record *record, size_t http_n)
{
	int64_t said, kept = (int64_t)record->block.n - record->payload_at;

	if (!record->is_http || !is_type(record, "response") || kept == 0 || is_chunked(r, http_n) ||
	    td_warc_field(record, STR("WARC-Truncated")).p != NULL ||
	    td_warc_field(record, STR("WARC-Segment-Number")).p != NULL)
		return;
	for (size_t i = 0; i < http_n; i++)
		if (str_eq_nocase(r->http[i].name, STR("Content-Length")) &&
		    str_to_i64(r->http[i].value, 0, INT64_MAX, &said) && said != kept) {
			warc_find_fault(r, "a reply's Content-Length is not that of the body kept");
			return;
		}
}

void
warc_check(struct warc_reader *r, struct warc_record *record)
{
	size_t http_n;

	check_mandatory(r, record);
	check_repeated(r, record);
	check_of_type(r, record);
	find_payload(r, record, &http_n);
	if (record->is_cut)
		return;
	if (!r->skips_digests) {
		check_block(r, record);
		check_payload(r, record, http_n);
	}
	check_http_length(r, record, http_n);
}
