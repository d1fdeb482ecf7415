/*
 * inbox - what people at the desk ask about their sources, and do with what these announced.
 *
 * A part of store/verbs.h, which includes it, beside store/watch.h, whose
 * structs it uses.  All text is UTF-8; µs are instants.
 */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include "store/watch.h"

#define STORE_INBOX_VERBS(X) \
	X(item_mark,       mark,            marked,         ROLE_EDITOR | ROLE_OWNER) \
	X(source_page,     source_find,     source_list,    ROLE_ALL) \
	X(source_groups,   none,            group_list,     ROLE_ALL) \
	X(source_history,  name,            change_list,    ROLE_ALL) \
	X(source_take,     source_new_list, source_taken,   ROLE_EDITOR | ROLE_OWNER) \
	X(offer_put,       offer_new,       none,           ROLE_WORKER | ROLE_OWNER) \
	X(offer_list,      name,            offer_list,     ROLE_ALL)

struct store_item_id {
	struct id id;
};

/*
 * The items are now so; ITEM_OPEN takes a decision back.  The page of a kept
 * item is another matter (JOB_ITEM_PAGE).
 */
struct store_mark {
	enum item_state state;
	struct { struct store_item_id *v; size_t n; } items;    /* at most LIMIT_PAGE_N */
};

struct store_marked {
	int64_t items;                          /* that were not so before */
};

/* A page of the sources, by group and title. */
struct store_source_find {
	int64_t    offset, limit;               /* limit <= LIMIT_PAGE_N */
	bool       in_folder;                   /* only those of `folder`, which may be "" */
	struct str folder;
	bool       in_trouble;                  /* only active ones that do not answer, or are silent */
	bool       removed;                     /* those that were removed, instead of the others */
};

struct store_group {
	struct str folder;
	int64_t    sources, paused, troubled;
};

struct store_group_list {
	struct { struct store_group *v; size_t n; } groups;     /* by name, at most LIMIT_PAGE_N; without removed sources */
	int64_t removed;
	int64_t waiting, checked;               /* due and not yet asked; asked since the first of these fell due */
};

/* One value that was changed; newest first. */
struct store_change {
	int64_t    time_us;
	struct str who, field, before, after;   /* field: as in struct store_source */
};

struct store_change_list {
	struct { struct store_change *v; size_t n; } changes;   /* at most LIMIT_PAGE_N */
};

struct store_source_new_list {
	struct { struct store_source *v; size_t n; } sources;   /* id none; at most LIMIT_OPML_N */
};

/* All in one transaction; a source that cannot be taken does not keep the others out. */
struct store_source_taken {
	int64_t    added, known, refused;       /* known: watched already */
	struct str fault;                       /* of the first that was refused */
	struct id  first;                       /* of the first that was added; none */
};

/* A source that could be taken: what was found at an address, or an entry of a list. */
struct store_offer {
	enum source_kind kind;
	struct str       url, given_url, home_url, title, folder, language, note;
	int64_t          items_n;               /* that it announces now; 0: none, or it was not read */
	struct str       samples;               /* the first of their titles, a line each */
};

/* What a job of kind JOB_FIND_SOURCE or JOB_READ_LIST found, in place of what it found before. */
struct store_offer_new {
	struct id job;
	struct { struct store_offer *v; size_t n; } offers;     /* at most LIMIT_OPML_N */
};

/* Held for the newest finds only. */
struct store_offer_list {
	struct { struct store_offer *v; size_t n; } offers;
};

#endif
