#!/bin/sh
# Scores the extractor on measuring data that is not ours.  usage: extract-eval.sh BENCH-EXTRACT-PAGE SET...   (env SHARED_DATA)
[ -d "$SHARED_DATA/extraction" ] || { echo "1..0 # SKIP no SHARED_DATA"; exit 0; }
program=$1
shift
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
for set; do
	"$program" "$SHARED_DATA/extraction/$set"/html/*.html.gz > "$out/$set.jsonl" &&
		python3 "$SHARED_DATA/extraction/evaluate.py" "$set=$out/$set.jsonl"
done
