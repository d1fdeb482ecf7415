/*
 * request - one question of a browser, and the answer that a handler makes of it.
 *
 * Everything lives in the request's arena, which is gone when the answer is.
 * Handlers run outside libmicrohttpd (server.c), so that an arena that is full
 * can end a request without jumping over a foreign library.
 */
#ifndef DESK_REQUEST_H
#define DESK_REQUEST_H

#include "base/buf.h"
#include "form/form.h"
#include "page/page.h"
#include "store/verbs.h"
#include "text/utf8.h"
#include "words/words.h"

/* What handlers need to know of the process. */
struct site {
	struct store_link     *link;
	const struct page_set *pages;
	struct str             css, css_url;     /* its text, and its address with its digest */
	struct str             icon;
	char                   token[ID_WHOLE];  /* of each form; new with each process */
	unsigned               roles;
	bool                   may_start;
	char                   start_name[256], start_tagline[512];   /* set by POST /start: the loop ends */
};

struct request {
	struct arena            *arena;
	struct site             *site;
	enum words_lang          lang;
	bool                     lang_chosen;    /* by ?lang=: keep it in the cookie */
	bool                     lang_fixed;     /* by ?lang= or the cookie; else one of the desk's languages */
	bool                     is_post;
	struct str               path, query_text, arg;   /* arg: what stands for the * of the route */
	struct form              query, form;
	bool                     token_ok;       /* of a form; a handler that sees false must change nothing */
	int64_t                  waited_ms;      /* since reply.wait was first set */
	struct store_desk_status status;
	struct page_values      *values;         /* of the page, the frame's already in place */
};

struct reply {
	unsigned    status;
	const char *type;        /* Content-Type */
	struct buf  body;
	struct str  location;    /* of a 303 */
	const char *file_name;   /* to be saved under this name; NULL: to be looked at */
	bool        cacheable;
	bool        wait;        /* ask the handler again in a moment */
	bool        ends_loop;   /* once this is sent */
};

/* The sentence of this id in the reader's language. */
struct str tr(const struct request *, const char *id);
struct str tr1(const struct request *, const char *id, struct str arg);

/* Print a template inside the frame; its title is a sentence's id or a text. */
void reply_page(struct request *, struct reply *, const char *file, struct str title);
void reply_see_other(struct request *, struct reply *, struct str location);
/* A page with one sentence; cause, when not NULL, is the store's own (in English). */
void reply_problem(struct request *, struct reply *, unsigned status, const char *words, const struct err *cause);
/* The status that fits the error: 404, 503, 500. */
void reply_error(struct request *, struct reply *, const struct err *);

struct str print(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
