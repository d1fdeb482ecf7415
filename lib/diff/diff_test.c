#include "diff/diff.h"

#include "base/buf.h"
#include "base/limits.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

/* [-taken out-]{+put in+}, as wdiff writes it. */
static void
check_diff(const char *before, const char *after, const char *want)
{
	struct buf   out = BUF_INIT(MiB);
	struct arena a;
	struct diff  d;
	size_t       at = 0;

	arena_init(&a, 64 * MiB, no_more, NULL);
	td_diff(&a, str_of(before), str_of(after), &d);
	for (size_t i = 0; i < d.changes.n; i++) {
		const struct diff_change *c = &d.changes.v[i];

		buf_add(&out, str_sub(str_of(before), at, c->before_from));
		if (c->before_from < c->before_to)
			buf_addf(&out, "[-%.*s-]", (int)(c->before_to - c->before_from), before + c->before_from);
		if (c->after_from < c->after_to)
			buf_addf(&out, "{+%.*s+}", (int)(c->after_to - c->after_from), after + c->after_from);
		at = c->before_to;
	}
	buf_add(&out, str_sub(str_of(before), at, strlen(before)));
	CHECK_STR(str_of(want), buf_str(&out));
	buf_free(&out);
	arena_free(&a);
}

static void
what_changed_is_said_in_words(void)
{
	static const char *const cases[][3] = {
		{ "", "", "" }, { "", "a b", "{+a b+}" }, { "a b", "", "[-a b-]" }, { "one  two\nthree", "one two three ", "one  two\nthree" },
		{ "The court fined the firm 300 won on Monday.", "The court fined the firm 30 won on Monday.",
		    "The court fined the firm [-300-]{+30+} won on Monday." },
		{ "He was arrested in Pyongyang.", "He was not arrested in Pyongyang.", "He was{+not+} arrested in Pyongyang." },
		{ "그는 평양에서 체포되었다고 말했다.", "그는 평양에서 석방되었다고 말했다.", "그는 평양에서 [-체포되었다고-]{+석방되었다고+} 말했다." },
		{ "他在平壤被捕。他说明天回来。", "他在平壤被释放。他说明天回来。", "他在平壤被[-捕-]{+释放+}。他说明天回来。" },
		{ "a b c d e f g h", "a b c X e Y g h i", "a b c [-d e f-]{+X e Y+} g h{+i+}" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_diff(cases[i][0], cases[i][1], cases[i][2]);
}

static void
a_span_is_touched_by_what_is_in_it_only(void)
{
	static const char before[] = "Keep this. Change that. Keep the rest as it was.", after[] = "Keep this. Alter that. Keep the rest as it was. And an ad.";
	struct arena      a;
	struct diff       d;

	arena_init(&a, 64 * MiB, no_more, NULL);
	td_diff(&a, str_of(before), str_of(after), &d);
	CHECK(!td_diff_touches(&d, 0, 10));
	CHECK(td_diff_touches(&d, 11, 23));
	CHECK(!td_diff_touches(&d, 24, 48));
	td_diff(&a, STR("one two"), STR("one and two"), &d);
	CHECK(td_diff_touches(&d, 0, 7));
	CHECK(!td_diff_touches(&d, 4, 7));
	arena_free(&a);
}

static void
a_rewritten_book_costs_its_length(void)
{
	struct buf   one = BUF_INIT(16 * MiB), other = BUF_INIT(16 * MiB);
	struct arena a;
	struct diff  d;

	arena_init(&a, 512 * MiB, no_more, NULL);
	for (unsigned i = 0, x = 1; i < LIMIT_DIFF_WORDS_N + 1000; i++) {
		x = x * 1103515245u + 12345u;
		buf_addf(&one, "w%u ", x >> 16 & 63);
		x = x * 1103515245u + 12345u;
		buf_addf(&other, "w%u ", x >> 16 & 63);
	}
	td_diff(&a, buf_str(&one), buf_str(&other), &d);
	CHECK_INT(LIMIT_DIFF_WORDS_N, d.before_n);
	CHECK(d.changes.n >= 1);
	CHECK(td_diff_touches(&d, one.n - 10, one.n));
	td_diff(&a, buf_str(&one), buf_str(&one), &d);
	CHECK_INT(0, d.changes.n);
	buf_free(&one);
	buf_free(&other);
	arena_free(&a);
}

TESTS(TEST(what_changed_is_said_in_words), TEST(a_span_is_touched_by_what_is_in_it_only), TEST(a_rewritten_book_costs_its_length))
