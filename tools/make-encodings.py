"""Make lib/text/index_table.c and lib/text/labels_table.c from the indexes and encodings.json of the WHATWG Encoding Standard.

usage: make-encodings.py FOLDER index > lib/text/index_table.c
       make-encodings.py FOLDER labels > lib/text/labels_table.c
FOLDER holds index-*.txt (https://encoding.spec.whatwg.org, section 5) and encodings.json, as published.
"""
import json
import os
import sys

SINGLE = ['IBM866', 'ISO-8859-2', 'ISO-8859-3', 'ISO-8859-4', 'ISO-8859-5', 'ISO-8859-6', 'ISO-8859-7', 'ISO-8859-8',
          'ISO-8859-10', 'ISO-8859-13', 'ISO-8859-14', 'ISO-8859-15', 'ISO-8859-16', 'KOI8-R', 'KOI8-U', 'macintosh',
          'windows-874', 'windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254', 'windows-1255',
          'windows-1256', 'windows-1257', 'windows-1258', 'x-mac-cyrillic']
DOUBLE = [('euc-kr', 'euc_kr'), ('gb18030', 'gb18030'), ('big5', 'big5'), ('jis0208', 'jis0208'), ('jis0212', 'jis0212')]
HEAD = '/* Made by tools/make-encodings.py from %s of the WHATWG Encoding Standard (%s; BSD-3-Clause, see NOTICE). */'


def read(name):
    """{pointer: code point} of one index, and its identifier."""
    rows = {}
    mark = ''
    with open(os.path.join(sys.argv[1], f'index-{name}.txt'), encoding='utf-8') as f:
        for line in f.read().split('\n'):
            if line.startswith('# Identifier:'):
                mark = line.split()[2][:16]
            elif line and line[0] != '#':
                pointer, code = line.split('\t')[:2]
                rows[int(pointer)] = int(code, 16)
    return rows, mark


def numbers(values, width):
    cells = ['0' if v == 0 else f'0x{v:0{width}x}' if v > 9 else str(v) for v in values]
    for i in range(0, len(cells), 16):
        print('\t' + ', '.join(cells[i:i + 16]) + ',')
    print('};')


def print_index():
    print(HEAD % ('index-*.txt', 'section 5'))
    print('#include "text/index.h"\n\n/* The upper half of each single-byte encoding, in the order of enum index_single; 0: no character. */')
    print('const uint16_t td_index_single[INDEX_SINGLE__COUNT][128] = {')
    for name in SINGLE:
        rows, mark = read(name.lower())
        print(f'\t/* {name}, {mark} */ {{')
        values = [rows.get(i, 0) for i in range(128)]
        for i in range(0, 128, 16):
            print('\t\t' + ', '.join(f'0x{v:04x}' for v in values[i:i + 16]) + ',')
        print('\t},')
    print('};')
    for name, c_name in DOUBLE:
        rows, mark = read(name)
        size = max(rows) + 1
        assert all(c >> 16 in (0, 2) for c in rows.values())
        print(f'\n/* {name}, {mark} */\nconst uint16_t td_index_{c_name}[INDEX_{c_name.upper()}_N] = {{')
        numbers([rows.get(i, 0) & 0xffff for i in range(size)], 4)
        if name == 'big5':
            print('\n/* Which characters of big5 are in plane 2: a bit each. */')
            print('const uint8_t td_index_big5_plane2[(INDEX_BIG5_N + 7) / 8] = {')
            numbers([sum(1 << b for b in range(8) if rows.get(i + b, 0) >> 16) for i in range(0, size, 8)], 2)
    rows, mark = read('gb18030-ranges')
    print(f'\n/* gb18030-ranges, {mark} */\nconst struct index_range td_index_gb18030_ranges[INDEX_RANGES_N] = {{')
    cells = [f'{{ {p}, 0x{c:04x} }}' for p, c in sorted(rows.items()) if c < 0x10000]    # the last is the rest of Unicode
    for i in range(0, len(cells), 6):
        print('\t' + ', '.join(cells[i:i + 6]) + ',')
    print('};')


def print_labels():
    with open(os.path.join(sys.argv[1], 'encodings.json'), encoding='utf-8') as f:
        rows = sorted((label, e['name']) for part in json.load(f) for e in part['encodings'] for label in e['labels'])
    print(HEAD % ('encodings.json', 'section 4.2'))
    print('#include "text/labels.h"\n\nconst struct charset_label charset_labels[] = {')
    for label, name in rows:
        print(f'\t{{ "{label}", "{name}" }},')
    print('};\nconst size_t charset_labels_n = sizeof(charset_labels) / sizeof(*charset_labels);')


print_labels() if sys.argv[2] == 'labels' else print_index()
