#include "base/str.h"

#include "base/civil.h"
#include "base/id.h"
#include "tests/check.h"

static void
numbers_that_do_not_fit_are_refused(void)
{
	int64_t v = 7;

	CHECK(!str_to_i64(STR(""), 0, 9, &v));
	CHECK(!str_to_i64(STR("-"), -9, 9, &v));
	CHECK(!str_to_i64(STR("12a"), 0, 99, &v));
	CHECK(!str_to_i64(STR("9223372036854775808"), INT64_MIN, INT64_MAX, &v));
	CHECK(!str_to_i64(STR("10"), 0, 9, &v));
	CHECK_INT(7, v);
	CHECK(str_to_i64(STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &v));
	CHECK(v == INT64_MIN);
}

static void
cutting_gives_every_piece_once_even_the_empty_last(void)
{
	struct str rest = STR("인권:북한:"), head;

	CHECK(str_cut(&rest, ':', &head));
	CHECK_STR(STR("인권"), head);
	CHECK(str_cut(&rest, ':', &head));
	CHECK_STR(STR("북한"), head);
	CHECK(str_cut(&rest, ':', &head));
	CHECK_STR(STR(""), head);
	CHECK(!str_cut(&rest, ':', &head));
}

static void
an_id_is_found_by_any_prefix_in_any_case(void)
{
	struct id        id = { { 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 1, 2, 3, 4, 5, 6, 7, 8 } };
	struct id_prefix p;
	char             shown[ID_WHOLE];

	CHECK_STR(STR("c-28t5cy4tqk"), str_of(id_show(ID_CAPTURE, &id, shown)));
	CHECK(id_parse(STR("C-28T5"), &p));
	CHECK(p.kind == ID_CAPTURE);
	CHECK(memcmp(p.from.b, id.b, 16) <= 0 && memcmp(p.to.b, id.b, 16) >= 0);
	id_show_whole(ID_NOTE, &id, shown);
	CHECK(id_parse(str_of(shown), &p));
	CHECK(id_eq(&p.from, &id) && id_eq(&p.to, &id));
}

static void
what_is_no_id_is_refused(void)
{
	struct id_prefix p;

	CHECK(!id_parse(STR(""), &p));
	CHECK(!id_parse(STR("x-28t5"), &p));
	CHECK(!id_parse(STR("c-il"), &p));
	CHECK(!id_parse(STR("c-zzzzzzzzzzzzzzzzzzzzzzzzzz"), &p));     /* more than 128 bits */
	CHECK(!id_parse(STR("c-000000000000000000000000000"), &p));
}

static const struct { const char *in, *out; } dates[] = {
	{ "2018", "2018" }, { "2018-06", "2018-06" }, { "2018-06-27", "2018-06-27" },
	{ "2018-06-27T09:30:15.25+0900", "2018-06-27T09:30:15+09:00" }, { "2018-06-27 09:30Z", "2018-06-27T09:30Z" },
	{ "2018-02-29", "" }, { "2018-06-27T25:00", "" }, { "2018-6-27", "" }, { "2018-06-27x", "" }, { "", "" },
};

static void
a_date_keeps_the_precision_it_was_given_with(void)
{
	for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
		struct civil c = { 0 };
		char         shown[CIVIL_SHOWN] = "";

		if (civil_parse_iso(str_of(dates[i].in), &c))
			civil_iso(&c, shown);
		CHECK_STR(str_of(dates[i].out), str_of(shown));
	}
}

static void
instants_survive_being_written_and_read(void)
{
	static const char *const when[] = { "1969-12-31T23:59:59.000001Z", "2018-06-27T00:30:00.272370Z",
		"2038-01-19T03:14:08.000000Z", "0001-01-01T00:00:00.000000Z", "2000-02-29T12:00:00.000000Z" };

	for (size_t i = 0; i < sizeof(when) / sizeof(*when); i++) {
		int64_t us = 1;
		char    shown[CIVIL_SHOWN];

		CHECK(instant_parse_iso(str_of(when[i]), &us));
		CHECK_STR(str_of(when[i]), str_of(instant_iso_us(us, shown)));
	}
}

static void
rfc822_dates_name_the_right_weekday(void)
{
	char shown[CIVIL_SHOWN];

	CHECK_STR(STR("Wed, 27 Jun 2018 00:30:00 +0000"), str_of(instant_rfc822(INT64_C(1530059400000000), shown)));
}

TESTS(
	TEST(numbers_that_do_not_fit_are_refused),
	TEST(cutting_gives_every_piece_once_even_the_empty_last),
	TEST(an_id_is_found_by_any_prefix_in_any_case),
	TEST(what_is_no_id_is_refused),
	TEST(a_date_keeps_the_precision_it_was_given_with),
	TEST(instants_survive_being_written_and_read),
	TEST(rfc822_dates_name_the_right_weekday))
