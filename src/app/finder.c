#include "app/finder.h"

#include "app/command.h"
#include "base/limits.h"
#include "text/utf8.h"
#include "watch/watch.h"

enum { LEASE_S = 300, FEEDS_N = 5, SAMPLES_N = 6, SAMPLE_B = 300 };

#define KINDS (1 << JOB_FIND_SOURCE | 1 << JOB_READ_LIST)

static struct str
cut(struct str s, size_t most_b)
{
	return str_sub(s, 0, td_utf8_floor(s, s.n < most_b ? s.n : most_b));
}

/* The first titles, a line each. */
static struct str
samples_of(struct arena *a, const struct feed_doc *doc)
{
	struct buf b = BUF_INIT(SAMPLES_N * (SAMPLE_B + 1));
	struct str out;

	for (size_t i = 0; i < doc->items.n && i < SAMPLES_N; i++) {
		struct str title = cut(doc->items.v[i].about.title.plain, SAMPLE_B);

		for (size_t k = 0; k < title.n; k++)
			buf_add_char(&b, (unsigned char)title.p[k] < ' ' ? ' ' : title.p[k]);
		buf_add_char(&b, '\n');
	}
	out = arena_copy(a, buf_str(&b));
	buf_free(&b);
	return out;
}

/* What a source says of itself. */
static struct store_offer
offer_of(struct arena *a, const struct watch_found *f, bool is_page, struct str given)
{
	return (struct store_offer){ .kind = is_page ? SOURCE_PAGE : f->doc.kind == FEED_SITEMAP ? SOURCE_SITEMAP : SOURCE_FEED, .url = f->url, .given_url = given,
		.home_url = cut(f->doc.about.link, LIMIT_URL_B), .title = cut(f->doc.about.title.plain, 200),
		.language = cut(f->doc.about.language, 60), .items_n = (int64_t)f->doc.items.n, .samples = samples_of(a, &f->doc) };
}

static void
offer_list(struct arena *a, const struct opml *list, struct store_offer_new *ret)
{
	ret->offers.v = arena_array(a, list->feeds.n + 1, struct store_offer);
	for (size_t i = 0; i < list->feeds.n; i++) {
		const struct opml_feed *f = &list->feeds.v[i];

		if (watch_unfit(a, f->url) != NULL)
			continue;       /* no address of the web, or one with a password, is not even shown */
		ret->offers.v[ret->offers.n++] = (struct store_offer){ .url = cut(f->url, LIMIT_URL_B), .given_url = cut(f->url, LIMIT_URL_B),
			.home_url = cut(f->site, LIMIT_URL_B), .title = cut(f->title, LIMIT_FIELD_B), .folder = cut(f->group, LIMIT_FIELD_B),
			.language = cut(f->language, 60), .note = cut(f->note, LIMIT_FIELD_B) };
	}
}

static enum err_code
look(struct intake *in, struct arena *a, struct str url, struct store_offer_new *ret, struct err *err)
{
	struct watch_look look;

	if (watch_look(in->room.jail, in->room.fetch, a, url, FEEDS_N, &look, err) != ERR_OK)
		return err->code;
	if (look.found.n == 0) {
		offer_list(a, &look.list, ret);
		return ERR_OK;
	}
	ret->offers.v = arena_array(a, look.found.n, struct store_offer);
	for (; ret->offers.n < look.found.n; ret->offers.n++)
		ret->offers.v[ret->offers.n] = offer_of(a, &look.found.v[ret->offers.n], look.is_page, url);
	return ERR_OK;
}

static enum err_code
read_list(struct intake *in, struct arena *a, const struct store_job *job, struct store_offer_new *ret, struct err *err)
{
	struct read_found found;

	if (read_find(in->room.jail, a, &(struct feed_ask){ .body = job->blob }, STR(""), &found, err) != ERR_OK)
		return err->code;
	if (found.kind != READ_A_LIST || found.list.feeds.n == 0)
		return err_set(err, ERR_FORMAT, "%" STR_FMT ": %s; nothing was added", STR_ARG(job->subject), found.kind == READ_A_LIST ?
		    "a list (OPML) that names no source" : "not a list of sources (OPML)");
	offer_list(a, &found.list, ret);
	return ERR_OK;
}

static enum err_code
work(struct intake *in, struct arena *a, const struct store_job *job, struct err *err)
{
	struct store_offer_new ask = { .job = job->id };
	struct store_none      none;
	enum err_code          code;

	code = job->kind == JOB_FIND_SOURCE ? look(in, a, job->subject, &ask, err) : read_list(in, a, job, &ask, err);
	if (code == ERR_OK && ask.offers.n == 0)
		code = err_set(err, ERR_FORMAT, "%" STR_FMT ": nothing to watch was found there", STR_ARG(job->subject));
	return code == ERR_OK ? store_offer_put(in->room.link, a, &ask, &none, err) : code;
}

enum err_code
finder_job(struct intake *in, bool *ret_did, struct err *err)
{
	const struct store_job_lease_ask lease = { .lease_s = LEASE_S, .kinds = KINDS };
	struct store_job                 job;
	struct store_job_end_ask         end;
	struct store_none                none;
	struct arena                     a;
	enum err_code                    code;

	arena_init(&a, 12 * LIMIT_BODY_B, app_full, NULL);
	code = store_job_lease(in->room.link, &a, &lease, &job, err);
	*ret_did = code == ERR_OK && !id_is_none(&job.id);
	if (*ret_did) {
		end = (struct store_job_end_ask){ .id = job.id };
		if (work(in, &a, &job, err) != ERR_OK)
			end.fault = arena_copy(&a, str_of(err->text));
		code = store_job_end(in->room.link, &a, &end, &none, err);
	}
	arena_free(&a);
	return code;
}
