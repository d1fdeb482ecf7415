#include "store/desc.h"

#include "base/limits.h"
#include "store/verbs.h"

static const struct wire_field fixity_new_fields[] = {
	WIRE(struct store_fixity_new, ID, only, ID_CAPTURE),
	WIRE(struct store_fixity_new, I64, records, 0),
	WIRE(struct store_fixity_new, I64, entries, 0),
	WIRE(struct store_fixity_new, I64, wrong, 0),
	WIRE(struct store_fixity_new, STR, first, LIMIT_FIELD_B),
	WIRE(struct store_fixity_new, INSTANT, begun_us, 0),
};
const struct wire_desc store_fixity_new_desc = WIRE_DESC(struct store_fixity_new, fixity_new_fields);

static const struct wire_field entered_fields[] = { WIRE(struct store_entered, I64, ledger_seq, 0) };
const struct wire_desc         store_entered_desc = WIRE_DESC(struct store_entered, entered_fields);

static const struct wire_field run_fields[] = {
	WIRE(struct store_fixity_run, INSTANT, begun_us, 0),
	WIRE(struct store_fixity_run, I64, step, 0),
	WIRE(struct store_fixity_run, I64, position, 0),
	WIRE(struct store_fixity_run, I64, records, 0),
	WIRE(struct store_fixity_run, I64, entries, 0),
	WIRE(struct store_fixity_run, I64, wrong, 0),
	WIRE(struct store_fixity_run, STR, first, LIMIT_FIELD_B),
};
const struct wire_desc store_fixity_run_desc = WIRE_DESC(struct store_fixity_run, run_fields);

static const struct wire_field fixity_fields[] = {
	WIRE(struct store_fixity, INSTANT, time_us, 0),
	WIRE(struct store_fixity, I64, wrong, 0),
	WIRE(struct store_fixity, STR, first, LIMIT_FIELD_B),
	WIRE(struct store_fixity, INSTANT, first_us, 0),
	WIRE(struct store_fixity, I64, every_days, 0),
	WIRE_STRUCT_OF(struct store_fixity, run, &store_fixity_run_desc),
};
const struct wire_desc store_fixity_desc = WIRE_DESC(struct store_fixity, fixity_fields);
