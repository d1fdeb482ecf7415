-- name: backup_add
INSERT INTO backup (made_us, folder, files, bytes) VALUES (?1, ?2, ?3, ?4);
