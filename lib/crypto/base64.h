/*
 * base64 - RFC 4648 section 4, with padding: the form of signed notes and public keys.
 *
 *     buf_add(&b, ...); td_base64_write(&b, bytes);
 *     if (td_base64_read(text, key, sizeof(key), &n) && n == 32) ...
 */
#ifndef CRYPTO_BASE64_H
#define CRYPTO_BASE64_H

#include "base/buf.h"

void td_base64_write(struct buf *out, struct bytes);
/* The one spelling of at most `size` bytes, nothing round it; false leaves *ret_n alone. */
bool td_base64_read(struct str, unsigned char *out, size_t size, size_t *ret_n);

#endif
