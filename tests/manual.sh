#!/bin/sh
# Does the manual know every command and option that the program knows?
# usage: manual.sh TIDINGS ROOT
tidings=$1
man=$2/doc/tidings.1
n=0
bad=0
commands=$("$tidings" help | sed -n 's/^  \([a-z]*\)  .*/\1/p' | grep -v '^$')
echo "1..$(printf '%s\n' "$commands" | wc -l)"
for c in $commands; do
	n=$((n + 1))
	missing=
	grep -q "^\.Ss $c\b" "$man" || missing="$c"
	for o in $("$tidings" help "$c" | grep -oE '(^|[[ |])--[a-z-]+' | grep -oE '[a-z][a-z-]*' | sort -u); do
		grep -qE -- "(--|Fl -)$o\b" "$man" || missing="$missing --$o"
	done
	if [ -n "$missing" ]; then
		echo "# not in doc/tidings.1: $missing"
		echo "not ok $n - the manual knows $c"
		bad=1
	else
		echo "ok $n - the manual knows $c"
	fi
done
exit $bad
