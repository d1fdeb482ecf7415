#include "desk/typed.h"

#include "base/limits.h"

bool
typed_address(struct request *r, struct str typed, struct str *ret)
{
	size_t dot = str_find_char(typed, '.'), space = str_find_char(typed, ' ');

	if (typed.n > LIMIT_URL_B || space != STR_NONE)
		return false;
	if (str_starts_nocase(typed, STR("http://")) || str_starts_nocase(typed, STR("https://"))) {
		*ret = typed;
		return typed.n > 8;
	}
	if (str_find(typed, STR(":")) != STR_NONE || dot == STR_NONE || dot == 0)
		return false;
	*ret = print(r->arena, "https://%" STR_FMT, STR_ARG(str_sub(typed, 0, 900)));
	return typed.n <= 900;
}

struct str
typed_field(const struct request *r, const char *name, size_t most_b)
{
	struct str s = str_trim(td_form_get(&r->form, name));

	return str_sub(s, 0, td_utf8_floor(s, s.n < most_b ? s.n : most_b));
}

struct str
typed_back(struct request *r, const char *path, struct str query)
{
	static const char others[] = "-._~%=&+";
	struct buf b = BUF_INIT(LIMIT_URL_B);
	struct str out;

	buf_add(&b, str_of(path));
	for (size_t i = 0; i < query.n; i++) {
		char c = query.p[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!plain && (c == '\0' || strchr(others, c) == NULL))
			query.n = 0;
	}
	if (query.n > 0)
		buf_addf(&b, "?%" STR_FMT, STR_ARG(query));
	out = b.failed ? str_of(path) : arena_copy(r->arena, buf_str(&b));
	buf_free(&b);
	return out;
}
