-- name: migrate_0010
-- Validators are those of one way to the network: an ETag that came over one must not be shown over another.
ALTER TABLE source_health ADD COLUMN route TEXT NOT NULL DEFAULT '';  -- the way that they came; '': direct
