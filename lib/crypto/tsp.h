/*
 * tsp - time stamps by others: RFC 3161 (and 5816), one hash, one answer.
 *
 * The request is written here; the answer is read by OpenSSL's TS, whose
 * parser meets a stranger's bytes: call td_tsp_read() in the jail only.  It
 * gives a time only when the answer was granted, is for this hash (and this
 * nonce), is signed by a certificate for time stamping, and that certificate leads to
 * one of the roots as of `at_us`.  Nothing is looked up anywhere.
 */
#ifndef CRYPTO_TSP_H
#define CRYPTO_TSP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { TSP_NONCE_B = 8 };

/* DER of a TimeStampReq for SHA-256, asking for the certificates. */
void td_tsp_request(struct buf *out, const unsigned char sha256[32], const unsigned char nonce[TSP_NONCE_B]);

struct tsp_token {
	int64_t    time_us;          /* what the authority says; to the second */
	int64_t    ends_us;          /* its certificate is good until */
	struct str who;              /* the certificate's common name */
};

/* Once, before the lock. */
void td_tsp_warm_up(void);
/*
 * reply: DER of a TimeStampResp; nonce may be NULL; roots: certificates in PEM;
 * at_us: 0: now, as this machine has it; -1: as of the token's own time.
 */
enum err_code td_tsp_read(struct arena *, struct bytes reply, const unsigned char sha256[32],
	const unsigned char nonce[TSP_NONCE_B], struct str roots, int64_t at_us, struct tsp_token *ret, struct err *) MUST_USE;

#endif
