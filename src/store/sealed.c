#include "store/sealed.h"

#include "os/clock.h"
#include "warc/write.h"

#define ABOUT "tidings-sealed/1"

struct about {
	unsigned char b[sizeof(ABOUT) - 1 + 16];
};

static struct about
about_of(const struct id *uuid)
{
	struct about a;

	memcpy(a.b, ABOUT, sizeof(ABOUT) - 1);
	memcpy(a.b + sizeof(ABOUT) - 1, uuid->b, 16);
	return a;
}

void
sealed_write(struct buf *out, const struct id *uuid, struct bytes member, const unsigned char key[SEAL_KEY_B])
{
	const struct warc_header h = { .type = STR("metadata"), .uuid = os_random_uuid(), .date_us = os_now_us(),
		.content_type = STR("application/vnd.tidings.sealed; version=1") };
	const struct about       about = about_of(uuid);
	unsigned char            nonce[SEAL_NONCE_B];
	struct buf               block = BUF_INIT(member.n + SEAL_EXTRA_B);
	struct warc_written      written;

	os_random(nonce, sizeof(nonce));
	td_seal(&block, key, nonce, (struct bytes){ about.b, sizeof(about.b) }, member);
	td_warc_write(out, &h, buf_bytes(&block), -1, &written);
	out->failed |= block.failed;
	buf_free(&block);
}

enum err_code
sealed_read(struct bytes outer, const struct id *uuid, const unsigned char key[SEAL_KEY_B], struct buf *ret, struct err *err)
{
	const struct about about = about_of(uuid);
	struct str         whole = bytes_as_str(outer);
	size_t             head = str_find(whole, STR("\r\n\r\n"));

	if (head == STR_NONE || whole.n < head + 8)
		return err_set(err, ERR_FORMAT, "the record that should hold the sealed one holds nothing");
	if (!td_unseal(ret, key, (struct bytes){ about.b, sizeof(about.b) }, bytes_of(str_sub(whole, head + 4, whole.n - 4))))
		return err_set(err, ERR_FORMAT, "the sealed record does not open: its bytes or its key have changed");
	return ERR_OK;
}
