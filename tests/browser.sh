#!/bin/bash
# The desk in a real browser: tests/browser/walk.mjs over a desk of our sample pages.
# usage: browser.sh TIDINGS HTTPD SAMPLE-WATCH ROOT [FOLDER FOR SCREENSHOTS]
# Installs playwright-core and axe-core (tests/browser/package-lock.json) into a folder of its own; no browser is downloaded.
set -u
tidings=$1 httpd=$2 watch=$3 root=$4 shots=${5:-}
skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are not installed"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "chromium is not installed"

modules=${TIDINGS_NPM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tidings-browser-tests}
mkdir -p "$modules" && cp "$root"/tests/browser/{package.json,package-lock.json,walk.mjs} "$modules" || exit 1
[ -f "$modules/node_modules/axe-core/axe.min.js" ] ||
	(cd "$modules" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund >npm.log 2>&1) ||
	skip "npm could not install playwright-core and axe-core: $(tail -1 "$modules/npm.log")"

tmp=$(mktemp -d)
trap 'kill $serve $web $empty $many 2>/dev/null; rm -rf "$tmp"' EXIT
"$tidings" init "$tmp/desk" --name 'Sample Desk' --tagline 'Invented pages' --languages 'en ko' >/dev/null || exit 1
echo 'fetch.allow = 127.0.0.0/8' >>"$tmp/desk/tidings.conf"
"$httpd" "$root/data/samples" >"$tmp/web" &
web=$!
port=$((20000 + RANDOM % 12000))        # below 32768, from where the kernel gives ports to whoever connects
for i in $(seq 100); do [ -s "$tmp/web" ] && break; sleep 0.05; done
for page in ministry ko rent carried note; do
	"$tidings" -C "$tmp/desk" add "http://127.0.0.1:$(cat "$tmp/web")/$page.html" >/dev/null || exit 1
done
"$watch" "$tmp/desk" || exit 1
"$tidings" -C "$tmp/desk" serve --port $port >"$tmp/serve.log" 2>&1 &
serve=$!
# A second desk, on which nothing has happened yet, and a third with 300 sources and long titles.
for other in empty many; do
	"$tidings" init "$tmp/$other" --name "Desk $other" --tagline 'Invented' --languages 'en ko' >/dev/null || exit 1
	echo 'sample = yes' >>"$tmp/$other/tidings.conf"
done
"$watch" "$tmp/many" --many 300 6000 || exit 1
"$tidings" -C "$tmp/empty" serve --port $((port + 1)) >>"$tmp/serve.log" 2>&1 &
empty=$!
"$tidings" -C "$tmp/many" serve --port $((port + 2)) >>"$tmp/serve.log" 2>&1 &
many=$!
for p in $((port + 1)) $((port + 2)); do
	for i in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$p/" && break; sleep 0.05; done
done
for i in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.05; done
cd "$modules" && TIDINGS_URL=http://127.0.0.1:$port TIDINGS_EMPTY=http://127.0.0.1:$((port + 1)) TIDINGS_MANY=http://127.0.0.1:$((port + 2)) \
	TIDINGS_SITE=http://127.0.0.1:$(cat "$tmp/web") node walk.mjs $shots
code=$?
[ $code = 0 ] || sed 's/^/# serve: /' "$tmp/serve.log"
exit $code
