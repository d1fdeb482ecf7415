#include "feed/date.h"

#include "tests/check.h"

static void
check_dates(const char *const cases[][2], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char    iso[CIVIL_SHOWN];
		int64_t us;
		bool    is_read = td_feed_date(str_of(cases[i][0]), &us);

		CHECK_STR(str_of(cases[i][1]), is_read ? str_of(instant_iso(us, iso)) : STR("unread"));
	}
}

#define CHECK_DATES(cases) check_dates(cases, sizeof(cases) / sizeof(*(cases)))

static void
mail_dates_are_read_with_every_mistake_that_is_made_in_them(void)
{
	static const char *const cases[][2] = {
		{ "Wed, 27 Jun 2018 09:30:00 +0900", "2018-06-27T00:30:00Z" }, { "27 Jun 18 09:30 KST", "2018-06-27T00:30:00Z" },
		{ "Wednesday, 27-June-2018 09:30:00 GMT", "2018-06-27T09:30:00Z" }, { "Wed, 27 Jun 2018 9:5:7 EDT", "2018-06-27T13:05:07Z" },
		{ "Wed, Jun 27 2018 09:30:00 Z", "2018-06-27T09:30:00Z" }, { "Wed, 27 Jun 2018", "2018-06-27T00:00:00Z" },
		{ "Wed,, 27 Jun 2018 24:00:00 UT", "2018-06-28T00:00:00Z" }, { "Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06Z" },
		{ "Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z" }, { "Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z" },
		{ "Wed, 27 Jun 2018 09:30:00 GMT+9", "2018-06-27T00:30:00Z" }, { "Thu, 31 Jun 2018 09:30:00 GMT", "unread" },
		{ "Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z" }, { "1 Jan 99 00:00 GMT", "1999-01-01T00:00:00Z" },
		{ "June 27, 2018 9:30 PM", "2018-06-27T21:30:00Z" }, { "27 Jun 2018 12:05 AM GMT", "2018-06-27T00:05:00Z" }, { "yesterday", "unread" },
		{ "", "unread" },
	};

	CHECK_DATES(cases);
}

static void
dates_by_iso_8601_are_read_in_all_their_precisions(void)
{
	static const char *const cases[][2] = {
		{ "2018-06-27T09:30:00Z", "2018-06-27T09:30:00Z" }, { "2018-06-27T09:30:00.123+09:00", "2018-06-27T00:30:00Z" },
		{ "2018-06-27 09:30:00", "2018-06-27T09:30:00Z" }, { "20180627T093000Z", "2018-06-27T09:30:00Z" }, { "2018", "2018-01-01T00:00:00Z" },
		{ "2018-06", "2018-06-01T00:00:00Z" }, { "20180627", "2018-06-27T00:00:00Z" }, { "2018-178", "2018-06-27T00:00:00Z" },
		{ "2018-W26-3", "2018-06-27T00:00:00Z" }, { "2018-06-27T09:30-0530", "2018-06-27T15:00:00Z" }, { "2018-366", "unread" },
		{ "2018-13-27", "unread" }, { "2018-06-27T25:00:00Z", "2018-06-27T00:00:00Z" },
	};

	CHECK_DATES(cases);
}

static void
dates_in_other_languages_are_read(void)
{
	static const char *const cases[][2] = {
		{ "2018년 06월 27일 09:30:15", "2018-06-27T00:30:15Z" }, { "2018-06-27 오후 9:30:17", "2018-06-27T12:30:17Z" },
		{ "2018年6月27日 9时30分", "2018-06-27T09:30:00Z" }, { "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z" },
		{ "2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z" }, { "Mi, 27 Dez 2018 09:30:00 +0100", "2018-12-27T08:30:00Z" },
		{ "27 июня 2018 09:30 MSK", "2018-06-27T06:30:00Z" }, { "mer. 27 juin 2018 09:30:00 +0200", "2018-06-27T07:30:00Z" },
		{ "2018.06.27 09:30", "2018-06-27T09:30:00Z" },
	};

	CHECK_DATES(cases);
}

TESTS(TEST(mail_dates_are_read_with_every_mistake_that_is_made_in_them), TEST(dates_by_iso_8601_are_read_in_all_their_precisions),
	TEST(dates_in_other_languages_are_read))
