-- name: migrate_0002
ALTER TABLE block ADD COLUMN page INTEGER NOT NULL DEFAULT 0; -- of a PDF, from 1: where the block begins; 0: there are none
