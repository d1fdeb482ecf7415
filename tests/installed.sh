#!/bin/bash
# The library as a stranger finds it: installed below an empty folder, seen through pkg-config, nm, man, C, C++ and ctypes.
# usage: installed.sh BUILD SOURCE
build=$1 source=$2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0 bad=0
say() { # SENTENCE, after a command
	local code=$? mark=
	n=$((n + 1))
	[ $code = 0 ] || { mark='not ' bad=1; sed 's/^/# /' "$tmp/out"; }
	echo "${mark}ok $n - $1"
}
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }

# What the build has made already; a test must not build.
DESTDIR=$tmp/root meson install -C "$build" --no-rebuild --only-changed >"$tmp/out" 2>&1
say "it installs below DESTDIR"
pc=$(find "$tmp/root" -name tidings.pc | head -1)
so=$(find "$tmp/root" -name 'libtidings.so.0' | head -1)
export PKG_CONFIG_PATH=${pc%/*} PKG_CONFIG_SYSROOT_DIR=$tmp/root LD_LIBRARY_PATH=${so%/*}

nm -D --defined-only "$so" | awk '$2 != "A" { sub("@.*", "", $3); print $3 }' | sort -u >"$tmp/exported"
grep -oE '^TIDINGS_API .*\(' "$source/include/tidings.h" | grep -oE 'tidings_[a-z_]+\(' | tr -d '(' | sort -u >"$tmp/declared"
diff "$tmp/declared" "$tmp/exported" >"$tmp/out" 2>&1
say "it exports the header's names and no other"
readelf -d "$so" | grep -q 'SONAME.*libtidings.so.0\]' 2>"$tmp/out"
say "its soname is libtidings.so.0"
objdump -t "$so" | awk 'NF > 2 && $(NF - 2) ~ /^\.(data|bss)$/ && $NF !~ /^(\.data|\.bss|completed\.[0-9]+|__dso_handle|_edata|_end|__bss_start|__TMC_END__)$/' >"$tmp/out"
[ ! -s "$tmp/out" ]
say "it has no variable that could change"

for f in $(cat "$tmp/exported"); do grep -q "^\.Fn $f" "$source/doc/libtidings.3" || echo "not in the manual: $f"; done >"$tmp/out"
[ ! -s "$tmp/out" ]
say "the manual knows every function"
if command -v mandoc >/dev/null; then
	mandoc -T lint -W warning "$source/doc/libtidings.3" >"$tmp/out" 2>&1
	say "the manual is clean"
else
	skip "the manual is clean" "mandoc is not installed"
fi

cc=${CC:-cc}
flags=$(pkg-config --cflags --libs tidings)
$cc -std=c11 -Wall -Wextra -Wpedantic -Werror -o "$tmp/headline" "$source/doc/examples/headline.c" $flags >"$tmp/out" 2>&1 &&
	"$tmp/headline" "$source/data/samples/ministry.html" >"$tmp/out" 2>&1 && [ -s "$tmp/out" ] && head -2 "$tmp/out" | grep -q 2026-03-09
say "the example compiles with pkg-config alone, and reads a page"
"$tmp/headline" /dev/null >"$tmp/out" 2>&1 && grep -q '(no date)' "$tmp/out"
say "the example says what an empty page does not say"
if command -v c++ >/dev/null; then
	printf '#include <tidings.h>\nint main() { return tidings_version()[0] == 0; }\n' >"$tmp/x.cc"
	c++ -Wall -Werror -o "$tmp/x" "$tmp/x.cc" $flags >"$tmp/out" 2>&1 && "$tmp/x"
	say "the header is C++ too"
else
	skip "the header is C++ too" "there is no C++ compiler"
fi

# The manual's own Python.
sed -n '/^from ctypes/,/^\.Ed/p' "$source/doc/libtidings.3" | sed '$d' >"$tmp/page.py"
cp "$source/data/samples/ko.html" "$tmp/page.html"
title=$("$tmp/headline" "$tmp/page.html" | head -1)
(cd "$tmp" && python3 page.py >"$tmp/out" 2>&1) && [ -n "$title" ] && grep -qxF "$title" "$tmp/out"
say "the manual's Python binds it without a compiler"
echo "1..$n"
exit $bad
