#include "form/form.h"

#include "tests/check.h"

static struct arena a;
static struct err   err;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct form
parse(const char *type, const char *body)
{
	struct form f = { 0 };

	arena_free(&a);
	arena_init(&a, MiB, no_more, NULL);
	err = (struct err){ 0 };
	if (td_form_parse(&a, str_of(type), bytes_of(str_of(body)), &f, &err) != ERR_OK)
		CHECK(err.text[0] != '\0');
	return f;
}

static const struct { const char *body, *name, *value; } fields[] = {
	{ "a=1&b=2",                        "b", "2" },
	{ "q=%EA%B9%80%ED%83%9C%ED%9D%AC",  "q", "김태희" },
	{ "q=a+b%2Bc",                      "q", "a b+c" },
	{ "q=%FF%00x",                      "q", "\xEF\xBF\xBD\xEF\xBF\xBDx" },
	{ "q=100%&r=%4",                    "q", "100%" },
	{ "q",                              "q", "" },
	{ "&&=x&q==y=",                     "q", "=y=" },
	{ "%71=name",                       "q", "name" },
};

static void
an_urlencoded_form_is_read_as_browsers_write_it(void)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct form f = parse("application/x-www-form-urlencoded; charset=UTF-8", fields[i].body);

		CHECK_STR(str_of(fields[i].value), td_form_get(&f, fields[i].name));
	}
}

#define B "--b\r\nContent-Disposition: form-data; name="

static void
a_dropped_file_comes_with_its_bytes_and_its_name(void)
{
	struct form f = parse("multipart/form-data; boundary=b",
	    B "\"url\"\r\n\r\nhttps://a.example/\r\n"
	    B "\"file\"; filename=\"C:\\\\tmp\\%22북한%22.html\"\r\nContent-Type: text/html\r\n\r\n<p>\r\n--c\r\n\r\n--b--\r\n");
	const struct form_field *file = td_form_file(&f, "file");

	CHECK_INT(2, f.n);
	CHECK_STR(STR("https://a.example/"), td_form_get(&f, "url"));
	CHECK(file != NULL);
	CHECK_STR(STR("\"북한\".html"), file->file_name);
	CHECK_STR(STR("<p>\r\n--c\r\n"), bytes_as_str(file->file));
}

static void
a_file_field_left_empty_is_no_file(void)
{
	struct form f = parse("multipart/form-data; boundary=\"b\"", B "file; filename=\"\"\r\n\r\n\r\n--b--");

	CHECK_INT(1, f.n);
	CHECK(td_form_file(&f, "file") == NULL);
	CHECK_STR(STR(""), td_form_get(&f, "file"));
}

static const struct { const char *type, *body; } broken[] = {
	{ "text/plain",                     "a=1" },
	{ "",                               "a=1" },
	{ "multipart/form-data",            B "a\r\n\r\n1\r\n--b--" },
	{ "multipart/form-data; boundary=", B "a\r\n\r\n1\r\n--b--" },
	{ "multipart/form-data; boundary=b", "" },
	{ "multipart/form-data; boundary=b", B "a\r\n\r\n1\r\n" },
	{ "multipart/form-data; boundary=b", B "a\r\n\r\n1\r\n--b" },
	{ "multipart/form-data; boundary=b", B "a\r\n1\r\n--b--" },
	{ "multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--" },
	{ "multipart/form-data; boundary=b", "--bx\r\n\r\n1\r\n--b--" },
	{ "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--" },
};

static void
a_broken_form_is_refused_with_a_sentence(void)
{
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct form f = parse(broken[i].type, broken[i].body);

		CHECK_INT(ERR_FORMAT, err.code);
		CHECK_INT(0, f.n);
	}
}

static void
one_field_too_many_is_refused(void)
{
	static char body[3 * (FORM_FIELDS_N + 1)];
	struct form f;

	for (size_t i = 0; i < FORM_FIELDS_N; i++)
		memcpy(body + 3 * i, "a=&", 3);
	body[3 * FORM_FIELDS_N - 1] = '\0';
	f = parse("application/x-www-form-urlencoded", body);
	CHECK_INT(FORM_FIELDS_N, f.n);
	body[3 * FORM_FIELDS_N - 1] = '&';
	f = parse("application/x-www-form-urlencoded", body);
	CHECK_INT(ERR_LIMIT, err.code);
	arena_free(&a);
}

TESTS(
	TEST(an_urlencoded_form_is_read_as_browsers_write_it),
	TEST(a_dropped_file_comes_with_its_bytes_and_its_name),
	TEST(a_file_field_left_empty_is_no_file),
	TEST(a_broken_form_is_refused_with_a_sentence),
	TEST(one_field_too_many_is_refused))
