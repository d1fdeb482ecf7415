#include "article/read.h"
#include "article/hidden_mail.h"
#include "tests/check.h"

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
an_address_is_behind_its_key(void)
{
	/* "press@a.kr" XORed with 0x2a, as the host writes it. */
	static const struct { const char *digits, *want; } cases[] = {
		{ "2a5a584f59596a4b044158", "press@a.kr" }, { "2A5A584F59596A4B044158", "press@a.kr" }, { "2a5a584f59596a4b04415", "" },
		{ "2a5a584f5959", "" }, { "zz5a584f59596a4b044158", "" }, { "", "" }, { "2a2a2a2a2a2a2a2a2a6a2a", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a;

		arena_init(&a, MiB, no_more, NULL);
		CHECK_STR(str_of(cases[i].want), td_hidden_mail(&a, str_of(cases[i].digits)));
		arena_free(&a);
	}
}

static void
a_contact_line_is_whole_again(void)
{
	static const char page[] = "<html><body><h1>A winter in Seoul</h1><p>05/30/2023 North Korea (Example Concern) – The harbour froze and eleven boats "
		"stayed where they were, the harbour office said on Tuesday morning.</p><p>For interviews, please contact Kim Min-ji: "
		"<a href='/cdn-cgi/l/email-protection' class='__cf_email__' data-cfemail='2a5a584f59596a4b044158'>[email&#160;protected]</a>.</p></body></html>";
	struct article_ask ask = { .media_type = STR("text/html"), .body = bytes_of(str_of(page)) };
	struct arena       a;
	struct article     r;

	arena_init(&a, 64 * MiB, no_more, NULL);
	td_article_read(&a, &ask, &r);
	CHECK_STR(STR("press@a.kr"), r.contact.email);
	arena_free(&a);
}

TESTS(TEST(an_address_is_behind_its_key), TEST(a_contact_line_is_whole_again))
