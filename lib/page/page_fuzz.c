/*
 * Input: a template, NUL, a value.  Whatever the template, it is refused or printed without a crash; and if the
 * template has no markup of its own kind to lend (no < outside what we count), the value brings none: the page
 * has exactly the '<', '>' and quotes that it has with an empty value.
 */
#include <stdlib.h>

#include "page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static struct str
sentence(const void *self, struct str id)
{
	(void)self;
	return id;
}

static const char names[][2] = { "a", "b", "c", "d" };

/* Each name is there in all cases, so that the same sections are printed. */
static struct page_values *
values_of(struct arena *a, struct str value)
{
	struct page_values *v = td_page_values(a);

	td_page_str(v, names[0], value);
	td_page_url(v, names[1], value);
	td_page_str(td_page_add(v, names[2]), names[0], value);
	td_page_flag(v, names[3], true);
	return v;
}

static size_t
count(struct str s, const char *chars)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] != '\0' && strchr(chars, s.p[i]) != NULL;
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str        all = { (const char *)data, size }, template = all;
	struct arena      a;
	struct page_file  file = { STR("t"), { NULL, 0 } };
	struct page_words words = { sentence, NULL };
	struct page_set  *set;
	struct buf        plain = BUF_INIT(16 * MiB), filled = BUF_INIT(16 * MiB);
	struct err        err;

	if (size > 4096 || !str_cut(&all, '\0', &template))
		return 0;
	arena_init(&a, 64 * MiB, no_more, NULL);
	file.text = template;
	if (td_page_load(&a, &file, 1, &set, &err) == ERR_OK &&
	    td_page_print(set, file.name, values_of(&a, STR("x")), &words, &plain, &err) == ERR_OK) {
		if (td_page_print(set, file.name, values_of(&a, all.n > 0 ? all : STR("y")), &words, &filled, &err) != ERR_OK)
			abort();
		if (!plain.failed && !filled.failed && count(buf_str(&plain), "<>\"'") != count(buf_str(&filled), "<>\"'"))
			abort();
		if (template.n > 9 && str_eq(template, STR("<a href=\"{{b}}\">")) &&
		    str_starts_nocase(str_sub(buf_str(&filled), 9, filled.n), STR("javascript:")))
			abort();
	}
	buf_free(&plain);
	buf_free(&filled);
	arena_free(&a);
	return 0;
}
