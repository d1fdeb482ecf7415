#!/bin/sh
# Fuzz: build the targets with clang, -O2, AddressSanitizer and UBSan; run each; sum the executions up.
# usage: fuzz.sh BUILD --runs N | --seconds N [TARGET...]     N is for each target; "all": every target; none: what reads pages
#        fuzz.sh BUILD --sum                                  what all runs in BUILD came to, by target
# A finding is kept in BUILD/findings/TARGET and makes the exit code 1.  BUILD/corpus/TARGET grows from run to run; what was
# found once belongs into tests/corpus/TARGET, which is read first and replayed in every ./check.  Each run adds a line to
# BUILD/executions: day, commit, target, longest input, executions, seconds, finding.
set -u
[ $# -ge 2 ] || { sed -n '2,7s/^# //p' "$0"; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
build=$1
how=$2

sum() {
	[ -f "$build/executions" ] || { echo "fuzz.sh: $build/executions: no run has been counted there"; exit 2; }
	awk -F '\t' '{ runs[$3]++; n[$3] += $5; s[$3] += $6; bad[$3] += $7 != "-"; all += $5; found += $7 != "-" }
		END {
			printf "%-18s %5s %14s %8s %9s\n", "target", "runs", "executions", "seconds", "findings"
			for (t in n)
				printf "%-18s %5d %14d %8d %9d\n", t, runs[t], n[t], s[t], bad[t] | "sort"
			close("sort")
			printf "total executions: %d, findings: %d\n", all, found
		}' "$build/executions"
}
[ "$how" != --sum ] || { sum; exit; }
case $how in --runs | --seconds) ;; *) echo "fuzz.sh: $how: --runs, --seconds or --sum"; exit 2 ;; esac
[ $# -ge 3 ] || { echo "fuzz.sh: $how: how many?"; exit 2; }
n=$3
shift 3
[ "${1-}" != all ] || set -- $(cd "$root" && find lib src -name '*_fuzz.c' | sed 's,.*/,,; s/_fuzz\.c$//' | sort)
[ $# -gt 0 ] || set -- escape html_token html_tree html_safe charset guess article json_read json_ld dates dateline

if [ ! -f "$build/build.ninja" ]; then
	cc=clang
	command -v ccache >/dev/null && cc="ccache clang"
	CC=$cc meson setup "$build" "$root" -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=2 -Ddebug=true \
		>"$build.log" 2>&1 || { cat "$build.log"; exit 2; }
	rm -f "$build.log"
fi
programs=
for target; do
	programs="$programs fuzz_$target"
done
ninja -C "$build" $programs >"$build/fuzz.log" 2>&1 || { grep -A8 -E 'error|FAILED|unknown target' "$build/fuzz.log"; exit 2; }

export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0:max_malloc_fill_size=0:quarantine_size_mb=16:malloc_context_size=4
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
bad=0
total=0
commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo -)
printf '%-18s %8s %14s %10s %8s %s\n' target longest executions seconds corpus finding
# Short inputs find more in the same time, long ones other things: six, three and one tenth of the work.
run() { # TARGET LONGEST TENTHS
	amount=$((n * $3 / 10))
	[ "$amount" -gt 0 ] || amount=1
	[ "$how" = --runs ] && limit=-runs=$amount || limit=-max_total_time=$amount
	mkdir -p "$build/corpus/$1" "$build/findings/$1"
	seeds=
	[ -d "$root/tests/corpus/$1" ] && seeds=$root/tests/corpus/$1
	words=
	case $1 in html_* | article | api | json_ld) words=-dict=$root/tests/corpus/html.dict ;; esac
	"$build/fuzz_$1" "$limit" $words -max_len="$2" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -reload=0 -entropic=0 \
		-artifact_prefix="$build/findings/$1/" "$build/corpus/$1" $seeds >"$build/fuzz-$1.log" 2>&1
	code=$?
	executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/fuzz-$1.log")
	seconds=$(sed -n 's/^Done [0-9]* runs in \([0-9]*\) second.*/\1/p' "$build/fuzz-$1.log")
	word=-
	if [ $code != 0 ]; then
		word=$(grep -m1 -oE 'Test unit written to .*|SUMMARY: .*|ERROR: .*' "$build/fuzz-$1.log")
		word=${word:-exit code $code}
		bad=1
	fi
	total=$((total + ${executions:-0}))
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$(date +%F)" "$commit" "$1" "$2" "${executions:-0}" "${seconds:-0}" "$word" >>"$build/executions"
	printf '%-18s %8s %14s %10s %8s %s\n' "$1" "$2" "${executions:-?}" "${seconds:-?}" "$(ls "$build/corpus/$1" | wc -l)" "$word"
}
for target; do
	run "$target" 64 6
	run "$target" 400 3
	run "$target" 4096 1
done
echo "$total executions, $([ $bad = 0 ] && echo no finding || echo FINDINGS)"
exit $bad
