#!/bin/sh
# usage: warc-judges.sh FILE... - do jwarc and JWAT, which we did not write, accept every file without a warning?
# 0 yes, 1 no, 77 they cannot be had (no Java, no Maven, no network).  The jars are kept in JUDGES (default: the user's cache).
here=$(dirname "$0")/judges
jars=${JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/tidings-judges-1}
if ! [ -e "$jars/done" ]; then
	command -v java >/dev/null && command -v mvn >/dev/null && mkdir -p "$jars" &&
		mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars" >&2 && touch "$jars/done" || exit 77
fi
bad=0
for f in "$@"; do
	# Without -v it speaks of errors only.
	said=$(java -jar "$jars"/jwarc-*.jar validate "$f" 2>&1) || bad=1
	[ -z "$said" ] || { bad=1; printf 'jwarc: %s\n' "$f"; printf '%s\n' "$said" | head -40; }
done
java -cp "$jars/*" "$here/Jwat.java" "$@" || bad=1
exit $bad
