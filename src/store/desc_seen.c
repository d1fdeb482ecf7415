/* The wire tables of store/seen.h. */
#include "store/desc.h"

#include "base/limits.h"
#include "ledger/note.h"

static const struct wire_field pair_fields[] = {
	WIRE(struct store_pair, STR, name, 100),
	WIRE(struct store_pair, STR, secret, 64),
	WIRE(struct store_pair, STR, url, LIMIT_URL_B),
};
const struct wire_desc store_pair_desc = WIRE_DESC(struct store_pair, pair_fields);

static const struct wire_field pair_page_fields[] = { WIRE_LIST_OF(struct store_pair_page, pairs, PAIRS_N, &store_pair_desc) };
const struct wire_desc store_pair_page_desc = WIRE_DESC(struct store_pair_page, pair_page_fields);

static const struct wire_field pair_name_fields[] = { WIRE(struct store_pair_name, STR, name, 100) };
const struct wire_desc store_pair_name_desc = WIRE_DESC(struct store_pair_name, pair_name_fields);

static const struct wire_field seen_text_fields[] = { WIRE(struct store_seen_text, STR, text, MiB) };
const struct wire_desc store_seen_text_desc = WIRE_DESC(struct store_seen_text, seen_text_fields);

static const struct wire_field seen_line_fields[] = {
	WIRE(struct store_seen_line, BYTES, tag, SEEN_TAG_B),
	WIRE(struct store_seen_line, BYTES, box, SEEN_BOX_B),
};
static const struct wire_desc seen_line_desc = WIRE_DESC(struct store_seen_line, seen_line_fields);

static const struct wire_field seen_message_fields[] = {
	WIRE(struct store_seen_message, BOOL, is_answer, 0),
	WIRE(struct store_seen_message, STR, from, NOTE_NAME_B),
	WIRE(struct store_seen_message, BYTES, pair, SEEN_PAIR_B),
	WIRE(struct store_seen_message, BYTES, mac, 32),
	WIRE_LIST_OF(struct store_seen_message, lines, SEEN_LINES_N, &seen_line_desc),
};
const struct wire_desc store_seen_message_desc = WIRE_DESC(struct store_seen_message, seen_message_fields);

static const struct wire_field seen_taken_fields[] = {
	WIRE(struct store_seen_taken, I64, matches, 0),
	WIRE(struct store_seen_taken, STR, name, 100),
	WIRE(struct store_seen_taken, STR, answer, MiB),
};
const struct wire_desc store_seen_taken_desc = WIRE_DESC(struct store_seen_taken, seen_taken_fields);

static const struct wire_field seen_capture_fields[] = { WIRE(struct store_seen_capture, ID, capture, ID_CAPTURE) };
const struct wire_desc store_seen_capture_desc = WIRE_DESC(struct store_seen_capture, seen_capture_fields);

static const struct wire_field seen_fields[] = {
	WIRE(struct store_seen, STR, name, 100),
	WIRE(struct store_seen, INSTANT, their_us, 0),
	WIRE(struct store_seen, I64, their_entry, 0),
	WIRE(struct store_seen, BOOL, is_same, 0),
};
static const struct wire_desc seen_desc = WIRE_DESC(struct store_seen, seen_fields);

static const struct wire_field seen_page_fields[] = { WIRE_LIST_OF(struct store_seen_page, list, PAIRS_N, &seen_desc) };
const struct wire_desc store_seen_page_desc = WIRE_DESC(struct store_seen_page, seen_page_fields);
