#include "http/decode.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/limits.h"

#define STEP_B (64 * KiB)
#define FREE_B (2 * MiB)        /* below this no ratio counts */
enum { CODINGS_N = 3 };

/* Room for one step of output, or why not. */
static char *
room_for_step(struct buf *out, size_t start, size_t in_b, struct err *err)
{
	size_t n = out->n - start;
	char  *room = NULL;

	/* A step that would not fit is not tried: a buf that failed gives nothing. */
	if ((n <= FREE_B || n / LIMIT_RATIO <= in_b) && n < LIMIT_DECODED_B && out->limit - out->n >= STEP_B)
		room = buf_room(out, STEP_B);
	if (room == NULL)
		(void)err_set(err, ERR_LIMIT, "a body of %zu bytes that unpacks to more than %zu; stopped there", in_b, n);
	return room;
}

static enum err_code
cut(struct err *err, const char *coding, bool is_end)
{
	if (is_end)
		return err_set(err, ERR_FORMAT, "a %s body that ends before its end; what came is kept", coding);
	return err_set(err, ERR_FORMAT, "a %s body that is broken; what came before is kept", coding);
}

/* window: 15 + 32 finds gzip and zlib by itself, -15 is deflate without a head. */
static enum err_code
inflate_all(struct buf *out, struct bytes in, int window, const char *coding, struct err *err)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)in.p, .avail_in = (unsigned)in.n };
	size_t   start = out->n;
	int      r = Z_OK;
	char    *room;

	if (inflateInit2(&z, window) != Z_OK)
		return err_set(err, ERR_NOMEM, "out of memory; the body was not unpacked");
	while (r == Z_OK && (room = room_for_step(out, start, in.n, err)) != NULL) {
		z.next_out = (unsigned char *)room;
		z.avail_out = STEP_B;
		r = inflate(&z, Z_NO_FLUSH);
		out->n += STEP_B - z.avail_out;
		if (r == Z_STREAM_END && z.avail_in > 2 && window > 15 && z.next_in[0] == 0x1f && inflateReset(&z) == Z_OK)
			r = Z_OK;       /* gzip may hold several members */
	}
	inflateEnd(&z);
	if (r == Z_STREAM_END)
		return ERR_OK;
	if (r == Z_OK)
		return err->code;
	return cut(err, coding, r == Z_BUF_ERROR);
}

/* RFC 9110 means zlib; many servers send it without the head. */
static enum err_code
deflate_either(struct buf *out, struct bytes in, struct err *err)
{
	size_t        start = out->n;
	enum err_code code = inflate_all(out, in, 15, "deflate", err);

	if (code == ERR_FORMAT && out->n == start)
		code = inflate_all(out, in, -15, "deflate", err);
	return code;
}

static enum err_code
brotli(struct buf *out, struct bytes in, struct err *err)
{
	BrotliDecoderState *s = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	BrotliDecoderResult r = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
	const uint8_t *next = in.p;
	size_t         left = in.n, start = out->n, room_b;
	char          *room;

	if (s == NULL)
		return err_set(err, ERR_NOMEM, "out of memory; the body was not unpacked");
	while (r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && (room = room_for_step(out, start, in.n, err)) != NULL) {
		uint8_t *to = (uint8_t *)room;

		room_b = STEP_B;
		r = BrotliDecoderDecompressStream(s, &left, &next, &room_b, &to, NULL);
		out->n += STEP_B - room_b;
	}
	BrotliDecoderDestroyInstance(s);
	if (r == BROTLI_DECODER_RESULT_SUCCESS)
		return ERR_OK;
	if (r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
		return err->code;
	return cut(err, "br", r == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT);
}

static enum err_code
zstd(struct buf *out, struct bytes in, struct err *err)
{
	ZSTD_DStream *s = ZSTD_createDStream();
	ZSTD_inBuffer from = { in.p, in.n, 0 };
	size_t        start = out->n, r = 1;
	char         *room = NULL;

	if (s == NULL || ZSTD_isError(ZSTD_DCtx_setParameter(s, ZSTD_d_windowLogMax, 23))) {    /* RFC 8878: 8 MB */
		ZSTD_freeDStream(s);
		return err_set(err, ERR_NOMEM, "out of memory; the body was not unpacked");
	}
	while (!ZSTD_isError(r) && r != 0 && (room = room_for_step(out, start, in.n, err)) != NULL) {
		ZSTD_outBuffer to = { room, STEP_B, 0 };

		r = ZSTD_decompressStream(s, &to, &from);
		if (!ZSTD_isError(r))
			out->n += to.pos;
		if (from.pos == from.size && to.pos < STEP_B)
			break;
	}
	ZSTD_freeDStream(s);
	if (room == NULL)
		return err->code;
	return ZSTD_isError(r) || r != 0 ? cut(err, "zstd", !ZSTD_isError(r)) : ERR_OK;
}

static enum err_code
decode_one(struct buf *out, struct bytes in, struct str coding, struct err *err)
{
	if (str_eq_nocase(coding, STR("gzip")) || str_eq_nocase(coding, STR("x-gzip")))
		return inflate_all(out, in, 15 + 32, "gzip", err);
	if (str_eq_nocase(coding, STR("deflate")))
		return deflate_either(out, in, err);
	if (str_eq_nocase(coding, STR("br")))
		return brotli(out, in, err);
	if (str_eq_nocase(coding, STR("zstd")))
		return zstd(out, in, err);
	buf_add_bytes(out, in);
	return err_set(err, ERR_FORMAT, "a body in a coding that we do not know (%" STR_FMT "); kept as it came",
	    STR_ARG(str_sub(coding, 0, 40)));
}

static bool
is_gzip(struct bytes b)
{
	return b.n > 2 && b.p[0] == 0x1f && b.p[1] == 0x8b && b.p[2] == 8;
}

/* Take the codings off from the last to the first, from one buffer into the other; the first one's text goes straight to out. */
static enum err_code
peel(struct buf *out, struct bytes in, const struct str *codings, size_t n, struct err *err)
{
	struct buf    stage[2] = { { .limit = LIMIT_DECODED_B + STEP_B }, { .limit = LIMIT_DECODED_B + STEP_B } };
	enum err_code code = ERR_OK;
	size_t        i = n;

	for (; i > 1 && code == ERR_OK; i--) {
		struct buf *to = &stage[i % 2];

		buf_reset(to);
		code = decode_one(to, in, codings[i - 1], err);
		in = buf_bytes(to);
	}
	if (i == 1 && code == ERR_OK)
		code = decode_one(out, in, codings[0], err);
	else
		buf_add_bytes(out, (struct bytes){ in.p, in.n < out->limit - out->n ? in.n : out->limit - out->n });
	buf_free(&stage[0]);
	buf_free(&stage[1]);
	return code;
}

enum err_code
td_http_decode(struct buf *out, struct bytes in, struct str codings, struct err *err)
{
	struct str list[CODINGS_N], one;
	size_t     n = 0;

	while (str_cut(&codings, ',', &one)) {
		one = str_trim(one);
		if (one.n == 0 || str_eq_nocase(one, STR("identity")))
			continue;
		if (n == CODINGS_N) {
			buf_add_bytes(out, in);
			return err_set(err, ERR_LIMIT, "a body in more than %d codings; kept as it came", CODINGS_N);
		}
		list[n++] = one;
	}
	if (n == 0 && is_gzip(in))
		list[n++] = STR("gzip");
	else if (n == 1 && str_eq_nocase(list[0], STR("gzip")) && !is_gzip(in))
		n = 0;                  /* labelled gzip, sent plain */
	return peel(out, in, list, n, err);
}
