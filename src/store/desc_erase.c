/* The wire tables of store/erasure.h. */
#include "store/desc.h"

#include "base/limits.h"

static const struct wire_field erase_ask_fields[] = {
	WIRE(struct store_erase_ask, ID, capture, ID_CAPTURE),
	WIRE(struct store_erase_ask, STR, reason, LIMIT_FIELD_B),
	WIRE(struct store_erase_ask, STR, who, 200),
};
const struct wire_desc store_erase_ask_desc = WIRE_DESC(struct store_erase_ask, erase_ask_fields);

static const struct wire_field copy_fields[] = {
	WIRE_ENUM_OF(struct store_copy, kind, COPY_KIND__COUNT, copy_kind_name),
	WIRE(struct store_copy, INSTANT, time_us, 0),
	WIRE(struct store_copy, I64, seq, 0),
	WIRE(struct store_copy, ID, id, ID_ANY),
	WIRE(struct store_copy, STR, where, LIMIT_FIELD_B),
};
static const struct wire_desc copy_desc = WIRE_DESC(struct store_copy, copy_fields);

static const struct wire_field erased_note_fields[] = { WIRE(struct store_erased_note, ID, id, ID_NOTE) };
static const struct wire_desc  erased_note_desc = WIRE_DESC(struct store_erased_note, erased_note_fields);

static const struct wire_field erasure_fields[] = {
	WIRE(struct store_erasure, ID, capture, ID_CAPTURE),
	WIRE(struct store_erasure, BOOL, is_sealed, 0),
	WIRE(struct store_erasure, I64, captures, 0),
	WIRE(struct store_erasure, I64, records, 0),
	WIRE(struct store_erasure, I64, entries, 0),
	WIRE_LIST_OF(struct store_erasure, notes, LIMIT_FILES_N, &erased_note_desc),
	WIRE_LIST_OF(struct store_erasure, copies, LIMIT_FILES_N, &copy_desc),
	WIRE(struct store_erasure, INSTANT, erased_us, 0),
	WIRE(struct store_erasure, I64, ledger_seq, 0),
	WIRE(struct store_erasure, STR, reason, LIMIT_FIELD_B),
	WIRE(struct store_erasure, BOOL, is_due, 0),
};
const struct wire_desc store_erasure_desc = WIRE_DESC(struct store_erasure, erasure_fields);
