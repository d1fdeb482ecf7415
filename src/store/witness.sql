-- name: partner_add
INSERT INTO partner (vkey, kind, added_us) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING;
-- name: partner_list
SELECT vkey, kind FROM partner ORDER BY seq LIMIT 200;
-- name: witnessed_newest
SELECT size, head FROM witnessed WHERE origin = ?1 ORDER BY size DESC LIMIT 1;
-- name: witnessed_add
INSERT INTO witnessed (origin, size, head, time_us) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING;
-- name: conflict_add
INSERT INTO conflict (origin, size, head, line, time_us) VALUES (?1, ?2, ?3, ?4, ?5);
-- name: conflict_all
SELECT origin, size, head, line FROM conflict ORDER BY seq LIMIT 1000;
-- name: cosignature_newest
SELECT coalesce(max(size), 0) FROM cosignature WHERE name = ?1;
-- name: cosignature_add
INSERT INTO cosignature (size, name, time_us, got_us, line) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING;
-- name: cosignature_of
SELECT name, time_us, line FROM cosignature WHERE size = ?1 ORDER BY name LIMIT 60;
-- name: checkpoint_recent
SELECT size, made_us, head, note FROM checkpoint ORDER BY size DESC LIMIT 100;
-- name: cosigned_sizes
SELECT DISTINCT size FROM cosignature ORDER BY size DESC LIMIT 500;
