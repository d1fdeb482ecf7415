/* handlers - the store's side of each verb: one running transaction, one answer (store/verbs.h says what each means). */
#ifndef STORE_HANDLERS_H
#define STORE_HANDLERS_H

#include "store/store_private.h"

#define X(verb, ask, reply, roles) \
	enum err_code on_##verb(struct store *, struct arena *, const struct store_##ask *, struct store_##reply *ret, \
	    struct err *) MUST_USE;
STORE_VERBS(X)
#undef X

#endif
