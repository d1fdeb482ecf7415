-- name: migrate_0019
-- The first key of a log is as old as the first checkpoint that it signed, to the microsecond, so that neither can be changed unseen.
UPDATE log_key SET since_us = (SELECT made_us FROM checkpoint ORDER BY size LIMIT 1)
WHERE ledger IS NULL AND EXISTS (SELECT 1 FROM checkpoint);
