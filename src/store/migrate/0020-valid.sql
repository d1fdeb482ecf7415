-- name: migrate_0020
-- Validators belong to the address that gave them, which behind a redirect is not the one that is asked first (RFC 9110, section 13.1).
ALTER TABLE source_health ADD COLUMN valid_url TEXT NOT NULL DEFAULT '';  -- '': the address of the source
