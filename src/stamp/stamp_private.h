/* stamp_private - what the jail is asked and answers. */
#ifndef STAMP_STAMP_PRIVATE_H
#define STAMP_STAMP_PRIVATE_H

#include "wire/wire.h"

struct stamp_ask {
	struct bytes reply, sha256, nonce;   /* nonce: empty, not asked about */
	struct str   roots;
	int64_t      at_us;                  /* as of this time; -1: of the token's own */
};

struct stamp_answer {
	int64_t    time_us, ends_us, code;   /* code: enum err_code */
	struct str who, fault;
};

extern const struct wire_desc stamp_ask_desc, stamp_answer_desc;

#endif
