/* extract_private - the message between the two halves of this room. */
#ifndef EXTRACT_PRIVATE_H
#define EXTRACT_PRIVATE_H

#include "document/read.h"
#include "wire/wire.h"

extern const struct wire_desc extract_ask_desc;

#endif
