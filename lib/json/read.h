/*
 * json/read - JSON as it is found inside pages, which is often not quite JSON.
 *
 * Raw line feeds in strings, missing or trailing commas, comments or CDATA
 * round it, several values in a row, an end that never comes: all are read,
 * nothing is refused.  Numbers and words stay text.  Linear, no recursion;
 * and no node has more than JSON_DEPTH_MAX above it, so that whoever asks each
 * node for its parents is linear as well.
 *
 *     const struct json_node *doc = td_json_read(&arena, text);   // a list of the values found
 *     const struct json_node *name = td_json_get(doc->first, STR("headline"));
 */
#ifndef JSON_READ_H
#define JSON_READ_H

#include "base/arena.h"

#define JSON_NODES_MAX 100000   /* what comes later is left out */
#define JSON_MEMBERS_MAX 256    /* of an object, that can be asked for by key */
#define JSON_DEPTH_MAX 64       /* lists and objects inside each other; the members of deeper ones are those of the last */

enum json_kind { JSON_LIST, JSON_OBJECT, JSON_STRING, JSON_WORD };

struct json_node {
	struct json_node *parent, *next, *first, *last;
	enum json_kind    kind;
	struct str        key;      /* of a member of an object */
	struct str        text;     /* JSON_STRING, JSON_WORD ("true", "12"); UTF-8 */
};

/* text must be valid UTF-8 and outlive the nodes.  Never NULL. */
const struct json_node *td_json_read(struct arena *, struct str text);
/* The node after `n` under `root`, depth first; NULL at the end. */
const struct json_node *td_json_next(const struct json_node *n, const struct json_node *root);
/* A member by its key, of the first JSON_MEMBERS_MAX; NULL when there is none, or `n` is NULL. */
const struct json_node *td_json_get(const struct json_node *n, struct str key);

#endif
