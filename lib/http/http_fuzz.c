/*
 * Whatever the bytes: a head's fields lie inside it, chunks in one piece or byte by byte give the same body,
 * and no body grows past its ceiling.  The first byte chooses the coding.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "http/decode.h"
#include "http/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
head(struct bytes in)
{
	struct arena     a;
	struct http_head h;
	struct err       err;

	arena_init(&a, 64 * MiB, no_more, NULL);
	if (td_http_head(&a, in, &h, &err) == ERR_OK) {
		if (h.length_b > in.n || h.status < 100 || h.status > 999)
			abort();
		for (size_t i = 0; i < h.fields.n; i++)
			if (h.fields.v[i].name.n + h.fields.v[i].value.n > h.length_b)
				abort();
		(void)td_http_type(&a, td_http_field(&h, STR("content-type")));
	}
	arena_free(&a);
}

static void
chunks(struct bytes in)
{
	struct http_chunks one = { 0 }, two = { 0 };
	struct buf         a = BUF_INIT(MiB), b = BUF_INIT(MiB);
	struct err         err;

	(void)!td_http_unchunk(&one, in, &a, &err);
	for (size_t i = 0; i < in.n; i++)
		(void)!td_http_unchunk(&two, (struct bytes){ in.p + i, 1 }, &b, &err);
	if (!str_eq(buf_str(&a), buf_str(&b)) || one.is_done != two.is_done || one.is_broken != two.is_broken || a.n > in.n)
		abort();
	buf_free(&a);
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const codings[] = { "", "gzip", "deflate", "br", "zstd", "gzip, br", "identity, x, y" };
	struct bytes in = { data + 1, size - 1 };
	struct buf   out = BUF_INIT(LIMIT_DECODED_B + MiB);
	struct err   err;

	if (size == 0)
		return 0;
	head(in);
	chunks(in);
	(void)!td_http_decode(&out, in, str_of(codings[data[0] % (sizeof(codings) / sizeof(*codings))]), &err);
	if (out.n > LIMIT_DECODED_B + 64 * KiB)
		abort();
	buf_free(&out);
	return 0;
}
