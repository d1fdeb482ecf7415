/* Three notes of our own writing, in the seed's form, compared byte for byte with tests/golden/site/. */
#include "publish/site.h"

#include <unistd.h>

#include "os/file.h"
#include "tests/check.h"

#define LIT(s) { s, sizeof(s) - 1 }
#define NOON   (1795608000 * US_PER_S)          /* 2026-11-25 12:00 UTC, a Wednesday */
#define DAY    (86400 * US_PER_S)

static struct arena a;
static struct err   err;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct excerpt spans_en[] = {
	{ 0, 92, LIT("Three offices of groups that document prison camps closed this month, their directors said.") },
	{ 93, 140, LIT("“We kept the files and lost the staff,” said Han Mi-rae, who leads one of them.") },
	{ 142, 300, LIT("The ministry said that it “continues to support the rights of North Korean residents”.\n\nA budget paper shows a cut of four fifths.") },
	{ 520, 600, LIT("Volunteers will answer the telephones from December.") },
};
static struct excerpt spans_ko[] = {
	{ 10, 90, LIT("통일 관련 단체 세 곳이 이달 사무실 문을 닫았다고 대표들이 밝혔다.") },
	{ 400, 480, LIT("“기록은 지켰지만 사람은 잃었다”고 한미래 대표는 말했다.") },
};
static struct store_contact contacts[] = {
	{ .name = LIT("Noor Adeyemi"), .role = LIT("Communications Coordinator"), .email = LIT("press@desk.example"),
	  .about = LIT("interviews with Lena Brandt, Regional Editor") },
};
static struct store_note_line history[] = {
	{ 3, NOON + DAY, ACT_CORRECT, NOTE_PUBLISHED, LIT("lena"), LIT("The first version gave the cut as three fifths.") },
	{ 2, NOON, ACT_EDIT, NOTE_PUBLISHED, LIT("lena"), LIT("") },
	{ 1, NOON - DAY, ACT_CREATE, NOTE_DRAFT, LIT("lena"), LIT("") },
};
static struct store_note notes[] = {
	{ .id = { { 1, 2, 3 } }, .version = 3, .status = NOTE_PUBLISHED, .sensitivity = SENSITIVITY_PUBLIC,
	  .slug = LIT("three-offices-closed-04g60r0000"), .heading = LIT("Three offices that kept the record have closed"),
	  .text = LIT("Groups that document *prison camps* lose their offices as grants end. Their files are safe for now; "
	  "the people who can read them are leaving.\n\nWe keep copies for two of the three."), .language = LIT("en"),
	  .country = LIT("KP"), .carrier = LIT("Example Wire"), .origin = LIT("Harbour News Agency"),
	  .dateline = { .date = { 2026, 11, 24, 0, 0, 0, CIVIL_NO_ZONE, CIVIL_DAY }, .place = LIT("North Korea"),
	  .source = LIT("Example Wire") }, .full_story = LIT("https://wire.example/2026/offices?a=1&b=2"),
	  .excerpts = { spans_en, 4 }, .contacts = { contacts, 1 }, .saved_us = NOON + DAY, .published_us = NOON,
	  .capture = { { 7, 7, 7 } }, .capture_us = NOON - DAY, .ledger_seq = 41, .history = { history, 3 },
	  .capture_hash = LIT("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") },
	{ .id = { { 4, 5, 6 } }, .version = 1, .status = NOTE_PUBLISHED, .sensitivity = SENSITIVITY_PUBLIC,
	  .slug = LIT("기록-단체-0g2gc0000"), .heading = LIT("북한 인권 기록 단체 세 곳, 사무실 문 닫아"),
	  .text = LIT("지원금이 끊기면서 수용소를 기록해 온 단체들이 사무실을 잃고 있다. 기록은 남았지만 그것을 읽을 사람들이 떠나고 있다."),
	  .language = LIT("ko"), .country = LIT("KP"), .carrier = LIT("보기통신"),
	  .dateline = { .date = { 2026, 11, 24, 0, 0, 0, CIVIL_NO_ZONE, CIVIL_DAY }, .country = LIT("KR") },
	  .excerpts = { spans_ko, 2 }, .saved_us = NOON - DAY, .published_us = NOON - DAY,
	  .capture = { { 8, 8, 8 } }, .capture_us = NOON - 2 * DAY, .ledger_seq = 39, .capture_how = HOW_SUPPLIED,
	  .capture_hash = LIT("sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752") },
	{ .id = { { 9, 9, 9 } }, .version = 2, .status = NOTE_WITHDRAWN, .sensitivity = SENSITIVITY_PUBLIC,
	  .slug = LIT("a-name-1555a00000"), .heading = LIT("A heading that must not be printed any more"), .text = LIT("Nor this."),
	  .language = LIT("en"), .country = LIT("CN"), .why = LIT("It named a person who asked not to be named."),
	  .saved_us = NOON, .published_us = NOON - 3 * DAY },
};

static struct site
sample(enum words_lang lang)
{
	struct site      s = { .name = STR("Example Desk"), .tagline = STR("The record outlives the office"), .lang = lang };
	struct page_set *set;

	CHECK_INT(ERR_OK, site_load_pages(&a, &set, &err));
	s.pages = set;
	return s;
}

static const struct site_line *
lines(void)
{
	static struct site_line v[3];

	for (int i = 0; i < 3; i++)
		CHECK_INT(ERR_OK, site_line_of(&a, &notes[i], &v[i], &err));
	return v;
}

/* With GOLDEN_WRITE set the file is written instead: look at it before it is committed. */
static void
check_golden(const char *name, struct buf *got)
{
	struct str path = os_join(&a, os_join(&a, str_of(getenv("TIDINGS_SOURCE")), STR("tests/golden/site")), str_of(name));
	struct buf want = BUF_INIT(MiB);

	if (getenv("GOLDEN_WRITE") != NULL)
		CHECK_INT(ERR_OK, os_replace_file(path, buf_str(got), &err));
	CHECK_INT(ERR_OK, os_read_file(path, &want, &err));
	CHECK_STR(buf_str(&want), buf_str(got));
	buf_free(&want);
	buf_reset(got);
}

static void
every_page_is_as_it_was_agreed(void)
{
	static const char *const names[] = { "note-en.html", "note-ko.html", "note-withdrawn.html" };
	struct site              en = sample(WORDS_EN), ko = sample(WORDS_KO);
	const struct site_line  *v = lines();
	struct site_count        counts[] = { { STR("KP"), 2 } };
	struct buf               b = BUF_INIT(MiB);

	for (int i = 0; i < 3; i++) {
		CHECK_INT(ERR_OK, site_note(&a, &en, &v[i], &b, &err));
		check_golden(names[i], &b);
	}
	CHECK_INT(ERR_OK, site_front(&a, &en, v, 2, 0, &b, &err));
	check_golden("index.html", &b);
	CHECK_INT(ERR_OK, site_front(&a, &ko, v, 2, 0, &b, &err));
	check_golden("index-ko.html", &b);
	CHECK_INT(ERR_OK, site_country(&a, &en, v, 2, STR("KP"), 0, &b, &err));
	check_golden("country-kp.html", &b);
	CHECK_INT(ERR_OK, site_countries(&a, &en, counts, 1, &b, &err));
	check_golden("countries.html", &b);
	CHECK_INT(ERR_OK, site_missing(&a, &en, &b, &err));
	check_golden("404.html", &b);
	en.base_url = STR("https://desk.example/");
	site_rss(&a, &en, v, 3, &b);
	check_golden("feed.xml", &b);
	site_atom(&a, &en, v, 3, &b);
	check_golden("atom.xml", &b);
	buf_free(&b);
}

static void
what_is_withdrawn_says_when_and_why_and_nothing_else(void)
{
	struct site en = sample(WORDS_EN);
	struct buf  b = BUF_INIT(MiB);

	CHECK_INT(ERR_OK, site_note(&a, &en, &lines()[2], &b, &err));
	CHECK(str_find(buf_str(&b), notes[2].heading) == STR_NONE && str_find(buf_str(&b), notes[2].text) == STR_NONE);
	CHECK(str_find(buf_str(&b), STR("Withdrawn on 25 November 2026.")) != STR_NONE);
	CHECK(str_find(buf_str(&b), notes[2].why) != STR_NONE);
	buf_reset(&b);
	site_atom(&a, &en, lines(), 3, &b);
	CHECK(str_find(buf_str(&b), notes[2].heading) == STR_NONE);
	buf_free(&b);
}

static void
a_story_without_an_address_prints_no_link(void)
{
	struct site en = sample(WORDS_EN);
	struct buf  b = BUF_INIT(MiB);

	CHECK_INT(ERR_OK, site_note(&a, &en, &lines()[1], &b, &err));
	CHECK(str_find(buf_str(&b), STR("full-story")) == STR_NONE && str_find(buf_str(&b), STR("href=\"#\"")) == STR_NONE);
	buf_free(&b);
}

static void
hostile_fields_stay_text(void)
{
	struct site       en = sample(WORDS_EN);
	struct store_note bad = notes[0];
	struct site_line  line;
	struct buf        b = BUF_INIT(MiB);

	bad.heading = bad.carrier = bad.dateline.place = bad.capture_hash = bad.language = STR("\"'><script>alert(1)</script>");
	bad.full_story = STR("javascript:alert(1)");
	CHECK_INT(ERR_OK, site_line_of(&a, &bad, &line, &err));
	CHECK_INT(ERR_OK, site_note(&a, &en, &line, &b, &err));
	CHECK(str_find(buf_str(&b), STR("<script")) == STR_NONE && str_find(buf_str(&b), STR("javascript")) == STR_NONE);
	buf_free(&b);
}

static void
a_full_page_of_older_notes_never_changes_again(void)
{
	CHECK_INT(0, site_older_pages(0));
	CHECK_INT(0, site_older_pages(99));
	CHECK_INT(1, site_older_pages(100));
	CHECK_INT(1, site_older_pages(149));
	CHECK_INT(2, site_older_pages(150));
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(every_page_is_as_it_was_agreed),
		TEST(what_is_withdrawn_says_when_and_why_and_nothing_else),
		TEST(a_story_without_an_address_prints_no_link),
		TEST(hostile_fields_stay_text),
		TEST(a_full_page_of_older_notes_never_changes_again),
	};
	int bad;

	arena_init(&a, 64 * MiB, no_more, NULL);
	bad = check_run(tests, sizeof(tests) / sizeof(*tests));
	arena_free(&a);
	return bad;
}
