"""Make lib/text/labels_table.c from the WHATWG encoding standard's encodings.json.

usage: make-labels.py encodings.json > lib/text/labels_table.c
"""
import json
import sys

rows = sorted((label, e['name']) for part in json.load(open(sys.argv[1], encoding='utf-8')) for e in part['encodings']
              for label in e['labels'])
print('/* Made by tools/make-labels.py from encodings.json of the WHATWG Encoding Standard (section 4.2; BSD-3-Clause, see NOTICE). */')
print('#include "text/labels.h"\n\nconst struct charset_label charset_labels[] = {')
for label, name in rows:
    print(f'\t{{ "{label}", "{name}" }},')
print('};\nconst size_t charset_labels_n = sizeof(charset_labels) / sizeof(*charset_labels);')
