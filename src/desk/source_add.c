/* New sources: looked for by the worker, shown, and taken only then; lists of them; the ones to start with. */
#include "desk/routes.h"

#include "base/embed.h"
#include "desk/ask.h"
#include "desk/desk.h"
#include "desk/source_view.h"
#include "desk/typed.h"
#include "desk/view.h"
#include "feed/opml.h"

#define FOLDER_B  200
#define GROUPS_N  200
#define SHOWN_N   1000  /* sources of a list that can be chosen one by one */

extern const struct embed_file starter_list[];

struct str
desk_starter_list(void)
{
	return embed_text(&starter_list[0]);
}

/* ── where to look ────────────────────────────────────────────────────── */

void
page_source_add(struct request *r, struct reply *reply)
{
	static const struct ask_form form = { "sourceadd.html", "desk.source.add", "at_sources", "no_add", "desk.source.nothing",
		JOB_FIND_SOURCE, JOB_READ_LIST };

	ask_worker(&form, r, reply);
}

/* ── what there is to choose from ─────────────────────────────────────── */

struct choice {
	struct store_offer_list list;
	bool                    is_find, is_starter;    /* else a list that somebody has */
	struct str              job;                    /* "": the list to start with */
	size_t                 *group, groups_n;        /* of each offer */
	struct str              group_name[GROUPS_N];
	size_t                  group_size[GROUPS_N];
};

static bool
starter_offers(struct request *r, struct store_offer_list *ret, struct err *err)
{
	struct opml list;

	if (td_opml_read(r->arena, bytes_of(desk_starter_list()), &list, err) != ERR_OK)
		return false;
	ret->offers.v = arena_array(r->arena, list.feeds.n + 1, struct store_offer);
	for (size_t i = 0; i < list.feeds.n; i++) {
		const struct opml_feed *f = &list.feeds.v[i];

		ret->offers.v[ret->offers.n++] = (struct store_offer){ .url = f->url, .given_url = f->url, .home_url = f->site, .title = f->title,
			.folder = f->group, .language = f->language };
	}
	return true;
}

/* Groups are numbered as they first come; the last takes the rest of a list with more than anybody makes. */
static size_t
group_named(struct choice *c, struct str name)
{
	for (size_t g = 0; g < c->groups_n; g++)
		if (str_eq(c->group_name[g], name))
			return g;
	if (c->groups_n < GROUPS_N)
		c->group_name[c->groups_n++] = name;
	return c->groups_n - 1;
}

static void
sort_into_groups(struct request *r, struct choice *c)
{
	c->group = arena_array(r->arena, c->list.offers.n, size_t);
	for (size_t i = 0; i < c->list.offers.n; i++) {
		c->group[i] = group_named(c, c->list.offers.v[i].folder);
		c->group_size[c->group[i]]++;
	}
}

/* false: the answer says why. */
static bool
open_choice(struct request *r, struct reply *reply, struct str job_id, struct choice *ret)
{
	struct store_name name = { job_id, ID_JOB };
	struct store_job  job;
	struct err        err;

	*ret = (struct choice){ .job = job_id, .is_starter = job_id.n == 0 };
	if (ret->is_starter ? !starter_offers(r, &ret->list, &err) : store_job_get(r->site->link, r->arena, &name, &job, &err) != ERR_OK ||
	    store_offer_list(r->site->link, r->arena, &name, &ret->list, &err) != ERR_OK) {
		reply_error(r, reply, &err);
		return false;
	}
	if (ret->list.offers.n == 0) {
		reply_problem(r, reply, 404, "desk.source.find_over", NULL);
		return false;
	}
	sort_into_groups(r, ret);
	ret->is_find = !ret->is_starter && job.kind == JOB_FIND_SOURCE && ret->list.offers.v[0].samples.n > 0;
	return true;
}

static void
add_offer(struct request *r, struct page_values *group, const struct choice *c, size_t i, bool on)
{
	const struct store_offer *o = &c->list.offers.v[i];
	struct page_values       *row = td_page_add(group, "offers");
	struct str                rest = o->samples, title;

	td_page_i64(row, "n", (int64_t)i);
	td_page_str(row, "name", o->title.n > 0 ? o->title : o->url);
	td_page_str(row, "offer_lang", o->title.n > 0 ? o->language : STR(""));
	td_page_str(row, "address", o->url);
	td_page_flag(row, "on", on);
	if (c->is_find)
		td_page_str(row, "announces", tr1(r, o->kind == SOURCE_PAGE ? "desk.source.links" : o->items_n == 1 ? "desk.source.announces.one" : "desk.source.announces.many",
		    view_number(r, o->items_n)));
	while (str_cut(&rest, '\n', &title))
		if (title.n > 0)
			td_page_str(td_page_add(row, "samples"), "sample", title);
}

/* Was this box ticked?  A first look at a page has none: then what is usually wanted is. */
static bool
is_ticked(const struct request *r, const char *name, size_t value, bool at_first)
{
	struct str one;

	if (!r->is_post)
		return at_first;
	for (size_t i = 0; (one = td_form_get_nth(&r->form, name, i)).n > 0; i++) {
		int64_t n;

		if (str_to_i64(one, 0, LIMIT_OPML_N, &n) && (size_t)n == value)
			return true;
	}
	return false;
}

static void
show_choice(struct request *r, struct reply *reply, const struct choice *c)
{
	struct page_values *rows[GROUPS_N];

	for (size_t g = 0; g < c->groups_n; g++) {
		rows[g] = td_page_add(r->values, "groups");
		td_page_i64(rows[g], "g", (int64_t)g);
		td_page_str(rows[g], "group_name", c->group_name[g].n > 0 ? c->group_name[g] : tr(r, "desk.source.no_group"));
		td_page_str(rows[g], "group_n", view_number(r, (int64_t)c->group_size[g]));
		td_page_flag(rows[g], "group_on", is_ticked(r, "g", g, !c->is_starter));
	}
	for (size_t i = 0; i < c->list.offers.n && i < SHOWN_N; i++)
		add_offer(r, rows[c->group[i]], c, i, is_ticked(r, "n", i, c->is_find && i == 0));
	td_page_str(r->values, "job", c->job);
	td_page_flag(r->values, "is_find", c->is_find);
	td_page_flag(r->values, "is_starter", c->is_starter);
	td_page_str(r->values, "folder", td_form_get(&r->form, "folder"));
	td_page_flag(r->values, "takes_pages", !r->is_post || td_form_has(&r->form, "takes_pages"));
	td_page_flag(r->values, "at_sources", true);
	td_page_flag(r->values, "no_add", true);
	reply_page(r, reply, "found.html", c->is_starter ? tr1(r, "desk.source.start", view_number(r, (int64_t)c->list.offers.n)) :
	    tr(r, c->is_find ? "desk.source.found" : "desk.source.list_found"));
}

void
page_source_found(struct request *r, struct reply *reply)
{
	struct choice *c = arena_new(r->arena, struct choice);

	if (open_choice(r, reply, r->arg, c))
		show_choice(r, reply, c);
}

void
page_source_start(struct request *r, struct reply *reply)
{
	struct choice *c = arena_new(r->arena, struct choice);

	if (open_choice(r, reply, STR(""), c))
		show_choice(r, reply, c);
}

/* ── taking ───────────────────────────────────────────────────────────── */

static struct store_source
source_of(const struct request *r, const struct choice *c, size_t i)
{
	const struct store_offer *o = &c->list.offers.v[i];

	return (struct store_source){ .kind = o->kind, .url = o->url, .given_url = o->given_url, .home_url = o->home_url, .title = o->title,
		.folder = c->is_find ? typed_field(r, "folder", FOLDER_B) : o->folder, .language = o->language, .reliability = o->note,
		.takes_pages = td_form_has(&r->form, "takes_pages") };
}

/* Those that were ticked, alone or with their group. */
static void
choose(struct request *r, const struct choice *c, struct store_source_new_list *ret)
{
	bool wanted[GROUPS_N];

	for (size_t g = 0; g < c->groups_n; g++)
		wanted[g] = !c->is_find && is_ticked(r, "g", g, false);
	ret->sources.v = arena_array(r->arena, c->list.offers.n + 1, struct store_source);
	for (size_t i = 0; i < c->list.offers.n; i++)
		if (wanted[c->group[i]] || (i < SHOWN_N && is_ticked(r, "n", i, false)))
			ret->sources.v[ret->sources.n++] = source_of(r, c, i);
}

static void
show_error(struct request *r, struct reply *reply, const struct choice *c, struct str error, bool is_english)
{
	td_page_str(r->values, "error", error);
	td_page_flag(r->values, "is_english", is_english);
	reply->status = 422;
	show_choice(r, reply, c);
}

void
page_source_take(struct request *r, struct reply *reply)
{
	struct choice               *c = arena_new(r->arena, struct choice);
	struct store_source_new_list ask = { 0 };
	struct store_source_taken    taken;
	struct err                   err;

	if (!open_choice(r, reply, td_form_get(&r->form, "job"), c))
		return;
	choose(r, c, &ask);
	if (!r->token_ok)
		show_error(r, reply, c, tr(r, "desk.guard.token"), false);
	else if (ask.sources.n == 0)
		show_error(r, reply, c, tr(r, "desk.source.none_ticked"), false);
	else if (store_source_take(r->site->link, r->arena, &ask, &taken, &err) != ERR_OK)
		reply_error(r, reply, &err);
	else if (taken.refused > 0 || (taken.added == 0 && c->is_find))
		show_error(r, reply, c, taken.refused > 0 ? taken.fault : tr(r, "desk.source.all_known"), taken.refused > 0);
	else if (taken.added == 1)
		reply_see_other(r, reply, print(r->arena, "/source/%s?added=1", view_id(r, ID_SOURCE, &taken.first).p));
	else
		reply_see_other(r, reply, print(r->arena, "/sources?added=%lld&known=%lld", (long long)taken.added, (long long)taken.known));
}
