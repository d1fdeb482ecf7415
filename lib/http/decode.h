/*
 * decode - content coding taken off a body: gzip, deflate, br, zstd.
 *
 * Only ever in the jail: these are decoders of strangers' bytes.  The output
 * has a ceiling and a ratio (LIMIT_DECODED_B or what out may hold, LIMIT_RATIO),
 * so a bomb stops after kilobytes of input.  What was decoded before a fault is kept, because
 * half a page is evidence too.
 */
#ifndef HTTP_DECODE_H
#define HTTP_DECODE_H

#include "base/buf.h"
#include "base/err.h"

/*
 * Append `in` decoded to out.  codings: the value of Content-Encoding, at most
 * three ("gzip, br": br was applied last and is taken off first).  A gzip body
 * that does not say so is seen by its first bytes.  ERR_FORMAT: broken, cut, or
 * a coding that nobody knows; ERR_LIMIT: a bomb.  Even then out has what came
 * before.
 */
enum err_code td_http_decode(struct buf *out, struct bytes in, struct str codings, struct err *) MUST_USE;

#endif
