#include "article/written_date.h"
#include "tests/check.h"

struct written {
	const char *text, *want;
};

static void
check_all(const struct written *cases, size_t n, enum date_order order, const char *language)
{
	struct date_ways ways = { order, str_of(language) };

	for (size_t i = 0; i < n; i++) {
		struct written_date w;
		char                shown[CIVIL_SHOWN];
		bool                found = td_written_find(str_of(cases[i].text), 0, &ways, &w);

		CHECK_STR(str_of(cases[i].want), str_of(found ? civil_iso(&w.when, shown) : "none"));
	}
}

#define CHECK_ALL(cases, order, language) check_all(cases, sizeof(cases) / sizeof(*(cases)), order, language)

static void
korean_dates_are_read_in_all_their_forms(void)
{
	static const struct written cases[] = {
		{ "2024년 6월 3일", "2024-06-03" }, { "2024년6월3일 월요일", "2024-06-03" }, { "2024.06.03 14:20", "2024-06-03T14:20" },
		{ "입력 2024.06.03. 오후 2:20", "2024-06-03T14:20" }, { "2024. 6. 3. 오전 12:05", "2024-06-03T00:05" }, { "2024-06-03(월) 14:20:31", "2024-06-03T14:20:31" },
		{ "2024년 6월 3일 14시 20분", "2024-06-03T14:20" }, { "주체113(2024)년 6월 3일", "2024-06-03" }, { "주체113년 6월 3일", "2024-06-03" },
		{ "2024/06/03 14:20 KST", "2024-06-03T14:20+09:00" }, { "2024년 13월 3일", "none" }, { "3시간 전", "none" },
	};

	CHECK_ALL(cases, DATE_ORDER_UNKNOWN, "ko");
}

static void
other_eras_and_digits_are_read(void)
{
	static const struct written cases[] = {
		{ "令和6年6月3日", "2024-06-03" }, { "令和元年5月1日", "2019-05-01" }, { "平成30年6月3日", "2018-06-03" }, { "民國113年6月3日", "2024-06-03" },
		{ "2024年6月3日（月）14時20分", "2024-06-03T14:20" }, { "２０２４年６月３日", "2024-06-03" }, { "二〇二四年六月三日", "2024-06-03" },
		{ "二〇二四年十二月三十一日", "2024-12-31" }, { "2024年6月3日 下午2:20", "2024-06-03T14:20" }, { "3 มิถุนายน 2567", "2024-06-03" },
		{ "๓ มิ.ย. ๒๕๖๗", "2024-06-03" }, { "3 มิ.ย. 67", "2024-06-03" }, { "٣ يونيو ٢٠٢٤", "2024-06-03" }, { "3 حزيران 2024", "2024-06-03" },
		{ "15 كانون الثاني 2024", "2024-01-15" }, { "۱۴ خرداد ۱۴۰۳", "2024-06-03" }, { "३ जून २०२४", "2024-06-03" }, { "৩ জুন ২০২৪", "2024-06-03" },
		{ "26 ذو القعدة 1445", "none" },
	};
	static const struct written persian[] = { { "۱۴۰۳/۰۳/۱۴", "2024-06-03" }, { "1399/12/30", "2021-03-20" }, { "1400/12/30", "none" } };

	CHECK_ALL(cases, DATE_ORDER_UNKNOWN, "");
	CHECK_ALL(persian, DATE_ORDER_UNKNOWN, "fa");
}

static void
months_are_read_in_forty_languages(void)
{
	static const struct written cases[] = {
		{ "3 June 2024", "2024-06-03" }, { "June 3rd, 2024", "2024-06-03" }, { "3. Juni 2024", "2024-06-03" }, { "3 juin 2024", "2024-06-03" },
		{ "1er août 2024", "2024-08-01" }, { "3 de junio de 2024", "2024-06-03" }, { "3 de junho de 2024", "2024-06-03" }, { "3 giugno 2024", "2024-06-03" },
		{ "3 juni 2024", "2024-06-03" }, { "3. kesäkuuta 2024", "2024-06-03" }, { "3. juni 2024", "2024-06-03" }, { "3. júní 2024", "2024-06-03" },
		{ "3. juuni 2024", "2024-06-03" }, { "2024. gada 3. jūnijs", "2024-06-03" }, { "2024 m. birželio 3 d.", "2024-06-03" },
		{ "3 czerwca 2024", "2024-06-03" }, { "3. června 2024", "2024-06-03" }, { "3. júna 2024", "2024-06-03" }, { "3. junij 2024", "2024-06-03" },
		{ "3. lipnja 2024", "2024-06-03" }, { "3. јун 2024", "2024-06-03" }, { "3 юни 2024", "2024-06-03" }, { "3 июня 2024", "2024-06-03" },
		{ "3 червня 2024", "2024-06-03" }, { "3 чэрвеня 2024", "2024-06-03" }, { "3 iunie 2024", "2024-06-03" }, { "2024. június 3.", "2024-06-03" },
		{ "3 Haziran 2024", "2024-06-03" }, { "3 iyun 2024", "2024-06-03" }, { "3 Ιουνίου 2024", "2024-06-03" }, { "3 qershor 2024", "2024-06-03" },
		{ "3 ביוני 2024", "2024-06-03" }, { "3 جون 2024", "2024-06-03" }, { "3 ஜூன் 2024", "2024-06-03" }, { "3 జూన్ 2024", "2024-06-03" },
		{ "3 ივნისი 2024", "2024-06-03" }, { "3 հունիսի 2024", "2024-06-03" }, { "ngày 3 tháng 6 năm 2024", "2024-06-03" }, { "3 Juni 2024", "2024-06-03" },
		{ "Hunyo 3, 2024", "2024-06-03" }, { "3 de juny de 2024", "2024-06-03" }, { "3 d’agost de 2024", "2024-08-03" },
		{ "2024 оны 6-р сарын 3", "2024-06-03" }, { "2024 жылғы 3 маусым", "2024-06-03" }, { "2024ko ekainaren 3a", "2024-06-03" },
	};

	CHECK_ALL(cases, DATE_ORDER_UNKNOWN, "");
}

/* "listopad" is October to Croats and November to Czechs and Poles. */
static void
a_month_that_two_languages_call_alike_is_decided_by_the_page_s(void)
{
	static const struct written croatian[] = { { "3. listopada 2024", "2024-10-03" } }, polish[] = { { "3 listopada 2024", "2024-11-03" } };

	CHECK_ALL(croatian, DATE_ORDER_UNKNOWN, "hr");
	CHECK_ALL(polish, DATE_ORDER_UNKNOWN, "pl");
}

/* trafilatura #214. */
static void
r0214_the_time_of_day_and_its_zone_are_kept(void)
{
	static const struct written cases[] = {
		{ "2024-06-03T14:20:05+09:00", "2024-06-03T14:20:05+09:00" }, { "Mon, 03 Jun 2024 14:20:00 +0900", "2024-06-03T14:20:00+09:00" },
		{ "June 3, 2024 at 2:20 p.m. EDT", "2024-06-03T14:20-04:00" }, { "3. Juni 2024, 14.20 Uhr", "2024-06-03T14:20" }, { "3 juin 2024 à 14h20", "2024-06-03T14:20" },
		{ "3 июня 2024 в 14:20", "2024-06-03T14:20" }, { "June 3, 2024 12:05 am UTC", "2024-06-03T00:05Z" }, { "3 June 2024 25:00", "2024-06-03" },
		{ "3.6.2024 14:20 UTC+9", "2024-06-03T14:20+09:00" }, { "June 3, 2024 10 comments", "2024-06-03" },
	};

	CHECK_ALL(cases, DATE_ORDER_UNKNOWN, "");
}

static void
the_source_decides_between_day_and_month_and_doubt_is_said(void)
{
	static const struct date_ways nothing = { DATE_ORDER_UNKNOWN, { "", 0 } };
	static const struct written   day[] = { { "06/07/2018", "2018-07-06" }, { "06-07-18", "2018-07-06" }, { "12/27/2018", "2018-12-27" } };
	static const struct written   month[] = { { "06/07/2018", "2018-06-07" }, { "27/12/2018", "2018-12-27" } };
	struct written_date           w;

	CHECK_ALL(day, DATE_DAY_FIRST, "");
	CHECK_ALL(month, DATE_MONTH_FIRST, "");
	CHECK(td_written_find(STR("06/07/2018"), 0, &nothing, &w) && w.is_ambiguous && w.when.month == 6);
	CHECK(td_written_find(STR("06/27/2018"), 0, &nothing, &w) && !w.is_ambiguous);
	CHECK(td_written_find(STR("06.07.2018"), 0, &nothing, &w) && !w.is_ambiguous && w.when.month == 7);
}

static void
what_is_no_date_is_none(void)
{
	static const struct written cases[] = {
		{ "30/02/2018", "none" }, { "1.2.3", "none" }, { "12018-06-27", "none" }, { "2018", "none" }, { "", "none" }, { "Mayor 27, 2018", "none" },
		{ "version 10.2.3", "none" }, { "192.168.12.10", "none" }, { "tel. 02 2018 0627", "none" }, { "\xe4\xba\x8c", "none" }, { "令和", "none" },
	};

	CHECK_ALL(cases, DATE_ORDER_UNKNOWN, "");
}

TESTS(TEST(korean_dates_are_read_in_all_their_forms), TEST(other_eras_and_digits_are_read), TEST(months_are_read_in_forty_languages),
	TEST(a_month_that_two_languages_call_alike_is_decided_by_the_page_s), TEST(r0214_the_time_of_day_and_its_zone_are_kept),
	TEST(the_source_decides_between_day_and_month_and_doubt_is_said), TEST(what_is_no_date_is_none))
