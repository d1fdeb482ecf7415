#include "app/intake.h"

#include <stdio.h>

#include "app/command.h"
#include "base/limits.h"
#include "extract/extract.h"

#define LEASE_S 300

enum err_code
intake_open(struct store_link *link, struct jail *jail, struct str fetch_allow, struct str fetch_route, struct intake *ret, struct err *err)
{
	struct fetch *fetch;

	if (fetch_create(&(struct fetch_options){ .allow = fetch_allow, .route = fetch_route }, &fetch, err) != ERR_OK)
		return err_in(err, "tidings.conf");
	*ret = (struct intake){ .room = { .link = link, .fetch = fetch, .jail = jail, .by = STR("editor") } };
	return ERR_OK;
}

void
intake_close(struct intake *in)
{
	fetch_destroy(in->room.fetch);
	in->room.fetch = NULL;
}

static struct str
copy_text(struct arena *a, const char *text)
{
	return arena_copy(a, str_of(text));
}

/* A reply that says "not here" is evidence of absence, not a story. */
static bool
is_refusal(const struct capture_taken *t)
{
	return t->status >= 400;
}

/*
 * The page's files and the text that was read, kept beside it.  What went wrong there is said, and changes nothing about
 * the page, which is kept already.
 */
static void
keep_parts(struct intake *in, struct arena *a, const struct capture_taken *t, const struct article *article, struct intake_item *item)
{
	const struct capture_reading reading = { .text = article->text, .needs_browser = article->kind == ARTICLE_NEEDS_BROWSER };
	struct capture_parts         parts;
	struct arena                 own;
	struct err                   err;
	char                         line[256];

	arena_init(&own, INTAKE_ARENA_B, app_full, NULL);
	if (capture_parts(&in->room, &own, t, &reading, &parts, &err) != ERR_OK) {
		snprintf(line, sizeof(line), "the page is kept, its files are not: %.180s", err.text);
		item->said = copy_text(a, line);
	} else if (parts.failed > 0 && item->said.n == 0) {
		snprintf(line, sizeof(line), "of %lld files that the page names %lld are kept and %lld could not be had", (long long)parts.named,
		    (long long)parts.stored, (long long)parts.failed);
		item->said = copy_text(a, line);
	}
	arena_free(&own);
}

static void
read_item(struct intake *in, struct arena *a, const struct capture_taken *t, struct intake_item *item)
{
	struct article article;
	struct err     err;
	char           line[64];

	if (is_refusal(t)) {
		snprintf(line, sizeof(line), "the server answered %d; kept as evidence", (int)t->status);
		item->code = ERR_MISSING;
		item->said = copy_text(a, line);
		return;
	}
	if (t->kind == DOCUMENT_NONE) {
		item->code = ERR_NET;
		item->said = t->fault;
		return;
	}
	if (t->kind == DOCUMENT_OTHER) {
		item->said = t->fault.n > 0 ? t->fault : t->said;
		return;
	}
	item->code = extract_capture(in->room.link, in->room.jail, a, &t->id, &item->article, &article, &err);
	if (item->code != ERR_OK) {
		item->said = copy_text(a, err.text);
		return;
	}
	item->title = article.title;
	item->said = t->fault.n > 0 ? t->fault : article.kind != ARTICLE_STORY && article.warnings.n > 0 ? article.warnings.v[0] : STR("");
	if (t->is_fetched)
		keep_parts(in, a, t, &article, item);
}

static struct intake_list
read_all(struct intake *in, struct arena *a, const struct capture_taken *taken, size_t n)
{
	struct intake_list list = { .v = arena_array(a, n > 0 ? n : 1, struct intake_item), .n = n };

	for (size_t i = 0; i < n; i++) {
		list.v[i] = (struct intake_item){ .capture = taken[i].id, .status = taken[i].status,
			.url = taken[i].url.n > 0 ? taken[i].url : taken[i].final_url };
		read_item(in, a, &taken[i], &list.v[i]);
	}
	return list;
}

enum err_code
intake_url(struct intake *in, struct arena *a, struct str url, struct intake_list *ret, struct err *err)
{
	struct capture_taken taken;

	if (capture_url(&in->room, a, url, &taken, err) != ERR_OK)
		return err->code;
	*ret = read_all(in, a, &taken, 1);
	return ERR_OK;
}

enum err_code
intake_path(struct intake *in, struct arena *a, struct str path, struct str url, struct intake_list *ret, struct err *err)
{
	struct capture_list taken;

	if (capture_path(&in->room, a, path, url, &taken, err) != ERR_OK)
		return err->code;
	*ret = read_all(in, a, taken.v, taken.n);
	ret->said = taken.said;
	return ERR_OK;
}

enum err_code
intake_file(struct intake *in, struct arena *a, struct str name, struct bytes bytes, struct str url, struct intake_list *ret,
	struct err *err)
{
	struct capture_list taken;

	if (capture_file(&in->room, a, name, bytes, url, &taken, err) != ERR_OK)
		return err->code;
	*ret = read_all(in, a, taken.v, taken.n);
	ret->said = taken.said;
	return ERR_OK;
}

/* What a job came to: its result's id, or a sentence. */
static struct store_job_end_ask
outcome(const struct store_job *job, enum err_code code, const struct intake_list *list, const struct err *err)
{
	struct store_job_end_ask end = { .id = job->id };

	if (code != ERR_OK) {
		end.fault = str_of(err->text);
	} else if (list->n > 0) {
		end.result = id_is_none(&list->v[0].article) ? list->v[0].capture : list->v[0].article;
		end.fault = list->v[0].code != ERR_OK ? list->v[0].said : STR("");
	}
	return end;
}

static enum err_code
extract_again(struct intake *in, struct arena *a, struct str capture, struct intake_list *ret, struct err *err)
{
	struct store_name  name = { .id = capture, .kind = ID_CAPTURE };
	struct store_found found;
	struct article     article;

	*ret = (struct intake_list){ .v = arena_new(a, struct intake_item), .n = 1 };
	if (store_find(in->room.link, a, &name, &found, err) != ERR_OK)
		return err->code;
	ret->v->capture = found.id;
	return extract_capture(in->room.link, in->room.jail, a, &found.id, &ret->v->article, &article, err);
}

static enum err_code
work(struct intake *in, struct arena *a, const struct store_job *job, struct intake_list *list, struct err *err)
{
	switch (job->kind) {
	case JOB_ADD_URL:
		return intake_url(in, a, job->subject, list, err);
	case JOB_ADD_FILE:
		return intake_file(in, a, job->subject, job->blob, STR(""), list, err);
	case JOB_EXTRACT:
		return extract_again(in, a, job->subject, list, err);
	case JOB_ITEM_PAGE: case JOB_FIND_SOURCE: case JOB_READ_LIST: case JOB_KIND__COUNT:
		break;
	}
	return err_set(err, ERR_FORMAT, "a job of a kind that this version does not know; left alone");
}

enum err_code
intake_job(struct intake *in, int64_t kinds, bool *ret_did, struct err *err)
{
	struct store_job         job;
	struct store_job_end_ask end;
	struct store_none        none;
	struct intake_list       list = { 0 };
	struct arena             a;
	enum err_code            code;

	arena_init(&a, INTAKE_ARENA_B, app_full, NULL);
	code = store_job_lease(in->room.link, &a, &(struct store_job_lease_ask){ .lease_s = LEASE_S, .kinds = kinds }, &job, err);
	*ret_did = code == ERR_OK && !id_is_none(&job.id);
	if (*ret_did) {
		code = work(in, &a, &job, &list, err);
		end = outcome(&job, code, &list, err);
		/* An article's commit has ended the job that asked for it. */
		if (job.kind != JOB_EXTRACT || code != ERR_OK)
			code = store_job_end(in->room.link, &a, &end, &none, err);
	}
	arena_free(&a);
	return code;
}
