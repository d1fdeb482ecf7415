#include "warc/gzip.h"

#include <libdeflate.h>

#include "base/arena.h"

#define FIRST_GUESS_B (64 * KiB)

enum err_code
td_gzip_member(struct buf *out, struct bytes record, enum gzip_effort effort, struct err *err)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(effort == GZIP_FAST ? 1 : 6);
	size_t room_b, n = 0;
	char  *room = NULL;

	if (c == NULL)
		return err_set(err, ERR_NOMEM, "out of memory; the record was not compressed");
	room_b = libdeflate_gzip_compress_bound(c, record.n);
	if ((room = buf_room(out, room_b)) != NULL)
		n = libdeflate_gzip_compress(c, record.p, record.n, room, room_b);
	libdeflate_free_compressor(c);
	if (n == 0)
		return err_set(err, ERR_LIMIT, "a record of %zu bytes does not fit; it was not written", record.n);
	out->n += n;
	return ERR_OK;
}

static void
put_number(struct buf *out, uint32_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_add_char(out, (char)(v >> 8 * i));
}

bool
td_gzip_stored(struct buf *out, struct bytes record, size_t blocks_n)
{
	static const char head[10] = { 0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, (char)0xff };
	size_t            at = 0;

	if (blocks_n == 0 || record.n > blocks_n * 65535)
		return false;
	buf_add(out, (struct str){ head, sizeof(head) });
	for (size_t i = 0; i < blocks_n; i++) {
		uint32_t n = (uint32_t)(record.n - at > 65535 ? 65535 : record.n - at);

		buf_add_char(out, i + 1 == blocks_n);
		put_number(out, n, 2);
		put_number(out, ~n, 2);
		buf_add(out, (struct str){ (const char *)record.p + at, n });
		at += n;
	}
	put_number(out, libdeflate_crc32(0, record.p, record.n), 4);
	put_number(out, (uint32_t)record.n, 4);
	return !out->failed;
}

/* The uncompressed size is not known (the trailer's may lie), so the room grows until it fits. */
static enum libdeflate_result
inflate_into(struct libdeflate_decompressor *d, struct buf *out, struct bytes in, size_t limit_b, size_t *used, size_t *got)
{
	enum libdeflate_result r = LIBDEFLATE_INSUFFICIENT_SPACE;
	size_t room_b = in.n < FIRST_GUESS_B / 4 ? FIRST_GUESS_B : in.n * 4;

	while (r == LIBDEFLATE_INSUFFICIENT_SPACE) {
		char *room;

		room_b = room_b > limit_b ? limit_b : room_b;
		if ((room = buf_room(out, room_b)) == NULL)
			break;
		r = libdeflate_gzip_decompress_ex(d, in.p, in.n, room, room_b, used, got);
		if (room_b == limit_b)
			break;
		room_b *= 2;
	}
	return r;
}

enum err_code
td_gunzip_member(struct buf *out, struct bytes in, size_t limit_b, size_t *ret_used, struct err *err)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	enum libdeflate_result r;
	size_t used = 0, got = 0;

	if (d == NULL)
		return err_set(err, ERR_NOMEM, "out of memory; the record was not read");
	r = inflate_into(d, out, in, limit_b, &used, &got);
	libdeflate_free_decompressor(d);
	if (r == LIBDEFLATE_INSUFFICIENT_SPACE)
		return err_set(err, ERR_LIMIT, "a gzip member holds more than %zu bytes; not read", limit_b);
	if (r != LIBDEFLATE_SUCCESS)
		return err_set(err, ERR_FORMAT, "not a whole gzip member (damaged, cut or never one)");
	out->n += got;
	*ret_used = used;
	return ERR_OK;
}
