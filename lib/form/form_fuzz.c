/* Whatever the bytes: refused, or fields whose text is UTF-8 without NUL and whose files lie within the body. */
#include <stdlib.h>

#include "form/form.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
must_be_text(struct str s)
{
	if (!td_utf8_is_valid(bytes_of(s)) || (s.n > 0 && memchr(s.p, '\0', s.n) != NULL))
		abort();
}

/* The first line is the content type, the rest the body. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str   rest = bytes_as_str((struct bytes){ data, size }), type;
	struct arena a;
	struct form  f;
	struct err   err;

	if (!str_cut(&rest, '\n', &type))
		return 0;
	arena_init(&a, 64 * MiB, no_more, NULL);
	if (td_form_parse(&a, type, bytes_of(rest), &f, &err) == ERR_OK)
		for (size_t i = 0; i < f.n; i++) {
			const struct form_field *field = &f.v[i];

			must_be_text(field->name);
			must_be_text(field->value);
			must_be_text(field->file_name);
			if (field->file.n > 0 && (field->file.p < data || field->file.p + field->file.n > data + size))
				abort();
		}
	arena_free(&a);
	return 0;
}
