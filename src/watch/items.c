/* What a feed announces, as items of the desk. */
#include "watch/watch_private.h"

#include "base/limits.h"
#include "text/utf8.h"
#include "url/url.h"

enum err_code
items_read(struct jail *jail, struct arena *a, struct answer *answer, const struct items_form *form, struct feed_doc *ret,
	struct err *err)
{
	struct str      fault;
	struct feed_ask ask = { .url = answer->final_url, .content_type = answer->content_type, .body = answer->body };

	if (form->is_list)
		return read_page_links(jail, a, &ask, answer->content_encoding, form->selector, ret, err);
	if (read_news(jail, a, &ask, answer->content_encoding, LIMIT_POLL_N, ret, &fault, err) != ERR_OK)
		return err->code;
	if (answer->trouble.n == 0)
		answer->trouble = fault;
	return ERR_OK;
}

static struct str
shorten(struct str s, size_t most_b)
{
	return str_sub(s, 0, td_utf8_floor(s, s.n < most_b ? s.n : most_b));
}

/* The address in its plainest form: what two items of one page have in common. */
static struct str
plainest(struct arena *a, struct str url)
{
	struct str s;
	struct err err;

	return td_url_canonical(a, url, &s, &err) == ERR_OK ? s : STR("");
}

static struct store_item_new
item_of(struct arena *a, const struct feed_item *i)
{
	const struct feed_about *about = &i->about;
	struct store_item_new    n = { .url = shorten(about->link, LIMIT_URL_B), .is_wanted = true };

	n.page = plainest(a, n.url);
	n.title = shorten(about->title.plain, LIMIT_FIELD_B);
	n.author = shorten(about->author, LIMIT_FIELD_B);
	n.summary = about->summary.plain;
	n.published_us = about->published.us != 0 ? about->published.us : about->updated.us;
	n.key = shorten(about->id.n > 0 ? about->id : n.page.n > 0 ? n.page : n.title, LIMIT_URL_B);
	return n;
}

size_t
items_of(struct arena *a, const struct feed_doc *doc, struct store_item_new **ret)
{
	size_t most = doc->items.n < LIMIT_POLL_N ? doc->items.n : LIMIT_POLL_N, n = 0;

	*ret = arena_array(a, most + 1, struct store_item_new);
	/* Feeds begin with the newest. */
	for (size_t i = most; i-- > 0;) {
		(*ret)[n] = item_of(a, &doc->items.v[i]);
		n += (*ret)[n].key.n > 0;
	}
	return n;
}

void
items_pace(const struct feed_doc *doc, struct schedule_answer *s)
{
	s->body_fresh_s = 60 * (doc->ttl_min > doc->every_min ? doc->ttl_min : doc->every_min);
	s->skip_hours = (unsigned)doc->skip_hours;
	s->skip_days = (unsigned)doc->skip_days;
	s->items_n = (int64_t)doc->items.n;
	for (size_t i = 0; i < doc->items.n; i++) {
		const struct feed_about *about = &doc->items.v[i].about;
		int64_t                  at = about->published.us != 0 ? about->published.us : about->updated.us;

		if (at <= 0 || at > s->at_us + US_PER_S)
			continue;       /* a date in the future says nothing about the past */
		s->oldest_us = s->oldest_us == 0 || at < s->oldest_us ? at : s->oldest_us;
		s->latest_us = at > s->latest_us ? at : s->latest_us;
	}
}
