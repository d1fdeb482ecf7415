#!/bin/sh
# What a person waits for, in one run: extraction beside its peers, a desk of 10,000 articles, its site.
# usage: run.sh BUILD      (makes a release build there; corpora are looked for in ../shared/data)
set -eu
cd "$(dirname "$0")/.."
build=${1:-build-bench}
data=${SHARED_DATA:-../shared/data}
[ -f "$build/build.ninja" ] || meson setup "$build" --buildtype=release >/dev/null
ninja -C "$build" bench-extract-rates bench-feed-parse bench-html-parse bench-store-10k bench-publish-site bench-ledger-proof bench-capture-durable bench-warc-rates tidings netd watch_fast >/dev/null
echo "== reading pages, beside its peers"
TIDINGS_LONG=yes bench/extract.sh "$build/bench-extract-rates" "$data/extraction" || echo "reading pages: a line failed"
echo "== the parser alone"
"$build/bench-html-parse" "$data"/extraction/*/ || echo "the parser: a line failed"
echo "== reading feeds, beside feedparser and gofeed"
TIDINGS_LONG=yes bench/feed-parse.sh "$build/bench-feed-parse" "$data/feeds/bench" || echo "reading feeds: a line failed"
echo "== polls of sources, beside newsboat"
if command -v newsboat >/dev/null; then
	python3 bench/polls.py "$PWD/$build/netd" "$PWD/$build/tidings" "$PWD/$build/watch_fast" || echo "polls: a line failed"
else
	echo "newsboat cannot be had"
fi
echo "== a desk of 10,000 articles"
"$build/bench-store-10k" 10000
echo "== its site, 1,000 notes"
"$build/bench-publish-site" 10000 1000
echo "== durable captures, alone and many at once"
"$build/bench-capture-durable" 6000 60
"$build/bench-capture-durable" 6000 60 4
if command -v strace >/dev/null; then
	# Syncs of the disk for 200 captures alone, opening and closing the desk included.
	strace -f -qq -c -e trace=fsync,fdatasync "$build/bench-capture-durable" 200 1 2>&1 |
		awk '/fsync|fdatasync/ { n += $4 } END { printf "%.2f syncs of the disk a capture\n", n / 200 }'
fi
echo "== WARC files, beside warcio"
bench/warc.sh "$build/bench-warc-rates" "$data/archive/warc/jwat-IAH-20080430204825-00000-blackbook.warc.gz" || echo "warcio cannot be had"
echo "== a proof from a ledger of a million entries"
"$build/bench-ledger-proof" 1000000
