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
	WIRE(struct life_memory, I64, edit_told, 0),
	WIRE(struct life_memory, I64, text_listed, 0),
};
const struct wire_desc life_memory_desc = WIRE_DESC(struct life_memory, memory_fields);

enum {
	CONFIRM_CHECKS_N = 3,           /* answers in a row ... */
	CONFIRM_S = 3 * 86400,          /* ... over this long; */
	PLAIN_CHECKS_N = 2,             /* of a server that says 410 or 451 itself, fewer */
	PLAIN_S = 86400,
	EMPTY_SHARE = 10,               /* a tenth of the words, or fewer: emptied */
	REPLACED_SHARE = 10,            /* a tenth of the words are still there, or fewer: another text */
	LINE_SHARE = 4,                 /* a quarter of what stood at the end, or less: an advertisement, "read on" */
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

/*
 * The end is missing, but for a line in its place: a teaser, a wall, a cut that nobody admitted.  What else changed before it, an
 * advertisement's number, is not counted while nothing that was published stands there.
 */
static bool
is_front_part(const struct life_taken *taken, const struct diff *d)
{
	const struct diff         before = { .changes = { d->changes.v, d->changes.n > 0 ? d->changes.n - 1 : 0 } };
	const struct diff_change *end = d->changes.v + before.changes.n;

	if (d->changes.n == 0 || d->same_n == 0)
		return false;
	for (size_t i = 0; i < taken->published.n; i++)
		if (td_diff_touches(&before, taken->published.v[i].from, taken->published.v[i].to))
			return false;
	return (end->after_to - end->after_from) * LINE_SHARE <= end->before_to - end->before_from && end->before_to + 8 >= taken->text.n;
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
	return is_front_part(taken, d) ? LIFE_SHORTENED : LIFE_NOT_GONE;
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

/* Of what a text says, whatever its white space; never 0. */
static uint64_t
hash_of(uint64_t h, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t')
			h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h | 1;
}

/* What stands now in the place of words that were published: a hash of the changes in them; 0: they stand. */
static int64_t
edit_of(const struct life_taken *taken, const struct life_answer *now, const struct diff *d)
{
	uint64_t h = 0;

	for (size_t i = 0; i < taken->published.n; i++)
		for (size_t k = 0; k < d->changes.n; k++) {
			const struct diff_change *c = &d->changes.v[k];
			const struct diff         one = { .changes = { &d->changes.v[k], 1 } };

			if (!td_diff_touches(&one, taken->published.v[i].from, taken->published.v[i].to))
				continue;
			h = (h ^ c->before_from) * 0x100000001b3u;
			h = hash_of(h, str_sub(now->text, c->after_from, c->after_to));
		}
	return (int64_t)(h & INT64_MAX);
}

/* Each state of the published words is told once: an edit, another edit, and that they stand again. */
static enum life_news
take_present(const struct life_taken *taken, struct life_memory *m, const struct life_answer *now, const struct diff *d)
{
	bool    was_told = m->is_told;
	int64_t edit = edit_of(taken, now, d), was_edit = m->edit_told, listed = m->text_listed;

	*m = (struct life_memory){ .checks_n = m->checks_n, .edit_told = edit };
	m->text_listed = d->changes.n == 0 ? 0 : (int64_t)(hash_of(0, now->text) & INT64_MAX);
	if (edit != was_edit && taken->published.n > 0)
		return edit != 0 ? LIFE_SILENT_EDIT : LIFE_BACK;
	if (was_told)
		return LIFE_BACK;
	if (edit != 0)
		return LIFE_NOTHING;
	return d->changes.n == 0 ? LIFE_SAME : m->text_listed != listed ? LIFE_CHANGED_ELSEWHERE : LIFE_NOTHING;
}

/*
 * A page is edited in its first days or hardly ever.  One that we published
 * from: in an hour, then after a fifth of its age; another: in six hours, then
 * at twice its age; no page less often than once in a month.
 */
static int64_t
again_s(const struct life_taken *taken, const struct life_memory *m, const struct life_answer *now)
{
	bool    is_published = taken->published.n > 0;
	int64_t age_s = (now->at_us - taken->at_us) / US_PER_S, s = is_published ? age_s / 5 : age_s, least_s = is_published ? 3600 : 6 * 3600;

	if (m->gone != LIFE_NOT_GONE && !m->is_confirmed)
		return 86400;
	return s < least_s ? least_s : s > 30 * 86400 ? 30 * 86400 : s;
}

void
td_life_next(struct arena *a, const struct life_taken *taken, struct life_memory *m, const struct life_answer *now, struct life_verdict *ret)
{
	*ret = (struct life_verdict){ .news = LIFE_UNKNOWN };
	m->checks_n++;
	if (!says_nothing(now)) {
		ret->gone = gone_as(a, taken, now, &ret->diff);
		ret->news = ret->gone != LIFE_NOT_GONE ? take_gone(m, now, ret->gone) : take_present(taken, m, now, &ret->diff);
	}
	ret->again_s = again_s(taken, m, now);
}
