/*
 * desc - the wire tables of what the store is asked and answers.
 *
 * One table a struct of store/verbs.h, named store_X_desc; both ends of a link
 * use them, and a room may print any reply as JSON with td_wire_json().
 */
#ifndef STORE_DESC_H
#define STORE_DESC_H

#include "store/verbs.h"

extern const struct wire_desc store_none_desc, store_name_desc, store_found_desc, store_desk_status_desc;
extern const struct wire_desc store_capture_new_desc, store_capture_done_desc, store_capture_desc, store_record_desc,
	store_record_name_desc, store_record_bytes_desc;
extern const struct wire_desc store_article_new_desc, store_article_done_desc, store_article_view_desc,
	store_item_desc, store_item_list_desc, store_list_ask_desc, store_search_ask_desc, store_health_desc;
extern const struct wire_desc store_note_desc, store_note_new_desc, store_note_done_desc, store_note_list_desc,
	store_excerpt_desc, store_contact_desc, store_release_new_desc;
extern const struct wire_desc store_job_new_desc, store_job_desc, store_job_lease_ask_desc, store_job_end_ask_desc;
extern const struct wire_desc store_verify_ask_desc, store_verify_found_desc, store_finding_desc;
extern const struct wire_desc store_backup_ask_desc, store_backup_new_desc, store_file_list_desc;
extern const struct wire_desc store_checkpoint_desc, store_prove_ask_desc, store_proof_desc, store_ledger_ask_desc, store_ledger_page_desc,
	store_partner_new_desc, store_partner_page_desc, store_signature_desc, store_cosign_ask_desc, store_cosign_done_desc,
	store_cosign_old_desc, store_size_ask_desc, store_standing_desc, store_file_ask_desc, store_file_bytes_desc,
	store_renewal_ask_desc, store_renewal_list_desc, store_renewal_new_desc, store_cosign_request_desc, store_cosignatures_desc, store_cosignatures_added_desc,
	store_token_new_desc, store_token_ask_desc, store_token_page_desc, store_record_member_desc, store_record_ask_desc, store_record_found_desc,
	store_sign_ask_desc, store_signatures_desc, store_export_new_desc, store_export_done_desc;
extern const struct wire_desc store_pair_desc, store_pair_page_desc, store_pair_name_desc, store_seen_text_desc, store_seen_message_desc,
	store_seen_taken_desc, store_seen_capture_desc, store_seen_page_desc;
extern const struct wire_desc store_source_desc, store_source_ask_desc, store_source_list_desc, store_due_ask_desc, store_due_desc,
	store_item_keys_desc, store_item_places_desc, store_poll_desc, store_poll_done_desc, store_announced_desc, store_announced_ask_desc, store_announced_list_desc,
	store_mark_desc, store_marked_desc, store_source_find_desc, store_group_list_desc, store_change_list_desc, store_source_new_list_desc,
	store_source_taken_desc, store_offer_new_desc, store_offer_list_desc,
	store_fixity_new_desc, store_fixity_run_desc, store_entered_desc, store_fixity_desc, store_key_ask_desc, store_key_changed_desc,
	store_erase_ask_desc, store_erasure_desc, store_news_desc, store_news_ask_desc, store_news_list_desc, store_news_seen_desc;
extern const struct wire_desc store_page_ask_desc, store_page_list_desc, store_page_name_desc, store_page_desc, store_life_new_desc, store_life_desc;

#endif
