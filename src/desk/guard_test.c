#include "desk/guard.h"

#include "tests/check.h"

static struct guard_head
head(const char *method, const char *fields)
{
	struct guard_head h = { .method = str_of(method), .path = STR("/"), .same_user = true };
	struct str        rest = str_of(fields), line, name;

	while (str_cut(&rest, '|', &line)) {
		struct str value = line;

		if (line.n > 0 && str_cut(&value, '=', &name))
			h.headers[h.headers_n++] = (struct guard_header){ name, value };
	}
	return h;
}

static const struct { const char *method, *fields; unsigned want; } heads[] = {
	{ "GET",    "Host=127.0.0.1:8080", 0 },
	{ "HEAD",   "host=LOCALHOST:8080", 0 },
	{ "GET",    "Host=[::1]:8080", 0 },
	{ "GET",    "Host=evil.example", 421 },
	{ "GET",    "Host=127.0.0.1", 421 },
	{ "GET",    "Host=127.0.0.1:8081", 421 },
	{ "GET",    "Host=127.0.0.1:8080.evil.example", 421 },
	{ "GET",    "Host=", 421 },
	{ "GET",    "", 400 },
	{ "GET",    "Host=127.0.0.1:8080|Host=127.0.0.1:8080", 400 },
	{ "PUT",    "Host=127.0.0.1:8080", 405 },
	{ "TRACE",  "Host=127.0.0.1:8080", 405 },
	{ "get",    "Host=127.0.0.1:8080", 405 },
	{ "GET",    "Host=127.0.0.1:8080|Content-Length=4", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length=4", 0 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length=4|content-length=4", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length=4|Transfer-Encoding=chunked", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Transfer-Encoding=chunked", 0 },
	{ "POST",   "Host=127.0.0.1:8080|Transfer-Encoding=xchunked", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Transfer-Encoding=chunked, identity", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length =4", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length=+4", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length=-4", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length=4, 4", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Content-Length=99999999999999999999", 400 },
	{ "GET",    "Host=127.0.0.1:8080|X\x01=1", 400 },
	{ "GET",    "Host=127.0.0.1:8080|이름=1", 400 },
	{ "GET",    "Host=127.0.0.1:8080|X=한국어 \xff", 0 },
	{ "GET",    "Host=127.0.0.1:8080|X=a\rb", 400 },
	{ "POST",   "Host=127.0.0.1:8080|Sec-Fetch-Site=same-origin|Origin=http://127.0.0.1:8080", 0 },
	{ "POST",   "Host=127.0.0.1:8080|Sec-Fetch-Site=none", 0 },
	{ "POST",   "Host=127.0.0.1:8080|Sec-Fetch-Site=cross-site", 403 },
	{ "POST",   "Host=127.0.0.1:8080|Sec-Fetch-Site=same-site", 403 },
	{ "POST",   "Host=127.0.0.1:8080|Origin=null", 403 },
	{ "POST",   "Host=127.0.0.1:8080|Origin=null|Sec-Fetch-Site=same-origin", 0 },
	{ "POST",   "Host=127.0.0.1:8080|Origin=null|Sec-Fetch-Site=none", 403 },
	{ "POST",   "Host=127.0.0.1:8080|Origin=null|Sec-Fetch-Site=cross-site", 403 },
	{ "POST",   "Host=127.0.0.1:8080|Origin=https://127.0.0.1:8080", 403 },
	{ "POST",   "Host=127.0.0.1:8080|Origin=http://localhost:8080", 403 },
	{ "POST",   "Host=127.0.0.1:8080|Origin=http://evil.example", 403 },
	{ "GET",    "Host=127.0.0.1:8080|Sec-Fetch-Site=cross-site", 0 },
};

static void
only_what_every_reader_would_read_alike_comes_in(void)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		struct guard_head   h = head(heads[i].method, heads[i].fields);
		struct guard_answer got = guard_check(&h, 8080);

		if (got.status != heads[i].want)
			fprintf(stderr, "# %s %s\n", heads[i].method, heads[i].fields);
		CHECK_INT(heads[i].want, got.status);
		CHECK((got.words == NULL) == (got.status == 0));
	}
}

static void
a_nul_in_a_name_or_value_is_refused(void)
{
	struct guard_head h = head("GET", "Host=127.0.0.1:8080|X=1");

	h.headers[1].value = STR("a\0b");
	CHECK_INT(400, guard_check(&h, 8080).status);
	h.headers[1] = (struct guard_header){ STR("X\0"), STR("1") };
	CHECK_INT(400, guard_check(&h, 8080).status);
}

static void
another_users_connection_is_refused_first(void)
{
	struct guard_head h = head("GET", "Host=evil.example");

	h.same_user = false;
	CHECK_INT(403, guard_check(&h, 8080).status);
}

static void
one_header_too_many_is_refused(void)
{
	struct guard_head h = head("GET", "Host=127.0.0.1:8080");

	h.too_many = true;
	CHECK_INT(400, guard_check(&h, 8080).status);
}

static void
a_token_is_all_or_nothing(void)
{
	CHECK(guard_token_is(STR("p-abc"), STR("p-abc")));
	CHECK(!guard_token_is(STR("p-ab"), STR("p-abc")));
	CHECK(!guard_token_is(STR("p-abcp-abc"), STR("p-abc")));
	CHECK(!guard_token_is(STR(""), STR("p-abc")));
	CHECK(!guard_token_is(STR(""), STR("")));
}

static const char tcp[] =
	"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	"   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0\n"
	"   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0 20 4 30 10 -1\n"
	"   2: 0200A8C0:C351 0100A8C0:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0 20 4 30 10 -1\n"
	"   3: 0100007F:C352 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 4 1 0 20 4 30 10 -1\n"
	"broken \xff line\n";

static void
a_connection_belongs_to_who_opened_it(void)
{
	CHECK(!guard_owner_is(str_of(tcp), 0xC350, 0x1F90, 1000));
	CHECK(guard_owner_is(str_of(tcp), 0xC350, 0x1F90, 1001));
	CHECK(!guard_owner_is(str_of(tcp), 0xC351, 0x1F90, 1000));
	CHECK(guard_owner_is(str_of(tcp), 0xC352, 0x1F90, 1000));
	CHECK(!guard_owner_is(str_of(tcp), 0xC353, 0x1F90, 1000));
	CHECK(!guard_owner_is(STR(""), 1, 2, 0));
}

TESTS(
	TEST(only_what_every_reader_would_read_alike_comes_in),
	TEST(a_nul_in_a_name_or_value_is_refused),
	TEST(another_users_connection_is_refused_first),
	TEST(one_header_too_many_is_refused),
	TEST(a_token_is_all_or_nothing),
	TEST(a_connection_belongs_to_who_opened_it))
