#include "warc/read.h"

#include "warc/gzip.h"
#include "warc/read_private.h"

static void
find(struct warc_reader *r, bool is_fault, const char *what)
{
	if (r->findings_n < WARC_FINDINGS_N)
		r->finding[r->findings_n++] = (struct warc_finding){ r->member_at, is_fault, what };
	*(is_fault ? &r->faults_n : &r->notes_n) += 1;
}

void
warc_find_fault(struct warc_reader *r, const char *what)
{
	find(r, true, what);
}

void
warc_find_note(struct warc_reader *r, const char *what)
{
	find(r, false, what);
}

void
warc_find_refused(struct warc_reader *r, unsigned judges, const char *what)
{
	r->refused_by |= judges;
	warc_find_note(r, what);
}

bool
td_warc_is_accepted(const struct warc_reader *r)
{
	const unsigned by = r->refused_by;

	return r->faults_n == 0 && (by & (by - 1)) == 0;        /* one of them alone is outvoted */
}

/* The line at *at without its end, and *at moved behind it; false: no line end. */
static bool
take_line(struct bytes b, size_t *at, struct str *ret)
{
	size_t               n = b.n - *at;
	const unsigned char *from = b.p + *at, *end = n > 0 ? memchr(from, '\n', n) : NULL;

	if (end == NULL)
		return false;
	*at += (size_t)(end - from) + 1;
	*ret = (struct str){ (const char *)from, (size_t)(end - from) };
	if (ret->n > 0 && ret->p[ret->n - 1] == '\r')
		ret->n--;
	return true;
}

size_t
warc_take_fields(struct bytes b, size_t at, struct warc_field *field, size_t *ret_n)
{
	struct str line;
	size_t     n = 0;

	while (take_line(b, &at, &line)) {
		size_t colon = str_find_char(line, ':');

		if (line.n == 0) {
			*ret_n = n;
			return at;
		}
		if ((line.p[0] == ' ' || line.p[0] == '\t') && n > 0) {
			struct str all = { field[n - 1].value.p, (size_t)(line.p + line.n - field[n - 1].value.p) };

			field[n - 1].value = str_trim(all);
			continue;
		}
		if (colon == STR_NONE || n == WARC_FIELDS_N)
			return 0;
		field[n++] = (struct warc_field){ str_trim(str_sub(line, 0, colon)),
			str_trim(str_sub(line, colon + 1, line.n)) };
	}
	return 0;
}

struct str
td_warc_field(const struct warc_record *record, struct str name)
{
	for (size_t i = 0; i < record->fields_n; i++)
		if (str_eq_nocase(record->fields[i].name, name))
			return record->fields[i].value;
	return (struct str){ 0 };
}

void
td_warc_open(struct warc_reader *r, struct bytes file, size_t limit_b)
{
	*r = (struct warc_reader){ .file = file, .limit_b = limit_b, .unpacked = BUF_INIT(limit_b) };
	r->is_gzip = file.n >= 2 && file.p[0] == 0x1f && file.p[1] == 0x8b;
	if (!r->is_gzip) {
		r->data = file;
		r->at = file.n;
	}
	if (file.n == 0)
		warc_find_fault(r, "the file is empty");
}

void
td_warc_close(struct warc_reader *r)
{
	buf_free(&r->unpacked);
}

static bool
give_up(struct warc_reader *r, const char *what)
{
	warc_find_fault(r, what);
	r->is_over = true;
	return false;
}

static bool
next_member(struct warc_reader *r)
{
	struct bytes  rest = { r->file.p + r->at, r->file.n - r->at };
	struct err    err;
	size_t        used;
	enum err_code e;

	r->member_at = r->at;
	r->in_member_n = 0;
	buf_reset(&r->unpacked);
	e = td_gunzip_member(&r->unpacked, rest, r->limit_b, &used, &err);
	if (e != ERR_OK)
		return give_up(r, e == ERR_LIMIT ? "a record is larger than we take" :
		    e == ERR_NOMEM ? "there is no memory for a record" : "a gzip member is broken or cut short");
	r->at += used;
	r->data = buf_bytes(&r->unpacked);
	r->data_at = 0;
	return true;
}

/* Two CRLF end a record (section 4); fewer, or bare LF, are read and said. */
static void
take_trailer(struct warc_reader *r)
{
	struct bytes d = r->data;

	if (d.n - r->data_at >= 4 && memcmp(d.p + r->data_at, "\r\n\r\n", 4) == 0) {
		r->data_at += 4;
		return;
	}
	warc_find_fault(r, "a record does not end in two empty lines");
	while (r->data_at < d.n && (d.p[r->data_at] == '\r' || d.p[r->data_at] == '\n'))
		r->data_at++;
}

static bool
take_block(struct warc_reader *r, struct warc_record *record)
{
	int64_t length;
	size_t  left = r->data.n - r->data_at;

	if (!str_to_i64(td_warc_field(record, STR("Content-Length")), 0, INT64_MAX, &length))
		return give_up(r, "a record has no Content-Length, or one that is no number");
	record->is_cut = (uint64_t)length > left;
	record->block = (struct bytes){ r->data.p + r->data_at, record->is_cut ? left : (size_t)length };
	r->data_at += record->block.n;
	if (!record->is_cut) {
		take_trailer(r);
		return true;
	}
	warc_find_fault(r, "the file ends inside a record");
	r->is_over = !r->is_gzip;
	return true;
}

/* 0.17 and 0.18 were drafts that Heritrix wrote for years; they read like 1.0. */
static void
check_version(struct warc_reader *r, struct str version)
{
	if (str_eq(version, STR("WARC/1.0")) || str_eq(version, STR("WARC/1.1")))
		return;
	find(r, !str_eq_nocase(version, STR("WARC/1.0")) && !str_eq_nocase(version, STR("WARC/1.1")) &&
	    !str_eq(version, STR("WARC/0.17")) && !str_eq(version, STR("WARC/0.18")),
	    "a record is of a version other than 1.0 and 1.1");
}

static bool
take_record(struct warc_reader *r, struct warc_record *record)
{
	size_t from = r->data_at, end;

	if (!r->is_gzip)
		r->member_at = from;
	*record = (struct warc_record){ .at = r->member_at, .fields = r->field };
	if (!take_line(r->data, &r->data_at, &record->version) || !str_starts_nocase(record->version, STR("WARC/")))
		return give_up(r, "there is something that is no WARC record");
	check_version(r, record->version);
	if ((end = warc_take_fields(r->data, r->data_at, r->field, &record->fields_n)) == 0)
		return give_up(r, "the head of a record is broken or has no end");
	r->data_at = end;
	return take_block(r, record);
}

bool
td_warc_next(struct warc_reader *r, struct warc_record *ret)
{
	while (!r->is_over && r->data_at >= r->data.n) {
		if (r->at >= r->file.n)
			return false;
		next_member(r);
	}
	if (r->is_over || !take_record(r, ret))
		return false;
	if (++r->in_member_n == 2 && r->is_gzip)
		warc_find_fault(r, "several records share one gzip member");
	r->records_n++;
	warc_check(r, ret);
	return true;
}
