/*
 * person - the names of people in a line that says who wrote: "Von Ana Ruiz und Kim Min-ji, Seoul", "홍길동 기자 a@b.kr"
 * (lib/article only).
 *
 *     struct person_names n = { .arena = a, .site = &site };
 *     td_person_add(&n, text, false);
 *
 * A newsroom, an agency, an office, an address is nobody.
 */
#ifndef ARTICLE_PERSON_H
#define ARTICLE_PERSON_H

#include "article/site_name.h"
#include "wire/wire.h"

struct person_names {
	struct arena            *arena;
	const struct site_names *site;
	struct str_list          list;          /* v: room for LIMIT_LIST_N */
};

/* Adds whom the line names; returns how many.  sure: the page says that this is an author, so one word is enough. */
size_t td_person_add(struct person_names *, struct str line, bool sure);

#endif
