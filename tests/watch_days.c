/*
 * watch_days CLOCK FEEDS HOSTS DAYS - so many days of watching in minutes, and the server's word about them.
 *
 * Runs inside netd with the same clock (tests/watch-days.sh): the real room,
 * the real store, the real jail and a real server; only the clock is ours.  It
 * stands still while a question is under way and then leaps to the next one.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/rows.h"
#include "base/limits.h"
#include "os/clock.h"
#include "os/file.h"
#include "store/verbs.h"
#include "watch/watch.h"

#define START_US (INT64_C(1530057600) * US_PER_S)    /* 27 June 2018 */
#define DAY_US   (86400 * US_PER_S)

static volatile int64_t *face;
static struct err        err;

static _Noreturn void
stop(const char *what)
{
	printf("not ok - %s: %s\n", what, err.text);
	exit(EXIT_FAILURE);
}

static void
full(void *arg)
{
	(void)arg;
	abort();
}

static void
map_clock(const char *path)
{
	int   fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	void *p = fd < 0 || ftruncate(fd, sizeof(int64_t)) != 0 ? MAP_FAILED :
	    mmap(NULL, sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED)
		stop(path);
	face = p;
	*face = START_US;
	setenv("TIDINGS_CLOCK", path, 1);
}

/* A twentieth of all feeds are at one host, as in life. */
static void
add_sources(struct store_link *link, int feeds, int hosts)
{
	for (int i = 0; i < feeds; i++) {
		struct store_source s = { .takes_pages = false }, saved;
		struct arena        a;
		char                url[80];

		arena_init(&a, LIMIT_MESSAGE_B, full, NULL);
		snprintf(url, sizeof(url), "http://h%05d.test/feed-%d.xml", i < feeds / 20 ? 0 : i % hosts, i);
		s.url = s.given_url = str_of(url);
		if (store_source_save(link, &a, &s, &saved, &err) != ERR_OK)
			stop(url);
		arena_free(&a);
	}
}

static struct watch_turn
live(struct watch *w, int64_t until_us)
{
	struct watch_turn t = { 0 };

	while (*face < until_us) {
		if (watch_turn(w, 20, &t, &err) != ERR_OK)
			stop("a turn");
		if (t.is_idle && t.next_us > *face)
			*face = t.next_us < until_us ? t.next_us : until_us;
	}
	return t;
}

static void
ask_referee(char *text, size_t room)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(80), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	static const char  ask[] = "GET /score HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
	int                fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ssize_t            n = 0, got;

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0 || write(fd, ask, sizeof(ask) - 1) < 0)
		stop("the referee");
	while (strstr(text, "}}\n") == NULL && (got = read(fd, text + n, room - (size_t)n - 1)) > 0)
		text[n += got] = '\0';
	close(fd);
}

static int64_t
number(const char *text, const char *name)
{
	char        key[64];
	const char *at;

	snprintf(key, sizeof(key), "\"%s\":", name);
	at = strstr(text, key);
	if (at != NULL && strncmp(at + strlen(key), "{\"n\":", 5) == 0)
		at += 5;
	return at == NULL ? -1 : strtoll(at + strlen(key), NULL, 10);
}

static int
judge(const char *score, const struct watch_turn *t, int feeds, int days)
{
	static const char *const fouls[] = { "overlap", "gap", "retry", "ttl", "unconditional", "changed", "identity", "forbidden" };
	struct rusage            use;
	int                      bad = 0;

	getrusage(RUSAGE_SELF, &use);
	printf("# %d feeds, %d days: %" PRId64 " requests, %" PRId64 " answers, %" PRId64 " items; %" PRId64 " in the busiest ten seconds, %" PRId64
	    " on average; %ld MB\n", feeds, days, number(score, "requests"), t->answered, t->fresh, number(score, "busiest_10_s"),
	    number(score, "mean_10_s"), use.ru_maxrss / 1024);
	for (size_t i = 0; i < sizeof(fouls) / sizeof(*fouls); i++) {
		bool is_clean = number(score, fouls[i]) == 0;

		bad += !is_clean;
		printf("%sok - no_foul_of_%s\n", is_clean ? "" : "not ", fouls[i]);
	}
	if (bad > 0)
		printf("# %s\n", strstr(score, "{\"requests"));
	printf("%sok - all_were_asked_and_their_items_kept\n", t->answered >= (int64_t)feeds * days && t->fresh > feeds ? "" : "not ");
	return bad;
}

int
main(int argc, char *argv[])
{
	static char        score[8192];
	char               dir[] = "/dev/shm/tidings-days-XXXXXX", conf[64];
	struct jail       *jail;
	struct store_link *link;
	struct watch      *watch;
	struct watch_turn  t;
	int                feeds, hosts, days, bad;

	if (argc != 5)
		return 2;
	feeds = (int)strtol(argv[2], NULL, 10);
	hosts = (int)strtol(argv[3], NULL, 10);
	days = (int)strtol(argv[4], NULL, 10);
	map_clock(argv[1]);
	printf("1..9\n");
	if (jail_start(app_jail_rows, &jail, &err) != ERR_OK)
		stop("the jail");
	if (mkdtemp(dir) == NULL || desk_create(str_of(dir), STR("Days"), STR(""), STR("en"), false, &err) != ERR_OK ||
	    link_open(str_of(dir), LINK_WRITE, &link, &err) != ERR_OK)
		stop("a desk");
	snprintf(conf, sizeof(conf), "%s", "127.1.0.0/16 127.2.0.0/16");
	add_sources(link, feeds, hosts);
	if (watch_open(&(struct watch_options){ .link = link, .jail = jail, .fetch_allow = str_of(conf) }, &watch, &err) != ERR_OK)
		stop("the watch");
	t = live(watch, START_US + days * DAY_US);
	ask_referee(score, sizeof(score));
	bad = judge(score, &t, feeds, days);
	watch_close(watch);
	link_close(link);
	jail_stop(jail);
	(void)!os_remove_tree(str_of(dir), &err);
	return bad != 0;
}
