#!/bin/sh
# The URL standard's own cases (urltestdata.json of the web platform tests) against lib/url.
# usage: urltable.sh URL_TEST SHARED_DATA
suite=$2/feeds/url/urltestdata.json
[ -f "$suite" ] || { echo "1..1"; echo "ok 1 # SKIP no $suite"; exit 0; }
python3 -c '
import json, sys
hexed = lambda s: s.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode().hex()
for t in json.load(open(sys.argv[1])):
    if isinstance(t, dict):
        print(hexed(t["input"]), hexed(t["base"] or ""), "failure" if t.get("failure") else hexed(t["href"]), sep="\t")
' "$suite" | "$1" table
