#include "page/page_private.h"

#include <stdio.h>

const struct page_value *
page_value_find(const struct page_values *values, struct str name)
{
	const struct page_value *v = values->values;

	while (v != NULL && !str_eq(v->name, name))
		v = v->next;
	return v;
}

static struct page_value *
set_value(struct page_values *values, const char *name, enum value_kind kind, struct str text)
{
	struct page_value *v = values->values;

	while (v != NULL && !str_eq(v->name, str_of(name)))
		v = v->next;
	if (v == NULL) {
		v = arena_new(values->arena, struct page_value);
		v->next = values->values;
		values->values = v;
	}
	*v = (struct page_value){ .next = v->next, .name = str_of(name), .kind = kind, .text = text };
	return v;
}

struct page_values *
td_page_values(struct arena *a)
{
	struct page_values *v = arena_new(a, struct page_values);

	v->arena = a;
	return v;
}

void
td_page_str(struct page_values *values, const char *name, struct str s)
{
	set_value(values, name, VALUE_STR, s);
}

void
td_page_i64(struct page_values *values, const char *name, int64_t i)
{
	char shown[32];
	int  n = snprintf(shown, sizeof(shown), "%lld", (long long)i);

	set_value(values, name, VALUE_STR, arena_copy(values->arena, (struct str){ shown, (size_t)n }));
}

void
td_page_flag(struct page_values *values, const char *name, bool flag)
{
	set_value(values, name, VALUE_FLAG, (struct str){ NULL, 0 })->flag = flag;
}

void
td_page_url(struct page_values *values, const char *name, struct str url)
{
	set_value(values, name, VALUE_URL, url);
}

void
td_page_html(struct page_values *values, const char *name, struct html h)
{
	set_value(values, name, VALUE_HTML, h.s);
}

struct page_values *
td_page_add(struct page_values *values, const char *list)
{
	struct page_values *row = td_page_values(values->arena);
	struct page_value  *v = values->values;

	while (v != NULL && !(v->kind == VALUE_LIST && str_eq(v->name, str_of(list))))
		v = v->next;
	if (v == NULL)
		v = set_value(values, list, VALUE_LIST, (struct str){ NULL, 0 });
	if (v->last != NULL)
		v->last->next = row;
	else
		v->first = row;
	v->last = row;
	return row;
}
