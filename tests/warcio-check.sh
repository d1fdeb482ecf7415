#!/bin/sh
# usage: warcio-check.sh FILE... - does warcio, which we did not write, accept every file?  0 yes, 1 no, 77 warcio cannot be had.
# Python's venv is kept in WARCIO_VENV (default: the user's cache).
venv=${WARCIO_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/tidings-warcio-1.7.5}
if ! [ -x "$venv/bin/warcio" ]; then
	python3 -m venv "$venv" >&2 && "$venv/bin/pip" install -q warcio==1.7.5 >&2 || exit 77
fi
bad=0
for f in "$@"; do
	said=$("$venv/bin/warcio" check -v "$f" 2>&1) || bad=1
	printf '%s\n' "$said"
	# It exits 0 on some of what it complains about.
	printf '%s\n' "$said" | grep -qiE 'fail|warning|error|invalid|not a ' && bad=1
done
exit $bad
