#!/usr/bin/env python3
"""Lists where title, day or people differ from a measured truth, by cause.  Python 3 alone.

  meta-misses.py title|date|author|language SET-FOLDER PREDICTIONS.jsonl [CAUSE]

SET-FOLDER holds truth.jsonl and html/ID.html.gz; PREDICTIONS are bench-extract-page's lines.  Without CAUSE the causes
are counted; with one its pages are listed: id, address, what was wanted (-), what was said (+), where the page has each.
"""
import collections, gzip, html, json, os, re, sys, unicodedata


def key(s):
    return re.sub(r'[\W_]+', '', unicodedata.normalize('NFKC', s or '').lower())


def people(v):
    if isinstance(v, str):
        v = re.split(r'\s*[;,\n]\s*|\s+(?:and|und|et|y|и)\s+', v)
    return {key(re.sub(r'^(?:by|von|par|por|di|от)\s+', '', x.strip(), flags=re.I)) for x in v or [] if x.strip()} - {''}


def decoded(raw):
    said = re.search(rb'charset\s*=\s*["\']?([\w-]+)', raw[:4096], re.I)
    for name in ('utf-8', said and said.group(1).decode(), 'cp1252', 'latin-1'):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError, TypeError):
            pass


def plain(s):
    return html.unescape(re.sub(r'(?s)<[^>]*>', ' ', s))


def places(page):
    """What the page says of itself, by place: [(place, text)]."""
    out = [('title', plain(m)) for m in re.findall(r'(?is)<title[^>]*>(.*?)</title', page)[:1]]
    for tag in re.findall(r'(?is)<meta\b[^>]*>', page):
        at = {k.lower(): a or b or c for k, a, b, c in re.findall(r'''([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))''', tag)}
        name = at.get('property') or at.get('name') or at.get('itemprop')
        if name and at.get('content'):
            out.append(('meta ' + name.lower(), html.unescape(at['content'])))
    for script in re.findall(r'(?is)<script[^>]*ld\+json[^>]*>(.*?)</script', page):
        for k, v in re.findall(r'"(headline|name|author|datePublished|dateModified|dateCreated)"\s*:\s*"((?:[^"\\]|\\.)*)"', script):
            out.append(('ld ' + k, re.sub(r'\\u([0-9a-fA-F]{4})', lambda m: chr(int(m.group(1), 16)), v)))
    for tag in ('h1', 'h2', 'h3', 'time'):
        out += [(tag, plain(m)) for m in re.findall(r'(?is)<%s\b[^>]*>(.*?)</%s' % (tag, tag), page)[:12]]
    out += [('time datetime', m) for m in re.findall(r'(?is)<time\b[^>]*datetime=["\']([^"\']*)', page)[:12]]
    return out


def shown(page):
    return plain(re.sub(r'(?is)<!--.*?-->|<(script|style|template)\b.*?</\1\s*>', ' ', page))


def standing(page, wanted):
    """Where a text stands on its own, and where in part."""
    w = key(wanted)
    own = [p for p, t in places(page) if key(t) == w]
    part = [p for p, t in places(page) if w and w in key(t) and key(t) != w]
    return own, part, bool(w) and w in key(shown(page))


def cause_of_text(page, wanted, said):
    w, s = key(wanted), key(said)
    own, part, is_shown = standing(page, wanted)
    if not s:
        return 'nothing said'
    if not own and not part and not is_shown:
        return 'wanted is not on the page'
    if w in s:
        return 'said is longer' + (', front' if s.endswith(w) else ', end' if s.startswith(w) else '')
    if s in w:
        return 'wanted is longer' + (', front' if w.endswith(s) else ', end' if w.startswith(s) else '')
    return 'another, wanted stands in ' + (own + part + ['the text'])[0]


def cause_of_day(page, wanted, said):
    from datetime import date
    if not said:
        return 'nothing said'
    try:
        d = abs((date.fromisoformat(wanted[:10]) - date.fromisoformat(said[:10])).days)
    except ValueError:
        return 'no date'
    y, m, day = wanted[:10].split('-')
    on = [p for p, t in places(page) if wanted[:10] in t]
    if d == 1:
        return 'one day away'
    if said[:4] == y and said[5:7] == day and said[8:10] == m:
        return 'day and month exchanged'
    if any('modif' in p or 'updat' in p for p in on):
        return 'wanted is the last change'
    if on:
        return 'another, wanted stands in ' + on[0]
    return 'wanted is in the text' if re.search(r'\b0?%d\b.{0,12}%s' % (int(day), y), shown(page)) or wanted[:10] in page else 'wanted is not seen'


def cause_of_people(page, wanted, said):
    w, s = people(wanted), people(said)
    text = key(page)
    if not s:
        own, part, _ = standing(page, wanted if isinstance(wanted, str) else ' '.join(wanted))
        return 'nothing said, wanted stands in ' + (own[0] if own else 'the text' if all(x in text for x in w) else 'no place')
    if w < s:
        return 'more said'
    if s < w:
        return 'fewer said'
    return 'others said' + ('' if all(x in text for x in w) else ', wanted is not on the page')


def cause_of_language(page, wanted, said):
    lang = re.search(r'(?is)<html\b[^>]*\blang\s*=\s*["\']?([\w-]+)', page)
    return '%s said for %s, the page\'s lang is %s' % (said or 'nothing', wanted, lang and lang.group(1))


CAUSES = {'language': cause_of_language, 'title': cause_of_text, 'date': cause_of_day, 'author': cause_of_people}


def is_right(field, wanted, said):
    if field == 'title':
        return key(wanted) == key(said)
    if field == 'language':
        return (said or '').split('-')[0].lower() == wanted.split('-')[0].lower()
    return (said or '')[:10] == wanted[:10] if field == 'date' else people(wanted) == people(said)


def main():
    field, folder, predictions = sys.argv[1:4]
    only = sys.argv[4] if len(sys.argv) > 4 else None
    said = {d['id']: d for d in map(json.loads, open(predictions, encoding='utf-8'))}
    count, total = collections.Counter(), 0
    for line in open(os.path.join(folder, 'truth.jsonl'), encoding='utf-8'):
        truth = json.loads(line)
        wanted, got = truth.get('lang' if field == 'language' else field), said.get(truth['id'], {}).get(field)
        if not wanted:
            continue
        total += 1
        if is_right(field, wanted, got):
            continue
        page = decoded(gzip.open(os.path.join(folder, 'html', truth['id'] + '.html.gz')).read())
        cause = CAUSES[field](page, wanted, got)
        count[cause] += 1
        if only is not None and cause.startswith(only):
            print(truth['id'], truth.get('url', ''), truth.get('kind', ''), '[' + cause + ']')
            print('  -', wanted, '\n  +', got)
            if field == 'title':
                for p, t in places(page):
                    if p in ('title', 'meta og:title', 'meta og:site_name', 'h1') or (key(t) and key(t) in (key(wanted), key(got))):
                        print('     %-14s %s' % (p, ' '.join(t.split())[:150]))
    if only is None:
        for cause, n in count.most_common():
            print('%4d  %s' % (n, cause))
        print('%4d  of %d are wrong' % (sum(count.values()), total))


main()
