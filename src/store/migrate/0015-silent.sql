-- name: migrate_0015
-- A source that has fallen silent is in trouble as one that does not answer is; the watch says so with each answer.
ALTER TABLE source_health ADD COLUMN is_silent INTEGER NOT NULL DEFAULT 0 CHECK (is_silent IN (0, 1));
