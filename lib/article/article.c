#include "article/article.h"

#include "base/limits.h"

const char *const article_kind_name[ARTICLE_KIND__COUNT] = {
	[ARTICLE_STORY] = "story", [ARTICLE_INDEX] = "index", [ARTICLE_NEEDS_BROWSER] = "needs-browser",
	[ARTICLE_WALL] = "wall", [ARTICLE_EMPTY] = "empty",
	[ARTICLE_FORUM] = "forum", [ARTICLE_PRODUCT] = "product",
};

const char *const block_kind_name[BLOCK_KIND__COUNT] = {
	[BLOCK_PARAGRAPH] = "paragraph", [BLOCK_HEADING] = "heading", [BLOCK_ITEM] = "item", [BLOCK_QUOTE] = "quote",
	[BLOCK_ROW] = "row", [BLOCK_CAPTION] = "caption", [BLOCK_PRE] = "pre",
};

static const struct wire_field block_fields[] = {
	WIRE_ENUM_OF(struct block, kind, BLOCK_KIND__COUNT, block_kind_name),
	WIRE(struct block, I64, level, 0),
	WIRE(struct block, I64, from, 0),
	WIRE(struct block, I64, to, 0),
	WIRE(struct block, ORDINAL, page, 0),
};
const struct wire_desc block_desc = WIRE_DESC(struct block, block_fields);

static const struct wire_field dateline_fields[] = {
	WIRE(struct dateline, CIVIL, date, 0),
	WIRE(struct dateline, STR, place, LIMIT_FIELD_B),
	WIRE(struct dateline, STR, country, 2),
	WIRE(struct dateline, STR, source, LIMIT_FIELD_B),
	WIRE(struct dateline, STR, text, LIMIT_FIELD_B),
};
const struct wire_desc dateline_desc = WIRE_DESC(struct dateline, dateline_fields);

static const struct wire_field person_fields[] = {
	WIRE(struct contact_person, STR, name, LIMIT_FIELD_B),
	WIRE(struct contact_person, STR, role, LIMIT_FIELD_B),
};
static const struct wire_desc person_desc = WIRE_DESC(struct contact_person, person_fields);

static const struct wire_field contact_fields[] = {
	WIRE(struct contact, STR, text, LIMIT_FIELD_B),
	WIRE_LIST_OF(struct contact, people, LIMIT_LIST_N, &person_desc),
	WIRE(struct contact, STR, email, LIMIT_FIELD_B),
	WIRE(struct contact, STR, phone, LIMIT_FIELD_B),
};
static const struct wire_desc contact_desc = WIRE_DESC(struct contact, contact_fields);

static const struct wire_field link_fields[] = {
	WIRE(struct article_link, STR, url, LIMIT_URL_B),
	WIRE(struct article_link, STR, text, LIMIT_FIELD_B),
	WIRE_ENUM_OF(struct article_link, kind, LINK_KIND__COUNT, link_kind_name),
};
static const struct wire_desc link_desc = WIRE_DESC(struct article_link, link_fields);

static const struct wire_field reason_fields[] = {
	WIRE(struct reason, STR, field, LIMIT_FIELD_B),
	WIRE(struct reason, STR, why, LIMIT_FIELD_B),
	WIRE(struct reason, I64, confidence, 0),
};
static const struct wire_desc reason_desc = WIRE_DESC(struct reason, reason_fields);

static const struct wire_field article_fields[] = {
	WIRE(struct article, STR, file, LIMIT_URL_B),
	WIRE(struct article, STR, url, LIMIT_URL_B),
	WIRE(struct article, STR, canonical_url, LIMIT_URL_B),
	WIRE_ENUM_OF(struct article, kind, ARTICLE_KIND__COUNT, article_kind_name),
	WIRE(struct article, STR, title, LIMIT_FIELD_B),
	WIRE_LIST_OF(struct article, byline, LIMIT_LIST_N, &wire_str_desc),
	WIRE(struct article, CIVIL, published, 0),
	WIRE(struct article, CIVIL, modified, 0),
	WIRE(struct article, STR, published_text, LIMIT_FIELD_B),
	WIRE(struct article, STR, modified_text, LIMIT_FIELD_B),
	WIRE_STRUCT_OF(struct article, dateline, &dateline_desc),
	WIRE(struct article, STR, subject, 2),
	WIRE(struct article, STR, publisher, LIMIT_FIELD_B),
	WIRE(struct article, STR, carrier, LIMIT_FIELD_B),
	WIRE(struct article, STR, origin, LIMIT_FIELD_B),
	WIRE(struct article, STR, language, 35),
	WIRE(struct article, STR, section, LIMIT_FIELD_B),
	WIRE_LIST_OF(struct article, tags, LIMIT_LIST_N, &wire_str_desc),
	WIRE(struct article, STR, image, LIMIT_URL_B),
	WIRE(struct article, STR, image_caption, LIMIT_FIELD_B),
	WIRE(struct article, STR, image_credit, LIMIT_FIELD_B),
	WIRE(struct article, STR, text, LIMIT_TEXT_B),
	WIRE_LIST_OF(struct article, blocks, LIMIT_BLOCKS_N, &block_desc),
	WIRE(struct article, STR, note, LIMIT_NOTE_B),
	WIRE(struct article, STR, note_by, LIMIT_FIELD_B),
	WIRE_STRUCT_OF(struct article, contact, &contact_desc),
	WIRE(struct article, STR, full_story, LIMIT_URL_B),
	WIRE(struct article, STR, full_story_mark, LIMIT_FIELD_B),
	WIRE_LIST_OF(struct article, links, LIMIT_LINKS_N, &link_desc),
	WIRE_MAP_OF(struct article, why, LIMIT_LIST_N, &reason_desc),
	WIRE_LIST_OF(struct article, warnings, LIMIT_LIST_N, &wire_str_desc),
};
const struct wire_desc article_desc = WIRE_DESC(struct article, article_fields);
