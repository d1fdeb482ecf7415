#include "store/desc.h"

#include "base/limits.h"

const char *const note_status_name[NOTE_STATUS__COUNT] = {
	[NOTE_DRAFT] = "draft", [NOTE_READY] = "ready", [NOTE_PUBLISHED] = "published", [NOTE_WITHDRAWN] = "withdrawn",
};
const char *const note_act_name[NOTE_ACT__COUNT] = {
	[ACT_CREATE] = "create", [ACT_EDIT] = "edit", [ACT_CORRECT] = "correct", [ACT_UPDATE] = "update",
	[ACT_WITHDRAW] = "withdraw",
};
const char *const sensitivity_name[SENSITIVITY__COUNT] = {
	[SENSITIVITY_UNREVIEWED] = "unreviewed", [SENSITIVITY_PUBLIC] = "public", [SENSITIVITY_PROTECTED] = "protected",
};

static const struct wire_field article_new_fields[] = {
	WIRE(struct store_article_new, ID, capture, ID_CAPTURE),
	WIRE(struct store_article_new, STR, extractor, LIMIT_FIELD_B),
	WIRE_STRUCT_OF(struct store_article_new, article, &article_desc),
};
const struct wire_desc store_article_new_desc = WIRE_DESC(struct store_article_new, article_new_fields);

static const struct wire_field article_done_fields[] = { WIRE(struct store_article_done, ID, id, ID_ARTICLE) };
const struct wire_desc store_article_done_desc = WIRE_DESC(struct store_article_done, article_done_fields);

static const struct wire_field note_ref_fields[] = { WIRE(struct id_ref, ID, id, ID_NOTE) };
static const struct wire_desc note_ref_desc = WIRE_DESC(struct id_ref, note_ref_fields);

static const struct wire_field field_fields[] = {
	WIRE(struct store_field, STR, name, LIMIT_FIELD_B),
	WIRE(struct store_field, STR, value, LIMIT_NOTE_B),
	WIRE(struct store_field, STR, why, LIMIT_FIELD_B),
	WIRE(struct store_field, BOOL, by_person, 0),
};
static const struct wire_desc field_desc = WIRE_DESC(struct store_field, field_fields);

static const struct wire_field article_view_fields[] = {
	WIRE(struct store_article_view, ID, id, ID_ARTICLE),
	WIRE(struct store_article_view, ID, capture, ID_CAPTURE),
	WIRE_STRUCT_OF(struct store_article_view, article, &article_desc),
	WIRE_LIST_OF(struct store_article_view, fields, LIMIT_FIELDS_N, &field_desc),
	WIRE_LIST_OF(struct store_article_view, notes, LIMIT_LIST_N, &note_ref_desc),
	WIRE(struct store_article_view, STR, extractor, LIMIT_FIELD_B),
	WIRE_STRUCT_OF(struct store_article_view, taken, &store_capture_desc),
};
const struct wire_desc store_article_view_desc = WIRE_DESC(struct store_article_view, article_view_fields);

static const struct wire_field item_fields[] = {
	WIRE(struct store_item, ID, article, ID_ARTICLE),
	WIRE(struct store_item, ID, capture, ID_CAPTURE),
	WIRE(struct store_item, ID, note, ID_NOTE),
	WIRE(struct store_item, STR, title, LIMIT_FIELD_B),
	WIRE(struct store_item, STR, url, LIMIT_URL_B),
	WIRE(struct store_item, STR, publisher, LIMIT_FIELD_B),
	WIRE(struct store_item, STR, carrier, LIMIT_FIELD_B),
	WIRE(struct store_item, STR, language, LIMIT_FIELD_B),
	WIRE(struct store_item, STR, country, LIMIT_FIELD_B),
	WIRE(struct store_item, STR, snippet, LIMIT_FIELD_B),
	WIRE(struct store_item, INSTANT, taken_us, 0),
	WIRE(struct store_item, I64, status, 0),
	WIRE(struct store_item, I64, words, 0),
	WIRE(struct store_item, CIVIL, published, 0),
	WIRE(struct store_item, I64, note_status, 0),
	WIRE_ENUM_OF(struct store_item, kind, ARTICLE_KIND__COUNT, article_kind_name),
	WIRE_ENUM_OF(struct store_item, how, HOW__COUNT, capture_how_name),
	WIRE(struct store_item, STR, fault, LIMIT_FIELD_B),
};
const struct wire_desc store_item_desc = WIRE_DESC(struct store_item, item_fields);

static const struct wire_field item_list_fields[] = {
	WIRE_LIST_OF(struct store_item_list, items, LIMIT_PAGE_N, &store_item_desc),
	WIRE(struct store_item_list, I64, total, 0),
	WIRE(struct store_item_list, BOOL, more, 0),
};
const struct wire_desc store_item_list_desc = WIRE_DESC(struct store_item_list, item_list_fields);

static const struct wire_field list_ask_fields[] = {
	WIRE(struct store_list_ask, I64, offset, 0),
	WIRE(struct store_list_ask, I64, limit, 0),
	WIRE(struct store_list_ask, I64, status, 0),
	WIRE(struct store_list_ask, STR, country, 2),
};
const struct wire_desc store_list_ask_desc = WIRE_DESC(struct store_list_ask, list_ask_fields);

static const struct wire_field search_ask_fields[] = {
	WIRE(struct store_search_ask, STR, query, LIMIT_QUERY_B),
	WIRE(struct store_search_ask, I64, offset, 0),
	WIRE(struct store_search_ask, I64, limit, 0),
};
const struct wire_desc store_search_ask_desc = WIRE_DESC(struct store_search_ask, search_ask_fields);

static const struct wire_field excerpt_fields[] = {
	WIRE(struct excerpt, I64, from, 0),
	WIRE(struct excerpt, I64, to, 0),
	WIRE(struct excerpt, STR, text, LIMIT_NOTE_B),
};
const struct wire_desc store_excerpt_desc = WIRE_DESC(struct excerpt, excerpt_fields);

static const struct wire_field contact_fields[] = {
	WIRE(struct store_contact, ID, person, ID_PERSON),
	WIRE(struct store_contact, STR, name, LIMIT_FIELD_B),
	WIRE(struct store_contact, STR, role, LIMIT_FIELD_B),
	WIRE(struct store_contact, STR, email, LIMIT_FIELD_B),
	WIRE(struct store_contact, STR, phone, LIMIT_FIELD_B),
	WIRE(struct store_contact, STR, about, LIMIT_FIELD_B),
};
const struct wire_desc store_contact_desc = WIRE_DESC(struct store_contact, contact_fields);

static const struct wire_field note_line_fields[] = {
	WIRE(struct store_note_line, I64, version, 0),
	WIRE(struct store_note_line, INSTANT, saved_us, 0),
	WIRE_ENUM_OF(struct store_note_line, act, NOTE_ACT__COUNT, note_act_name),
	WIRE_ENUM_OF(struct store_note_line, status, NOTE_STATUS__COUNT, note_status_name),
	WIRE(struct store_note_line, STR, who, LIMIT_FIELD_B),
	WIRE(struct store_note_line, STR, why, LIMIT_FIELD_B),
};
static const struct wire_desc note_line_desc = WIRE_DESC(struct store_note_line, note_line_fields);

static const struct wire_field note_fields[] = {
	WIRE(struct store_note, ID, id, ID_NOTE),
	WIRE(struct store_note, ID, article, ID_ARTICLE),
	WIRE(struct store_note, I64, version, 0),
	WIRE_ENUM_OF(struct store_note, act, NOTE_ACT__COUNT, note_act_name),
	WIRE_ENUM_OF(struct store_note, status, NOTE_STATUS__COUNT, note_status_name),
	WIRE_ENUM_OF(struct store_note, sensitivity, SENSITIVITY__COUNT, sensitivity_name),
	WIRE(struct store_note, STR, slug, LIMIT_FIELD_B),
	WIRE(struct store_note, STR, heading, LIMIT_FIELD_B),
	WIRE(struct store_note, STR, text, LIMIT_NOTE_B),
	WIRE(struct store_note, STR, language, 35),
	WIRE(struct store_note, STR, country, 2),
	WIRE(struct store_note, STR, carrier, LIMIT_FIELD_B),
	WIRE(struct store_note, STR, origin, LIMIT_FIELD_B),
	WIRE(struct store_note, STR, publisher, LIMIT_FIELD_B),
	WIRE_STRUCT_OF(struct store_note, dateline, &dateline_desc),
	WIRE(struct store_note, STR, full_story, LIMIT_URL_B),
	WIRE_LIST_OF(struct store_note, excerpts, LIMIT_LIST_N, &store_excerpt_desc),
	WIRE_LIST_OF(struct store_note, contacts, LIMIT_LIST_N, &store_contact_desc),
	WIRE(struct store_note, STR, why, LIMIT_FIELD_B),
	WIRE(struct store_note, INSTANT, created_us, 0),
	WIRE(struct store_note, INSTANT, saved_us, 0),
	WIRE(struct store_note, INSTANT, published_us, 0),
	WIRE(struct store_note, STR, who, LIMIT_FIELD_B),
	WIRE(struct store_note, STR, article_title, LIMIT_FIELD_B),
	WIRE(struct store_note, STR, article_url, LIMIT_URL_B),
	WIRE(struct store_note, STR, their_note, LIMIT_NOTE_B),
	WIRE(struct store_note, STR, their_note_by, LIMIT_FIELD_B),
	WIRE(struct store_note, ID, capture, ID_CAPTURE),
	WIRE(struct store_note, INSTANT, capture_us, 0),
	WIRE(struct store_note, I64, ledger_seq, 0),
	WIRE(struct store_note, STR, capture_hash, 128),
	WIRE_ENUM_OF(struct store_note, capture_how, HOW__COUNT, capture_how_name),
	WIRE_LIST_OF(struct store_note, history, LIMIT_VERSIONS_N, &note_line_desc),
};
const struct wire_desc store_note_desc = WIRE_DESC(struct store_note, note_fields);

static const struct wire_field note_new_fields[] = {
	WIRE_STRUCT_OF(struct store_note_new, note, &store_note_desc),
};
const struct wire_desc store_note_new_desc = WIRE_DESC(struct store_note_new, note_new_fields);

static const struct wire_field note_done_fields[] = {
	WIRE(struct store_note_done, ID, id, ID_NOTE),
	WIRE(struct store_note_done, I64, version, 0),
	WIRE(struct store_note_done, I64, ledger_seq, 0),
	WIRE(struct store_note_done, STR, slug, LIMIT_FIELD_B),
};
const struct wire_desc store_note_done_desc = WIRE_DESC(struct store_note_done, note_done_fields);

static const struct wire_field note_list_fields[] = {
	WIRE_LIST_OF(struct store_note_list, notes, LIMIT_PAGE_N, &store_note_desc),
	WIRE(struct store_note_list, BOOL, more, 0),
};
const struct wire_desc store_note_list_desc = WIRE_DESC(struct store_note_list, note_list_fields);

static const struct wire_field release_new_fields[] = {
	WIRE(struct store_release_new, STR, to, LIMIT_FIELD_B),
	WIRE(struct store_release_new, I64, files, 0),
	WIRE(struct store_release_new, HASH, manifest_sha256, 0),
};
const struct wire_desc store_release_new_desc = WIRE_DESC(struct store_release_new, release_new_fields);
