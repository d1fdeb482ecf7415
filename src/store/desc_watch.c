/* The wire tables of store/watch.h. */
#include "store/desc.h"

#include "base/limits.h"

const char *const source_kind_name[SOURCE_KIND__COUNT] = {
	[SOURCE_FEED] = "feed", [SOURCE_SITEMAP] = "sitemap", [SOURCE_PAGE] = "page", [SOURCE_MAIL] = "mail",
};
const char *const source_state_name[SOURCE_STATE__COUNT] = {
	[SOURCE_ACTIVE] = "active", [SOURCE_PAUSED] = "paused", [SOURCE_REMOVED] = "removed",
};
const char *const news_kind_name[NEWS_KIND__COUNT] = {
	[NEWS_SILENT] = "silent", [NEWS_FAILING] = "failing", [NEWS_GONE] = "gone", [NEWS_BACK] = "back", [NEWS_MOVED] = "moved",
	[NEWS_GAP] = "gap", [NEWS_WALL] = "wall", [NEWS_CERTIFICATE] = "certificate", [NEWS_EDITED] = "edited",
	[NEWS_TAKEDOWN_SUSPECTED] = "takedown-suspected", [NEWS_TAKEDOWN] = "takedown", [NEWS_RESTORED] = "restored",
};

static const struct wire_field health_fields[] = {
	WIRE(struct store_source_health, INSTANT, next_us, 0),
	WIRE(struct store_source_health, INSTANT, asked_us, 0),
	WIRE(struct store_source_health, INSTANT, answered_us, 0),
	WIRE(struct store_source_health, INSTANT, newest_us, 0),
	WIRE(struct store_source_health, STR, etag, LIMIT_FIELD_B),
	WIRE(struct store_source_health, STR, last_modified, LIMIT_FIELD_B),
	WIRE(struct store_source_health, STR, route, LIMIT_FIELD_B),
	WIRE(struct store_source_health, STR, valid_url, LIMIT_URL_B),
	WIRE(struct store_source_health, HASH, body_sha256, 0),
	WIRE(struct store_source_health, STR, trouble, LIMIT_FIELD_B),
	WIRE(struct store_source_health, BOOL, is_silent, 0),
	{ .type = WIRE_BYTES, .offset = offsetof(struct store_source_health, plan), .max = LIMIT_PLAN_B },
};
static const struct wire_desc health_desc = WIRE_DESC(struct store_source_health, health_fields);

static const struct wire_field source_fields[] = {
	WIRE(struct store_source, ID, id, ID_SOURCE),
	WIRE_ENUM_OF(struct store_source, kind, SOURCE_KIND__COUNT, source_kind_name),
	WIRE_ENUM_OF(struct store_source, state, SOURCE_STATE__COUNT, source_state_name),
	WIRE(struct store_source, STR, url, LIMIT_URL_B),
	WIRE(struct store_source, STR, given_url, LIMIT_URL_B),
	WIRE(struct store_source, STR, home_url, LIMIT_URL_B),
	WIRE(struct store_source, STR, title, LIMIT_FIELD_B),
	WIRE(struct store_source, STR, folder, LIMIT_FIELD_B),
	WIRE(struct store_source, STR, language, 64),
	WIRE(struct store_source, STR, country, 64),
	WIRE(struct store_source, STR, reliability, LIMIT_FIELD_B),
	WIRE(struct store_source, I64, sensitivity, 0),
	WIRE(struct store_source, I64, interval_s, 0),
	WIRE(struct store_source, STR, route, LIMIT_FIELD_B),
	WIRE(struct store_source, STR, selector, LIMIT_FIELD_B),
	WIRE(struct store_source, STR, robots_why, LIMIT_FIELD_B),
	WIRE(struct store_source, STR, contact, LIMIT_FIELD_B),
	WIRE(struct store_source, BOOL, takes_pages, 0),
	WIRE(struct store_source, INSTANT, added_us, 0),
	WIRE_STRUCT_OF(struct store_source, health, &health_desc),
	WIRE(struct store_source, I64, items, 0),
};
const struct wire_desc store_source_desc = WIRE_DESC(struct store_source, source_fields);

static const struct wire_field source_ask_fields[] = {
	WIRE(struct store_source_ask, I64, offset, 0),
	WIRE(struct store_source_ask, I64, limit, 0),
	WIRE(struct store_source_ask, BOOL, with_removed, 0),
};
const struct wire_desc store_source_ask_desc = WIRE_DESC(struct store_source_ask, source_ask_fields);

static const struct wire_field source_list_fields[] = {
	WIRE_LIST_OF(struct store_source_list, sources, LIMIT_PAGE_N, &store_source_desc),
	WIRE(struct store_source_list, BOOL, more, 0),
};
const struct wire_desc store_source_list_desc = WIRE_DESC(struct store_source_list, source_list_fields);

static const struct wire_field due_ask_fields[] = {
	WIRE(struct store_due_ask, INSTANT, now_us, 0),
	WIRE(struct store_due_ask, I64, limit, 0),
};
const struct wire_desc store_due_ask_desc = WIRE_DESC(struct store_due_ask, due_ask_fields);

static const struct wire_field due_fields[] = {
	WIRE_LIST_OF(struct store_due, sources, LIMIT_PAGE_N, &store_source_desc),
	WIRE(struct store_due, INSTANT, next_us, 0),
};
const struct wire_desc store_due_desc = WIRE_DESC(struct store_due, due_fields);

static const struct wire_field item_key_fields[] = { WIRE(struct store_item_key, STR, key, LIMIT_URL_B) };
static const struct wire_desc item_key_desc = WIRE_DESC(struct store_item_key, item_key_fields);

static const struct wire_field item_keys_fields[] = {
	WIRE(struct store_item_keys, ID, source, ID_SOURCE),
	WIRE_LIST_OF(struct store_item_keys, keys, LIMIT_POLL_N, &item_key_desc),
};
const struct wire_desc store_item_keys_desc = WIRE_DESC(struct store_item_keys, item_keys_fields);

static const struct wire_field item_place_fields[] = { WIRE(struct store_item_place, I64, at, 0) };
static const struct wire_desc item_place_desc = WIRE_DESC(struct store_item_place, item_place_fields);

static const struct wire_field item_places_fields[] = {
	WIRE_LIST_OF(struct store_item_places, places, LIMIT_POLL_N, &item_place_desc),
};
const struct wire_desc store_item_places_desc = WIRE_DESC(struct store_item_places, item_places_fields);

static const struct wire_field item_new_fields[] = {
	WIRE(struct store_item_new, STR, key, LIMIT_URL_B),
	WIRE(struct store_item_new, STR, url, LIMIT_URL_B),
	WIRE(struct store_item_new, STR, page, LIMIT_URL_B),
	WIRE(struct store_item_new, STR, title, LIMIT_FIELD_B),
	WIRE(struct store_item_new, STR, author, LIMIT_FIELD_B),
	WIRE(struct store_item_new, STR, summary, LIMIT_NOTE_B),
	WIRE(struct store_item_new, INSTANT, published_us, 0),
	WIRE(struct store_item_new, BOOL, is_wanted, 0),
};
static const struct wire_desc item_new_desc = WIRE_DESC(struct store_item_new, item_new_fields);

static const struct wire_field news_new_fields[] = {
	WIRE_ENUM_OF(struct store_news_new, kind, NEWS_KIND__COUNT, news_kind_name),
	WIRE(struct store_news_new, ID, article, ID_ARTICLE),
	WIRE(struct store_news_new, STR, facts, LIMIT_NOTE_B),
};
static const struct wire_desc news_new_desc = WIRE_DESC(struct store_news_new, news_new_fields);

static const struct wire_field poll_fields[] = {
	WIRE(struct store_poll, ID, source, ID_SOURCE),
	WIRE_STRUCT_OF(struct store_poll, health, &health_desc),
	WIRE(struct store_poll, STR, learned_url, LIMIT_URL_B),
	WIRE(struct store_poll, STR, learned_title, LIMIT_FIELD_B),
	WIRE_LIST_OF(struct store_poll, items, LIMIT_POLL_N, &item_new_desc),
	WIRE_LIST_OF(struct store_poll, news, LIMIT_LIST_N, &news_new_desc),
};
const struct wire_desc store_poll_desc = WIRE_DESC(struct store_poll, poll_fields);

static const struct wire_field poll_done_fields[] = { WIRE(struct store_poll_done, I64, fresh, 0) };
const struct wire_desc store_poll_done_desc = WIRE_DESC(struct store_poll_done, poll_done_fields);

static const struct wire_field announced_fields[] = {
	WIRE(struct store_announced, ID, id, ID_ITEM),
	WIRE(struct store_announced, ID, source, ID_SOURCE),
	WIRE(struct store_announced, ID, capture, ID_CAPTURE),
	WIRE(struct store_announced, ID, article, ID_ARTICLE),
	WIRE(struct store_announced, STR, url, LIMIT_URL_B),
	WIRE(struct store_announced, STR, title, LIMIT_FIELD_B),
	WIRE(struct store_announced, STR, author, LIMIT_FIELD_B),
	WIRE(struct store_announced, STR, summary, LIMIT_NOTE_B),
	WIRE(struct store_announced, STR, source_title, LIMIT_FIELD_B),
	WIRE(struct store_announced, STR, language, 64),
	WIRE(struct store_announced, INSTANT, published_us, 0),
	WIRE(struct store_announced, INSTANT, seen_us, 0),
	WIRE(struct store_announced, I64, place, 0),
	WIRE_ENUM_OF(struct store_announced, state, ITEM_STATE__COUNT, item_state_name),
	WIRE_ENUM_OF(struct store_announced, page, ITEM_PAGE__COUNT, item_page_name),
	WIRE(struct store_announced, STR, trouble, LIMIT_FIELD_B),
	WIRE(struct store_announced, I64, status, 0),
};
const struct wire_desc store_announced_desc = WIRE_DESC(struct store_announced, announced_fields);

static const struct wire_field announced_ask_fields[] = {
	WIRE(struct store_announced_ask, ID, source, ID_SOURCE),
	WIRE(struct store_announced_ask, BOOL, in_folder, 0),
	WIRE(struct store_announced_ask, STR, folder, LIMIT_FIELD_B),
	WIRE(struct store_announced_ask, I64, state, 0),
	WIRE(struct store_announced_ask, I64, before, 0),
	WIRE(struct store_announced_ask, I64, limit, 0),
};
const struct wire_desc store_announced_ask_desc = WIRE_DESC(struct store_announced_ask, announced_ask_fields);

static const struct wire_field announced_list_fields[] = {
	WIRE_LIST_OF(struct store_announced_list, items, LIMIT_PAGE_N, &store_announced_desc),
	WIRE(struct store_announced_list, BOOL, more, 0),
};
const struct wire_desc store_announced_list_desc = WIRE_DESC(struct store_announced_list, announced_list_fields);

static const struct wire_field news_fields[] = {
	WIRE(struct store_news, ID, id, ID_NEWS),
	WIRE(struct store_news, ID, source, ID_SOURCE),
	WIRE(struct store_news, ID, article, ID_ARTICLE),
	WIRE(struct store_news, INSTANT, time_us, 0),
	WIRE(struct store_news, INSTANT, read_us, 0),
	WIRE_ENUM_OF(struct store_news, kind, NEWS_KIND__COUNT, news_kind_name),
	WIRE(struct store_news, STR, facts, LIMIT_NOTE_B),
	WIRE(struct store_news, STR, source_title, LIMIT_FIELD_B),
	WIRE(struct store_news, STR, article_title, LIMIT_FIELD_B),
};
const struct wire_desc store_news_desc = WIRE_DESC(struct store_news, news_fields);

static const struct wire_field news_ask_fields[] = {
	WIRE(struct store_news_ask, BOOL, only_unread, 0),
	WIRE(struct store_news_ask, I64, offset, 0),
	WIRE(struct store_news_ask, I64, limit, 0),
};
const struct wire_desc store_news_ask_desc = WIRE_DESC(struct store_news_ask, news_ask_fields);

static const struct wire_field news_list_fields[] = {
	WIRE_LIST_OF(struct store_news_list, news, LIMIT_PAGE_N, &store_news_desc),
	WIRE(struct store_news_list, BOOL, more, 0),
};
const struct wire_desc store_news_list_desc = WIRE_DESC(struct store_news_list, news_list_fields);

static const struct wire_field news_seen_fields[] = { WIRE(struct store_news_seen, ID, id, ID_NEWS) };
const struct wire_desc store_news_seen_desc = WIRE_DESC(struct store_news_seen, news_seen_fields);
