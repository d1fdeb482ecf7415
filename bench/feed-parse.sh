#!/bin/sh
# Reading feeds beside feedparser (Python) and gofeed (Go), one core each, in one run; TAP, one line a promise.
# usage: feed-parse.sh BENCH-FEED-PARSE FOLDER-OF-FEEDS [SECONDS]
# Runs only with TIDINGS_LONG=yes.  The peers, pinned, are installed into the user's cache; one that is missing fails its line.
[ "${TIDINGS_LONG:-}" = yes ] || { echo "1..0 # SKIP a minute long: TIDINGS_LONG=yes"; exit 0; }
ours=$1 feeds=$2 seconds=${3:-10}
[ -d "$feeds" ] || { echo "1..0 # SKIP no $feeds"; exit 0; }
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tidings-feed-peers-1
mkdir -p "$cache/go"
if ! [ -f "$cache/feedparser" ]; then
	python3 -m venv "$cache/venv" >&2 && "$cache/venv/bin/pip" install -q feedparser==6.0.11 >&2 && touch "$cache/feedparser"
fi
cat > "$cache/go/main.go" <<'GO'
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/mmcdole/gofeed"
)

func cpu() float64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

func main() {
	var bodies [][]byte
	names, _ := filepath.Glob(os.Args[1] + "/*")
	for _, name := range names {
		if b, err := os.ReadFile(name); err == nil {
			bodies = append(bodies, b)
		}
	}
	seconds, _ := strconv.ParseFloat(os.Args[2], 64)
	n, feeds, from := 0, 0, cpu()
	for cpu()-from < seconds {
		for _, b := range bodies {
			gofeed.NewParser().Parse(bytes.NewReader(b))
			n += len(b)
			feeds++
		}
	}
	took := cpu() - from
	fmt.Printf("gofeed\t%.1f\t%.0f\n", float64(n)/1e6/took, float64(feeds)/took)
}
GO
(cd "$cache/go" && { [ -f go.mod ] || go mod init peer; } && go get github.com/mmcdole/gofeed@v1.3.0 && go build -o ../gofeed .) >&2 2>&1
mine=$("$ours" "$feeds" "$seconds") || { echo "Bail out! $mine"; exit 1; }
python=$("$cache/venv/bin/python" - "$feeds" "$seconds" <<'PY'
import os, sys, time
import feedparser
bodies = [open(os.path.join(sys.argv[1], name), 'rb').read() for name in os.listdir(sys.argv[1])]
n = feeds = 0
began = time.process_time()
while time.process_time() - began < float(sys.argv[2]):
    for body in bodies:
        feedparser.parse(body)
        n += len(body)
        feeds += 1
took = time.process_time() - began
print('feedparser\t%.1f\t%.0f' % (n / 1e6 / took, feeds / took))
PY
)
go=$(GOMAXPROCS=1 "$cache/gofeed" "$feeds" "$seconds")
echo 1..3
printf '%s\n%s\n%s\n' "$mine" "$python" "$go" | awk -F'\t' '
	NF >= 3 { print "# " $1 ": " $2 " MB/s, " $3 " feeds/s"; rate[$1] = $2 }
	END {
		r = rate["tidings"]
		print (r >= 100 ? "" : "not ") "ok 1 - feeds are read at 100 MB/s a core or more: " r
		p = rate["feedparser"]
		print (p > 0 && r >= 30 * p ? "" : "not ") "ok 2 - thirty times feedparser: " (p > 0 ? sprintf("%.0f x", r / p) : "feedparser is missing")
		p = rate["gofeed"]
		print (p > 0 && r >= 4 * p ? "" : "not ") "ok 3 - four times gofeed: " (p > 0 ? sprintf("%.1f x", r / p) : "gofeed is missing")
	}'
