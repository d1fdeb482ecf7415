#!/bin/sh
# Is every sentence used, and does every used id have a sentence in each language?
# usage: check-words.sh ROOT
#
# An id is used as {{t:some.id}} in a template or as STR("some.id") in C, its
# first part being the first part of an id in po/en.po.  Ids that are put
# together at run time are named as "country.*" in a comment: words: country.*
cd "$1" || exit 2
used=$(mktemp) known=$(mktemp) open=$(mktemp)
trap 'rm -f "$used" "$known" "$open"' EXIT
bad=0
families=$(sed -n 's/^msgid "\([a-z0-9]*\)\..*/\1/p' po/en.po po/*.en.po | sort -u | paste -sd'|')
{
	grep -rhoE '\{\{t:[A-Za-z0-9._-]+\}\}' src lib --include='*.html' --include='*.xml' --include='*.txt' 2>/dev/null | sed 's/^{{t:\(.*\)}}$/\1/'
	grep -rhoE "\"($families)\.[A-Za-z0-9._-]*[A-Za-z0-9]\"" src lib --include='*.c' | tr -d '"' | grep -vE '\.(css|html|svg)$'
} | sort -u > "$used"
grep -rhoE 'words: [a-z0-9.-]+\.\*' src lib --include='*.[ch]' | sed 's/^words: //; s/\*$//; s/\./\\./g; s/^/^/' | sort -u > "$open"
say() {
	if [ -n "$3" ]; then
		printf '%s\n' "$3" | sed 's/^/# /'
		echo "not ok $1 - $2"
		bad=1
	else
		echo "ok $1 - $2"
	fi
}
echo 1..3
n=0
for lang in en ko; do
	n=$((n + 1))
	cat po/$lang.po po/*.$lang.po | sed -n 's/^msgid "\(..*\)"$/\1/p' | sort -u > "$known"
	say $n "every id that is used has a sentence in $lang" "$(comm -23 "$used" "$known")"
done
say 3 "every sentence is used" "$(comm -13 "$used" "$known" | { if [ -s "$open" ]; then grep -vf "$open"; else cat; fi; } | grep -v '^country\.')"
exit $bad
