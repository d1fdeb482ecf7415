/* page_private - what load.c makes of a template and print.c prints. */
#ifndef PAGE_PAGE_PRIVATE_H
#define PAGE_PAGE_PRIVATE_H

#include "page/page.h"

enum part_kind { PART_LITERAL, PART_SLOT, PART_WORD, PART_EACH, PART_NOT, PART_INCLUDE };

/* Where a slot stands, which decides how it is escaped. */
enum slot_place {
	PLACE_TEXT,
	PLACE_VALUE,            /* a quoted attribute, <title>, <textarea>: text, but never markup */
	PLACE_URL,              /* begins an address */
	PLACE_COMPONENT         /* inside an address whose beginning the template has fixed */
};

struct page_part {
	enum part_kind  kind;
	enum slot_place place;
	struct str      text;   /* literal, or the name */
	size_t          end;    /* of a section: index of the first part after it */
	size_t          file;   /* of an include */
};

struct page_template {
	struct str        name;
	struct page_part *parts;
	size_t            n;
};

struct page_set {
	struct page_template *files;
	size_t                n;
};

enum value_kind { VALUE_STR, VALUE_URL, VALUE_HTML, VALUE_FLAG, VALUE_LIST };

struct page_value {
	struct page_value  *next;
	struct str          name;
	enum value_kind     kind;
	struct str          text;
	bool                flag;
	struct page_values *first, *last;       /* of a list */
};

struct page_values {
	struct arena       *arena;
	struct page_value  *values;
	struct page_values *next;               /* element of the same list */
};

const struct page_value *page_value_find(const struct page_values *, struct str name);
size_t                   page_set_find(const struct page_set *, struct str name);      /* index, or set->n */

#endif
