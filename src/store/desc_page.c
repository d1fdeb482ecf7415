/* The wire tables of store/page.h. */
#include "store/desc.h"

#include "base/limits.h"

const char *const item_page_name[ITEM_PAGE__COUNT] = {
	[ITEM_NO_PAGE] = "none", [ITEM_LISTED] = "listed", [ITEM_WAITING] = "waiting", [ITEM_TAKEN] = "taken", [ITEM_FAILED] = "failed",
};
const char *const page_state_name[PAGE_STATE__COUNT] = {
	[PAGE_SAME] = "same", [PAGE_CHANGED] = "changed", [PAGE_EDITED] = "edited", [PAGE_SUSPECTED] = "suspected", [PAGE_GONE] = "gone",
};
const char *const page_what_name[PAGE_WHAT__COUNT] = {
	[WHAT_CHANGED] = "changed", [WHAT_EDITED] = "edited", [WHAT_SUSPECTED] = "suspected", [WHAT_GONE] = "gone", [WHAT_BACK] = "back",
};
static const char *const page_kind_name[PAGE_KIND__COUNT] = { [PAGE_ITEM] = "item", [PAGE_LOOK] = "look" };

static const struct wire_field page_ask_fields[] = {
	WIRE(struct store_page_ask, INSTANT, now_us, 0),
	WIRE(struct store_page_ask, I64, offset, 0),
	WIRE(struct store_page_ask, I64, limit, 0),
};
const struct wire_desc store_page_ask_desc = WIRE_DESC(struct store_page_ask, page_ask_fields);

static const struct wire_field page_line_fields[] = {
	WIRE_ENUM_OF(struct store_page_line, kind, PAGE_KIND__COUNT, page_kind_name),
	WIRE(struct store_page_line, ID, id, ID_ANY),
	WIRE(struct store_page_line, STR, url, LIMIT_URL_B),
};
static const struct wire_desc page_line_desc = WIRE_DESC(struct store_page_line, page_line_fields);

static const struct wire_field page_list_fields[] = {
	WIRE_LIST_OF(struct store_page_list, pages, 2 * LIMIT_PAGE_N, &page_line_desc),
	WIRE(struct store_page_list, BOOL, more, 0),
};
const struct wire_desc store_page_list_desc = WIRE_DESC(struct store_page_list, page_list_fields);

static const struct wire_field page_name_fields[] = {
	WIRE_ENUM_OF(struct store_page_name, kind, PAGE_KIND__COUNT, page_kind_name),
	WIRE(struct store_page_name, ID, id, ID_ANY),
	WIRE(struct store_page_name, BOOL, is_only_read, 0),
};
const struct wire_desc store_page_name_desc = WIRE_DESC(struct store_page_name, page_name_fields);

static const struct wire_field span_fields[] = {
	WIRE(struct store_span, I64, from, 0),
	WIRE(struct store_span, I64, to, 0),
};
static const struct wire_desc span_desc = WIRE_DESC(struct store_span, span_fields);

static const struct wire_field page_fields[] = {
	WIRE_ENUM_OF(struct store_page, kind, PAGE_KIND__COUNT, page_kind_name),
	WIRE(struct store_page, ID, id, ID_ANY),
	WIRE(struct store_page, ID, job, ID_JOB),
	WIRE(struct store_page, ID, source, ID_SOURCE),
	WIRE(struct store_page, STR, url, LIMIT_URL_B),
	WIRE(struct store_page, STR, source_title, LIMIT_FIELD_B),
	WIRE(struct store_page, STR, robots_why, LIMIT_FIELD_B),
	WIRE(struct store_page, STR, route, LIMIT_FIELD_B),
	WIRE(struct store_page, STR, contact, LIMIT_FIELD_B),
	WIRE(struct store_page, I64, attempts, 0),
	WIRE(struct store_page, ID, capture, ID_CAPTURE),
	WIRE(struct store_page, STR, final_url, LIMIT_URL_B),
	WIRE(struct store_page, STR, extractor, LIMIT_FIELD_B),
	WIRE(struct store_page, STR, text, LIMIT_TEXT_B),
	WIRE_LIST_OF(struct store_page, published, LIMIT_LIST_N, &span_desc),
	WIRE(struct store_page, INSTANT, taken_us, 0),
	WIRE(struct store_page, STR, etag, LIMIT_FIELD_B),
	WIRE(struct store_page, STR, last_modified, LIMIT_FIELD_B),
	WIRE(struct store_page, STR, life_route, LIMIT_FIELD_B),
	{ .type = WIRE_BYTES, .offset = offsetof(struct store_page, memory), .max = LIMIT_PLAN_B },
};
const struct wire_desc store_page_desc = WIRE_DESC(struct store_page, page_fields);

static const struct wire_field life_new_fields[] = {
	WIRE(struct store_life_new, ID, article, ID_ARTICLE),
	WIRE(struct store_life_new, INSTANT, looked_us, 0),
	WIRE(struct store_life_new, INSTANT, next_us, 0),
	WIRE_ENUM_OF(struct store_life_new, state, PAGE_STATE__COUNT, page_state_name),
	WIRE(struct store_life_new, STR, trouble, LIMIT_FIELD_B),
	WIRE(struct store_life_new, STR, etag, LIMIT_FIELD_B),
	WIRE(struct store_life_new, STR, last_modified, LIMIT_FIELD_B),
	WIRE(struct store_life_new, STR, route, LIMIT_FIELD_B),
	{ .type = WIRE_BYTES, .offset = offsetof(struct store_life_new, memory), .max = LIMIT_PLAN_B },
	WIRE(struct store_life_new, I64, what, 0),
	WIRE(struct store_life_new, STR, how, 64),
	WIRE(struct store_life_new, I64, status, 0),
	WIRE(struct store_life_new, ID, capture, ID_CAPTURE),
	WIRE(struct store_life_new, I64, news, 0),
	WIRE(struct store_life_new, STR, facts, LIMIT_NOTE_B),
};
const struct wire_desc store_life_new_desc = WIRE_DESC(struct store_life_new, life_new_fields);

static const struct wire_field event_fields[] = {
	WIRE(struct store_life_event, INSTANT, time_us, 0),
	WIRE(struct store_life_event, I64, status, 0),
	WIRE_ENUM_OF(struct store_life_event, what, PAGE_WHAT__COUNT, page_what_name),
	WIRE(struct store_life_event, STR, how, 64),
	WIRE(struct store_life_event, ID, capture, ID_CAPTURE),
	WIRE(struct store_life_event, ID, article, ID_ARTICLE),
};
static const struct wire_desc event_desc = WIRE_DESC(struct store_life_event, event_fields);

static const struct wire_field life_fields[] = {
	WIRE(struct store_life, ID, article, ID_ARTICLE),
	WIRE(struct store_life, INSTANT, looked_us, 0),
	WIRE(struct store_life, INSTANT, next_us, 0),
	WIRE_ENUM_OF(struct store_life, state, PAGE_STATE__COUNT, page_state_name),
	WIRE(struct store_life, STR, trouble, LIMIT_FIELD_B),
	WIRE_LIST_OF(struct store_life, events, LIMIT_PAGE_N, &event_desc),
};
const struct wire_desc store_life_desc = WIRE_DESC(struct store_life, life_fields);
