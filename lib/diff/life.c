#include "diff/life.h"

#include "base/civil.h"
#include "url/url.h"

static const struct wire_field memory_fields[] = {
	WIRE(struct life_memory, I64, gone, 0),
	WIRE(struct life_memory, I64, gone_n, 0),
	WIRE(struct life_memory, I64, since_us, 0),
	WIRE(struct life_memory, I64, is_told, 0),
	WIRE(struct life_memory, I64, is_confirmed, 0),
	WIRE(struct life_memory, I64, checks_n, 0),
};
const struct wire_desc life_memory_desc = WIRE_DESC(struct life_memory, memory_fields);

enum {
	CONFIRM_CHECKS_N = 3,           /* answers in a row ... */
	CONFIRM_S = 3 * 86400,          /* ... over this long; */
	PLAIN_CHECKS_N = 2,             /* of a server that says 410 or 451 itself, fewer */
	PLAIN_S = 86400,
	EMPTY_SHARE = 10,               /* a tenth of the words, or fewer: emptied */
	REPLACED_SHARE = 10,            /* a tenth of the words are still there, or fewer: another text */
	WORDS_N = 30                    /* a text of fewer words is too short to be judged by shares */
};

/* How deep a path is: "/" and "/index.html" are a front page, and so is a language's ("/ko/"). */
static size_t
depth_of(struct str path)
{
	struct str part;
	size_t     n = 0;

	while (str_cut(&path, '/', &part))
		n += part.n > 0 && !str_starts_nocase(part, STR("index.")) && !(n == 0 && part.n == 2);
	return n;
}

static bool
leads_to_front_page(struct arena *a, struct str taken, struct str now)
{
	struct url from, to;
	struct err err;

	if (str_eq(taken, now) || td_url_parse(a, taken, NULL, &from, &err) != ERR_OK || td_url_parse(a, now, NULL, &to, &err) != ERR_OK)
		return false;
	return (depth_of(from.path) > 0 || from.has_query) && depth_of(to.path) == 0 && !to.has_query;
}

/* All that happened is that the end is missing: a teaser, a wall, a cut that nobody admitted. */
static bool
is_front_part(const struct diff *d, size_t before_n)
{
	return d->changes.n == 1 && d->changes.v[0].after_from == d->changes.v[0].after_to && d->changes.v[0].before_to + 8 >= before_n &&
	    d->same_n > 0;
}

static enum life_gone
gone_by_text(const struct life_taken *taken, const struct diff *d)
{
	if (d->before_n < WORDS_N)
		return LIFE_NOT_GONE;
	if (d->after_n * EMPTY_SHARE <= d->before_n)
		return LIFE_EMPTIED;
	if (d->same_n * REPLACED_SHARE <= d->before_n)
		return LIFE_REPLACED;
	return is_front_part(d, taken->text.n) ? LIFE_SHORTENED : LIFE_NOT_GONE;
}

static bool
says_nothing(const struct life_answer *now)
{
	bool is_page = now->status >= 200 && now->status < 300, is_gone = now->status == 404 || now->status == 410 || now->status == 451;

	return now->is_partial || now->is_blocked || (!is_page && !is_gone) || (is_page && !now->is_readable);
}

static enum life_gone
gone_as(struct arena *a, const struct life_taken *taken, const struct life_answer *now, struct diff *ret)
{
	if (now->status >= 400)
		return LIFE_BY_STATUS;
	if (leads_to_front_page(a, taken->url, now->url))
		return LIFE_TO_FRONT_PAGE;
	td_diff(a, taken->text, now->text, ret);
	return gone_by_text(taken, ret);
}

static bool
has_lasted(const struct life_memory *m, const struct life_answer *now)
{
	bool is_plain = now->status == 410 || now->status == 451;

	return m->gone_n >= (is_plain ? PLAIN_CHECKS_N : CONFIRM_CHECKS_N) &&
	    now->at_us - m->since_us >= (is_plain ? PLAIN_S : CONFIRM_S) * US_PER_S;
}

static enum life_news
take_gone(struct life_memory *m, const struct life_answer *now, enum life_gone gone)
{
	if (m->gone == LIFE_NOT_GONE) {
		m->gone_n = 0;
		m->since_us = now->at_us;
	}
	m->gone = gone;                         /* a page may first lead elsewhere and then be missing: it is gone all along */
	m->gone_n++;
	if (!m->is_confirmed && has_lasted(m, now)) {
		m->is_confirmed = m->is_told = 1;
		return LIFE_CONFIRMED;
	}
	if (m->is_told || gone == LIFE_SHORTENED)       /* a missing end is most often a line that broke: told only if it lasts */
		return LIFE_NOTHING;
	m->is_told = 1;
	return LIFE_SUSPECTED;
}

static enum life_news
take_present(const struct life_taken *taken, struct life_memory *m, const struct diff *d)
{
	bool was_told = m->is_told;

	*m = (struct life_memory){ .checks_n = m->checks_n };
	for (size_t i = 0; i < taken->published.n; i++)
		if (td_diff_touches(d, taken->published.v[i].from, taken->published.v[i].to))
			return LIFE_SILENT_EDIT;
	return was_told ? LIFE_BACK : d->changes.n > 0 ? LIFE_CHANGED_ELSEWHERE : LIFE_SAME;
}

/* A page is edited in its first days or hardly ever: an hour, then a fifth of its age, at most a month. */
static int64_t
again_s(const struct life_taken *taken, const struct life_memory *m, const struct life_answer *now)
{
	int64_t age_s = (now->at_us - taken->at_us) / US_PER_S, s = age_s / 5;

	if (m->gone != LIFE_NOT_GONE && !m->is_confirmed)
		return 86400;
	return s < 3600 ? 3600 : s > 30 * 86400 ? 30 * 86400 : s;
}

void
td_life_next(struct arena *a, const struct life_taken *taken, struct life_memory *m, const struct life_answer *now, struct life_verdict *ret)
{
	*ret = (struct life_verdict){ .news = LIFE_UNKNOWN };
	m->checks_n++;
	if (!says_nothing(now)) {
		ret->gone = gone_as(a, taken, now, &ret->diff);
		ret->news = ret->gone != LIFE_NOT_GONE ? take_gone(m, now, ret->gone) : take_present(taken, m, &ret->diff);
	}
	ret->again_s = again_s(taken, m, now);
}
