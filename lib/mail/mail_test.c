#include "mail/mail.h"

#include "base/buf.h"
#include "tests/check.h"

static struct arena a;
static struct mail  m;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
read_mail(struct str s)
{
	arena_free(&a);
	arena_init(&a, 256 * MiB, no_more, NULL);
	td_mail_read(&a, bytes_of(s), &m);
}

static struct str
words(const char *s)
{
	return td_mail_words(&a, bytes_of(str_of(s)));
}

static void
encoded_words_become_letters_in_every_charset(void)
{
	read_mail(STR(""));
	CHECK_STR(STR("북한 인권"), words("=?utf-8?B?67aB7ZWcIOyduOq2jA==?="));
	CHECK_STR(STR("북한 인권"), words("=?euc-kr?Q?=BA=CF=C7=D1_=C0=CE=B1=C7?="));
	CHECK_STR(STR("こんにちは"), words("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?="));
	CHECK_STR(STR("Сеул"), words("=?KOI8-R?B?88XVzA==?="));
	CHECK_STR(STR("Re: Wien é = x"), words("Re: =?iso-8859-1*de?Q?Wien_=E9?= = x"));
	CHECK_STR(STR("북한"), words("=?utf-8?B?67Y=?= =?utf-8?B?ge2VnA==?="));                 /* a letter cut between two words */
	CHECK_STR(STR("ab c"), words("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?= c"));
	CHECK_STR(STR("raw 인권"), words("raw \xec\x9d\xb8\xea\xb6\x8c"));
	CHECK_STR(STR("=?utf-8?X?a?= =?broken"), words("=?utf-8?X?a?= =?broken"));
	CHECK_STR(STR("two lines"), words("=?utf-8?Q?two=0D=0Alines?="));
}

static void
codes_are_taken_off_and_what_is_no_code_stays(void)
{
	struct { const char *coding, *in, *out; } cases[] = {
		{ "base64", "c2Vv\r\ndWw=", "seoul" }, { "BASE64", "c2VvdWw", "seoul" }, { "base64", "c2Vv dWw=!c2Vv", "seoulseo" },
		{ "quoted-printable", "a=3Db=\r\nc  \r\nd=20\r\n=zz =", "a=bc\r\nd \r\n=zz =" }, { "7bit", "a=3D", "a=3D" }, { "", "x", "x" },
	};

	read_mail(STR(""));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_STR(str_of(cases[i].out), bytes_as_str(td_mail_decode(&a, bytes_of(str_of(cases[i].in)), str_of(cases[i].coding))));
}

static void
the_fuller_form_is_the_body_and_the_rest_is_named(void)
{
	read_mail(STR("From: \"Kim, Tae-hee\" <kim@example.org>\r\nTo: x@example.org\r\nSubject: =?utf-8?B?67aB7ZWc?=\r\n report\r\n"
	    "Date: Wed, 27 Jun 2018 09:30:00 +0900 (KST)\r\nList-Id: <x>\r\nContent-Type: multipart/mixed; boundary=\"a b\"\r\n\r\npreamble\r\n"
	    "--a b\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n"
	    "--in\r\nContent-Type: text/html; charset=euc-kr\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+us/H0Q==\r\n--in--\r\n\r\n--a b\r\n"
	    "Content-Type: application/pdf; name*0*=utf-8''%EB%B3%B4; name*1*=%EA%B3%A0.pdf\r\nContent-Disposition: attachment\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--a b--\r\nepilogue\r\n"));
	CHECK_STR(STR("북한 report"), m.subject);
	CHECK_STR(STR("Kim, Tae-hee"), m.from.name);
	CHECK_STR(STR("kim@example.org"), m.from.address);
	CHECK_INT(540, m.date.zone_min);
	CHECK_INT(9, m.date.hour);
	CHECK(m.is_list);
	CHECK_INT(3, m.parts.n);
	CHECK_INT(MAIL_LESSER, m.parts.v[0].role);
	CHECK_INT(MAIL_BODY, m.parts.v[1].role);
	CHECK_STR(STR("<p>\xba\xcf\xc7\xd1"), bytes_as_str(m.parts.v[1].body));
	CHECK_STR(STR("euc-kr"), m.parts.v[1].charset);
	CHECK_INT(MAIL_ATTACHED, m.parts.v[2].role);
	CHECK_STR(STR("보고.pdf"), m.parts.v[2].name);
	CHECK_INT(3, m.parts.v[2].size_b);
}

static void
a_forwarded_message_is_read_below_its_subject(void)
{
	read_mail(STR("From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below.\n--x\nContent-Type: message/rfc822\n\n"
	    "Subject: Inner\nFrom: b@example.org\nContent-Type: text/plain\n\nThe inner text.\n--x--\n"));
	CHECK_INT(3, m.parts.n);
	CHECK_INT(MAIL_MESSAGE, m.parts.v[1].role);
	CHECK_STR(STR("Inner"), m.parts.v[1].name);
	CHECK_INT(MAIL_BODY, m.parts.v[2].role);
	CHECK_INT(1, m.parts.v[2].depth);
	CHECK_STR(STR("The inner text."), bytes_as_str(m.parts.v[2].body));
}

static void
malformed_mail_is_read_as_far_as_it_goes(void)
{
	read_mail(STR("From: a@example.org\nSubject: no empty line\nThis line is no field.\nAnother."));
	CHECK_STR(STR("no empty line"), m.subject);
	CHECK_STR(STR("This line is no field.\nAnother."), bytes_as_str(m.parts.n == 1 ? m.parts.v[0].body : (struct bytes){ 0 }));
	read_mail(STR("Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nThe end is missing"));
	CHECK_STR(STR("The end is missing"), bytes_as_str(m.parts.n == 1 ? m.parts.v[0].body : (struct bytes){ 0 }));
	read_mail(STR("Content-Type: multipart/mixed\n\n------=_NextPart_0\n\nNo boundary was said\n------=_NextPart_0--\n"));
	CHECK_STR(STR("No boundary was said"), bytes_as_str(m.parts.n == 1 ? m.parts.v[0].body : (struct bytes){ 0 }));
	read_mail(STR("Content-Type: multipart/mixed; boundary=x\n\nNo part at all"));
	CHECK_STR(STR("No part at all"), bytes_as_str(m.parts.n == 1 ? m.parts.v[0].body : (struct bytes){ 0 }));
	read_mail(STR("From a@b Mon Jan  1 00:00:00 2018\nSubject : obsolete\nContent-Type: nonsense\n\nx"));
	CHECK_STR(STR("obsolete"), m.subject);
	CHECK_STR(STR("text/plain"), m.parts.v[0].type);
	read_mail(STR(""));
	CHECK_INT(1, m.parts.n);
}

static void
levels_and_parts_have_an_end(void)
{
	struct buf b = BUF_INIT(4 * MiB);

	for (int i = 0; i < 40; i++)
		buf_addf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	buf_add(&b, STR("\ndeep"));
	read_mail(buf_str(&b));
	CHECK(m.cut);
	CHECK_INT(0, m.parts.n);
	buf_reset(&b);
	buf_add(&b, STR("Content-Type: multipart/mixed; boundary=x\n\n"));
	for (int i = 0; i <= MAIL_PARTS_N; i++)
		buf_add(&b, STR("--x\n\none\n"));
	read_mail(buf_str(&b));
	CHECK(m.cut);
	CHECK_INT(MAIL_PARTS_N, m.parts.n);
	buf_free(&b);
}

static void
flowed_lines_are_joined_and_quotes_kept_apart(void)
{
	read_mail(STR(""));
	CHECK_STR(STR("One two three.\nNext.\n> quoted words\nmine\n-- \nsig"),
	    td_mail_unflow(&a, STR("One \r\ntwo \r\nthree.\r\nNext.\r\n> quoted \r\n> words\r\nmine\r\n-- \r\nsig"), false));
	CHECK_STR(STR("港の事務所"), td_mail_unflow(&a, STR("港の \n事務所"), true));
}

static const struct { const char *text; int year, hour, zone, precision; } dates[] = {
	{ "Wed, 27 Jun 2018 09:30:00 +0900 (KST)", 2018, 9, 540, CIVIL_SECOND }, { "27 Jun 18 09:30 GMT", 2018, 9, 0, CIVIL_SECOND },
	{ "Wed,27-Jun-2018 09:30:00 -0430", 2018, 9, -270, CIVIL_SECOND }, { "27 June 2018", 2018, 0, CIVIL_NO_ZONE, CIVIL_DAY },
	{ "Mon, 01 Jan 99 00:00:60 EST", 1999, 0, -300, CIVIL_SECOND }, { "31 Feb 2018 00:00:00 +0000", 0, 0, 0, CIVIL_NONE },
	{ "yesterday", 0, 0, 0, CIVIL_NONE }, { "", 0, 0, 0, CIVIL_NONE },
};

static void
dates_of_mail_keep_their_zone(void)
{
	for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
		struct civil c = { 0 };

		(void)civil_parse_rfc822(str_of(dates[i].text), &c);
		if (c.year != dates[i].year || c.hour != dates[i].hour || c.zone_min != dates[i].zone || c.precision != dates[i].precision)
			fprintf(stderr, "%s: %d %d %d %d\n", dates[i].text, c.year, c.hour, c.zone_min, c.precision), checks_failed++;
	}
}

int
main(void)
{
	static const struct check_test tests[] = {
		TEST(encoded_words_become_letters_in_every_charset),
		TEST(codes_are_taken_off_and_what_is_no_code_stays),
		TEST(the_fuller_form_is_the_body_and_the_rest_is_named),
		TEST(a_forwarded_message_is_read_below_its_subject),
		TEST(malformed_mail_is_read_as_far_as_it_goes),
		TEST(levels_and_parts_have_an_end),
		TEST(flowed_lines_are_joined_and_quotes_kept_apart),
		TEST(dates_of_mail_keep_their_zone),
	};
	int bad = check_run(tests, sizeof(tests) / sizeof(*tests));

	arena_free(&a);
	return bad;
}
