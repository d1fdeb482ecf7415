#include "os/clock.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "base/civil.h"
#include "os/log.h"

#define NS_PER_S  INT64_C(1000000000)
#define NS_PER_US INT64_C(1000)

static pthread_once_t  now_once = PTHREAD_ONCE_INIT, seed_once = PTHREAD_ONCE_INIT;
static bool            now_is_replaced, random_is_replaced;
static int64_t         now_start_us, now_start_ticks_us;
static const volatile int64_t *now_face;
static pthread_mutex_t seed_lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t        seed_state;

static int64_t
read_clock_us(clockid_t clock)
{
	struct timespec t;

	if (clock_gettime(clock, &t) != 0)
		abort();
	return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / NS_PER_US;
}

/* A clock that a test turns by hand: whoever maps the file sees the same instant. */
static void
look_for_face(const char *path)
{
	int   fd = open(path, O_RDONLY | O_CLOEXEC);
	void *p = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED) {
		fprintf(stderr, "TIDINGS_CLOCK: %s cannot be read; stopped\n", path);
		exit(2);
	}
	close(fd);
	now_face = p;
}

static void
look_for_now(void)
{
	const char *text = secure_getenv("TIDINGS_NOW"), *face = secure_getenv("TIDINGS_CLOCK");

	if (face != NULL && *face != '\0')
		look_for_face(face);
	if (text == NULL || *text == '\0')
		return;
	if (!instant_parse_iso(str_of(text), &now_start_us)) {
		fprintf(stderr, "TIDINGS_NOW: \"%s\" is not an instant such as 2018-06-27T00:30:00Z; stopped\n", text);
		exit(2);
	}
	now_start_ticks_us = os_ticks_us();
	now_is_replaced = true;
}

static void
look_for_seed(void)
{
	const char *text = secure_getenv("TIDINGS_SEED");

	if (text == NULL || *text == '\0')
		return;
	seed_state = UINT64_C(14695981039346656037);    /* FNV-1a */
	for (; *text != '\0'; text++)
		seed_state = (seed_state ^ (unsigned char)*text) * UINT64_C(1099511628211);
	random_is_replaced = true;
	os_log(LOG_LEVEL_WARN, "os", "TIDINGS_SEED is set: keys and ids can be guessed; for tests only");
}

/* splitmix64: enough to tell ids apart, and the same on every machine. */
static unsigned char
seeded_byte(void)
{
	uint64_t z = seed_state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (unsigned char)((z ^ (z >> 31)) >> 56);
}

int64_t
os_now_us(void)
{
	pthread_once(&now_once, look_for_now);
	if (now_face != NULL)
		return *now_face;
	if (now_is_replaced)
		return now_start_us + (os_ticks_us() - now_start_ticks_us);
	return read_clock_us(CLOCK_REALTIME);
}

int64_t
os_clock_error_us(void)
{
	struct timex t = { 0 };

	return adjtimex(&t) == TIME_ERROR || (t.status & STA_UNSYNC) != 0 ? -1 : (int64_t)t.maxerror;
}

int64_t
os_ticks_us(void)
{
	return read_clock_us(CLOCK_MONOTONIC);
}

void
os_random(void *to, size_t n)
{
	unsigned char *p = to;

	pthread_once(&seed_once, look_for_seed);
	if (random_is_replaced) {
		pthread_mutex_lock(&seed_lock);
		while (n-- > 0)
			*p++ = seeded_byte();
		pthread_mutex_unlock(&seed_lock);
		return;
	}
	while (n > 0) {
		size_t want = n < 256 ? n : 256;        /* up to 256 bytes getrandom() is never cut short by a signal */

		if (getrandom(p, want, 0) != (ssize_t)want)
			abort();
		p += want;
		n -= want;
	}
}

struct id
os_random_id(void)
{
	struct id id;

	do
		os_random(id.b, sizeof(id.b));
	while (id_is_none(&id));
	return id;
}

struct id
os_random_uuid(void)
{
	struct id id;

	os_random(id.b, sizeof(id.b));
	id.b[6] = (unsigned char)((id.b[6] & 0x0f) | 0x40);     /* version 4, section 5.4 */
	id.b[8] = (unsigned char)((id.b[8] & 0x3f) | 0x80);     /* variant, section 4.1 */
	return id;
}

void
os_rest(int64_t ms)
{
	int64_t until_us = os_now_us() + ms * 1000, ticks_us = os_ticks_us() + ms * 1000;

	if (now_face == NULL) {
		(void)poll(NULL, 0, (int)ms);
		return;
	}
	while (os_now_us() < until_us && os_ticks_us() < ticks_us && poll(NULL, 0, 1) == 0)
		;
}
