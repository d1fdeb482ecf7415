/* Whatever the bytes: names and headers are valid UTF-8 on one line, bodies are no longer than what came, parts and levels have an end. */
#include "mail/mail.h"

#include <stdlib.h>

#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check_line(struct str s)
{
	if (!td_utf8_is_valid(bytes_of(s)) || str_find_char(s, '\n') != STR_NONE || (s.n > 0 && memchr(s.p, '\0', s.n) != NULL))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct mail  m;

	arena_init(&a, 512 * MiB, no_more, NULL);
	td_mail_read(&a, (struct bytes){ data, size }, &m);
	check_line(m.subject), check_line(m.from.name), check_line(m.from.address), check_line(m.location);
	if (m.parts.n > MAIL_PARTS_N || (m.date.precision != CIVIL_NONE && !civil_is_valid(&m.date)))
		abort();
	for (size_t i = 0; i < m.parts.n; i++) {
		const struct mail_part *p = &m.parts.v[i];

		check_line(p->name), check_line(p->charset), check_line(p->type);
		if (p->body.n > size || p->depth < 0 || p->depth > MAIL_DEPTH_N || (p->role == MAIL_ATTACHED && p->body.n > 0))
			abort();
		if (p->is_flowed && td_utf8_is_valid(p->body) && td_mail_unflow(&a, bytes_as_str(p->body), p->is_delsp).n > p->body.n)
			abort();
	}
	arena_free(&a);
	return 0;
}
