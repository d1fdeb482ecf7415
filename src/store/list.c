#include "store/statements.h"
#include "store/handlers.h"

#include "base/limits.h"
#include "store/search.h"

#define SNIPPET_B 320

static void
load_field(struct query *q, struct arena *a, struct store_item *item)
{
	struct str name = col_str(q, a), value = col_str(q, a);

	if (str_eq(name, STR("publisher")))
		item->publisher = value;
	else if (str_eq(name, STR("carrier")))
		item->carrier = value;
	else if (str_eq(name, STR("language")))
		item->language = value;
	else if (str_eq(name, STR("title")))
		item->title = value;
	else if (str_eq(name, STR("subject")))
		item->country = value;
	else if (str_eq(name, STR("published")) && !civil_parse_iso(value, &item->published))
		item->published = (struct civil){ .zone_min = CIVIL_NO_ZONE };
}

/* What is beside the row itself: the article's fields, the newest note. */
static void
complete(struct store *s, struct arena *a, int64_t article, struct store_item *item)
{
	struct query q = db_query(&s->db, STMT_item_text);

	bind_i64(&q, article);
	if (db_row(&q)) {
		item->kind = (enum article_kind)col_enum(&q, article_kind_name, ARTICLE_KIND__COUNT);
		item->title = col_str(&q, a);
		item->words = col_i64(&q);
		item->country = col_str(&q, a);
	}
	q = db_query(&s->db, STMT_item_fields);
	bind_i64(&q, article);
	while (db_row(&q))
		load_field(&q, a, item);
	q = db_query(&s->db, STMT_item_note);
	bind_i64(&q, article);
	if (db_row(&q)) {
		item->note = col_id(&q);
		item->note_status = col_enum(&q, note_status_name, NOTE_STATUS__COUNT);
	}
}

static enum err_code
check_page(int64_t offset, int64_t limit, struct err *err)
{
	if (offset < 0 || limit < 1 || limit > LIMIT_PAGE_N)
		return err_set(err, ERR_LIMIT, "a page of %lld rows from row %lld on: a page has 1 to %d; nothing was read",
		    (long long)limit, (long long)offset, LIMIT_PAGE_N);
	return ERR_OK;
}

/* The rows of one of the list_ statements; seqs, when given, are those of their articles. */
static void
load_items(struct store *s, struct arena *a, struct query *q, int64_t limit, struct store_item_list *ret, int64_t *seqs)
{
	ret->items.v = arena_array(a, (size_t)limit, struct store_item);
	while (db_row(q)) {
		struct store_item *item = &ret->items.v[ret->items.n];

		if (ret->items.n == (size_t)limit) {
			ret->more = true;
			break;
		}
		seqs[ret->items.n++] = col_i64(q);
		item->note_status = -1;
		item->published.zone_min = CIVIL_NO_ZONE;
		item->article = col_id(q);
		item->capture = col_id(q);
		item->url = col_str(q, a);
		item->taken_us = col_i64(q);
		item->status = col_i64(q);
		item->how = (enum capture_how)col_enum(q, capture_how_name, HOW__COUNT);
		item->fault = col_str(q, a);
	}
	for (size_t i = 0; i < ret->items.n; i++)
		if (seqs[i] != 0)
			complete(s, a, seqs[i], &ret->items.v[i]);
}

enum err_code
on_list(struct store *s, struct arena *a, const struct store_list_ask *ask, struct store_item_list *ret, struct err *err)
{
	int64_t      seqs[LIMIT_PAGE_N];
	struct query q;

	if (check_page(ask->offset, ask->limit, err) != ERR_OK)
		return err->code;
	q = db_query(&s->db, ask->country.n > 0 ? STMT_list_country : STMT_list_captures);
	bind_i64(&q, ask->limit + 1);
	bind_i64(&q, ask->offset);
	if (ask->country.n > 0)
		bind_str(&q, ask->country);
	ret->total = -1;
	load_items(s, a, &q, ask->limit, ret, seqs);
	if (ask->country.n == 0) {
		q = db_query(&s->db, STMT_capture_newest);
		ret->total = db_row(&q) ? col_i64(&q) : 0;
	}
	return db_failed(&s->db, err);
}

static struct str
snippet_of(struct store *s, struct arena *a, const struct search_query *query, int64_t article)
{
	struct buf out = BUF_INIT(LIMIT_FIELD_B);
	struct str ret;

	search_snippet(query, article_text(s, a, article), SNIPPET_B, &out);
	ret = out.failed ? STR("") : arena_copy(a, buf_str(&out));
	buf_free(&out);
	return ret;
}

enum err_code
on_search(struct store *s, struct arena *a, const struct store_search_ask *ask, struct store_item_list *ret, struct err *err)
{
	int64_t             seqs[LIMIT_PAGE_N];
	struct search_query query;
	struct buf          match = BUF_INIT(8 * LIMIT_QUERY_B);
	struct query        q;

	if (check_page(ask->offset, ask->limit, err) != ERR_OK)
		return err->code;
	ret->total = -1;
	search_parse(ask->query, &query);
	search_expression(&query, &match);
	if (match.n > 0 && !match.failed) {
		q = db_query(&s->db, STMT_list_found);
		bind_i64(&q, ask->limit + 1);
		bind_i64(&q, ask->offset);
		bind_str(&q, buf_str(&match));
		load_items(s, a, &q, ask->limit, ret, seqs);
		for (size_t i = 0; i < ret->items.n; i++)
			ret->items.v[i].snippet = snippet_of(s, a, &query, seqs[i]);
	} else {
		ret->total = 0;
	}
	buf_free(&match);
	return db_failed(&s->db, err);
}
