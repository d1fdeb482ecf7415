-- name: migrate_0007
CREATE TABLE token ( -- kept, never changed: what time authorities said about a checkpoint (RFC 3161)
	seq       INTEGER PRIMARY KEY,
	size      INTEGER NOT NULL REFERENCES checkpoint (size),
	authority TEXT NOT NULL,                         -- its address, as in tidings.conf
	who       TEXT NOT NULL,                         -- as its certificate says
	time_us   INTEGER NOT NULL,                      -- what it said
	ends_us   INTEGER NOT NULL,                      -- its certificate is good until
	got_us    INTEGER NOT NULL,
	token     BLOB NOT NULL,                         -- the whole answer, with its chain
	UNIQUE (size, authority)
) STRICT;
