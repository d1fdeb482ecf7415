/* What a watch needs of a feed: the newest items, and of each what a person sees in a list. */
#include <stdlib.h>

#include "feed/read.h"
#include "text/utf8.h"

struct dated {
	int64_t us;
	size_t  at;
};

static int
newest_first(const void *x, const void *y)
{
	const struct dated *a = x, *b = y;

	if (a->us != b->us)
		return a->us < b->us ? 1 : -1;
	return a->at < b->at ? -1 : 1;
}

static int
in_order(const void *x, const void *y)
{
	const struct dated *a = x, *b = y;

	return a->at < b->at ? -1 : a->at > b->at;
}

static int64_t
date_of(const struct feed_about *about)
{
	return about->published.us != 0 ? about->published.us : about->updated.us;
}

static void
keep_newest(struct arena *a, struct feed_doc *doc, size_t newest_n)
{
	struct dated *order = arena_array(a, doc->items.n + 1, struct dated);

	for (size_t i = 0; i < doc->items.n; i++)
		order[i] = (struct dated){ date_of(&doc->items.v[i].about), i };
	qsort(order, doc->items.n, sizeof(*order), newest_first);
	qsort(order, newest_n, sizeof(*order), in_order);
	for (size_t i = 0; i < newest_n; i++)
		doc->items.v[i] = doc->items.v[order[i].at];
	doc->items.n = newest_n;
	doc->is_over_limit = true;
}

static void
shorten(struct feed_item *item, size_t summary_b)
{
	const struct feed_about *all = &item->about;
	struct str               text = all->summary.plain.n > 0 ? all->summary.plain : all->content.plain;
	struct feed_about        left = { .id = all->id, .link = all->link, .author = all->author, .published = all->published,
		       .updated = all->updated };

	left.title.plain = all->title.plain;
	left.summary.plain = str_sub(text, 0, td_utf8_floor(text, text.n < summary_b ? text.n : summary_b));
	*item = (struct feed_item){ .about = left, .from = item->from, .to = item->to, .id_is_link = item->id_is_link };
}

void
td_feed_shorten(struct arena *a, struct feed_doc *doc, size_t newest_n, size_t summary_b)
{
	if (doc->items.n > newest_n)
		keep_newest(a, doc, newest_n);
	for (size_t i = 0; i < doc->items.n; i++)
		shorten(&doc->items.v[i], summary_b);
}
