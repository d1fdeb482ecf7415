-- name: migrate_0014
CREATE TABLE renewal ( -- kept, never changed: tokens over lists of older tokens, whose certificates end (RFC 4998, section 5)
	seq       INTEGER PRIMARY KEY,
	list      TEXT NOT NULL,                         -- what was stamped: "tidings-renewal/1", and "sha256:…" of each token
	authority TEXT NOT NULL,
	who       TEXT NOT NULL,
	time_us   INTEGER NOT NULL,
	ends_us   INTEGER NOT NULL,
	got_us    INTEGER NOT NULL,
	token     BLOB NOT NULL                          -- the whole answer, with its chain
) STRICT;
CREATE INDEX token_ends ON token (ends_us);
CREATE INDEX renewal_ends ON renewal (ends_us);
