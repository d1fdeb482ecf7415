#include "store/closing.h"

#include "base/limits.h"

#define TITLE   "tidings-capture: 1\r\n"
#define BLOCK_B (256 * KiB)

static void
put_line(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, "%s: ", name);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '\r' || value.p[i] == '\n' || value.p[i] == '%')
			buf_addf(out, "%%%02X", (unsigned char)value.p[i]);
		else
			buf_add_char(out, value.p[i]);
	}
	buf_add(out, STR("\r\n"));
}

struct bytes
closing_write(struct arena *a, const struct id *id, const struct store_capture_new *c, const struct blob_place *places)
{
	struct buf           out = BUF_INIT(BLOCK_B);
	struct store_capture row = capture_as_row(a, id, c, places);
	struct ledger_line  *lines;
	const size_t         n = capture_lines(a, &row, &lines);
	struct bytes         b;
	char                 shown[ID_WHOLE];

	buf_add(&out, STR(TITLE));
	for (size_t i = 0; i < n; i++)
		put_line(&out, lines[i].name, lines[i].value);
	for (size_t i = 0; i < c->records.n; i++)
		buf_addf(&out, "payload: %lld\r\n", (long long)c->records.v[i].payload_at);
	buf_addf(&out, "story: %d\r\n", c->has_story);
	if (!id_is_none(&c->item))
		buf_addf(&out, "item: %s\r\n", id_show_whole(ID_ITEM, &c->item, shown));
	b = out.failed ? (struct bytes){ 0 } : bytes_of(arena_copy(a, buf_str(&out)));
	buf_free(&out);
	return b;
}

bool
closing_is(struct bytes block)
{
	return str_starts(bytes_as_str(block), STR(TITLE));
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct str
closing_value(struct arena *a, struct str s)
{
	char  *out = arena_take(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '%' && i + 2 < s.n && hex_digit(s.p[i + 1]) >= 0 && hex_digit(s.p[i + 2]) >= 0) {
			out[n++] = (char)(hex_digit(s.p[i + 1]) << 4 | hex_digit(s.p[i + 2]));
			i += 2;
		} else {
			out[n++] = s.p[i];
		}
	}
	return (struct str){ out, n };
}

static int
enum_of(struct str s, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (str_eq(s, str_of(names[i])))
			return i;
	return -1;
}

/* "response urn:uuid:… sha256:<64 hex>" */
static bool
take_hash(struct str value, unsigned char ret[32])
{
	size_t at = str_find(value, STR(" sha256:"));

	if (at == STR_NONE || value.n != at + 8 + 64)
		return false;
	for (size_t i = 0; i < 32; i++) {
		int high = hex_digit(value.p[at + 8 + 2 * i]), low = hex_digit(value.p[at + 9 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		ret[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool
take_id(struct str value, enum id_kind kind, struct id *ret)
{
	struct id_prefix p;

	if (!id_parse(value, &p) || p.kind != kind || !id_eq(&p.from, &p.to))
		return false;
	*ret = p.from;
	return true;
}

/* The lines that are numbers, or names of a table; *ret_known: it was one. */
static bool
take_value(struct closing *c, struct str name, struct str value, size_t *payloads, bool *ret_known)
{
	struct store_capture_new *to = &c->capture;
	int64_t                   n = 0;
	int                       how;

	*ret_known = true;
	if (str_eq(name, STR("subject")))
		return take_id(value, ID_CAPTURE, &c->id);
	if (str_eq(name, STR("part")))
		return take_id(value, ID_CAPTURE, &to->part_of);
	if (str_eq(name, STR("item")))
		return take_id(value, ID_ITEM, &to->item);
	if (str_eq(name, STR("how"))) {
		how = enum_of(value, capture_how_name, HOW__COUNT);
		to->how = how < 0 ? HOW_FETCHED : (enum capture_how)how;
		return how >= 0;
	}
	if (str_eq(name, STR("taken")))
		return instant_parse_iso(value, &to->taken_us);
	if (str_eq(name, STR("record")))
		return to->records.n < LIMIT_RECORDS_N && take_hash(value, c->sha256[to->records.n++]);
	if (str_eq(name, STR("payload")))
		return *payloads < to->records.n && str_to_i64(value, -1, INT64_MAX, &to->records.v[(*payloads)++].payload_at);
	if (str_eq(name, STR("status")))
		return str_to_i64(value, 0, 999, &to->status);
	if (str_eq(name, STR("main")))
		return str_to_i64(value, -1, LIMIT_RECORDS_N, &to->main);
	if (str_eq(name, STR("story"))) {
		to->has_story = str_to_i64(value, 0, 1, &n) && n == 1;
		return value.n == 1;
	}
	*ret_known = false;
	return true;
}

static bool
take_line(struct arena *a, struct closing *c, struct str line, size_t *payloads)
{
	struct { const char *name; struct str *to; } texts[] = {
		{ "url", &c->capture.url }, { "final", &c->capture.final_url }, { "by", &c->capture.by }, { "why", &c->capture.why },
		{ "type", &c->capture.media_type }, { "fault", &c->capture.fault },
	};
	size_t     colon = str_find(line, STR(": "));
	struct str name = str_sub(line, 0, colon), value;
	bool       known, ok;

	if (colon == STR_NONE)
		return false;
	value = closing_value(a, str_sub(line, colon + 2, line.n));
	ok = take_value(c, name, value, payloads, &known);
	for (size_t i = 0; !known && i < sizeof(texts) / sizeof(*texts); i++)
		if (str_eq(name, str_of(texts[i].name)))
			*texts[i].to = value;
	return ok;
}

enum err_code
closing_read(struct arena *a, struct bytes block, struct closing *ret, struct err *err)
{
	struct closing c = { .sha256 = arena_take_n(a, LIMIT_RECORDS_N, 32) };
	struct str     rest = bytes_as_str(block), line;
	size_t         payloads = 0;
	bool           ok = closing_is(block);

	c.capture.records.v = arena_array(a, LIMIT_RECORDS_N, struct store_record_new);
	while (ok && str_cut(&rest, '\n', &line) && (rest.p != NULL || line.n > 0))
		ok = str_ends(line, STR("\r")) && take_line(a, &c, str_sub(line, 0, line.n - 1), &payloads);
	if (!ok || id_is_none(&c.id) || payloads != c.capture.records.n || payloads == 0 ||
	    c.capture.main >= (int64_t)payloads)
		return err_set(err, ERR_FORMAT, "the end of a capture is not what we write; it was not brought in");
	*ret = c;
	return ERR_OK;
}
