#include "desk/view.h"

#include "base/limits.h"

/* The address of this page in another language: what was asked, with another lang. */
static struct str
in_language(struct request *r, enum words_lang lang)
{
	struct str rest = r->query_text, pair;
	struct buf b = BUF_INIT(2 * LIMIT_URL_B);
	struct str out;

	buf_add(&b, r->path);
	buf_add_char(&b, '?');
	while (str_cut(&rest, '&', &pair))
		if (pair.n > 0 && !str_starts(pair, STR("lang="))) {
			buf_add(&b, pair);
			buf_add_char(&b, '&');
		}
	buf_add(&b, STR("lang="));
	buf_add(&b, td_words_tag(lang));
	out = b.failed ? STR("/") : arena_copy(r->arena, buf_str(&b));
	buf_free(&b);
	return out;
}

static void
add_languages(struct request *r)
{
	struct str tags = r->status.languages, tag;

	while (str_cut(&tags, ' ', &tag)) {
		enum words_lang     lang;
		struct page_values *row;

		if (!td_words_lang(tag, &lang) || lang == r->lang)
			continue;
		row = td_page_add(r->values, "languages");
		td_page_str(row, "tag", td_words_tag(lang));
		td_page_str(row, "name", td_words_name(lang));
		td_page_url(row, "url", in_language(r, lang));
	}
}

static void
hold_to_desk(struct request *r)
{
	struct str      tags = r->status.languages, tag;
	enum words_lang lang;
	unsigned        offered = 0;

	while (str_cut(&tags, ' ', &tag))
		if (td_words_lang(tag, &lang))
			offered |= 1u << lang;
	if (!r->lang_fixed && offered != 0 && (offered & 1u << r->lang) == 0)
		r->lang = td_words_choose(STR(""), offered);
}

static void
add_foot(struct request *r)
{
	const struct store_desk_status *s = &r->status;
	struct page_values             *v = r->values;

	if (s->last_capture_us > 0)
		view_time(r, v, "last_capture", s->last_capture_us);
	td_page_str(v, "ledger", tr1(r, "desk.foot.ledger", view_number(r, s->ledger_size)));
	td_page_flag(v, "one_copy", s->last_backup_us == 0);
	if (s->last_backup_us > 0)
		view_time(r, v, "last_backup", s->last_backup_us);
	if (s->last_fixity_us > 0 && s->fixity_wrong == 0)
		view_time(r, v, "last_fixity", s->last_fixity_us);
	if (s->fixity_wrong > 0)
		td_page_str(v, "wrong", tr1(r, s->fixity_wrong == 1 ? "desk.foot.wrong.one" : "desk.foot.wrong.many", view_number(r, s->fixity_wrong)));
	if (s->bytes_free >= 0)
		td_page_str(v, "disk", tr1(r, "desk.foot.disk", view_size(r, s->bytes_free)));
}

enum err_code
view_frame(struct request *r, struct err *err)
{
	struct page_values *v = r->values;

	td_page_str(v, "lang", td_words_tag(r->lang));
	td_page_url(v, "css", r->site->css_url);
	td_page_str(v, "token", str_of(r->site->token));
	td_page_str(v, "version", STR(TIDINGS_VERSION));
	td_page_flag(v, "is_post", r->is_post);
	td_page_flag(v, "may_edit", (r->site->roles & (ROLE_EDITOR | ROLE_OWNER)) != 0);
	td_page_str(v, "desk", STR("Tidings"));
	if (store_status(r->site->link, r->arena, &(struct store_none){ 0 }, &r->status, err) != ERR_OK)
		return err->code;
	hold_to_desk(r);
	td_page_str(v, "lang", td_words_tag(r->lang));
	td_page_str(v, "desk", r->status.name);
	td_page_str(v, "tagline", r->status.tagline);
	td_page_flag(v, "is_sample", r->status.is_sample);
	td_page_flag(v, "may_start", r->status.is_sample && r->site->may_start);
	td_page_flag(v, "is_read_only", r->status.is_read_only);
	if (r->status.items_open > 0)
		td_page_str(v, "inbox_n", r->status.items_open < 1000 ? view_number(r, r->status.items_open) : STR("999+"));
	td_page_flag(v, "has_foot", true);
	if (!r->is_post)
		add_languages(r);
	add_foot(r);
	return ERR_OK;
}

struct words_self {
	enum words_lang lang;
};

static struct str
look_up(const void *self, struct str id)
{
	return td_words(((const struct words_self *)self)->lang, id);
}

void
reply_page(struct request *r, struct reply *reply, const char *file, struct str title)
{
	struct words_self self = { r->lang };
	struct err        err;

	td_page_str(r->values, "title", title);
	if (reply->status == 0)
		reply->status = 200;
	reply->type = "text/html; charset=utf-8";
	buf_reset(&reply->body);
	if (td_page_print(r->site->pages, str_of(file), r->values, &(struct page_words){ look_up, &self }, &reply->body,
	    &err) != ERR_OK || reply->body.failed) {
		reply->status = 500;
		reply->type = "text/plain; charset=utf-8";
		buf_reset(&reply->body);
		buf_add(&reply->body, reply->body.failed ? STR("page: too large to show\n") : str_of(err.text));
	}
}

void
reply_see_other(struct request *r, struct reply *reply, struct str location)
{
	reply->status = 303;
	reply->location = arena_copy(r->arena, location);
	reply->type = "text/plain; charset=utf-8";
	buf_reset(&reply->body);
}

void
reply_problem(struct request *r, struct reply *reply, unsigned status, const char *words, const struct err *cause)
{
	reply->status = status;
	td_page_str(r->values, "problem", tr(r, words));
	td_page_str(r->values, "cause", cause != NULL ? arena_copy(r->arena, str_of(cause->text)) : STR(""));
	reply_page(r, reply, "problem.html", tr(r, status == 404 ? "desk.problem.missing" : "desk.problem.title"));
}

void
reply_error(struct request *r, struct reply *reply, const struct err *err)
{
	switch (err->code) {
	case ERR_MISSING:
		reply_problem(r, reply, 404, "desk.problem.no_row", err);
		break;
	case ERR_EXISTS:
		reply_problem(r, reply, 404, "desk.problem.many_rows", err);
		break;
	case ERR_FORMAT:
		reply_problem(r, reply, 400, "desk.problem.asked_wrong", err);
		break;
	case ERR_DENIED:
		reply_problem(r, reply, 403, "desk.guard.role", err);
		break;
	case ERR_BUSY:
		reply_problem(r, reply, 503, "desk.problem.busy", err);
		break;
	default:
		reply_problem(r, reply, 500, "desk.problem.store", err);
	}
}
