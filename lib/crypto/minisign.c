#include "crypto/minisign.h"

#include "crypto/base64.h"
#include "crypto/sha256.h"

enum { HEAD_B = 2 + 8 };                /* "Ed", the key's number */

static void
put_head(unsigned char out[HEAD_B], const unsigned char key[SIGN_KEY_B])
{
	unsigned char sum[SHA256_B];

	td_sha256((struct bytes){ key, SIGN_KEY_B }, sum);
	memcpy(out, "Ed", 2);
	memcpy(out + 2, sum, 8);
}

void
td_minisign_key_write(struct buf *out, const unsigned char seed[SIGN_SEED_B])
{
	unsigned char whole[HEAD_B + SIGN_KEY_B];

	td_sign_key(seed, whole + HEAD_B);
	put_head(whole, whole + HEAD_B);
	td_base64_write(out, (struct bytes){ whole, sizeof(whole) });
	buf_add_char(out, '\n');
}

void
td_minisign_write(struct buf *out, struct bytes file, struct str comment, const unsigned char seed[SIGN_SEED_B])
{
	unsigned char key[SIGN_KEY_B], whole[HEAD_B + SIGN_B], global[SIGN_B];
	struct buf    signed_too = BUF_INIT(4096);

	td_sign_key(seed, key);
	put_head(whole, key);
	td_sign(seed, file, whole + HEAD_B);
	buf_add_bytes(&signed_too, (struct bytes){ whole + HEAD_B, SIGN_B });
	buf_add(&signed_too, comment);
	td_sign(seed, buf_bytes(&signed_too), global);
	out->failed |= signed_too.failed;
	buf_add(out, STR("untrusted comment: minisign -Vm FILE -P KEY\n"));
	td_base64_write(out, (struct bytes){ whole, sizeof(whole) });
	buf_add(out, STR("\ntrusted comment: "));
	buf_add(out, comment);
	buf_add_char(out, '\n');
	td_base64_write(out, (struct bytes){ global, sizeof(global) });
	buf_add_char(out, '\n');
	buf_free(&signed_too);
}
