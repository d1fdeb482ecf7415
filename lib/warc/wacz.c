#include "warc/wacz.h"

/* APPNOTE.TXT, sections 4.3.7 (a file's header), 4.3.12 (in the directory), 4.3.16 (the end). */
enum { LOCAL_B = 30, CENTRAL_B = 46, END_B = 22, COMMENT_MOST_B = 65535, STORED = 0 };

static size_t
number(const unsigned char *p, int n)
{
	size_t v = 0;

	for (int i = 0; i < n; i++)
		v |= (size_t)p[i] << 8 * i;
	return v;
}

static bool
has_mark(struct bytes b, size_t at, const char *mark)
{
	return at <= b.n && b.n - at >= 4 && memcmp(b.p + at, mark, 4) == 0;
}

bool
td_wacz_open(struct wacz *w, struct bytes file)
{
	size_t size, from;

	*w = (struct wacz){ .file = file };
	for (size_t back = END_B; back <= file.n && back <= END_B + COMMENT_MOST_B; back++) {
		const unsigned char *p = file.p + file.n - back;

		if (!has_mark(file, file.n - back, "PK\5\6") || number(p + 20, 2) != back - END_B)
			continue;
		size = number(p + 12, 4);
		from = number(p + 16, 4);
		if (from > file.n - back || size > file.n - back - from)
			return false;
		w->at = from;
		w->end = from + size;
		return true;
	}
	return false;
}

static bool
is_warc(struct str name)
{
	return str_starts(name, STR("archive/")) && (str_ends(name, STR(".warc.gz")) || str_ends(name, STR(".warc")));
}

/* The bytes of the file whose header stands at `at`. */
static bool
find_bytes(const struct wacz *w, size_t at, size_t size, struct bytes *ret)
{
	size_t from;

	if (!has_mark(w->file, at, "PK\3\4") || w->file.n - at < LOCAL_B)
		return false;
	from = at + LOCAL_B + number(w->file.p + at + 26, 2) + number(w->file.p + at + 28, 2);
	if (from > w->file.n || size > w->file.n - from)
		return false;
	*ret = (struct bytes){ w->file.p + from, size };
	return true;
}

bool
td_wacz_next(struct wacz *w, struct bytes *ret)
{
	while (has_mark(w->file, w->at, "PK\1\2") && w->end - w->at >= CENTRAL_B) {
		const unsigned char *p = w->file.p + w->at;
		const size_t         name_b = number(p + 28, 2), more_b = number(p + 30, 2) + number(p + 32, 2);
		struct str           name = { (const char *)p + CENTRAL_B, name_b };

		if (w->end - w->at - CENTRAL_B < name_b + more_b)
			break;
		w->at += CENTRAL_B + name_b + more_b;
		if (!is_warc(name))
			continue;
		if (number(p + 10, 2) == STORED && number(p + 20, 4) == number(p + 24, 4) &&
		    find_bytes(w, number(p + 42, 4), number(p + 24, 4), ret))
			return true;
		w->left_out_n++;
	}
	w->at = w->end;
	return false;
}
