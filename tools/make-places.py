"""Make lib/article/places_table.c: names of places and the countries they are in.

usage: make-places.py po/country.en.po po/country.ko.po tools/places.txt > lib/article/places_table.c
"""
import re
import sys

rows = {}
for path in sys.argv[1:3]:
    text = open(path, encoding='utf-8').read()
    for code, name in re.findall(r'msgid "country\.([A-Z]{2})"\nmsgstr "(.*)"', text):
        rows.setdefault(name.lower(), code)
for line in open(sys.argv[3], encoding='utf-8'):
    if line.strip() and not line.startswith('#'):
        for name in line[3:].split(';'):
            rows[name.strip().lower()] = line[:2]

print('/* Made by tools/make-places.py from po/country.*.po (Unicode CLDR, see NOTICE) and tools/places.txt (ours). */')
print('#include "article/places.h"\n\n/* Sorted bytewise, lower case. */\nconst struct place_row places[] = {')
for name in sorted(rows, key=lambda n: n.encode()):
    print('\t{ "%s", "%s" },' % (name.replace('"', '\\"'), rows[name]))
print('};\nconst size_t places_n = sizeof(places) / sizeof(*places);')
