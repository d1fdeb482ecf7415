#!/bin/sh
# Install the packages that tools/packages names and this machine lacks.
# usage: install.sh build|test
set -eu
cd "$(dirname "$0")/.."

wanted=$(sed -n 's/^build: //p' tools/packages)
[ "$1" = test ] && wanted="$wanted $(sed -n 's/^test: //p' tools/packages)"

missing=
for p in $wanted; do
	case $p in
	# Debian numbers this one by compiler version.
	libclang-rt-dev) p=libclang-rt-$(if grep -q '^12' /etc/debian_version 2>/dev/null; then echo 14; else echo 19; fi)-dev ;;
	# A Node of another maker brings its own npm.
	nodejs) command -v node >/dev/null && continue ;;
	npm) command -v npm >/dev/null && continue ;;
	esac
	dpkg-query -W -f '${Status}\n' "$p" 2>/dev/null | grep -q ' installed$' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || { echo "These packages are missing and need root to install:$missing" >&2; exit 3; }
	root=sudo
fi
echo "Installing by apt:$missing"
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -qq || echo "apt-get update failed; trying with the lists that are here" >&2
# shellcheck disable=SC2086
if ! $root apt-get install -y -qq --no-install-recommends $missing >"${TMPDIR:-/tmp}/tidings-apt.$$" 2>&1; then
	tail -5 "${TMPDIR:-/tmp}/tidings-apt.$$" >&2
	rm -f "${TMPDIR:-/tmp}/tidings-apt.$$"
	echo "apt could not install what is missing; nothing else was done." >&2
	exit 3
fi
rm -f "${TMPDIR:-/tmp}/tidings-apt.$$"
