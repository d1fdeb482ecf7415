-- name: migrate_0011
-- The newest reply of an address: what a question "is it still so?" and a foreign revisit refer to.
CREATE INDEX record_reply ON record (target_url, date_us) WHERE type = 'response' AND payload_at > 0 AND date_us <> 0;
