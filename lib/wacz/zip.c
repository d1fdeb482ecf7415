#include "wacz/zip.h"

enum { VERSION = 20, UTF8 = 0x0800, DATE_1980 = 0x0021, FILES_N = 65535 };

static void
put(struct buf *out, uint64_t v, int n)
{
	for (; n > 0; n--, v >>= 8)
		buf_add_char(out, (char)(v & 0xff));
}

/* CRC-32 of ISO 3309, four bits at a time. */
static uint32_t
crc_of(struct bytes b)
{
	static const uint32_t part[16] = { 0, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
		0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };
	uint32_t              crc = 0xffffffff;

	for (size_t i = 0; i < b.n; i++) {
		crc = part[(crc ^ b.p[i]) & 15] ^ crc >> 4;
		crc = part[(crc ^ b.p[i] >> 4) & 15] ^ crc >> 4;
	}
	return ~crc;
}

/* What the local header and the central directory say alike. */
static void
put_file(struct buf *out, struct str name, uint32_t crc, size_t size)
{
	put(out, VERSION, 2);
	put(out, UTF8, 2);
	put(out, 0, 2);                 /* stored */
	put(out, 0, 2);
	put(out, DATE_1980, 2);
	put(out, crc, 4);
	put(out, size, 4);
	put(out, size, 4);
	put(out, name.n, 2);
	put(out, 0, 2);
}

void
td_zip_add(struct zip *z, struct str name, struct bytes contents)
{
	uint32_t crc = crc_of(contents);
	size_t   at = z->out.n;

	z->out.failed |= name.n > 0xffff || contents.n >= 0xffffffff || at >= 0xffffffff || ++z->n > FILES_N;
	buf_add(&z->out, STR("PK\x03\x04"));
	put_file(&z->out, name, crc, contents.n);
	buf_add(&z->out, name);
	buf_add_bytes(&z->out, contents);
	buf_add(&z->central, STR("PK\x01\x02"));
	put(&z->central, VERSION, 2);
	put_file(&z->central, name, crc, contents.n);
	put(&z->central, 0, 2 + 2 + 2 + 4);     /* no comment, first disk, no attributes */
	put(&z->central, at, 4);
	buf_add(&z->central, name);
}

void
td_zip_end(struct zip *z)
{
	size_t at = z->out.n;

	z->out.failed |= z->central.failed;
	buf_add(&z->out, buf_str(&z->central));
	buf_add(&z->out, STR("PK\x05\x06"));
	put(&z->out, 0, 2 + 2);
	put(&z->out, z->n, 2);
	put(&z->out, z->n, 2);
	put(&z->out, z->central.n, 4);
	put(&z->out, at, 4);
	put(&z->out, 0, 2);
}

void
td_zip_free(struct zip *z)
{
	buf_free(&z->out);
	buf_free(&z->central);
}
