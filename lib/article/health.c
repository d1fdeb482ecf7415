#include "article/health.h"

#include <math.h>
#include <stdlib.h>

static const double CHANCE = 0.001;

const char *const health_question_name[HEALTH_QUESTION__COUNT] = {
	[HEALTH_TITLE] = "title", [HEALTH_DATE] = "date", [HEALTH_BYLINE] = "byline", [HEALTH_TEXT] = "text",
};

static int
compare(const void *a, const void *b)
{
	return (*(const int64_t *)a > *(const int64_t *)b) - (*(const int64_t *)a < *(const int64_t *)b);
}

static int64_t
usual_letters(const struct health_page *p, size_t n)
{
	int64_t letters[HEALTH_PAGES_N];

	for (size_t i = 0; i < n; i++)
		letters[i] = p[i].letters;
	qsort(letters, n, sizeof(*letters), compare);
	return n > 0 ? letters[n / 2] : 0;
}

/* Logarithms of 0! .. HEALTH_PAGES_N!, for the ways to choose k of n. */
struct factorials {
	double log[HEALTH_PAGES_N + 1];
};

static double
log_ways(const struct factorials *f, size_t n, size_t k)
{
	return f->log[n] - f->log[k] - f->log[n - k];
}

/* How likely `lack` or more of the `now` last of `all` pages lack it by chance, when `lack_all` of all do (hypergeometric tail). */
static double
chance(const struct factorials *f, size_t all, size_t lack_all, size_t now, size_t lack)
{
	double p = 0;

	for (size_t x = lack; x <= now && x <= lack_all; x++)
		if (now - x <= all - lack_all)
			p += exp(log_ways(f, lack_all, x) + log_ways(f, all - lack_all, now - x) - log_ways(f, all, now));
	return p;
}

static bool
is_recent(const bool *lacks, size_t n)
{
	size_t lack = 0;

	for (size_t i = n - HEALTH_NOW_N; i < n; i++)
		lack += lacks[i];
	return lack + 1 >= HEALTH_NOW_N;
}

/* The cut where before and now differ most; false: nowhere more than chance would. */
static bool
find_cut(const struct factorials *f, const bool *lacks, size_t n, struct health_fault *ret, size_t *ret_cut)
{
	size_t lack_all = 0, lack = 0, cuts = n - HEALTH_BEFORE_N - HEALTH_NOW_N + 1;
	double best = CHANCE / (double)(cuts * HEALTH_QUESTION__COUNT);
	bool   found = false;

	for (size_t i = 0; i < n; i++)
		lack_all += lacks[i];
	for (size_t now = 1; now <= n - HEALTH_BEFORE_N; now++) {
		size_t before = n - now, lacked;
		double p;

		lack += lacks[before];
		lacked = lack_all - lack;
		if (lack < HEALTH_NOW_N || 2 * lack * before < 2 * lacked * now + now * before)
			continue;               /* lack / now is not higher than lacked / before by a half */
		if ((p = chance(f, n, lack_all, now, lack)) >= best)
			continue;
		best = p;
		found = true;
		*ret_cut = before;
		*ret = (struct health_fault){ .lack = (int64_t)lack, .of = (int64_t)now, .lacked = (int64_t)lacked, .of_before = (int64_t)before };
	}
	return found;
}

size_t
td_health(const struct health_page *p, size_t n, struct health_fault ret[HEALTH_QUESTION__COUNT])
{
	struct factorials f = { { 0 } };
	int64_t           usual;
	size_t            found = 0, cut;

	if (n > HEALTH_PAGES_N) {
		p += n - HEALTH_PAGES_N;
		n = HEALTH_PAGES_N;
	}
	if (n < HEALTH_BEFORE_N + HEALTH_NOW_N)
		return 0;
	for (size_t i = 1; i <= n; i++)
		f.log[i] = f.log[i - 1] + log((double)i);
	usual = usual_letters(p, n / 2);
	for (int q = 0; q < HEALTH_QUESTION__COUNT; q++) {
		bool lacks[HEALTH_PAGES_N];

		for (size_t i = 0; i < n; i++)
			lacks[i] = q == HEALTH_TEXT ? p[i].letters * 3 < usual : !p[i].has[q];
		if (!is_recent(lacks, n) || !find_cut(&f, lacks, n, &ret[found], &cut))
			continue;
		ret[found].question = (enum health_question)q;
		ret[found++].since_us = p[cut].taken_us;
	}
	return found;
}
