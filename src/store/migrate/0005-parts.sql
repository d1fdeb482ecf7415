-- name: migrate_0005
-- The files and the text of a page are a capture beside the page's own; a payload that is held already is not kept twice.
ALTER TABLE capture ADD COLUMN part_of INTEGER REFERENCES capture (seq); -- NULL: a capture of its own
CREATE INDEX capture_part ON capture (part_of) WHERE part_of IS NOT NULL;
ALTER TABLE record ADD COLUMN date_us INTEGER NOT NULL DEFAULT 0;        -- WARC-Date; 0: written before this column was
CREATE INDEX record_payload ON record (payload_sha256) WHERE type = 'response' AND payload_at > 0 AND date_us <> 0;
