/* Time, text that grows, and scripts of steps. */
#include "netd.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *mapped;

static int64_t
read_clock(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
clock_us(void)
{
	return mapped != NULL ? *mapped : read_clock(CLOCK_REALTIME);
}

int64_t
ticks_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

bool
clock_map(const char *path)
{
	int   fd = open(path, O_RDONLY | O_CLOEXEC);
	void *p = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);

	if (fd >= 0)
		close(fd);
	if (p == MAP_FAILED)
		return false;
	mapped = p;
	return true;
}

void
text_add(struct text *t, const void *p, size_t n)
{
	if (t->n + n + 1 > t->room) {
		t->room = 2 * (t->n + n + 1);
		t->p = realloc(t->p, t->room);
		if (t->p == NULL)
			abort();
	}
	if (n > 0)
		memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void
text_say(struct text *t, const char *fmt, ...)
{
	char    line[8192];
	va_list args;
	int     n;

	va_start(args, fmt);
	n = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	text_add(t, line, n < 0 ? 0 : (size_t)n < sizeof(line) ? (size_t)n : sizeof(line) - 1);
}

static struct step *
add_step(struct script *s)
{
	if (s->n == STEPS_N)
		abort();
	return &s->steps[s->n++];
}

void
script_send(struct script *s, struct text *t)
{
	*add_step(s) = (struct step){ .kind = STEP_SEND, .p = t->p, .owned = t->p, .n = t->n };
	*t = (struct text){ 0 };
}

void
script_say(struct script *s, const char *literal)
{
	*add_step(s) = (struct step){ .kind = STEP_SEND, .p = literal, .n = strlen(literal) };
}

void
script_repeat(struct script *s, const char *literal, size_t n, uint64_t times)
{
	*add_step(s) = (struct step){ .kind = STEP_REPEAT, .p = literal, .n = n, .times = times };
}

void
script_drip(struct script *s, const char *literal, int64_t ms)
{
	*add_step(s) = (struct step){ .kind = STEP_DRIP, .p = literal, .n = strlen(literal), .ms = ms };
}

void
script_pause(struct script *s, int64_t ms)
{
	*add_step(s) = (struct step){ .kind = STEP_PAUSE, .ms = ms };
}

void
script_reset(struct script *s)
{
	*add_step(s) = (struct step){ .kind = STEP_RESET };
}

void
script_free(struct script *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->steps[i].owned);
	*s = (struct script){ 0 };
}

void
script_reply(struct script *s, const char *status, const char *headers, struct text *body)
{
	struct text head = { 0 };

	s->status = (int)strtol(status, NULL, 10);
	s->keep = true;
	text_say(&head, "HTTP/1.1 %s\r\n%s", status, headers);
	if (s->status != 304)
		text_say(&head, "Content-Length: %zu\r\n", body->n);
	text_add(&head, "\r\n", 2);
	if (s->status != 304)
		text_add(&head, body->p, body->n);
	free(body->p);
	*body = (struct text){ 0 };
	script_send(s, &head);
}
