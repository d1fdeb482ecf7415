#!/bin/sh
# libtidings under ThreadSanitizer: builds lib/api/api_test.c with it and runs it.  Only with TIDINGS_LONG=yes.
# usage: threads.sh SOURCE
[ "${TIDINGS_LONG:-}" = yes ] || { echo "1..0 # SKIP another build: TIDINGS_LONG=yes"; exit 0; }
build=$(mktemp -d) || exit 2
trap 'rm -rf "$build"' EXIT
CC=clang meson setup "$build" "$1" -Db_sanitize=thread -Db_lundef=false -Dbuildtype=debug -Doptimization=1 >"$build/log" 2>&1 &&
	ninja -C "$build" t_api_api_test >"$build/log" 2>&1 || { tail -20 "$build/log" | sed 's/^/# /'; echo "1..1"; echo "not ok 1 - it builds"; exit 1; }
TSAN_OPTIONS=halt_on_error=1 exec "$build/t_api_api_test"
