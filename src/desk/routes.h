/* routes - every page of the desk: its address, who may ask for it, what answers. */
#ifndef DESK_ROUTES_H
#define DESK_ROUTES_H

#include "base/limits.h"
#include "desk/request.h"

enum method { GET, POST };

struct route {
	enum method method;      /* GET answers HEAD too */
	struct str  path;        /* a last component * stands for any one component */
	unsigned    roles;       /* enum store_role; never 0: the table does not compile without */
	size_t      body_max;    /* of a POST */
	bool        keeps_form;  /* asked even when the token is stale, to give the typed text back; must change nothing then */
	void      (*run)(struct request *, struct reply *);
};

extern const struct route routes[];
extern const size_t       routes_n;

/* NULL: no such page; *ret_known tells whether another method has it. */
const struct route *route_find(enum method, struct str path, struct str *ret_arg, bool *ret_known);

/* Parse, check token and role, run.  The guards of guard.h have let it in. */
void route_answer(const struct route *, struct request *, struct str content_type, struct bytes body, struct reply *);

void page_list(struct request *, struct reply *);
void page_search(struct request *, struct reply *);
void page_item(struct request *, struct reply *);
void page_add(struct request *, struct reply *);
void page_erase(struct request *, struct reply *);
void page_erase_do(struct request *, struct reply *);
void page_job(struct request *, struct reply *);
void page_notes(struct request *, struct reply *);
void page_note_new(struct request *, struct reply *);
void page_note(struct request *, struct reply *);
void page_note_save(struct request *, struct reply *);
void page_help(struct request *, struct reply *);
void page_start(struct request *, struct reply *);
void page_sources(struct request *, struct reply *);
void page_source(struct request *, struct reply *);
void page_source_change(struct request *, struct reply *);
void page_source_add(struct request *, struct reply *);
void page_source_found(struct request *, struct reply *);
void page_source_start(struct request *, struct reply *);
void page_source_take(struct request *, struct reply *);
void page_source_export(struct request *, struct reply *);
void page_inbox(struct request *, struct reply *);
void page_announced(struct request *, struct reply *);
void page_decide(struct request *, struct reply *);
void page_life(struct request *, struct reply *);
void page_news(struct request *, struct reply *);
void page_news_read(struct request *, struct reply *);
void page_css(struct request *, struct reply *);
void page_icon(struct request *, struct reply *);

#endif
