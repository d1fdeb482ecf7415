#include "article/parts.h"
#include "article/read.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct arena a;

static struct article
read_as(const char *media_type, const char *text)
{
	struct article_ask ask = { .file = STR("test"), .url = STR(""), .media_type = str_of(media_type), .charset = STR(""),
		.body = bytes_of(str_of(text)) };
	struct article     article;

	td_article_read(&a, &ask, &article);
	return article;
}

/* Variants of the genre's dateline, in our own words. */
static const struct { const char *in, *date, *place, *country, *source, *rest; } datelines[] = {
	{ "06/27/2018 North Korea (Harbour News) – Groups say", "2018-06-27", "North Korea", "KP", "Harbour News", "Groups say" },
	{ "\xc2\xa0" "10/18/2017 China  (SCMP) – Police", "2017-10-18", "China", "CN", "SCMP", "Police" },
	{ "10/31/16 North Korea (Forbes) – A", "2016-10-31", "North Korea", "KP", "Forbes", "A" },
	{ "3/16/2016 Washington, D.C. (ABC News) – The", "2016-03-16", "Washington, D.C.", "US", "ABC News", "The" },
	{ "07-10-2015 Egypt (Example Life): CAIRO", "2015-07-10", "Egypt", "EG", "Example Life", "CAIRO" },
	{ "05/07/2015 Egypt (Example Daily) In Egypt, two", "2015-05-07", "Egypt", "EG", "Example Daily", "In Egypt, two" },
	{ "5/30/2023 North Korea (Example Concern)North Korea has", "2023-05-30", "North Korea", "KP", "Example Concern", "North Korea has" },
	{ "21.04.2017 베이징 (견본통신) - 글", "2017-04-21", "베이징", "CN", "견본통신", "글" },
	{ "Friday, April 4th, 2014 Hanoi (UCAN) -- x", "2014-04-04", "Hanoi", "VN", "UCAN", "x" },
	{ "13/02/2019 Lagos (A/B) — x", "2019-02-13", "Lagos", "NG", "A/B", "x" },
	{ "no dateline here (at all) – x", NULL, NULL, NULL, NULL, NULL },
	{ "99/99/2018 Nowhere (X) – x", NULL, NULL, NULL, NULL, NULL },
	{ "06/27/2018 (X) – x", NULL, NULL, NULL, NULL, NULL },
	{ "06/27/2018", NULL, NULL, NULL, NULL, NULL },
};

static void
the_genres_datelines_are_parsed(void)
{
	for (size_t i = 0; i < sizeof(datelines) / sizeof(*datelines); i++) {
		struct str      in = str_of(datelines[i].in);
		struct dateline d = { 0 };
		size_t          n = td_dateline_genre(in, &d);
		char            shown[CIVIL_SHOWN];

		CHECK_INT(datelines[i].date != NULL, n > 0);
		if (n == 0)
			continue;
		CHECK_STR(str_of(datelines[i].date), str_of(civil_iso(&d.date, shown)));
		CHECK_STR(str_of(datelines[i].place), d.place);
		CHECK_STR(str_of(datelines[i].country), d.country);
		CHECK_STR(str_of(datelines[i].source), d.source);
		CHECK_STR(str_of(datelines[i].rest), str_sub(in, n, in.n));
	}
}

static const struct { const char *in, *place, *country, *source; } wires[] = {
	{ "SEOUL, June 27 (Reuters) - South", "SEOUL", "KR", "Reuters" },
	{ "TIZI-OUZOU, Algeria, March 15, 2017 (Morning Star News) – Police", "TIZI-OUZOU, Algeria", "DZ", "Morning Star News" },
	{ "(도쿄=연합뉴스) 김견본 특파원 = 일본", "도쿄", "JP", "연합뉴스" },
	{ "GENEVA (AP) — The", "GENEVA", "CH", "AP" },
	{ "He said (again) - that", NULL, NULL, NULL }, { "(그는 말했다) 글", NULL, NULL, NULL },
};

static void
the_agencies_datelines_are_parsed(void)
{
	for (size_t i = 0; i < sizeof(wires) / sizeof(*wires); i++) {
		struct dateline d = { 0 };
		size_t          n = td_dateline_wire(str_of(wires[i].in), &d);

		CHECK_INT(wires[i].place != NULL, n > 0);
		if (n == 0)
			continue;
		CHECK_STR(str_of(wires[i].place), d.place);
		CHECK_STR(str_of(wires[i].country), d.country);
		CHECK_STR(str_of(wires[i].source), d.source);
	}
}

static struct str
between(struct str s, size_t from, size_t to)
{
	struct str t = str_trim(str_sub(s, from, to));

	while (str_starts(t, STR("\xc2\xa0")))
		t = str_trim(str_sub(t, 2, t.n));
	while (str_ends(t, STR("\xc2\xa0")))
		t = str_trim(str_sub(t, 0, t.n - 2));
	return t;
}

/* What a reader sees in it: month, day, year; a place up to the bracket; the carrier in it. */
static void
check_parts(struct str one, const struct dateline *d)
{
	struct str line = between(one, 0, one.n), shown;
	size_t     open = str_find_char(line, '('), close = str_find_char(line, ')'), date_n;
	char       copy[64], sep;
	int        month, day, year;

	snprintf(copy, sizeof(copy), "%.*s", (int)(line.n < 20 ? line.n : 20), line.p);
	CHECK_INT(5, sscanf(copy, "%d%c%d%*[/-]%d%c", &month, &sep, &day, &year, copy + 60));
	CHECK_INT(month, d->date.month);
	CHECK_INT(day, d->date.day);
	CHECK_INT(year < 100 ? 2000 + year : year, d->date.year);
	for (date_n = 0; date_n < line.n && strchr("0123456789/-", line.p[date_n]) != NULL; date_n++)
		;
	shown = between(line, date_n, open);
	CHECK_STR(shown, d->place);
	CHECK_STR(between(line, open + 1, close), d->source);
}

/* The real variants, where the list of them is at hand. */
static void
every_listed_variant_of_a_dateline_parses(void)
{
	const char *folder = getenv("SHARED_DATA");
	char  path[4096], line[4096];
	FILE *f;
	int   seen = 0, read = 0;

	snprintf(path, sizeof(path), "%s/datelines.tsv", folder != NULL ? folder : "");
	if (folder == NULL || (f = fopen(path, "r")) == NULL) {
		CHECK_SKIP("no datelines.tsv");
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		struct str      rest = str_of(line), url, label, one;
		struct dateline d;

		/* Only those that show date, place and a source in brackets; "(none)", "(no dateline)" and two in one cell are others. */
		if (line[0] == '#' || !str_cut(&rest, '\t', &url) || !str_cut(&rest, '\t', &label) || !str_cut(&rest, '\t', &one) || one.n == 0 ||
		    str_find_char(one, '(') < 8 || str_find_char(one, '(') == STR_NONE)
			continue;
		if (str_find(one, STR(" / ")) != STR_NONE)
			one = str_sub(one, str_find(one, STR(" / ")) + 3, one.n);
		seen++;
		if (td_dateline_genre(one, &d) > 0) {
			read++;
			check_parts(one, &d);
		}
	}
	fclose(f);
	CHECK(seen >= 12);
	CHECK_INT(seen, read);
}

static const char seed_form[] =
	"Keeping the record since 2009\nSelect Page\n\n"
	"Open Gate Note: Groups that write things down are losing their offices.\n\n"
	"03/05/2026 North Korea (Harbour News) – Three groups will leave their offices this spring, they said.\n\n"
	"“We have kept eleven thousand pages,” said Cho Sample.\n\n"
	"The groups told Example Wire that nobody had answered.\n\n"
	"[Full Story]\n\n"
	"For interviews with Ada Sample, Open Gate’s Regional Editor, please contact Ben Sample, Press Officer: press@opengate.example";

static void
a_page_in_the_seeds_form_comes_apart_into_its_fields(void)
{
	struct article r = read_as("text/plain", seed_form);
	char           shown[CIVIL_SHOWN];

	CHECK_STR(STR("Open Gate"), r.note_by);
	CHECK_STR(STR("Groups that write things down are losing their offices."), r.note);
	CHECK_STR(STR("North Korea"), r.dateline.place);
	CHECK_STR(STR("KP"), r.subject);
	CHECK_STR(STR("2026-03-05"), str_of(civil_iso(&r.published, shown)));
	CHECK_STR(STR("Harbour News"), r.carrier);
	CHECK_STR(STR("Example Wire"), r.origin);
	CHECK_STR(STR("Open Gate"), r.publisher);
	CHECK_STR(STR("Three groups will leave their offices this spring, they said.\n\n“We have kept eleven thousand pages,” said Cho Sample.\n\n"
	    "The groups told Example Wire that nobody had answered."), r.text);
	CHECK_STR(STR("[Full Story]"), r.full_story_mark);
	CHECK_STR(STR(""), r.full_story);
	CHECK_STR(STR(""), r.title);
	CHECK_INT(2, r.contact.people.n);
	CHECK_STR(STR("Ada Sample"), r.contact.people.v[0].name);
	CHECK_STR(STR("Open Gate’s Regional Editor"), r.contact.people.v[0].role);
	CHECK_STR(STR("Ben Sample"), r.contact.people.v[1].name);
	CHECK_STR(STR("press@opengate.example"), r.contact.email);
	CHECK(r.warnings.n >= 3);
}

static void
a_korean_clipping_gives_source_date_and_address(void)
{
	struct article r = read_as("text/plain", "[견본일보] 기록은 남는다\n\n[견본일보 2026-03-06]\n\n견본 단체들이 기록을 지키겠다고 밝혔다. 이들은 증언을 나누어 보관할 계획이다.\n\n"
	    "(중략)\n\n기사 원문: https://daily.example/2026/03/06/record\n");

	CHECK_STR(STR("기록은 남는다"), r.title);
	CHECK_STR(STR("견본일보"), r.dateline.source);
	CHECK_STR(STR("견본일보"), r.carrier);
	CHECK_STR(STR("https://daily.example/2026/03/06/record"), r.full_story);
	CHECK_STR(STR("ko"), r.language);
	CHECK_STR(STR("견본 단체들이 기록을 지키겠다고 밝혔다. 이들은 증언을 나누어 보관할 계획이다.\n\n(중략)"), r.text);
}

static void
shortcodes_that_leaked_are_not_the_text(void)
{
	struct article r = read_as("text/plain", "[vc_row][vc_column width=”1/1”]02/08/2021 North Korea (Example Concern) – Balloons[/vc_column][/vc_row]\n\n"
	    "More of the story stands here.");

	CHECK_STR(STR("Balloons\n\nMore of the story stands here."), r.text);
	CHECK_STR(STR("KP"), r.dateline.country);
}

static const struct { const char *text, *by; } labels[] = {
	{ "ICC Note: a b c", "ICC" }, { "ICC Note Mauritania has a b", "ICC" }, { "CWN Editor's Note: x y", "CWN" }, { "Editor’s note: x y", "" },
	{ "Please note: the shop is shut. A longer sentence follows here to be one.", NULL }, { "Notebook computers are cheap.", NULL },
};

static void
a_notes_label_is_told_from_a_sentence(void)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		struct article r = read_as("text/plain", labels[i].text);

		CHECK_INT(labels[i].by != NULL, r.note.n > 0);
		if (labels[i].by != NULL)
			CHECK_STR(str_of(labels[i].by), r.note_by);
	}
}

static void
offsets_of_blocks_are_those_of_the_text(void)
{
	struct article r = read_as("text/html", "<html><body><article><h2>북한</h2><p>첫 문단은 충분히 긴 문장으로 되어 있어야 본문으로 여겨진다고 한다.</p><ul><li>하나</li><li>둘</li></ul>"
	    "<p>Second paragraph, long enough to be taken for a paragraph of a story by anybody.</p></article></body></html>");
	int64_t end = 0;

	CHECK(r.blocks.n >= 3);
	for (size_t i = 0; i < r.blocks.n; i++) {
		CHECK(r.blocks.v[i].from >= end && r.blocks.v[i].to > r.blocks.v[i].from);
		end = r.blocks.v[i].to;
	}
	CHECK_INT(r.text.n, end);
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(the_genres_datelines_are_parsed), TEST(the_agencies_datelines_are_parsed), TEST(every_listed_variant_of_a_dateline_parses),
		TEST(a_page_in_the_seeds_form_comes_apart_into_its_fields), TEST(a_korean_clipping_gives_source_date_and_address),
		TEST(shortcodes_that_leaked_are_not_the_text), TEST(a_notes_label_is_told_from_a_sentence),
		TEST(offsets_of_blocks_are_those_of_the_text),
	};
	int code;

	arena_init(&a, 256 * MiB, no_more, NULL);
	code = check_run(tests, sizeof(tests) / sizeof(*tests));
	arena_free(&a);
	return code;
}
