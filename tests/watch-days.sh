#!/bin/sh
# Days of watching on a clock of our own, judged by the server.  usage: watch-days.sh NETD WATCH_DAYS
# TIDINGS_LONG: 300 feeds for 30 days; else 60 feeds for 4.
clock=$(mktemp) || exit 2
trap 'rm -f "$clock"' EXIT
printf '\0\0\0\0\0\0\0\0' > "$clock"
[ -w /dev/shm ] || { echo "1..0 # SKIP no /dev/shm"; exit 0; }
if [ -n "${TIDINGS_LONG:-}" ]; then set -- "$1" "$2" 300 100 30; else set -- "$1" "$2" 60 25 4; fi
"$1" --clock "$clock" -- "$2" "$clock" "$3" "$4" "$5"
code=$?
[ $code = 77 ] && { echo "1..0 # SKIP no network namespace of one's own on this machine"; exit 0; }
exit $code
