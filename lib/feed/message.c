/* The model as a message: what the child that read a feed tells its parent. */
#include "base/limits.h"
#include "feed/read.h"

static const char *const type_names[FEED_TYPE__COUNT] = { "text", "html", "other" };

static const struct wire_field text_fields[] = {
	WIRE(struct feed_text, STR, value, LIMIT_FEED_TEXT_B),
	WIRE(struct feed_text, STR, plain, 2 * LIMIT_FEED_TEXT_B),
	WIRE_ENUM_OF(struct feed_text, type, FEED_TYPE__COUNT, type_names),
	WIRE(struct feed_text, I64, from, 0),
	WIRE(struct feed_text, I64, to, 0),
};
static const struct wire_desc text_desc = WIRE_DESC(struct feed_text, text_fields);

static const struct wire_field date_fields[] = {
	WIRE(struct feed_date, STR, text, LIMIT_FIELD_B),
	WIRE(struct feed_date, INSTANT, us, 0),
};
static const struct wire_desc date_desc = WIRE_DESC(struct feed_date, date_fields);

static const struct wire_field person_fields[] = {
	WIRE(struct feed_person, STR, name, LIMIT_FIELD_B),
	WIRE(struct feed_person, STR, email, LIMIT_FIELD_B),
	WIRE(struct feed_person, STR, url, LIMIT_FIELD_B),
};
static const struct wire_desc person_desc = WIRE_DESC(struct feed_person, person_fields);

static const struct wire_field link_fields[] = {
	WIRE(struct feed_link, STR, url, LIMIT_FIELD_B),
	WIRE(struct feed_link, STR, rel, LIMIT_FIELD_B),
	WIRE(struct feed_link, STR, type, LIMIT_FIELD_B),
	WIRE(struct feed_link, STR, title, LIMIT_FIELD_B),
	WIRE(struct feed_link, STR, language, LIMIT_FIELD_B),
};
static const struct wire_desc link_desc = WIRE_DESC(struct feed_link, link_fields);

static const struct wire_field enclosure_fields[] = {
	WIRE(struct feed_enclosure, STR, url, LIMIT_FIELD_B),
	WIRE(struct feed_enclosure, STR, type, LIMIT_FIELD_B),
	WIRE(struct feed_enclosure, STR, length, LIMIT_FIELD_B),
	WIRE(struct feed_enclosure, STR, title, LIMIT_FIELD_B),
	WIRE(struct feed_enclosure, BOOL, is_media, 0),
};
static const struct wire_desc enclosure_desc = WIRE_DESC(struct feed_enclosure, enclosure_fields);

static const struct wire_field about_fields[] = {
	WIRE_STRUCT_OF(struct feed_about, title, &text_desc),
	WIRE_STRUCT_OF(struct feed_about, summary, &text_desc),
	WIRE_STRUCT_OF(struct feed_about, content, &text_desc),
	WIRE_STRUCT_OF(struct feed_about, rights, &text_desc),
	WIRE(struct feed_about, STR, id, LIMIT_FIELD_B),
	WIRE(struct feed_about, STR, link, LIMIT_FIELD_B),
	WIRE(struct feed_about, STR, author, LIMIT_FIELD_B),
	WIRE(struct feed_about, STR, language, LIMIT_FIELD_B),
	WIRE(struct feed_about, STR, licence, LIMIT_FIELD_B),
	WIRE(struct feed_about, STR, image, LIMIT_FIELD_B),
	WIRE_STRUCT_OF(struct feed_about, published, &date_desc),
	WIRE_STRUCT_OF(struct feed_about, updated, &date_desc),
	WIRE_LIST_OF(struct feed_about, authors, LIMIT_FEED_LIST_N, &person_desc),
	WIRE_LIST_OF(struct feed_about, links, LIMIT_FEED_LIST_N, &link_desc),
	WIRE_LIST_OF(struct feed_about, tags, LIMIT_FEED_LIST_N, &wire_str_desc),
};
static const struct wire_desc about_desc = WIRE_DESC(struct feed_about, about_fields);

static const struct wire_field item_fields[] = {
	WIRE_STRUCT_OF(struct feed_item, about, &about_desc),
	WIRE(struct feed_item, I64, from, 0),
	WIRE(struct feed_item, I64, to, 0),
	WIRE(struct feed_item, BOOL, id_is_link, 0),
	WIRE_LIST_OF(struct feed_item, enclosures, LIMIT_FEED_LIST_N, &enclosure_desc),
	WIRE(struct feed_item, STR, comments, LIMIT_FIELD_B),
	WIRE(struct feed_item, STR, in_reply_to, LIMIT_FIELD_B),
	WIRE(struct feed_item, STR, place, LIMIT_FIELD_B),
	WIRE(struct feed_item, STR, source_title, LIMIT_FIELD_B),
	WIRE(struct feed_item, STR, source_url, LIMIT_FIELD_B),
};
static const struct wire_desc item_desc = WIRE_DESC(struct feed_item, item_fields);

static const struct wire_field doc_fields[] = {
	WIRE_ENUM_OF(struct feed_doc, kind, FEED_KIND__COUNT, feed_kind_names),
	WIRE_STRUCT_OF(struct feed_doc, about, &about_desc),
	WIRE_LIST_OF(struct feed_doc, items, LIMIT_FEED_ITEMS_N, &item_desc),
	WIRE(struct feed_doc, STR, charset, LIMIT_FIELD_B),
	WIRE(struct feed_doc, STR, charset_why, LIMIT_FIELD_B),
	WIRE(struct feed_doc, STR, generator, LIMIT_FIELD_B),
	WIRE(struct feed_doc, STR, hub, LIMIT_FIELD_B),
	WIRE(struct feed_doc, STR, self, LIMIT_FIELD_B),
	WIRE(struct feed_doc, STR, next, LIMIT_FIELD_B),
	WIRE(struct feed_doc, STR, moved_to, LIMIT_FIELD_B),
	WIRE(struct feed_doc, I64, ttl_min, 0),
	WIRE(struct feed_doc, I64, every_min, 0),
	WIRE(struct feed_doc, I64, skip_hours, 0),
	WIRE(struct feed_doc, I64, skip_days, 0),
	WIRE(struct feed_doc, BOOL, is_broken, 0),
	WIRE(struct feed_doc, BOOL, is_cut, 0),
	WIRE(struct feed_doc, BOOL, is_over_limit, 0),
};
const struct wire_desc feed_doc_desc = WIRE_DESC(struct feed_doc, doc_fields);
