#!/bin/sh
# Make the sample desk, once: pages of our own writing, taken in through the real path from a server on loopback.
# usage: sample-desk.sh BUILD DESK
set -eu
cd "$(dirname "$0")/.."
build=$1
desk=$2
[ -f "$desk/VERSION" ] && exit 0

echo "Making a sample desk in $desk ..."
"$build/tidings" init "$desk" --name 'Sample Desk' --tagline 'Invented pages, to look around' --languages 'en ko' >/dev/null
# The fetcher refuses addresses of this machine; for the samples, and only while they are taken, it may.
printf 'sample = yes\nfetch.allow = 127.0.0.0/8\n' >>"$desk/tidings.conf"

"$build/httpd" data/samples >"$desk/run/port" 2>/dev/null &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
while [ ! -s "$desk/run/port" ]; do kill -0 $server; sleep 0.05; done
read -r port <"$desk/run/port"

"$build/tidings" -C "$desk" add \
	"http://127.0.0.1:$port/ministry.html" "http://127.0.0.1:$port/ko.html" "http://127.0.0.1:$port/rent.html" \
	"http://127.0.0.1:$port/carried.html" "http://127.0.0.1:$port/note.html" data/samples/ko-scrap.txt
rm -f "$desk/run/port"
sed -i '/^fetch.allow/d' "$desk/tidings.conf"
"$build/sample-watch" "$desk"
