/* Many at once, over kept connections, TLS, a proxy and our own questions to a name server: against tests/netd.py. */
#include "fetch/fetch.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check.h"

static int           http, https, socks, dns;
static char          folder[] = "/tmp/tidings-fetch-XXXXXX", authority[256], resolv[300];
static struct arena  arena;
static struct err    err;

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct fetch *
make(const char *route)
{
	struct fetch              *f = NULL;
	const struct fetch_options o = { .allow = STR("127.0.0.0/8"), .route = str_of(route), .ca_file = authority,
		.resolv_file = resolv, .dns_port = dns, .total_ms = 5000 };

	CHECK_INT(ERR_OK, fetch_create(&o, &f, &err));
	return f;
}

static struct str
address(const char *scheme, const char *host, const char *path)
{
	char url[256];

	snprintf(url, sizeof(url), "%s://%s:%d%s", scheme, host, scheme[4] == 's' ? https : http, path);
	return arena_copy(&arena, str_of(url));
}

static struct fetch_hop
get(struct fetch *f, const struct fetch_ask *ask)
{
	struct fetch_reply reply = { .hops = { .n = 0 } };

	if (fetch_get(f, &arena, ask, &reply, &err) != ERR_OK)
		return (struct fetch_hop){ .fault = arena_copy(&arena, str_of(err.text)) };
	return reply.hops.v[reply.hops.n - 1];
}

static struct str
body(struct fetch *f, struct str url)
{
	return bytes_as_str(get(f, &(struct fetch_ask){ .url = url }).body);
}

/* How often that line stands in what the servers saw. */
static int
seen(struct fetch *f, const char *line)
{
	struct str rest = body(f, address("http", "127.0.0.1", "/seen")), one;
	int        n = 0;

	while (str_cut(&rest, '\n', &one))
		n += str_eq(one, str_of(line));
	return n;
}

static bool
says(struct str text, const char *what)
{
	return str_find(text, str_of(what)) != STR_NONE;
}

static void
validators_go_back_byte_for_byte(void)
{
	struct fetch    *f = make("");
	struct fetch_ask ask = { .url = address("http", "127.0.0.1", "/echo"), .etag = STR("W/\"a\xe9 \\\" b\""),
		.last_modified = STR("Wednesday, 27-Jun-18 00:30:00 KST") };

	CHECK(says(bytes_as_str(get(f, &ask).request), "\r\nIf-None-Match: W/\"a\xe9 \\\" b\"\r\n"));
	CHECK(says(bytes_as_str(get(f, &ask).body), "If-Modified-Since: Wednesday, 27-Jun-18 00:30:00 KST\n"));
	ask.etag = STR("\"a\"\r\nCookie: x");
	CHECK(!says(bytes_as_str(get(f, &ask).request), "Cookie"));
	ask.url = address("http", "127.0.0.1", "/away");
	ask.etag = STR("\"a\"");
	CHECK(!says(bytes_as_str(get(f, &ask).body), "If-None-Match"));
	CHECK_INT(304, get(f, &(struct fetch_ask){ .url = address("http", "127.0.0.1", "/304") }).status);
	fetch_destroy(f);
}

static void
a_connection_is_kept_and_only_a_fresh_ask_opens_another(void)
{
	struct fetch    *f = make("");
	struct fetch_ask ask = { .url = address("http", "127.0.0.1", "/echo") };
	struct fetch_hop first = get(f, &ask), second = get(f, &ask), third;

	ask.is_fresh = true;
	third = get(f, &ask);
	CHECK(!first.is_reused && second.is_reused && !third.is_reused);
	CHECK_STR(bytes_as_str(first.body), bytes_as_str(second.body));
	CHECK(!str_eq(bytes_as_str(first.body), bytes_as_str(third.body)));
	fetch_destroy(f);
}

static void
a_kept_connection_that_died_is_opened_anew(void)
{
	struct fetch    *f = make("");
	struct fetch_hop hop;

	get(f, &(struct fetch_ask){ .url = address("http", "127.0.0.1", "/bye") });
	hop = get(f, &(struct fetch_ask){ .url = address("http", "127.0.0.1", "/echo") });
	CHECK_INT(200, hop.status);
	CHECK(str_starts(bytes_as_str(hop.request), STR("GET /echo ")) && !says(str_sub(bytes_as_str(hop.request), 1, hop.request.n), "GET"));
	fetch_destroy(f);
}

static void
many_go_at_once_and_one_host_is_asked_one_by_one(void)
{
	struct fetch     *f = make("");
	struct fetch_done done;
	int               n = 0, bad = 0;

	for (int i = 0; i < 6; i++)
		CHECK_INT(ERR_OK, fetch_start(f, &(struct fetch_ask){ .url = address("http", i < 3 ? "a.test" : "b.test", "/slow"),
		    .mine = &n }, &err));
	while (fetch_active(f) > 0)
		if (fetch_wait(f, &arena, 5000, -1, &done)) {
			n++;
			bad += done.mine != &n || done.err.code != ERR_OK || done.reply.hops.v[0].status != 200;
		}
	CHECK_INT(6, n);
	CHECK_INT(0, bad);
	CHECK_INT(1, seen(f, "at once 2"));             /* two hosts, three requests to each */
	fetch_destroy(f);
}

static enum err_code
gate(void *mine, struct str url, unsigned hop, int64_t *ret_wait_ms, struct err *why)
{
	int *asked = mine;

	(void)url;
	if ((*asked)++ == 0)
		*ret_wait_ms = 50;
	return hop == 1 ? err_set(why, ERR_DENIED, "robots.txt of 127.0.0.1 says no") : ERR_OK;
}

static void
the_gate_is_asked_before_every_hop(void)
{
	struct fetch     *f = make("");
	int               asked = 0;
	struct fetch_ask  ask = { .url = address("http", "127.0.0.1", "/away"), .gate = gate, .mine = &asked };
	struct fetch_reply reply;

	CHECK_INT(ERR_OK, fetch_get(f, &arena, &ask, &reply, &err));
	CHECK_INT(3, asked);
	CHECK_INT(1, reply.hops.n);
	CHECK_INT(FETCH_GATED, reply.failure);
	CHECK(says(reply.fault, "robots.txt of 127.0.0.1 says no; the redirect is kept"));
	fetch_destroy(f);
}

static void
a_tls_session_goes_on_and_the_chain_is_known_each_time(void)
{
	struct fetch    *f = make("");
	struct fetch_ask ask = { .url = address("https", "127.0.0.1", "/bye"), .isolation = STR("s-1") };
	struct fetch_hop first = get(f, &ask), second = get(f, &ask), other, fresh;

	ask.isolation = STR("s-2");
	other = get(f, &ask);
	ask.is_fresh = true;
	fresh = get(f, &ask);
	CHECK(first.status == 200 && second.status == 200 && !first.tls.is_resumed && second.tls.is_resumed && !second.is_reused);
	CHECK(!other.tls.is_resumed && !fresh.tls.is_resumed);
	CHECK_STR(STR("TLSv1.3"), first.tls.version);
	CHECK(str_starts(first.tls.chain_pem, STR("-----BEGIN CERTIFICATE-----")) && first.tls.cipher.n > 0);
	CHECK_STR(first.tls.chain_pem, second.tls.chain_pem);
	fetch_destroy(f);
}

static void
a_certificate_of_nobody_known_takes_nothing(void)
{
	const struct fetch_options o = { .allow = STR("127.0.0.0/8") };
	struct fetch_done          done;
	struct fetch              *f;

	CHECK_INT(ERR_OK, fetch_create(&o, &f, &err));
	CHECK_INT(ERR_OK, fetch_start(f, &(struct fetch_ask){ .url = address("https", "127.0.0.1", "/echo") }, &err));
	CHECK(fetch_wait(f, &arena, 5000, -1, &done));
	CHECK_INT(ERR_NET, done.err.code);
	CHECK_INT(FETCH_BAD_CERTIFICATE, done.reply.failure);
	fetch_destroy(f);
}

static void
names_are_asked_once_and_remembered(void)
{
	struct fetch    *f = make("");
	struct fetch_hop hop = get(f, &(struct fetch_ask){ .url = address("http", "once.test", "/echo") });

	CHECK_INT(200, hop.status);
	CHECK_STR(STR("127.0.0.1"), hop.addresses);
	CHECK_STR(STR("127.0.0.1"), hop.peer);
	body(f, address("http", "once.test", "/echo"));
	CHECK_INT(1, seen(f, "dns once.test 1"));          /* though the server said that it holds for a second */
	CHECK_INT(1, seen(f, "dns once.test 28"));
	CHECK_INT(200, get(f, &(struct fetch_ask){ .url = address("http", "tcp.test", "/echo") }).status);
	CHECK(says(get(f, &(struct fetch_ask){ .url = address("http", "none.test", "/echo") }).fault, "none.test: no such host"));
	body(f, address("http", "none.test", "/echo"));
	CHECK_INT(1, seen(f, "dns none.test 1"));
	fetch_destroy(f);
}

static void
of_two_addresses_only_the_public_one_is_asked(void)
{
	struct fetch    *f = make("");
	struct fetch_hop hop = get(f, &(struct fetch_ask){ .url = address("http", "mixed.test", "/echo") });

	CHECK_STR(STR("10.0.0.1 127.0.0.1"), hop.addresses);
	CHECK_STR(STR("127.0.0.1"), hop.peer);
	fetch_destroy(f);
}

static void
a_name_that_turns_inwards_is_not_followed(void)
{
	struct fetch *f = make(""), *later = make("");

	CHECK_INT(200, get(f, &(struct fetch_ask){ .url = address("http", "rebind.test", "/echo") }).status);
	CHECK_INT(200, get(f, &(struct fetch_ask){ .url = address("http", "rebind.test", "/echo"), .is_fresh = true }).status);
	CHECK(says(get(later, &(struct fetch_ask){ .url = address("http", "rebind.test", "/echo") }).fault, "rebind.test is a private address"));
	fetch_destroy(f);
	fetch_destroy(later);
}

static void
through_a_proxy_no_name_is_asked_here(void)
{
	char             route[64];
	struct fetch    *f, *direct = make("");
	struct fetch_hop hop, other;

	snprintf(route, sizeof(route), "socks5h://127.0.0.1:%d", socks);
	f = make(route);
	hop = get(f, &(struct fetch_ask){ .url = address("http", "hidden.test", "/echo"), .isolation = STR("s-1") });
	other = get(f, &(struct fetch_ask){ .url = address("http", "hidden.test", "/echo"), .isolation = STR("s-2") });
	CHECK(hop.status == 200 && hop.is_proxied && hop.peer.n == 0 && hop.addresses.n == 0 && hop.peer_port == 0);
	CHECK(other.status == 200 && !other.is_reused);
	CHECK_INT(1, seen(direct, "socks s-1:tidings hidden.test"));
	CHECK_INT(1, seen(direct, "socks s-2:tidings hidden.test"));
	CHECK_INT(0, seen(direct, "dns hidden.test 1"));
	CHECK(says(get(f, &(struct fetch_ask){ .url = STR("http://10.0.0.1/") }).fault, "10.0.0.1 is a private address"));
	fetch_destroy(f);
	f = make("socks5h://127.0.0.1:1");
	CHECK(says(get(f, &(struct fetch_ask){ .url = address("http", "a.test", "/echo") }).fault, "it is the only way out"));
	fetch_destroy(f);
	fetch_destroy(direct);
}

static void
a_way_out_that_nobody_knows_is_refused(void)
{
	static const char *const no[] = { "socks5://127.0.0.1:9050", "http://127.0.0.1:80", "socks5h://tor:9050", "socks5h://127.0.0.1",
		"socks5h://127.0.0.1:0", "tor" };
	struct fetch *f;

	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		CHECK_INT(ERR_FORMAT, fetch_create(&(struct fetch_options){ .route = str_of(no[i]) }, &f, &err));
}

static FILE *
start(const char *netd, pid_t *ret_pid)
{
	int in[2], out[2];

	if (pipe(in) != 0 || pipe(out) != 0 || (*ret_pid = fork()) < 0)
		return NULL;
	if (*ret_pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close(in[1]);
		execlp("python3", "python3", netd, folder, (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	return fdopen(out[0], "r");
}

int
main(int argc, char *argv[])
{
	static const struct check_test all[] = {
		TEST(validators_go_back_byte_for_byte), TEST(a_connection_is_kept_and_only_a_fresh_ask_opens_another),
		TEST(a_kept_connection_that_died_is_opened_anew), TEST(many_go_at_once_and_one_host_is_asked_one_by_one),
		TEST(the_gate_is_asked_before_every_hop), TEST(a_tls_session_goes_on_and_the_chain_is_known_each_time),
		TEST(a_certificate_of_nobody_known_takes_nothing), TEST(names_are_asked_once_and_remembered),
		TEST(of_two_addresses_only_the_public_one_is_asked), TEST(a_name_that_turns_inwards_is_not_followed),
		TEST(through_a_proxy_no_name_is_asked_here), TEST(a_way_out_that_nobody_knows_is_refused),
	};
	pid_t pid = -1;
	FILE *said;
	FILE *file;
	int   code;

	arena_init(&arena, 64 * MiB, no_more, NULL);
	if (argc < 2 || mkdtemp(folder) == NULL || (said = start(argv[1], &pid)) == NULL ||
	    fscanf(said, "%d %d %d %d %255s", &http, &https, &socks, &dns, authority) != 5)
		return EXIT_FAILURE;
	snprintf(resolv, sizeof(resolv), "%s/resolv.conf", folder);
	if ((file = fopen(resolv, "w")) == NULL || fputs("nameserver 127.0.0.1\n", file) < 0 || fclose(file) != 0)
		return EXIT_FAILURE;
	code = check_run(all, sizeof(all) / sizeof(*all));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	arena_free(&arena);
	fclose(said);
	snprintf(authority, sizeof(authority), "rm -rf %s", folder);
	return system(authority) == 0 ? code : EXIT_FAILURE;
}
