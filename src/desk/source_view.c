#include "desk/source_view.h"

#include "desk/view.h"
#include "os/clock.h"
#include "schedule/schedule.h"
#include "wire/wire.h"

enum { ROUND_N = 5 };           /* fewer that wait are no round, but their usual turn */

struct look {
	const char *word, *sign, *class;
};

struct str
source_name(const struct store_source *s)
{
	return s->title.n > 0 ? s->title : s->url;
}

/* The scheduler's memory; all zero when there is none. */
static struct schedule_memory
memory_of(struct request *r, const struct store_source *s)
{
	struct schedule_memory m = { 0 };
	struct err             err;

	if (s->health.plan.n == 0 || td_wire_get(r->arena, &schedule_memory_desc, s->health.plan, &m, &err) != ERR_OK)
		m = (struct schedule_memory){ 0 };
	return m;
}

static bool
is_trouble(int64_t kind)
{
	return kind > ANSWER_SAME && kind < ANSWER_KIND__COUNT;
}

static int64_t
silent_s(const struct schedule_memory *m, int64_t now_us)
{
	return m->newest_us > 0 && now_us > m->newest_us ? (now_us - m->newest_us) / US_PER_S : 0;
}

/* words: desk.source.is.* */
static struct look
look_of(struct request *r, const struct store_source *s, const struct schedule_memory *m)
{
	if (s->state == SOURCE_REMOVED)
		return (struct look){ "desk.source.is.removed", "✕", "off" };
	if (s->state == SOURCE_PAUSED)
		return (struct look){ "desk.source.is.paused", "‖", "off" };
	if (is_trouble(m->trouble))
		return (struct look){ print(r->arena, "desk.source.is.%s", answer_kind_name[m->trouble]).p, "▲", "warn" };
	if (s->health.trouble.n > 0)
		return (struct look){ "desk.source.is.error", "▲", "warn" };
	if (s->health.is_silent)
		return (struct look){ "desk.source.is.silent", "▲", "warn" };
	if (s->health.asked_us == 0)
		return (struct look){ "desk.source.is.new", "○", "new" };
	return (struct look){ "desk.source.is.ok", "●", "ok" };
}

static struct str
line_of(struct request *r, const struct store_source *s, const struct schedule_memory *m, int64_t now_us)
{
	struct str args[] = { view_span(r, silent_s(m, now_us)), view_span(r, m->usual_s) };

	if (s->state != SOURCE_ACTIVE)
		return (struct str){ "", 0 };
	if (is_trouble(m->trouble) && m->trouble_us > 0)
		return tr1(r, "desk.source.since", view_minute(r, m->trouble_us));
	if (s->health.is_silent)
		return td_words_fill(r->arena, tr(r, "desk.source.silent"), args, 2);
	return (struct str){ "", 0 };
}

static void
add_times(struct request *r, struct page_values *v, const struct store_source *s)
{
	if (s->health.asked_us > 0)
		view_near_time(r, v, "asked", s->health.asked_us, os_now_us());
	if (s->state == SOURCE_ACTIVE && s->health.next_us > 0)
		view_near_time(r, v, "next", s->health.next_us, os_now_us());
	if (s->health.newest_us > 0)
		view_near_time(r, v, "newest", s->health.newest_us, os_now_us());
}

void
source_view(struct request *r, struct page_values *v, const struct store_source *s, int64_t now_us)
{
	const struct schedule_memory m = memory_of(r, s);
	const struct look            l = look_of(r, s, &m);

	td_page_str(v, "id", view_id(r, ID_SOURCE, &s->id));
	td_page_str(v, "name", source_name(s));
	td_page_str(v, "source_lang", s->title.n > 0 ? s->language : STR(""));
	td_page_str(v, "address", s->url);
	td_page_str(v, "country", view_country(r, s->country));
	td_page_str(v, "state", tr(r, l.word));
	td_page_str(v, "sign", str_of(l.sign));
	td_page_str(v, "state_class", str_of(l.class));
	td_page_str(v, "line", line_of(r, s, &m, now_us));
	td_page_str(v, "detail", s->state == SOURCE_ACTIVE ? s->health.trouble : STR(""));
	td_page_str(v, "items_n", tr1(r, s->items == 1 ? "desk.source.item" : "desk.source.items", view_number(r, s->items)));
	add_times(r, v, s);
}

void
source_round(struct request *r, const struct store_group_list *g)
{
	int64_t    all = g->waiting + g->checked;
	struct str args[] = { view_number(r, g->checked), view_number(r, all) };

	if (g->waiting < ROUND_N || r->status.is_sample)
		return;
	td_page_str(r->values, "round", td_words_fill(r->arena, tr(r, "desk.source.round"), args, 2));
	td_page_i64(r->values, "round_n", g->checked);
	td_page_i64(r->values, "round_of", all);
}
