-- name: migrate_0021
CREATE TABLE fixity_run ( -- derived: how far the reading of everything is that an open desk does a little at a time; gone when it has ended
	only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
	begun_us INTEGER NOT NULL,
	step     INTEGER NOT NULL,
	position INTEGER NOT NULL,
	records  INTEGER NOT NULL,
	entries  INTEGER NOT NULL,
	wrong    INTEGER NOT NULL,
	first    TEXT NOT NULL
) STRICT;
