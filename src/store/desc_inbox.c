/* The wire tables of store/inbox.h. */
#include "store/desc.h"

#include "base/limits.h"

const char *const item_state_name[ITEM_STATE__COUNT] = {
	[ITEM_OPEN] = "open", [ITEM_SEEN] = "seen", [ITEM_KEPT] = "kept", [ITEM_DISMISSED] = "dismissed",
};

static const struct wire_field item_id_fields[] = { WIRE(struct store_item_id, ID, id, ID_ITEM) };
static const struct wire_desc item_id_desc = WIRE_DESC(struct store_item_id, item_id_fields);

static const struct wire_field mark_fields[] = {
	WIRE_ENUM_OF(struct store_mark, state, ITEM_STATE__COUNT, item_state_name),
	WIRE_LIST_OF(struct store_mark, items, LIMIT_PAGE_N, &item_id_desc),
};
const struct wire_desc store_mark_desc = WIRE_DESC(struct store_mark, mark_fields);

static const struct wire_field marked_fields[] = { WIRE(struct store_marked, I64, items, 0) };
const struct wire_desc store_marked_desc = WIRE_DESC(struct store_marked, marked_fields);

static const struct wire_field find_fields[] = {
	WIRE(struct store_source_find, I64, offset, 0),
	WIRE(struct store_source_find, I64, limit, 0),
	WIRE(struct store_source_find, BOOL, in_folder, 0),
	WIRE(struct store_source_find, STR, folder, LIMIT_FIELD_B),
	WIRE(struct store_source_find, BOOL, in_trouble, 0),
	WIRE(struct store_source_find, BOOL, removed, 0),
};
const struct wire_desc store_source_find_desc = WIRE_DESC(struct store_source_find, find_fields);

static const struct wire_field group_fields[] = {
	WIRE(struct store_group, STR, folder, LIMIT_FIELD_B),
	WIRE(struct store_group, I64, sources, 0),
	WIRE(struct store_group, I64, paused, 0),
	WIRE(struct store_group, I64, troubled, 0),
};
static const struct wire_desc group_desc = WIRE_DESC(struct store_group, group_fields);

static const struct wire_field group_list_fields[] = {
	WIRE_LIST_OF(struct store_group_list, groups, LIMIT_PAGE_N, &group_desc),
	WIRE(struct store_group_list, I64, removed, 0),
	WIRE(struct store_group_list, I64, waiting, 0),
	WIRE(struct store_group_list, I64, checked, 0),
};
const struct wire_desc store_group_list_desc = WIRE_DESC(struct store_group_list, group_list_fields);

static const struct wire_field change_fields[] = {
	WIRE(struct store_change, INSTANT, time_us, 0),
	WIRE(struct store_change, STR, who, LIMIT_FIELD_B),
	WIRE(struct store_change, STR, field, LIMIT_FIELD_B),
	WIRE(struct store_change, STR, before, LIMIT_NOTE_B),
	WIRE(struct store_change, STR, after, LIMIT_NOTE_B),
};
static const struct wire_desc change_desc = WIRE_DESC(struct store_change, change_fields);

static const struct wire_field change_list_fields[] = {
	WIRE_LIST_OF(struct store_change_list, changes, LIMIT_PAGE_N, &change_desc),
};
const struct wire_desc store_change_list_desc = WIRE_DESC(struct store_change_list, change_list_fields);

static const struct wire_field source_new_list_fields[] = {
	WIRE_LIST_OF(struct store_source_new_list, sources, LIMIT_OPML_N, &store_source_desc),
};
const struct wire_desc store_source_new_list_desc = WIRE_DESC(struct store_source_new_list, source_new_list_fields);

static const struct wire_field source_taken_fields[] = {
	WIRE(struct store_source_taken, I64, added, 0),
	WIRE(struct store_source_taken, I64, known, 0),
	WIRE(struct store_source_taken, I64, refused, 0),
	WIRE(struct store_source_taken, STR, fault, LIMIT_FIELD_B),
	WIRE(struct store_source_taken, ID, first, ID_SOURCE),
};
const struct wire_desc store_source_taken_desc = WIRE_DESC(struct store_source_taken, source_taken_fields);

static const struct wire_field offer_fields[] = {
	WIRE_ENUM_OF(struct store_offer, kind, SOURCE_KIND__COUNT, source_kind_name),
	WIRE(struct store_offer, STR, url, LIMIT_URL_B),
	WIRE(struct store_offer, STR, given_url, LIMIT_URL_B),
	WIRE(struct store_offer, STR, home_url, LIMIT_URL_B),
	WIRE(struct store_offer, STR, title, LIMIT_FIELD_B),
	WIRE(struct store_offer, STR, folder, LIMIT_FIELD_B),
	WIRE(struct store_offer, STR, language, 64),
	WIRE(struct store_offer, STR, note, LIMIT_FIELD_B),
	WIRE(struct store_offer, I64, items_n, 0),
	WIRE(struct store_offer, STR, samples, LIMIT_NOTE_B),
};
static const struct wire_desc offer_desc = WIRE_DESC(struct store_offer, offer_fields);

static const struct wire_field offer_new_fields[] = {
	WIRE(struct store_offer_new, ID, job, ID_JOB),
	WIRE_LIST_OF(struct store_offer_new, offers, LIMIT_OPML_N, &offer_desc),
};
const struct wire_desc store_offer_new_desc = WIRE_DESC(struct store_offer_new, offer_new_fields);

static const struct wire_field offer_list_fields[] = {
	WIRE_LIST_OF(struct store_offer_list, offers, LIMIT_OPML_N, &offer_desc),
};
const struct wire_desc store_offer_list_desc = WIRE_DESC(struct store_offer_list, offer_list_fields);
