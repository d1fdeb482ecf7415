#!/bin/sh
# Reading pages beside trafilatura, resiliparse, gumbo and libxml2, on one core in one run; TAP, one line a promise.
# usage: extract.sh BENCH-EXTRACT-RATES SETS-FOLDER [PAGES [SET...]]      (about PAGES pages of each set; default 60)
# Runs only with TIDINGS_LONG=yes.  The peers, pinned, are installed into EXTRACTORS_VENV (default: the user's cache).
[ "${TIDINGS_LONG:-}" = yes ] || { echo "1..0 # SKIP minutes long: TIDINGS_LONG=yes"; exit 0; }
rates=$1 sets=$2 pages=${3:-60}
[ -d "$sets" ] || { echo "1..0 # SKIP no $sets"; exit 0; }
shift $(($# < 3 ? $# : 3))
venv=${EXTRACTORS_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/tidings-extractors-1}
if ! [ -f "$venv/complete" ]; then
	python3 -m venv "$venv" >&2 && "$venv/bin/pip" install -q trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6 \
	    resiliparse==2.0.1 >&2 && touch "$venv/complete"
fi
python=$venv/bin/python
[ -x "$python" ] || python=python3      # the peers are missing then, and said to be
exec "$python" "$(dirname "$0")/extract-peers.py" "$rates" "$sets" "$pages" "$@"
