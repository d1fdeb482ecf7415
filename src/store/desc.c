#include "store/desc.h"

#include "base/limits.h"

const char *const capture_how_name[HOW__COUNT] = {
	[HOW_FETCHED] = "fetched", [HOW_SUPPLIED] = "supplied", [HOW_IMPORTED] = "imported",
};
const char *const record_type_name[RECORD_TYPE__COUNT] = {
	[RECORD_REQUEST] = "request", [RECORD_RESPONSE] = "response", [RECORD_METADATA] = "metadata",
	[RECORD_RESOURCE] = "resource", [RECORD_REVISIT] = "revisit", [RECORD_CONVERSION] = "conversion",
};
const char *const job_kind_name[JOB_KIND__COUNT] = {
	[JOB_ADD_URL] = "add-url", [JOB_ADD_FILE] = "add-file", [JOB_EXTRACT] = "extract",
	[JOB_ITEM_PAGE] = "item-page",
	[JOB_FIND_SOURCE] = "find-source", [JOB_READ_LIST] = "read-list",
};
const char *const job_state_name[JOB_STATE__COUNT] = {
	[JOB_OPEN] = "open", [JOB_LEASED] = "leased", [JOB_DONE] = "done", [JOB_FAILED] = "failed",
};

static const struct wire_field none_fields[] = { WIRE(struct store_none, I64, unused, 0) };
const struct wire_desc store_none_desc = WIRE_DESC(struct store_none, none_fields);

static const struct wire_field host_fault_fields[] = {
	WIRE(struct store_host_fault, STR, host, LIMIT_URL_B),
	WIRE_ENUM_OF(struct store_host_fault, question, HEALTH_QUESTION__COUNT, health_question_name),
	WIRE(struct store_host_fault, INSTANT, since_us, 0),
	WIRE(struct store_host_fault, I64, lack, 0),
	WIRE(struct store_host_fault, I64, of, 0),
	WIRE(struct store_host_fault, I64, lacked, 0),
	WIRE(struct store_host_fault, I64, of_before, 0),
};
static const struct wire_desc host_fault_desc = WIRE_DESC(struct store_host_fault, host_fault_fields);

static const struct wire_field health_fields[] = { WIRE_LIST_OF(struct store_health, hosts, LIMIT_PAGE_N, &host_fault_desc) };
const struct wire_desc store_health_desc = WIRE_DESC(struct store_health, health_fields);

static const struct wire_field name_fields[] = {
	WIRE(struct store_name, STR, id, 64),
	WIRE_ENUM_OF(struct store_name, kind, ID_KIND__COUNT, NULL),
};
const struct wire_desc store_name_desc = WIRE_DESC(struct store_name, name_fields);

static const struct wire_field found_fields[] = {
	WIRE_ENUM_OF(struct store_found, kind, ID_KIND__COUNT, NULL),
	WIRE(struct store_found, ID, id, ID_ANY),
};
const struct wire_desc store_found_desc = WIRE_DESC(struct store_found, found_fields);

static const struct wire_field desk_status_fields[] = {
	WIRE(struct store_desk_status, STR, name, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, tagline, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, languages, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, fetch_allow, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, fetch_route, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, witness_listen, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, time_authorities, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, time_roots, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, STR, site_url, LIMIT_URL_B),
	WIRE(struct store_desk_status, STR, dir, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, BOOL, is_sample, 0),
	WIRE(struct store_desk_status, BOOL, is_read_only, 0),
	WIRE(struct store_desk_status, I64, captures, 0),
	WIRE(struct store_desk_status, I64, articles, 0),
	WIRE(struct store_desk_status, I64, notes_draft, 0),
	WIRE(struct store_desk_status, I64, notes_ready, 0),
	WIRE(struct store_desk_status, I64, notes_published, 0),
	WIRE(struct store_desk_status, I64, jobs_open, 0),
	WIRE(struct store_desk_status, I64, items_open, 0),
	WIRE(struct store_desk_status, I64, news_unread, 0),
	WIRE(struct store_desk_status, I64, pages_open, 0),
	WIRE(struct store_desk_status, INSTANT, last_capture_us, 0),
	WIRE(struct store_desk_status, INSTANT, last_backup_us, 0),
	WIRE(struct store_desk_status, STR, last_backup_to, LIMIT_FIELD_B),
	WIRE(struct store_desk_status, INSTANT, last_fixity_us, 0),
	WIRE(struct store_desk_status, I64, fixity_wrong, 0),
	WIRE(struct store_desk_status, I64, ledger_size, 0),
	WIRE(struct store_desk_status, I64, bytes_captured, 0),
	WIRE(struct store_desk_status, I64, bytes_free, 0),
};
const struct wire_desc store_desk_status_desc = WIRE_DESC(struct store_desk_status, desk_status_fields);

static const struct wire_field record_new_fields[] = {
	WIRE_ENUM_OF(struct store_record_new, type, RECORD_TYPE__COUNT, record_type_name),
	WIRE(struct store_record_new, ID, uuid, ID_ANY),
	WIRE(struct store_record_new, ID, concurrent_to, ID_ANY),
	WIRE(struct store_record_new, ID, refers_to, ID_ANY),
	WIRE(struct store_record_new, STR, target_url, LIMIT_URL_B),
	WIRE(struct store_record_new, STR, content_type, LIMIT_FIELD_B),
	WIRE(struct store_record_new, STR, ip, 64),
	WIRE(struct store_record_new, STR, protocol, 128),
	WIRE(struct store_record_new, STR, tls, 128),
	WIRE(struct store_record_new, STR, truncated, 32),
	WIRE(struct store_record_new, INSTANT, date_us, 0),
	WIRE(struct store_record_new, BYTES, block, LIMIT_MESSAGE_B),
	WIRE(struct store_record_new, I64, payload_at, 0),
	WIRE(struct store_record_new, STR, profile, 256),
	WIRE(struct store_record_new, STR, refers_to_url, LIMIT_URL_B),
	WIRE(struct store_record_new, STR, payload_digest, 256),
	WIRE(struct store_record_new, INSTANT, refers_to_date_us, 0),
};
static const struct wire_desc record_new_desc = WIRE_DESC(struct store_record_new, record_new_fields);

static const struct wire_field capture_new_fields[] = {
	WIRE(struct store_capture_new, STR, url, LIMIT_URL_B),
	WIRE(struct store_capture_new, STR, final_url, LIMIT_URL_B),
	WIRE_ENUM_OF(struct store_capture_new, how, HOW__COUNT, capture_how_name),
	WIRE(struct store_capture_new, STR, by, LIMIT_FIELD_B),
	WIRE(struct store_capture_new, STR, why, LIMIT_FIELD_B),
	WIRE(struct store_capture_new, INSTANT, taken_us, 0),
	WIRE(struct store_capture_new, I64, status, 0),
	WIRE(struct store_capture_new, STR, media_type, LIMIT_FIELD_B),
	WIRE(struct store_capture_new, STR, fault, LIMIT_FIELD_B),
	WIRE(struct store_capture_new, I64, main, 0),
	WIRE(struct store_capture_new, BOOL, seals, 0),
	WIRE(struct store_capture_new, BOOL, has_story, 0),
	WIRE(struct store_capture_new, BOOL, reads_later, 0),
	WIRE(struct store_capture_new, ID, item, ID_ITEM),
	WIRE(struct store_capture_new, ID, part_of, ID_CAPTURE),
	WIRE_LIST_OF(struct store_capture_new, records, LIMIT_RECORDS_N - 1, &record_new_desc),
};
const struct wire_desc store_capture_new_desc = WIRE_DESC(struct store_capture_new, capture_new_fields);

static const struct wire_field capture_done_fields[] = {
	WIRE(struct store_capture_done, ID, id, ID_CAPTURE),
	WIRE(struct store_capture_done, I64, ledger_seq, 0),
};
const struct wire_desc store_capture_done_desc = WIRE_DESC(struct store_capture_done, capture_done_fields);

static const struct wire_field record_fields[] = {
	WIRE(struct store_record, ID, uuid, ID_ANY),
	WIRE_ENUM_OF(struct store_record, type, RECORD_TYPE__COUNT, record_type_name),
	WIRE(struct store_record, STR, target_url, LIMIT_URL_B),
	WIRE(struct store_record, STR, content_type, LIMIT_FIELD_B),
	WIRE(struct store_record, STR, segment, 64),
	WIRE(struct store_record, I64, offset, 0),
	WIRE(struct store_record, I64, length, 0),
	WIRE(struct store_record, I64, block_b, 0),
	WIRE(struct store_record, I64, payload_at, 0),
	WIRE(struct store_record, HASH, sha256, 0),
	WIRE(struct store_record, HASH, payload_sha256, 0),
};
const struct wire_desc store_record_desc = WIRE_DESC(struct store_record, record_fields);

static const struct wire_field capture_fields[] = {
	WIRE(struct store_capture, ID, id, ID_CAPTURE),
	WIRE(struct store_capture, ID, article, ID_ARTICLE),
	WIRE(struct store_capture, ID, part_of, ID_CAPTURE),
	WIRE(struct store_capture, ID, parts, ID_CAPTURE),
	WIRE(struct store_capture, STR, url, LIMIT_URL_B),
	WIRE(struct store_capture, STR, final_url, LIMIT_URL_B),
	WIRE(struct store_capture, STR, by, LIMIT_FIELD_B),
	WIRE(struct store_capture, STR, why, LIMIT_FIELD_B),
	WIRE(struct store_capture, STR, media_type, LIMIT_FIELD_B),
	WIRE(struct store_capture, STR, fault, LIMIT_FIELD_B),
	WIRE_ENUM_OF(struct store_capture, how, HOW__COUNT, capture_how_name),
	WIRE(struct store_capture, INSTANT, taken_us, 0),
	WIRE(struct store_capture, INSTANT, held_us, 0),
	WIRE(struct store_capture, I64, status, 0),
	WIRE(struct store_capture, I64, main, 0),
	WIRE(struct store_capture, I64, ledger_seq, 0),
	WIRE(struct store_capture, INSTANT, erased_us, 0),
	WIRE(struct store_capture, STR, erased_why, LIMIT_FIELD_B),
	WIRE(struct store_capture, BOOL, is_sealed, 0),
	WIRE_LIST_OF(struct store_capture, records, LIMIT_RECORDS_N, &store_record_desc),
};
const struct wire_desc store_capture_desc = WIRE_DESC(struct store_capture, capture_fields);

static const struct wire_field record_name_fields[] = {
	WIRE(struct store_record_name, ID, capture, ID_CAPTURE),
	WIRE(struct store_record_name, I64, index, 0),
};
const struct wire_desc store_record_name_desc = WIRE_DESC(struct store_record_name, record_name_fields);

static const struct wire_field record_bytes_fields[] = {
	WIRE_STRUCT_OF(struct store_record_bytes, record, &store_record_desc),
	WIRE(struct store_record_bytes, BYTES, block, LIMIT_MESSAGE_B),
};
const struct wire_desc store_record_bytes_desc = WIRE_DESC(struct store_record_bytes, record_bytes_fields);

static const struct wire_field job_new_fields[] = {
	WIRE_ENUM_OF(struct store_job_new, kind, JOB_KIND__COUNT, job_kind_name),
	WIRE(struct store_job_new, STR, subject, LIMIT_URL_B),
	WIRE(struct store_job_new, BYTES, blob, LIMIT_BODY_B),
};
const struct wire_desc store_job_new_desc = WIRE_DESC(struct store_job_new, job_new_fields);

static const struct wire_field job_fields[] = {
	WIRE(struct store_job, ID, id, ID_JOB),
	WIRE_ENUM_OF(struct store_job, kind, JOB_KIND__COUNT, job_kind_name),
	WIRE_ENUM_OF(struct store_job, state, JOB_STATE__COUNT, job_state_name),
	WIRE(struct store_job, STR, subject, LIMIT_URL_B),
	WIRE(struct store_job, STR, last_err, LIMIT_FIELD_B),
	WIRE(struct store_job, BYTES, blob, LIMIT_BODY_B),
	WIRE(struct store_job, I64, attempts, 0),
	WIRE(struct store_job, ID, result, ID_ANY),
};
const struct wire_desc store_job_desc = WIRE_DESC(struct store_job, job_fields);

static const struct wire_field job_lease_ask_fields[] = {
	WIRE(struct store_job_lease_ask, I64, lease_s, 0),
	WIRE(struct store_job_lease_ask, I64, kinds, 0),
};
const struct wire_desc store_job_lease_ask_desc = WIRE_DESC(struct store_job_lease_ask, job_lease_ask_fields);

static const struct wire_field job_end_ask_fields[] = {
	WIRE(struct store_job_end_ask, ID, id, ID_JOB),
	WIRE(struct store_job_end_ask, ID, result, ID_ANY),
	WIRE(struct store_job_end_ask, STR, fault, LIMIT_FIELD_B),
	WIRE(struct store_job_end_ask, I64, retry_s, 0),
};
const struct wire_desc store_job_end_ask_desc = WIRE_DESC(struct store_job_end_ask, job_end_ask_fields);

static const struct wire_field verify_ask_fields[] = {
	WIRE(struct store_verify_ask, I64, step, 0),
	WIRE(struct store_verify_ask, I64, position, 0),
	WIRE(struct store_verify_ask, ID, only, ID_CAPTURE),
	WIRE(struct store_verify_ask, BOOL, is_gentle, 0),
};
const struct wire_desc store_verify_ask_desc = WIRE_DESC(struct store_verify_ask, verify_ask_fields);

static const struct wire_field finding_fields[] = {
	WIRE(struct store_finding, STR, where, LIMIT_FIELD_B),
	WIRE(struct store_finding, STR, what, LIMIT_FIELD_B),
};
const struct wire_desc store_finding_desc = WIRE_DESC(struct store_finding, finding_fields);

static const struct wire_field verify_found_fields[] = {
	WIRE(struct store_verify_found, I64, step, 0),
	WIRE(struct store_verify_found, I64, position, 0),
	WIRE(struct store_verify_found, BOOL, done, 0),
	WIRE(struct store_verify_found, STR, doing, LIMIT_FIELD_B),
	WIRE(struct store_verify_found, I64, done_b, 0),
	WIRE(struct store_verify_found, I64, total_b, 0),
	WIRE(struct store_verify_found, I64, records, 0),
	WIRE(struct store_verify_found, I64, entries, 0),
	WIRE_LIST_OF(struct store_verify_found, findings, LIMIT_FINDINGS_N, &store_finding_desc),
	WIRE_LIST_OF(struct store_verify_found, remarks, LIMIT_FINDINGS_N, &store_finding_desc),
};
const struct wire_desc store_verify_found_desc = WIRE_DESC(struct store_verify_found, verify_found_fields);

static const struct wire_field backup_ask_fields[] = { WIRE(struct store_backup_ask, STR, to, LIMIT_FIELD_B) };
const struct wire_desc store_backup_ask_desc = WIRE_DESC(struct store_backup_ask, backup_ask_fields);

static const struct wire_field backup_new_fields[] = {
	WIRE(struct store_backup_new, STR, to, LIMIT_FIELD_B),
	WIRE(struct store_backup_new, INSTANT, made_us, 0),
	WIRE(struct store_backup_new, I64, files, 0),
	WIRE(struct store_backup_new, I64, bytes, 0),
};
const struct wire_desc store_backup_new_desc = WIRE_DESC(struct store_backup_new, backup_new_fields);

static const struct wire_field file_fields[] = {
	WIRE(struct store_file, STR, path, LIMIT_FIELD_B),
	WIRE(struct store_file, I64, size_b, 0),
};
static const struct wire_desc file_desc = WIRE_DESC(struct store_file, file_fields);

static const struct wire_field file_list_fields[] = {
	WIRE_LIST_OF(struct store_file_list, files, LIMIT_FILES_N, &file_desc),
};
const struct wire_desc store_file_list_desc = WIRE_DESC(struct store_file_list, file_list_fields);
