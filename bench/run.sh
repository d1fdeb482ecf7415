#!/bin/sh
# What a person waits for, in one run: extraction beside gumbo's parse, a desk of 10,000 articles, its site.
# usage: run.sh BUILD      (makes a release build there; corpora are looked for in ../shared/data)
set -eu
cd "$(dirname "$0")/.."
build=${1:-build-bench}
data=${SHARED_DATA:-../shared/data}
[ -f "$build/build.ninja" ] || meson setup "$build" --buildtype=release >/dev/null
ninja -C "$build" bench-extract-page bench-store-10k bench-publish-site >/dev/null
if [ -d "$data/extraction" ]; then
	pages=$(mktemp -d)
	trap 'rm -rf "$pages"' EXIT
	for set in trafilatura readability newspaper4k daniel wcxb-dev cleaneval-dev; do
		[ -d "$data/extraction/$set/html" ] || continue
		rm -f "$pages"/*
		for f in $(ls "$data/extraction/$set/html" | awk 'NR % 5 == 1'); do
			gzip -dc "$data/extraction/$set/html/$f" >"$pages/${f%.gz}"
		done
		echo "== extraction, every fifth page of $set"
		"$build/bench-extract-page" "$pages"/* >/dev/null
	done
else
	echo "== extraction: no pages in $data/extraction; not measured"
fi
echo "== a desk of 10,000 articles"
"$build/bench-store-10k" 10000
echo "== its site, 1,000 notes"
"$build/bench-publish-site" 10000 1000
