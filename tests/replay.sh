#!/bin/bash
# A signed WACZ of a captured page in ReplayWeb.page, under Debian's chromium: tests/replay/replay.mjs.  Runs with TIDINGS_LONG=yes.
# usage: replay.sh TIDINGS HTTPD ROOT
# playwright-core is that of tests/browser; the viewer's package is fetched by npm and must have the sum below.
set -u

tidings=$(realpath "$1") root=$3         # a cache of modules is where it goes on
viewer=replaywebpage-2.5.3.tgz sum=b7d35c39c4da9b7121c5a393911d8675d4cc6f19513c380191e16b086bea812c
skip() { echo "1..0 # SKIP $1"; exit 0; }
[ "${TIDINGS_LONG:-}" = yes ] || skip "only with --long"
command -v node >/dev/null && command -v npm >/dev/null || skip "node and npm are not installed"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "chromium is not installed"

modules=${TIDINGS_REPLAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tidings-replay-tests}
mkdir -p "$modules" && cp "$root"/tests/browser/{package.json,package-lock.json} "$root/tests/replay/replay.mjs" "$modules" || exit 1
cd "$modules" || exit 1
[ -d node_modules/playwright-core ] || PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund >npm.log 2>&1 ||
	skip "npm could not install playwright-core: $(tail -1 npm.log)"
[ -f "$viewer" ] || npm pack --silent replaywebpage@2.5.3 >npm.log 2>&1 || skip "npm could not fetch replaywebpage: $(tail -1 npm.log)"
echo "$sum  $viewer" | sha256sum -c --quiet >&2 || { echo "not ok 1 - the viewer is the one that was pinned"; exit 1; }
mkdir -p node_modules/replaywebpage && tar xzf "$viewer" -C node_modules/replaywebpage --strip-components=1 || exit 1

tmp=$(mktemp -d)
trap '[ -n "${web:-}" ] && kill $web 2>/dev/null; rm -rf "$tmp"' EXIT
"$tidings" init "$tmp/desk" --name 'Sample Desk' >/dev/null || exit 1
echo 'fetch.allow = 127.0.0.0/8' >>"$tmp/desk/tidings.conf"
# The second story has five pictures, one of which the first had too: it is a revisit.
python3 "$root/tests/stories/site_of_ours.py" >"$tmp/web" &
web=$!
for i in $(seq 100); do [ -s "$tmp/web" ] && break; sleep 0.05; done
site=http://127.0.0.1:$(cat "$tmp/web")
"$tidings" -C "$tmp/desk" add "$site/first.html" >/dev/null
article=$("$tidings" -C "$tmp/desk" add "$site/news/second.html" | cut -d' ' -f1)
"$tidings" -C "$tmp/desk" export wacz --allow 127.0.0.1 --out "$tmp/it.wacz" "$article" >/dev/null || exit 1
kill $web 2>/dev/null
node replay.mjs "$tmp/it.wacz" "$site/news/second.html" "$(date -u +%Y%m%d)" '오늘의 기록을 지키겠다고' 5
