#!/bin/sh
# Does every #include point downwards?  tools/layers is the law.
# usage: check-layers.sh ROOT
cd "$1" || exit 2
echo 1..1
find lib src -name '*.[ch]' | sort | xargs awk '
	function complain(what) {
		printf "# %s:%d: %s (see tools/layers)\n", FILENAME, FNR, what
		bad = 1
	}
	FILENAME == "tools/layers" {
		if (/^#/ || NF == 0) next
		name = $1; sub(":", "", name)
		if (sub("^!", "", name)) { owner[name] = " "; for (i = 2; i <= NF; i++) owner[name] = owner[name] $i " "; next }
		known[name] = 1
		for (i = 2; i <= NF; i++) may[name, $i] = 1
		next
	}
	FNR == 1 {
		split(FILENAME, at, "/"); from = at[2]
		is_test = FILENAME ~ /_(test|fuzz)\.c$/
		if (!(from in known)) complain("room " from " is not known")
	}
	/^#include </ {
		header = $2; gsub("[<>]", "", header)
		folder = header; sub("/.*", "/", folder)
		if (is_test) next
		if (header in owner && !index(owner[header], " " from " "))
			complain("only" owner[header] "may include <" header ">")
		if (folder in owner && !index(owner[folder], " " from " "))
			complain("only" owner[folder] "may include <" header ">")
	}
	/^#include "[a-z0-9]+\// {
		to = $2; sub("^\"", "", to); sub("/.*", "", to)
		if (from == to || is_test) next
		if (to in known && !((from, to) in may))
			complain(from " may not include " to)
		if (/_private\.h"/)
			complain(from " may not look inside " to)
	}
	END { if (bad) print "not ok 1 - includes point downwards"; else print "ok 1 - includes point downwards"; exit bad }
	' tools/layers
