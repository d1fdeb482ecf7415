/* read_private - the messages between the two halves of this room. */
#ifndef READ_READ_PRIVATE_H
#define READ_READ_PRIVATE_H

#include "read/read.h"
#include "wire/wire.h"

struct feed_question {
	struct str   url, content_type, content_encoding;
	struct bytes body;
	bool         wants_any;         /* not only a feed: whatever names one */
	bool         is_list;           /* a page that lists: its links are read as a feed's items */
	struct str   selector;          /* of such a page; "": none */
	int64_t      newest_n;          /* only so many items, in short; 0: all of it */
};
extern const struct wire_desc feed_question_desc;

/* The answer is a struct read_found. */
extern const struct wire_desc read_found_desc;

struct robots_question {
	struct str   agent, content_encoding;
	struct bytes body;
};
extern const struct wire_desc robots_question_desc;

/* Patterns and addresses are bytes: nobody promised UTF-8. */
struct robots_line {
	struct bytes text;
	bool         allow;
};

struct robots_answer {
	struct { struct robots_line *v; size_t n; } rules, sitemaps;
	int64_t crawl_delay_ms;
	bool    named, cut;
};
extern const struct wire_desc robots_answer_desc;

#endif
