#!/bin/sh
# The house's measures: function and file length, banned calls, leftovers.
# usage: check-style.sh ROOT
cd "$1" || exit 2
bad=0
n=0
say() { # NAME COMPLAINTS
	n=$((n + 1))
	if [ -n "$2" ]; then
		printf '%s\n' "$2" | sed 's/^/# /'
		echo "not ok $n - $1"
		bad=1
	else
		echo "ok $n - $1"
	fi
}
sources=$(find lib src include tools tests -name '*.[ch]' 2>/dev/null | sort)
code=$(printf '%s\n' "$sources" | grep '\.c$' | grep -vE '_(test|fuzz)\.c$|^tests/')

echo 1..5
# A function opens with { and closes with } in column one.  A flat table or switch may say in it: style: long table
say "no function is longer than 80 lines" "$(awk 'FNR == 1 { open = 0 }
	/^\{/ { open = 1; start = FNR; name = prev; excused = 0 }
	open && /style: long table/ { excused = 1 }
	/^\}/ && open { if (FNR - start - 1 > 80 && !excused) printf "%s:%d: %d lines: %s\n", FILENAME, start, FNR - start - 1, name; open = 0 }
	NF { prev = $0 }' $code)"
say "no file is longer than 600 lines" "$(wc -l $sources | awk '$2 != "total" && $2 !~ /_table\.[ch]$/ && $1 > 600 { print $2 ": " $1 " lines" }')"
say "no call that loses or overflows" "$(grep -nE '(^|[^_a-zA-Z0-9])(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|system|popen|tmpnam|mktemp|sqlite3_mprintf) *\(' $code /dev/null |
	grep -vE ':[[:space:]]*(\*|/\*|//)')"
say "nothing is left for later" "$(grep -nE '(^|[^a-zA-Z])(TODO|FIXME|XXX|HACK)([^a-zA-Z]|$)|#if 0' $sources tools/*.sh 2>/dev/null | grep -v '^tools/check-style.sh')"
say "tabs indent, nothing trails" "$(grep -nP '^ +[^ *]|[ \t]+$' $sources /dev/null | grep -v '_table\.[ch]:' | head -20)"
exit $bad
