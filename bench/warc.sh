#!/bin/sh
# usage: warc.sh WARC-RATES FILE.warc.gz - check and index beside warcio, in one run: records a second and how many times warcio's.
# The file is put behind itself until it has some 15,000 records.  77: warcio cannot be had.
set -eu
rates=$1 file=$2
venv=${WARCIO_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/tidings-warcio-1.7.5}
if ! [ -x "$venv/bin/warcio" ]; then
	python3 -m venv "$venv" >&2 && "$venv/bin/pip" install -q warcio==1.7.5 >&2 || exit 77
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=$("$rates" check "$file" | sed 's/.*check: \([0-9]*\) records.*/\1/')
i=0
while [ "$i" -lt $((15000 / n + 1)) ]; do
	cat "$file" >>"$dir/large.warc.gz"
	i=$((i + 1))
done
for what in check index; do
	ours=$("$rates" "$what" "$dir/large.warc.gz")
	from=$(date +%s%N)
	"$venv/bin/warcio" "$what" "$dir/large.warc.gz" >/dev/null
	to=$(date +%s%N)
	printf '%s\n' "$ours" | awk -v ns=$((to - from)) '{
		r = $2 / (ns / 1e9)
		printf "%s (warcio %.0f: %.1f times as many; wanted 3)\n", $0, r, $(NF - 3) / r
	}'
done
