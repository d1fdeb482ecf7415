/* Ours against gmime on well-formed mail: subject, sender, and every text's bytes must be the same. */
#include <gmime/gmime.h>

#include "mail/mail.h"
#include "tests/check.h"

static struct arena a;
static struct mail  m;
static size_t       at, seen;

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static const char *const mails[] = {
	"From: Desk <desk@example.org>\r\nSubject: plain\r\nDate: Wed, 27 Jun 2018 09:30:00 +0900\r\n\r\nNobody answered.\r\nTwo lines.\r\n",
	"From: =?utf-8?B?6rmA7YOc7Z2s?= <kim@example.org>\r\nSubject: =?euc-kr?B?us/H0Q==?= report\r\nMIME-Version: 1.0\r\n"
	"Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
	"Content-Transfer-Encoding: quoted-printable\r\n\r\n=EB=B6=81=ED=95=9C soft=\r\n line\r\nend=\r\n\r\n--b\r\nContent-Type: text/html\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\nPHA+aGVsbG88L3A+\r\nPHA+dHdvPC9wPg==\r\n--b--\r\n",
	"From: a@example.org (A Name)\r\nSubject: nested\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\nx\r\n--o\r\n"
	"Content-Type: multipart/related; boundary=oo\r\n\r\n--oo\r\nContent-Type: text/html\r\n\r\n<p>one\r\n--oo\r\nContent-Type: image/png\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\niVBO\r\n--oo--\r\n\r\n--o\r\n\r\nlast\r\n--o--\r\n",
};

static void
compare(GMimeObject *parent, GMimeObject *part, gpointer arg)
{
	GMimeStream *out;
	GByteArray  *bytes;

	(void)parent;
	(void)arg;
	if (!GMIME_IS_TEXT_PART(part))
		return;
	while (at < m.parts.n && m.parts.v[at].role == MAIL_ATTACHED)
		at++;
	out = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), out);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
	CHECK(at < m.parts.n);
	if (at < m.parts.n)
		CHECK_STR(((struct str){ (const char *)bytes->data, bytes->len }), bytes_as_str(m.parts.v[at].body));
	at++;
	seen++;
	g_object_unref(out);
}

static void
both_read_the_same_from_well_formed_mail(void)
{
	for (size_t i = 0; i < sizeof(mails) / sizeof(*mails); i++) {
		GMimeStream         *stream = g_mime_stream_mem_new_with_buffer(mails[i], strlen(mails[i]));
		GMimeParser         *parser = g_mime_parser_new_with_stream(stream);
		GMimeMessage        *message = g_mime_parser_construct_message(parser, NULL);
		InternetAddressList *from = g_mime_message_get_from(message);
		InternetAddress     *first = internet_address_list_get_address(from, 0);

		arena_init(&a, 64 * MiB, no_more, NULL);
		td_mail_read(&a, bytes_of(str_of(mails[i])), &m);
		CHECK_STR(str_of(g_mime_message_get_subject(message)), m.subject);
		CHECK_STR(str_of(internet_address_get_name(first) != NULL ? internet_address_get_name(first) : ""), m.from.name);
		CHECK_STR(str_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first))), m.from.address);
		at = 0;
		g_mime_message_foreach(message, compare, NULL);
		arena_free(&a);
		g_object_unref(message);
		g_object_unref(parser);
		g_object_unref(stream);
	}
	CHECK_INT(5, seen);
}

int
main(void)
{
	static const struct check_test tests[] = { TEST(both_read_the_same_from_well_formed_mail) };
	int bad;

	g_mime_init();
	bad = check_run(tests, 1);
	g_mime_shutdown();
	return bad;
}
