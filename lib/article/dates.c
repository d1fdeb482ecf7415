#include "article/dates.h"

#include "article/printed_dates.h"

enum { OWN_POINTS = 50, SOME_POINTS = 25, FEW_POINTS = 10, ZONE_MAX_MIN = 14 * 60, SCRIPT_B = 2000000 };

bool
td_date_at(struct str s, size_t at, struct civil *ret, size_t *ret_end)
{
	bool ambiguous;

	return td_day_at(s, at, NULL, ret, ret_end, &ambiguous);
}

bool
td_date_find(struct str s, struct civil *ret, size_t *ret_from, size_t *ret_to)
{
	struct written_date w;

	if (!td_written_find(s, 0, NULL, &w))
		return false;
	*ret = w.when;
	*ret_from = w.from;
	*ret_to = w.to;
	return true;
}

struct asked {
	const struct page_head *head;
	struct date_ways        ways;
	struct printed_date     printed[PRINTED_MAX];
	size_t                  printed_n;
	const char             *why_order;
};

/* Seconds or milliseconds since 1970, as some pages give them. */
static bool
from_epoch(struct str s, struct civil *ret)
{
	int64_t v;

	if ((s.n != 10 && s.n != 13) || !str_to_i64(s, 0, INT64_C(4102444800000), &v))
		return false;
	v = s.n == 13 ? v / 1000 : v;
	*ret = civil_from_instant(v * US_PER_S);
	return ret->year >= 1990 && ret->year < 2100;
}

/* A value that is a date from its front, or "Di., 25.01.2022 - 14:45". */
static bool
read_value(const struct asked *q, struct str value, const char *why, int64_t confidence, struct found_date *ret)
{
	struct found_date   f = { .why = why, .confidence = confidence };
	struct written_date w;

	value = str_sub(str_trim(value), 0, 80);
	if (from_epoch(value, &f.when)) {
		f.text = value;
	} else if (td_written_find(value, 0, &q->ways, &w)) {
		f.when = w.when, f.is_ambiguous = w.is_ambiguous;
		f.text = value;
	} else {
		return false;
	}
	*ret = f;
	return true;
}

/* 2: an article, 1: nothing says, 0: something else that has dates of its own. */
static int
rank_of(const struct json_node *object)
{
	static const char *const stories[] = { "Article", "Posting", "Report", "Blog", "Review", "Recipe", "Scholarly", "WebPage" };
	static const char *const others[] = { "Comment", "Video", "Image", "Audio", "Person", "Event", "Offer", "Rating", "Answer", "Question" };
	const struct json_node *type = td_json_get(object, STR("@type"));
	struct str              name = type == NULL ? STR("") : type->kind == JSON_LIST && type->first != NULL ? type->first->text : type->text;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (str_find(name, str_of(others[i])) != STR_NONE)
			return 0;
	for (size_t i = 0; i < sizeof(stories) / sizeof(*stories); i++)
		if (str_find(name, str_of(stories[i])) != STR_NONE)
			return 2;
	return 1;
}

/* Comments and lists of other stories hang under the page's own. */
static bool
is_of_another(const struct json_node *object)
{
	for (const struct json_node *n = object; n != NULL; n = n->parent)
		if (str_eq(n->key, STR("itemListElement")) || str_eq(n->key, STR("comment")) || str_eq(n->key, STR("review")) ||
		    str_eq(n->key, STR("video")) || str_eq(n->key, STR("image")) || str_eq(n->key, STR("hasPart")) || str_eq(n->key, STR("citation")))
			return true;
	return false;
}

static bool
from_ld(const struct asked *q, struct str key, const char *why, struct found_date *ret)
{
	int best = 0;

	for (const struct json_node *n = q->head->ld; n != NULL && best < 2; n = td_json_next(n, q->head->ld)) {
		struct found_date f;
		int               rank;

		if (!str_eq(n->key, key) || n->text.n == 0 || !read_value(q, n->text, why, 95, &f))
			continue;
		rank = is_of_another(n->parent) ? 0 : rank_of(n->parent);
		if (rank > best)
			best = rank, *ret = f;
	}
	return best > 0;
}

static bool
from_meta(const struct asked *q, const char *const *names, const char *why, int64_t confidence, struct found_date *ret)
{
	for (; *names != NULL; names++)
		for (size_t i = 0; i < q->head->metas_n; i++)
			if (str_eq_nocase(q->head->metas[i].name, str_of(*names)) && read_value(q, q->head->metas[i].value, why, confidence, ret))
				return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Eight digits that are a day: 20180627. */
static bool
eight_digits(const char *p, struct civil *ret)
{
	int          v[8];
	struct civil c = { .zone_min = CIVIL_NO_ZONE, .precision = CIVIL_DAY };

	for (int i = 0; i < 8; i++)
		v[i] = p[i] - '0';
	c.year = (int16_t)(v[0] * 1000 + v[1] * 100 + v[2] * 10 + v[3]);
	c.month = (int8_t)(v[4] * 10 + v[5]), c.day = (int8_t)(v[6] * 10 + v[7]);
	if (c.year < 1990 || c.year > 2100 || !civil_is_valid(&c))
		return false;
	*ret = c;
	return true;
}

/* "27-06-2018" has one, "18/06/27" has not. */
static bool
has_whole_year(struct str url, size_t end)
{
	return end >= 4 && is_digit(url.p[end - 1]) && is_digit(url.p[end - 3]) && is_digit(url.p[end - 4]);
}

/* /2018/06/27/, -27-06-2018-, /20180627…: the first day in the path that stands between signs. */
static bool
from_url(struct str url, struct found_date *ret)
{
	struct date_ways ways = { DATE_DAY_FIRST, { "", 0 } };
	size_t           start = 0, b;
	struct civil     c;

	/* An archive's address ends in the address of what it keeps. */
	for (size_t at; (at = str_find(str_sub(url, start, url.n), STR("//"))) != STR_NONE;)
		start += at + 2;
	for (size_t i = start; i < url.n; i++) {
		size_t n = 0, end;
		bool   ambiguous, found;

		if (!is_digit(url.p[i]) || (i > start && (is_digit(url.p[i - 1]) || (url.p[i - 1] | 0x20) == 'a')))
			continue;
		while (i + n < url.n && is_digit(url.p[i + n]))
			n++;
		found = n >= 8 ? eight_digits(url.p + i, &c) : n <= 4 && i > start && strchr("/-_=.", url.p[i - 1]) != NULL &&
		    td_day_at(url, i, &ways, &c, &end, &ambiguous) && (end == url.n || td_digit_at(url, end, &b) < 0);
		if (found && c.year >= 1990 && (n >= 4 || has_whole_year(url, end))) {
			*ret = (struct found_date){ .when = c, .why = "the address", .confidence = 80, .text = str_sub(url, i, n >= 8 ? i + 8 : end) };
			return true;
		}
		i += n;
	}
	return false;
}

static bool
from_sight(const struct asked *q, enum printed_label label, int enough, struct found_date *ret)
{
	const struct printed_date *best = NULL;

	for (size_t i = 0; i < q->printed_n; i++) {
		const struct printed_date *p = &q->printed[i];

		if ((label == PRINTED_MODIFIED) == (p->label == PRINTED_MODIFIED) && p->points >= enough && (best == NULL || p->points > best->points))
			best = p;
	}
	if (best == NULL)
		return false;
	*ret = (struct found_date){ .when = best->date.when, .text = best->text, .is_ambiguous = best->date.is_ambiguous,
		.why_order = best->is_settled ? q->why_order : NULL,
		.confidence = best->points >= OWN_POINTS ? 75 : 50,
		.why = best->label == PRINTED_MODIFIED ? "printed as the day of the last change" :
		    best->label == PRINTED_PUBLISHED ? "printed as the day of publishing" : "the date printed beside the story" };
	return true;
}

/* The data that a page keeps for its own scripts: "publishedDate":"2018-06-27T09:30:00Z". */
static bool
from_scripts(const struct asked *q, const struct html_tree *tree, struct found_date *ret)
{
	static const char *const keys[] = { "\"datePublished\"", "\"publishedDate\"", "\"publishDate\"", "\"published_at\"", "\"publishedAt\"",
		"\"publicationDate\"", "\"publish_date\"", "\"firstPublished\"" };

	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document)) {
		if (n->tag != TAG_SCRIPT || n->first == NULL || n->first->text.n > SCRIPT_B)
			continue;
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
			struct str rest = n->first->text;
			size_t     at = str_find(rest, str_of(keys[i]));

			if (at == STR_NONE)
				continue;
			rest = str_trim(str_sub(rest, at + strlen(keys[i]), at + 80));
			if (rest.n > 4 && rest.p[0] == ':' && read_value(q, str_sub(rest, 1, 40), "data for the page's scripts", 40, ret))
				return true;
		}
	}
	return false;
}

static int64_t
day_of(const struct civil *c)
{
	return civil_days(c->year, c->month, c->day);
}

/* Minutes that the printed clock is before UTC's, when both show one moment to the minute; else INT16_MAX. */
static int
zone_between(const struct civil *local, const struct civil *utc)
{
	int64_t minutes = (day_of(local) - day_of(utc)) * 1440 + (local->hour - utc->hour) * 60 + local->minute - utc->minute;

	return minutes % 15 == 0 && minutes >= -ZONE_MAX_MIN && minutes <= ZONE_MAX_MIN ? (int)minutes : INT16_MAX;
}

/* An instant in UTC is said in the page's own time where the page prints that, or another day of it. */
static void
to_local(struct found_date *d, const struct civil *local, const char *why)
{
	int64_t away = day_of(local) - day_of(&d->when);
	int     zone;

	if (d->when.zone_min != 0 || d->when.precision < CIVIL_MINUTE || away < -1 || away > 1)
		return;
	zone = local->precision >= CIVIL_MINUTE && local->zone_min == CIVIL_NO_ZONE ? zone_between(local, &d->when) : INT16_MAX;
	if (zone != INT16_MAX) {
		int8_t second = d->when.second, precision = d->when.precision;

		d->when = *local;
		d->when.second = second, d->when.precision = precision;
		d->when.zone_min = (int16_t)zone;
		d->why = why;
	} else if (away != 0 && (away > 0 ? d->when.hour >= 10 : d->when.hour < 12)) {
		/* The zone is not known: the day alone is. */
		d->when.year = local->year, d->when.month = local->month, d->when.day = local->day;
		d->when.hour = d->when.minute = d->when.second = 0;
		d->when.zone_min = CIVIL_NO_ZONE, d->when.precision = CIVIL_DAY;
		d->why = why;
	}
}

static void
settle_zone(const struct asked *q, struct found_date *d)
{
	struct found_date other;

	if (from_sight(q, PRINTED_PUBLISHED, OWN_POINTS, &other) && other.when.precision >= CIVIL_MINUTE)
		to_local(d, &other.when, "the page's instant, in the time that it prints");
	if (from_url(q->head->url, &other))
		to_local(d, &other.when, "the day in the address, which the page's instant in UTC is a part of");
	else if (from_sight(q, PRINTED_PUBLISHED, OWN_POINTS, &other) && other.when.precision < CIVIL_MINUTE)
		to_local(d, &other.when, "the day that the page prints, which its instant in UTC is a part of");
}

static void
find_published(const struct asked *q, const struct html_tree *tree, struct found_date *ret)
{
	static const char *const said[] = { "article:published_time", "article:published", "og:published_time", "published_time", "og:pubdate",
		"datePublished", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date", "sailthru.date",
		"dc.date.issued", "dcterms.issued", "dc.date.published", "citation_publication_date", "cXenseParse:recs:publishtime", "rnews:datePublished",
		"bt:pubDate", "displaydate", "originalpublicationdate", "article.published", "regdate", "article:regdate", "ptime", "xpub", NULL };
	static const char *const vague[] = { "date", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "dateCreated", "created",
		"schema:dateCreated", "citation_date", "citation_online_date", "uploadDate", NULL };

	if (from_ld(q, STR("datePublished"), "JSON-LD datePublished", ret) || from_meta(q, said, "a meta element", 90, ret)) {
		settle_zone(q, ret);
		return;
	}
	if (from_url(q->head->url, ret) || from_sight(q, PRINTED_PUBLISHED, OWN_POINTS, ret) ||
	    from_meta(q, vague, "a meta element that may mean another day", 60, ret) || from_sight(q, PRINTED_PUBLISHED, SOME_POINTS, ret) ||
	    read_value(q, q->head->time, "the first time element", 40, ret) || from_ld(q, STR("dateCreated"), "JSON-LD dateCreated", ret) ||
	    from_sight(q, PRINTED_PUBLISHED, FEW_POINTS, ret) || from_scripts(q, tree, ret) || from_sight(q, PRINTED_PUBLISHED, 0, ret))
		return;
}

static void
find_modified(const struct asked *q, struct found_date *ret)
{
	static const char *const said[] = { "article:modified_time", "og:updated_time", "article:modified", "dateModified", "last-modified", "lastmod",
		"dcterms.modified", "dc.date.modified", "dateUpdate", "updated", "rnews:dateModified", "cXenseParse:recs:modifiedtime", NULL };

	if (!from_ld(q, STR("dateModified"), "JSON-LD dateModified", ret) && !from_meta(q, said, "a meta element", 80, ret))
		(void)from_sight(q, PRINTED_MODIFIED, SOME_POINTS, ret);
}

/* The day that the page gives its own story without doubt: what it prints in digits may be that day. */
static bool
known_day(const struct asked *q, struct civil *ret)
{
	static const char *const said[] = { "article:published_time", "datePublished", "pubdate", "parsely-pub-date", "citation_publication_date",
		"dcterms.issued", "dc.date.issued", NULL };
	struct found_date f;

	if (!from_ld(q, STR("datePublished"), "", &f) && !from_meta(q, said, "", 0, &f) && !from_url(q->head->url, &f) &&
	    !read_value(q, q->head->time, "", 0, &f))
		return false;
	*ret = f.when;
	return f.when.precision >= CIVIL_DAY && !f.is_ambiguous;
}

static struct str
host_of(struct str url)
{
	size_t     at = str_find(url, STR("//")), end = 0;
	struct str rest = str_sub(url, at == STR_NONE ? url.n : at + 2, url.n);

	while (end < rest.n && strchr("/:?#", rest.p[end]) == NULL)
		end++;
	return str_sub(rest, 0, end);
}

/* 06/07/2018, read as June so far: in the order that the source is known by, else that its page shows, else its country's. */
static void
settle_order(struct asked *q, const struct dates_ask *ask, struct date_signs *ret)
{
	struct civil known;
	bool         is_known = known_day(q, &known);

	for (size_t i = 0; i < q->printed_n; i++)
		td_date_sign(ret, q->printed[i].text, is_known ? &known : NULL);
	if ((q->ways.order = ask->order) != DATE_ORDER_UNKNOWN)
		q->why_order = "as its source writes";
	else if ((q->ways.order = td_date_signs_order(ret)) != DATE_ORDER_UNKNOWN)
		q->why_order = "as the page's other dates show";
	else if ((q->ways.order = td_date_order_of(ask->language, host_of(q->head->url))) != DATE_ORDER_UNKNOWN)
		q->why_order = "as its language and country write";
	for (size_t i = 0; i < q->printed_n && q->ways.order != DATE_ORDER_UNKNOWN; i++) {
		struct printed_date *p = &q->printed[i];
		int8_t               day = p->date.when.day;

		if (!p->date.is_ambiguous)
			continue;
		if (q->ways.order == DATE_DAY_FIRST)
			p->date.when.day = p->date.when.month, p->date.when.month = day;
		p->date.is_ambiguous = false;
		p->is_settled = true;
	}
}

void
td_article_dates(struct arena *a, const struct html_tree *tree, const struct page_head *head, const struct sight *sight,
	const struct dates_ask *ask, struct page_dates *ret)
{
	struct asked     *q = arena_new(a, struct asked);
	struct page_dates d = { 0 };

	q->head = head;
	q->ways.language = ask->language;
	q->printed_n = td_printed_dates(tree, sight, &q->ways, q->printed);
	settle_order(q, ask, &d.signs);
	find_published(q, tree, &d.published);
	find_modified(q, &d.modified);
	*ret = d;
}
