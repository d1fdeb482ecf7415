/*
 * article/read - a page's bytes in, an article out.
 *
 *     struct article_ask ask = { .url = url, .media_type = STR("text/html"), .body = body };
 *     struct article a;
 *     td_article_read(&arena, &ask, &a);
 *
 * Never fails: a page that says nothing has no text and a warning.  All that is
 * returned lives in the arena; it needs about 20 times the page.
 */
#ifndef ARTICLE_READ_H
#define ARTICLE_READ_H

#include "article/article.h"
#include "article/written_date.h"

struct article_ask {
	struct str   file, url;         /* "": unknown */
	struct str   media_type;        /* "text/html", "text/plain"; "": seen by the bytes */
	struct str   charset;           /* label of the transport; "": none */
	struct bytes body;              /* content coding taken off */
	enum date_order order;          /* how its source writes 06/07/2018 (article/date_habit.h); 0: not known */
};

void td_article_read(struct arena *, const struct article_ask *, struct article *ret);

#endif
