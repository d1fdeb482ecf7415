/* The wire tables of store/ledger.h. */
#include "store/desc.h"

#include "base/limits.h"
#include "ledger/checkpoint.h"

#define STATEMENT_MAX (64 * KiB)

static const struct wire_field checkpoint_fields[] = {
	WIRE(struct store_checkpoint, I64, size, 0),
	WIRE(struct store_checkpoint, I64, entries, 0),
	WIRE(struct store_checkpoint, INSTANT, made_us, 0),
	WIRE(struct store_checkpoint, STR, note, NOTE_TEXT_B),
	WIRE(struct store_checkpoint, STR, signed_note, NOTE_TEXT_B),
	WIRE(struct store_checkpoint, STR, keys, NOTE_TEXT_B),
};
const struct wire_desc store_checkpoint_desc = WIRE_DESC(struct store_checkpoint, checkpoint_fields);

static const struct wire_field size_ask_fields[] = { WIRE(struct store_size_ask, I64, size, 0) };
const struct wire_desc store_size_ask_desc = WIRE_DESC(struct store_size_ask, size_ask_fields);

static const struct wire_field standing_fields[] = {
	WIRE(struct store_standing, I64, size, 0),
	WIRE(struct store_standing, I64, witnesses, 0),
	WIRE(struct store_standing, I64, quorum, 0),
	WIRE(struct store_standing, I64, cosigned, 0),
	WIRE(struct store_standing, I64, witnessed_size, 0),
	WIRE(struct store_standing, I64, authorities, 0),
	WIRE(struct store_standing, I64, stamped, 0),
	WIRE(struct store_standing, I64, stamped_size, 0),
	WIRE(struct store_standing, INSTANT, stamped_us, 0),
	WIRE(struct store_standing, I64, stamped_n, 0),
	WIRE(struct store_standing, I64, entries, 0),
	WIRE(struct store_standing, I64, every_h, 0),
};
const struct wire_desc store_standing_desc = WIRE_DESC(struct store_standing, standing_fields);

static const struct wire_field file_ask_fields[] = { WIRE(struct store_file_ask, STR, path, 128) };
const struct wire_desc store_file_ask_desc = WIRE_DESC(struct store_file_ask, file_ask_fields);

static const struct wire_field file_bytes_fields[] = { WIRE(struct store_file_bytes, BYTES, bytes, LIMIT_TILE_FILE_B) };
const struct wire_desc store_file_bytes_desc = WIRE_DESC(struct store_file_bytes, file_bytes_fields);

static const struct wire_field prove_ask_fields[] = {
	WIRE(struct store_prove_ask, ID, capture, ID_CAPTURE),
	WIRE(struct store_prove_ask, ID, note, ID_NOTE),
	WIRE(struct store_prove_ask, I64, seq, 0),
	WIRE(struct store_prove_ask, I64, size, 0),
};
const struct wire_desc store_prove_ask_desc = WIRE_DESC(struct store_prove_ask, prove_ask_fields);

static const struct wire_field proof_fields[] = {
	WIRE(struct store_proof, I64, seq, 0),
	WIRE(struct store_proof, INSTANT, time_us, 0),
	WIRE(struct store_proof, STR, kind, 32),
	WIRE(struct store_proof, STR, entry, KiB),
	WIRE(struct store_proof, STR, statement, STATEMENT_MAX),
	WIRE(struct store_proof, STR, proof, PROOF_TEXT_B + 2 * STATEMENT_MAX),
};
const struct wire_desc store_proof_desc = WIRE_DESC(struct store_proof, proof_fields);

static const struct wire_field key_ask_fields[] = { WIRE(struct store_key_ask, STR, reason, LIMIT_FIELD_B) };
const struct wire_desc         store_key_ask_desc = WIRE_DESC(struct store_key_ask, key_ask_fields);

static const struct wire_field key_changed_fields[] = {
	WIRE(struct store_key_changed, STR, before, KiB),
	WIRE(struct store_key_changed, STR, after, KiB),
	WIRE(struct store_key_changed, I64, ledger_seq, 0),
	WIRE(struct store_key_changed, I64, size, 0),
};
const struct wire_desc store_key_changed_desc = WIRE_DESC(struct store_key_changed, key_changed_fields);

static const struct wire_field ledger_ask_fields[] = {
	WIRE(struct store_ledger_ask, I64, before, 0),
	WIRE(struct store_ledger_ask, I64, limit, 0),
};
const struct wire_desc store_ledger_ask_desc = WIRE_DESC(struct store_ledger_ask, ledger_ask_fields);

static const struct wire_field ledger_entry_fields[] = {
	WIRE(struct store_ledger_entry, I64, seq, 0),
	WIRE(struct store_ledger_entry, INSTANT, time_us, 0),
	WIRE(struct store_ledger_entry, STR, kind, 32),
	WIRE(struct store_ledger_entry, STR, statement, STATEMENT_MAX),
};
static const struct wire_desc ledger_entry_desc = WIRE_DESC(struct store_ledger_entry, ledger_entry_fields);

static const struct wire_field ledger_page_fields[] = {
	WIRE_LIST_OF(struct store_ledger_page, entries, LIMIT_PAGE_N, &ledger_entry_desc),
};
const struct wire_desc store_ledger_page_desc = WIRE_DESC(struct store_ledger_page, ledger_page_fields);

static const struct wire_field record_member_fields[] = {
	WIRE(struct store_record_member, BYTES, member, LIMIT_MESSAGE_B),
	WIRE(struct store_record_member, HASH, sha256, 0),
};
const struct wire_desc store_record_member_desc = WIRE_DESC(struct store_record_member, record_member_fields);

static const struct wire_field record_ask_fields[] = {
	WIRE(struct store_record_ask, STR, digest, 256),
	WIRE(struct store_record_ask, STR, url, LIMIT_URL_B),
	WIRE(struct store_record_ask, INSTANT, date_us, 0),
};
const struct wire_desc store_record_ask_desc = WIRE_DESC(struct store_record_ask, record_ask_fields);

static const struct wire_field record_found_fields[] = {
	WIRE(struct store_record_found, ID, capture, ID_CAPTURE),
	WIRE(struct store_record_found, I64, index, 0),
	WIRE(struct store_record_found, INSTANT, date_us, 0),
	WIRE_STRUCT_OF(struct store_record_found, record, &store_record_desc),
};
const struct wire_desc store_record_found_desc = WIRE_DESC(struct store_record_found, record_found_fields);

static const struct wire_field sign_ask_fields[] = {
	WIRE(struct store_sign_ask, BYTES, manifest, MiB),
	WIRE(struct store_sign_ask, STR, comment, KiB),
	WIRE(struct store_sign_ask, STR, package_hash, 128),
};
const struct wire_desc store_sign_ask_desc = WIRE_DESC(struct store_sign_ask, sign_ask_fields);

static const struct wire_field signatures_fields[] = {
	WIRE(struct store_signatures, STR, minisign, 4 * KiB),
	WIRE(struct store_signatures, STR, minisign_key, KiB),
	WIRE(struct store_signatures, STR, wacz, KiB),
	WIRE(struct store_signatures, STR, wacz_key, KiB),
};
const struct wire_desc store_signatures_desc = WIRE_DESC(struct store_signatures, signatures_fields);

static const struct wire_field export_new_fields[] = {
	WIRE(struct store_export_new, STR, form, 32),
	WIRE(struct store_export_new, STR, subjects, 32 * KiB),
	WIRE(struct store_export_new, HASH, sha256, 0),
};
const struct wire_desc store_export_new_desc = WIRE_DESC(struct store_export_new, export_new_fields);

static const struct wire_field export_done_fields[] = { WIRE(struct store_export_done, I64, ledger_seq, 0) };
const struct wire_desc store_export_done_desc = WIRE_DESC(struct store_export_done, export_done_fields);

static const struct wire_field token_new_fields[] = {
	WIRE(struct store_token_new, I64, size, 0),
	WIRE(struct store_token_new, STR, authority, LIMIT_URL_B),
	WIRE(struct store_token_new, STR, who, LIMIT_FIELD_B),
	WIRE(struct store_token_new, INSTANT, time_us, 0),
	WIRE(struct store_token_new, INSTANT, ends_us, 0),
	WIRE(struct store_token_new, BYTES, token, LIMIT_TOKEN_B),
};
const struct wire_desc store_token_new_desc = WIRE_DESC(struct store_token_new, token_new_fields);

static const struct wire_field token_ask_fields[] = {
	WIRE(struct store_token_ask, I64, size, 0),
	WIRE(struct store_token_ask, I64, after, 0),
	WIRE(struct store_token_ask, BOOL, are_renewals, 0),
};
const struct wire_desc store_token_ask_desc = WIRE_DESC(struct store_token_ask, token_ask_fields);

static const struct wire_field token_fields[] = {
	WIRE(struct store_token, I64, seq, 0),
	WIRE(struct store_token, I64, size, 0),
	WIRE(struct store_token, INSTANT, time_us, 0),
	WIRE(struct store_token, INSTANT, ends_us, 0),
	WIRE(struct store_token, STR, authority, LIMIT_URL_B),
	WIRE(struct store_token, STR, who, LIMIT_FIELD_B),
	WIRE(struct store_token, STR, note, RENEWAL_TEXT_B),
	WIRE(struct store_token, BYTES, token, LIMIT_TOKEN_B),
	WIRE(struct store_token, INSTANT, renewed_us, 0),
};
static const struct wire_desc token_desc = WIRE_DESC(struct store_token, token_fields);

static const struct wire_field token_page_fields[] = { WIRE_LIST_OF(struct store_token_page, tokens, LIMIT_PAGE_N, &token_desc) };
const struct wire_desc store_token_page_desc = WIRE_DESC(struct store_token_page, token_page_fields);

static const struct wire_field renewal_ask_fields[] = {
	WIRE(struct store_renewal_ask, INSTANT, now_us, 0),
	WIRE(struct store_renewal_ask, INSTANT, before_us, 0),
};
const struct wire_desc store_renewal_ask_desc = WIRE_DESC(struct store_renewal_ask, renewal_ask_fields);

static const struct wire_field renewal_list_fields[] = {
	WIRE(struct store_renewal_list, STR, text, RENEWAL_TEXT_B),
	WIRE(struct store_renewal_list, I64, n, 0),
};
const struct wire_desc store_renewal_list_desc = WIRE_DESC(struct store_renewal_list, renewal_list_fields);

static const struct wire_field renewal_new_fields[] = {
	WIRE(struct store_renewal_new, STR, list, RENEWAL_TEXT_B),
	WIRE(struct store_renewal_new, STR, authority, LIMIT_URL_B),
	WIRE(struct store_renewal_new, STR, who, LIMIT_FIELD_B),
	WIRE(struct store_renewal_new, INSTANT, time_us, 0),
	WIRE(struct store_renewal_new, INSTANT, ends_us, 0),
	WIRE(struct store_renewal_new, BYTES, token, LIMIT_TOKEN_B),
};
const struct wire_desc store_renewal_new_desc = WIRE_DESC(struct store_renewal_new, renewal_new_fields);

static const struct wire_field partner_new_fields[] = {
	WIRE(struct store_partner_new, STR, vkey, KiB),
	WIRE(struct store_partner_new, BOOL, is_log, 0),
};
const struct wire_desc store_partner_new_desc = WIRE_DESC(struct store_partner_new, partner_new_fields);

static const struct wire_field partner_fields[] = {
	WIRE(struct store_partner, STR, url, LIMIT_URL_B),
	WIRE(struct store_partner, I64, signed_size, 0),
	WIRE(struct store_partner, STR, vkey, KiB),
	WIRE(struct store_partner, BOOL, is_log, 0),
};
static const struct wire_desc partner_desc = WIRE_DESC(struct store_partner, partner_fields);

static const struct wire_field partner_page_fields[] = {
	WIRE(struct store_partner_page, STR, own, KiB),
	WIRE_LIST_OF(struct store_partner_page, partners, LIMIT_PAGE_N, &partner_desc),
};
const struct wire_desc store_partner_page_desc = WIRE_DESC(struct store_partner_page, partner_page_fields);

static const struct wire_field signature_fields[] = {
	WIRE(struct store_signature, STR, name, NOTE_NAME_B),
	WIRE(struct store_signature, BYTES, bytes, NOTE_SIGNATURE_B),
};
const struct wire_desc store_signature_desc = WIRE_DESC(struct store_signature, signature_fields);

static const struct wire_field cosign_ask_fields[] = {
	WIRE(struct store_cosign_ask, STR, origin, NOTE_NAME_B),
	WIRE(struct store_cosign_ask, I64, size, 0),
	WIRE(struct store_cosign_ask, I64, old, 0),
	WIRE(struct store_cosign_ask, HASH, head, 0),
	WIRE(struct store_cosign_ask, BYTES, path, MERKLE_PROOF_N * MERKLE_B),
	WIRE_LIST_OF(struct store_cosign_ask, signatures, NOTE_LINES_N, &store_signature_desc),
};
const struct wire_desc store_cosign_ask_desc = WIRE_DESC(struct store_cosign_ask, cosign_ask_fields);

static const struct wire_field cosign_done_fields[] = {
	WIRE(struct store_cosign_done, I64, status, 0),
	WIRE(struct store_cosign_done, I64, size, 0),
	WIRE(struct store_cosign_done, STR, line, KiB),
};
const struct wire_desc store_cosign_done_desc = WIRE_DESC(struct store_cosign_done, cosign_done_fields);

static const struct wire_field cosign_old_fields[] = {
	WIRE(struct store_cosign_old, STR, name, NOTE_NAME_B),
	WIRE(struct store_cosign_old, I64, old, 0),
};
const struct wire_desc store_cosign_old_desc = WIRE_DESC(struct store_cosign_old, cosign_old_fields);

static const struct wire_field cosign_request_fields[] = { WIRE(struct store_cosign_request, STR, text, PROOF_TEXT_B) };
const struct wire_desc store_cosign_request_desc = WIRE_DESC(struct store_cosign_request, cosign_request_fields);

static const struct wire_field cosignatures_fields[] = {
	WIRE_LIST_OF(struct store_cosignatures, signatures, NOTE_LINES_N, &store_signature_desc),
};
const struct wire_desc store_cosignatures_desc = WIRE_DESC(struct store_cosignatures, cosignatures_fields);

static const struct wire_field cosignatures_added_fields[] = { WIRE(struct store_cosignatures_added, I64, n, 0) };
const struct wire_desc store_cosignatures_added_desc = WIRE_DESC(struct store_cosignatures_added, cosignatures_added_fields);
