/* What the index says of a record, beside what the record's own header and head say. */
#include "store/verify_private.h"

#include "base/limits.h"
#include "warc/write.h"

/* The line of this name out of a header; "": it has none. */
static struct str
line_of(struct str header, struct str name)
{
	struct str line;

	while (str_take_line(&header, &line))
		if (str_starts(line, name))
			return str_trim(line);
	return STR("");
}

/* The index repeats these; written again as they were then, they must be the same. */
static void
check_fields(struct verify *v, struct str where, const struct verify_index *x, struct str header)
{
	static const char *const names[] = { "WARC-Type: ", "WARC-Target-URI: ", "Content-Type: ", "WARC-Date: " };
	const struct warc_header h = { .type = x->type, .target_url = x->target_url, .content_type = x->content_type, .date_us = x->date_us };
	struct buf               again = BUF_INIT(64 * KiB);
	struct warc_written      written;

	td_warc_write(&again, &h, (struct bytes){ 0 }, -1, &written);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names) - (x->date_us == 0); i++) {
		struct str is = line_of(header, str_of(names[i])), should = line_of(buf_str(&again), str_of(names[i]));

		if (again.failed || !str_eq(is, should))
			verify_say(v, where, "the index says \"%" STR_FMT "\", the record \"%" STR_FMT "\"", STR_ARG(str_sub(should, 0, 200)),
			    STR_ARG(str_sub(is, 0, 200)));
	}
	buf_free(&again);
}

/* As a header has it: percent-encoded where it must be. */
static struct str
as_written(struct verify *v, struct str url)
{
	const struct warc_header h = { .type = STR("response"), .target_url = url };
	struct buf               b = BUF_INIT(64 * KiB);
	struct warc_written      written;
	struct str               line;

	td_warc_write(&b, &h, (struct bytes){ 0 }, -1, &written);
	line = arena_copy(v->a, line_of(buf_str(&b), STR("WARC-Target-URI: ")));
	buf_free(&b);
	return line;
}

/* "HTTP/1.1 404 Not Found": 404; 0: no head of HTTP. */
static int64_t
status_of(struct str head)
{
	size_t  at = str_find_char(str_sub(head, 0, 64), ' ');
	int64_t status;

	return str_starts(head, STR("HTTP/")) && at != STR_NONE && str_to_i64(str_sub(head, at + 1, at + 4), 100, 999, &status) ? status : 0;
}

void
verify_header(struct verify *v, struct str where, const struct verify_index *x, struct str header, struct str block)
{
	int64_t status = x->is_main && str_eq(x->type, STR("response")) ? status_of(block) : 0;

	check_fields(v, where, x, header);
	if (status != 0 && status != x->status)
		verify_say(v, where, "the server answered %lld, and the desk's row says %lld", (long long)status, (long long)x->status);
	if (x->is_main && x->final_url.n > 0 && !str_eq(as_written(v, x->final_url), as_written(v, x->target_url)))
		verify_say(v, where, "is of %" STR_FMT ", and the desk's row says %" STR_FMT, STR_ARG(str_sub(x->target_url, 0, 300)),
		    STR_ARG(str_sub(x->final_url, 0, 300)));
}
