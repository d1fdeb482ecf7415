#include "desk/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/language.h"

struct str
print(struct arena *a, const char *fmt, ...)
{
	char    text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return arena_copy(a, str_of(text));
}

struct str
tr(const struct request *r, const char *id)
{
	return td_words(r->lang, str_of(id));
}

struct str
tr1(const struct request *r, const char *id, struct str arg)
{
	return td_words_fill(r->arena, tr(r, id), &arg, 1);
}

/* words: desk.month.* */
static struct str
month(struct request *r, int m)
{
	char id[24];

	snprintf(id, sizeof(id), "desk.month.%d", m);
	return tr(r, id);
}

static struct str
date_line(struct request *r, const char *words, const struct civil *c, struct str clock)
{
	struct str args[] = { print(r->arena, "%d", c->year), month(r, c->month), print(r->arena, "%d", c->day), clock };

	return td_words_fill(r->arena, tr(r, words), args, sizeof(args) / sizeof(*args));
}

/* The same instant on the desk's clock; the zone was read before the process was locked in. */
static struct civil
local(int64_t us)
{
	time_t    t = (time_t)(us / US_PER_S);
	struct tm tm;

	if (localtime_r(&t, &tm) == NULL)
		return civil_from_instant(us);
	return (struct civil){ .year = (int16_t)(tm.tm_year + 1900), .month = (int8_t)(tm.tm_mon + 1),
	    .day = (int8_t)tm.tm_mday, .hour = (int8_t)tm.tm_hour, .minute = (int8_t)tm.tm_min,
	    .zone_min = (int16_t)(tm.tm_gmtoff / 60), .precision = CIVIL_MINUTE };
}

struct str
view_minute(struct request *r, int64_t us)
{
	struct civil c = local(us);

	return date_line(r, "desk.date.time", &c, print(r->arena, "%02d:%02d", c.hour, c.minute));
}

struct str
view_day(struct request *r, int64_t us, int64_t now_us)
{
	struct civil c = local(us), today = local(now_us), before = local(now_us - 86400 * US_PER_S);
	struct str   day = date_line(r, "desk.date.day", &c, STR(""));

	if (c.year == today.year && c.month == today.month && c.day == today.day)
		return tr1(r, "desk.date.today", day);
	if (c.year == before.year && c.month == before.month && c.day == before.day)
		return tr1(r, "desk.date.yesterday", day);
	return day;
}

/* words: desk.span.* */
struct str
view_span(struct request *r, int64_t seconds)
{
	static const struct { const char *one, *many; int64_t s; } units[] = {
		{ "desk.span.day.one", "desk.span.day.many", 86400 }, { "desk.span.hour.one", "desk.span.hour.many", 3600 },
		{ "desk.span.minute.one", "desk.span.minute.many", 60 } };
	size_t  u = seconds >= 86400 && (seconds % 86400 == 0 || seconds >= 2 * 86400) ? 0 :
	    seconds >= 3600 && (seconds % 3600 == 0 || seconds >= 2 * 3600) ? 1 : 2;
	int64_t n = (seconds + units[u].s / 2) / units[u].s;

	return tr1(r, n == 1 ? units[u].one : units[u].many, view_number(r, n));
}

/* As much of the date as tells it from others near now. */
static struct str
near_minute(struct request *r, int64_t us, int64_t now_us)
{
	struct civil c = local(us), today = local(now_us);
	struct str   clock = print(r->arena, "%02d:%02d", c.hour, c.minute);

	if (c.year != today.year)
		return view_minute(r, us);
	if (c.month == today.month && c.day == today.day)
		return clock;
	return date_line(r, "desk.date.near", &c, clock);
}

static void
put_time(struct request *r, struct page_values *v, const char *name, int64_t us, struct str shown)
{
	char       iso[CIVIL_SHOWN];
	struct str utc;

	td_page_str(v, name, shown);
	instant_iso(us, iso);
	td_page_str(v, print(r->arena, "%s_iso", name).p, arena_copy(r->arena, str_of(iso)));
	utc = print(r->arena, "%.10s %.5s UTC", iso, iso + 11);
	td_page_str(v, print(r->arena, "%s_utc", name).p, utc);
}

void
view_time(struct request *r, struct page_values *v, const char *name, int64_t us)
{
	put_time(r, v, name, us, view_minute(r, us));
}

void
view_near_time(struct request *r, struct page_values *v, const char *name, int64_t us, int64_t now_us)
{
	put_time(r, v, name, us, near_minute(r, us, now_us));
}

struct str
view_civil(struct request *r, const struct civil *c)
{
	switch (c->precision) {
	case CIVIL_NONE:
		return (struct str){ "", 0 };
	case CIVIL_YEAR:
		return print(r->arena, "%d", c->year);
	case CIVIL_MONTH:
		return date_line(r, "desk.date.month", c, STR(""));
	default:
		return date_line(r, "desk.date.day", c, STR(""));
	}
}

/* words: country.* */
struct str
view_country(struct request *r, struct str code)
{
	struct str name = code.n == 2 ? tr(r, print(r->arena, "country.%.2s", code.p).p) : code;

	return name.n > 0 ? name : code;
}

struct str
view_language(struct request *r, struct str code)
{
	struct str name = td_language_name(r->arena, code, td_words_tag(r->lang));

	return str_eq(name, code) ? code : print(r->arena, "%.*s (%.*s)", (int)name.n, name.p, (int)code.n, code.p);
}

struct str
view_number(struct request *r, int64_t n)
{
	struct str plain = print(r->arena, "%lld", (long long)n);
	char      *out = arena_take(r->arena, 2 * plain.n + 1);
	size_t     at = 0;

	for (size_t i = 0; i < plain.n; i++) {
		if (i > 0 && plain.p[i - 1] != '-' && (plain.n - i) % 3 == 0)
			out[at++] = ',';
		out[at++] = plain.p[i];
	}
	return (struct str){ out, at };
}

struct str
view_size(struct request *r, int64_t bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double                   n = (double)bytes;
	size_t                   u = 0;

	while (n >= 1000 && u + 1 < sizeof(units) / sizeof(*units)) {
		n /= 1000;
		u++;
	}
	return print(r->arena, n < 10 && u > 0 ? "%.1f %s" : "%.0f %s", n, units[u]);
}

void
view_note_state(struct request *r, struct page_values *v, int64_t status)
{
	static const struct { const char *words, *sign, *class; } states[] = {
		[NOTE_DRAFT] = { "desk.state.draft", "◐", "draft" }, [NOTE_READY] = { "desk.state.ready", "◕", "ready" },
		[NOTE_PUBLISHED] = { "desk.state.published", "●", "published" },
		[NOTE_WITHDRAWN] = { "desk.state.withdrawn", "✕", "withdrawn" } };
	bool has = status >= 0 && status < NOTE_STATUS__COUNT;

	td_page_str(v, "state", tr(r, has ? states[status].words : "desk.state.none"));
	td_page_str(v, "sign", has ? str_of(states[status].sign) : STR("○"));
	td_page_str(v, "state_class", has ? str_of(states[status].class) : STR("new"));
}

struct str
view_id(struct request *r, enum id_kind kind, const struct id *id)
{
	char shown[ID_SHOWN];

	return arena_copy(r->arena, str_of(id_show(kind, id, shown)));
}

struct country {
	struct str code, name;
};

static int
by_name(const void *a, const void *b)
{
	return str_cmp(((const struct country *)a)->name, ((const struct country *)b)->name);
}

void
view_countries(struct request *r, const char *list, struct str chosen)
{
	struct country all[26 * 26];
	size_t         n = 0;
	char           id[] = "country.??";

	for (char x = 'A'; x <= 'Z'; x++)
		for (char y = 'A'; y <= 'Z'; y++) {
			struct str name;

			id[8] = x;
			id[9] = y;
			name = tr(r, id);
			if (name.n > 0)
				all[n++] = (struct country){ arena_copy(r->arena, str_of(id + 8)), name };
		}
	qsort(all, n, sizeof(*all), by_name);
	for (size_t i = 0; i < n; i++) {
		struct page_values *row = td_page_add(r->values, list);

		td_page_str(row, "code", all[i].code);
		td_page_str(row, "name", all[i].name);
		td_page_flag(row, "on", str_eq(all[i].code, chosen));
	}
}

/*
 * Consecutive list items become one list; everything else is a block of its own kind.  A PDF's pages are named where they begin.
 * A page's own headline stands above already when the text begins with it.
 */
void
view_blocks(struct request *r, struct page_values *v, const struct article *a)
{
	static const char *const names[BLOCK_KIND__COUNT] = { [BLOCK_PARAGRAPH] = "p", [BLOCK_HEADING] = "h",
		[BLOCK_ITEM] = "li", [BLOCK_QUOTE] = "quote", [BLOCK_ROW] = "p", [BLOCK_CAPTION] = "caption",
		[BLOCK_PRE] = "pre" };
	struct page_values *list = NULL;
	int64_t             page = 0;

	for (size_t i = 0; i < a->blocks.n; i++) {
		const struct block *b = &a->blocks.v[i];
		struct str          text = str_sub(a->text, (size_t)b->from, (size_t)b->to);

		if (i == 0 && b->kind == BLOCK_HEADING && str_eq(text, a->title))
			continue;
		if (b->page > page) {
			list = NULL;
			page = b->page;
			td_page_str(td_page_add(v, "blocks"), "page", tr1(r, "desk.item.page", view_number(r, page)));
		}
		if (b->kind != BLOCK_ITEM) {
			list = NULL;
			td_page_str(td_page_add(v, "blocks"), names[b->kind], text);
			continue;
		}
		list = list != NULL ? list : td_page_add(v, "blocks");
		td_page_str(td_page_add(list, "items"), "text", text);
	}
	if (a->blocks.n == 0 && a->text.n > 0)
		td_page_str(td_page_add(v, "blocks"), "pre", a->text);
}
