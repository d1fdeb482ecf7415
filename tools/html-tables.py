#!/usr/bin/env python3
"""html-tables ROOT - write lib/html/charref_table.c and lib/html/tags_table.c.

The named character references are the WHATWG's list (HTML standard, section 13.5) as Python's html.entities.html5
carries it; the tag names are lib/html/tags.h.  Run it again when either changes; a test compares both with the parser.
"""
import html.entities
import random
import re
import sys

ROOT = sys.argv[1] if len(sys.argv) > 1 else '.'


def quoted(raw):
    """A C string literal; octal escapes end after three digits, so nothing can run into them."""
    return '"' + ''.join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else '\\%03o' % b for b in raw) + '"'


def charrefs(out):
    names = sorted(html.entities.html5.items(), key=lambda item: item[0].encode())
    assert len(names) == 2231
    # token_charref.c sizes its output by these.
    assert max(len(v.encode()) for _, v in names) <= 7
    assert all(5 * len(v.encode()) <= 6 * (len(n) + 1) for n, v in names)
    out.write('/* Named character references, HTML standard section 13.5, sorted by bytes.\n'
              ' * Made by tools/html-tables.py from Python\'s html.entities.html5. */\n'
              '#include "html/token_private.h"\n\nconst struct charref td_charrefs[CHARREFS_N] = {\n')
    for name, value in names:
        out.write('\t{ %d, %s, %s },\n' % (len(name), quoted(name.encode()), quoted(value.encode())))
    out.write('};\n\n/* Where the names begin whose first byte is at least the index. */\n'
              'const uint16_t td_charref_from[129] = {\n')
    for row in range(0, 129, 16):
        out.write('\t' + ' '.join('%d,' % sum(n.encode()[0] < c for n, _ in names) for c in range(row, min(row + 16, 129))) + '\n')
    out.write('};\n')


def key(name):
    """As tag_key() in token_tag.c: the first eight bytes, little end first, then the length on top."""
    k = int.from_bytes(name[:8].encode(), 'little')
    return (k ^ (len(name) << 56)) & (2 ** 64 - 1)


def tags(out):
    names = re.findall(r'^\tX\((\w+), "([^\"]+)\"\)', open(ROOT + '/lib/html/tags.h').read(), re.M)
    dice, bits = random.Random(13), 11
    while True:
        m = dice.getrandbits(64) | 1
        slots = {(key(t) * m & (2 ** 64 - 1)) >> (64 - bits): n for n, t in names}
        if len(slots) == len(names):
            break
    out.write('/* A hash without collisions over the names in tags.h.  Made by tools/html-tables.py. */\n'
              '#include "html/token_private.h"\n\n'
              'const uint64_t td_tag_multiplier = UINT64_C(0x%x);\n\n'
              'const uint8_t td_tag_slots[1 << TAG_SLOT_BITS] = {\n' % m)
    for slot in sorted(slots):
        out.write('\t[%d] = TAG_%s,\n' % (slot, slots[slot]))
    out.write('};\n\n/* The first eight bytes of each name, little end first. */\nconst uint64_t td_tag_keys[TAG__COUNT] = {\n')
    for n, t in names:
        out.write('\t[TAG_%s] = UINT64_C(0x%x),\n' % (n, int.from_bytes(t[:8].encode(), 'little')))
    out.write('};\n')


charrefs(open(ROOT + '/lib/html/charref_table.c', 'w'))
tags(open(ROOT + '/lib/html/tags_table.c', 'w'))
