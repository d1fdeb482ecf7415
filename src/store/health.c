/* The self-check: each article that comes in is set beside those of its host (lib/article/health.h). */
#include "store/statements.h"
#include "store/handlers.h"

#include "article/health.h"
#include "base/limits.h"

static struct str
host_of(struct store *s, struct arena *a, int64_t article)
{
	struct query q = db_query(&s->db, STMT_reading_host);

	bind_i64(&q, article);
	return db_row(&q) ? col_str(&q, a) : STR("");
}

/* The host's newest pages, the oldest of them first. */
static size_t
load_pages(struct store *s, struct str host, struct health_page page[HEALTH_PAGES_N])
{
	struct query q = db_query(&s->db, STMT_reading_newest);
	size_t       n = 0;

	bind_str(&q, host);
	bind_i64(&q, HEALTH_PAGES_N);
	while (db_row(&q) && n < HEALTH_PAGES_N) {
		struct health_page *p = &page[n++];

		*p = (struct health_page){ .taken_us = col_i64(&q) };
		p->letters = col_i64(&q);
		p->has[HEALTH_TITLE] = col_i64(&q) != 0;
		p->has[HEALTH_DATE] = col_i64(&q) != 0;
		p->has[HEALTH_BYLINE] = col_i64(&q) != 0;
	}
	for (size_t i = 0; i < n / 2; i++) {
		struct health_page p = page[i];

		page[i] = page[n - 1 - i];
		page[n - 1 - i] = p;
	}
	return n;
}

void
health_note(struct store *s, struct arena *a, int64_t article)
{
	struct health_fault fault[HEALTH_QUESTION__COUNT];
	struct health_page *page = arena_array(a, HEALTH_PAGES_N, struct health_page);
	struct query        q = db_query(&s->db, STMT_reading_put);
	struct str          host;
	size_t              n;

	bind_i64(&q, article);
	db_run(&q);
	if ((host = host_of(s, a, article)).n == 0)
		return;
	n = td_health(page, load_pages(s, host, page), fault);
	q = db_query(&s->db, STMT_host_fault_clear);
	bind_str(&q, host);
	db_run(&q);
	for (size_t i = 0; i < n; i++) {
		q = db_query(&s->db, STMT_host_fault_add);
		bind_str(&q, host);
		bind_cstr(&q, health_question_name[fault[i].question]);
		bind_i64(&q, fault[i].since_us);
		bind_i64(&q, fault[i].lack);
		bind_i64(&q, fault[i].of);
		bind_i64(&q, fault[i].lacked);
		bind_i64(&q, fault[i].of_before);
		db_run(&q);
	}
}

static enum health_question
question_of(struct str name)
{
	int q = 0;

	while (q + 1 < HEALTH_QUESTION__COUNT && !str_eq(name, str_of(health_question_name[q])))
		q++;
	return (enum health_question)q;
}

enum err_code
on_health(struct store *s, struct arena *a, const struct store_none *ask, struct store_health *ret, struct err *err)
{
	struct query q = db_query(&s->db, STMT_host_faults);

	(void)ask;
	*ret = (struct store_health){ 0 };
	ret->hosts.v = arena_array(a, LIMIT_PAGE_N, struct store_host_fault);
	bind_i64(&q, LIMIT_PAGE_N);
	while (db_row(&q)) {
		struct store_host_fault *f = &ret->hosts.v[ret->hosts.n++];

		f->host = col_str(&q, a);
		f->question = question_of(col_str(&q, a));
		f->since_us = col_i64(&q);
		f->lack = col_i64(&q);
		f->of = col_i64(&q);
		f->lacked = col_i64(&q);
		f->of_before = col_i64(&q);
	}
	return db_failed(&s->db, err);
}
