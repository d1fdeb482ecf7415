/* typed - what people type or paste into a form, made sense of or refused. */
#ifndef DESK_TYPED_H
#define DESK_TYPED_H

#include "desk/request.h"

/* What people paste as an address: with the scheme or without; anything else is explained, not guessed. */
bool typed_address(struct request *, struct str typed, struct str *ret);
/* A field of the form without the space around it, cut to most_b bytes at a character's end. */
struct str typed_field(const struct request *, const char *name, size_t most_b);
/*
 * The query of one of our own pages, as a form handed it back, behind its
 * path: "/inbox?state=new".  What is not the form of a query is left out.
 */
struct str typed_back(struct request *, const char *path, struct str query);

#endif
