#!/usr/bin/env python3
"""What pages are said to be, and how well each type is read: by page type, on the measuring sets.  TAP.

  extract-kinds.py BENCH-EXTRACT-PAGE SHARED-DATA

One set says of each page what it is; of the others every page is an article.  Prints precision, recall and F1 of the words of
each page type, and what its pages were said to be; the checks hold what was reached (doc/decisions/0004).
"""
import collections, glob, importlib.util, json, os, subprocess, sys

NO_STORY = {'listing', 'collection', 'forum', 'product'}
WORDS_F1, PRECISION, RECALL, ARTICLES_WRONG = .865, .85, .50, .015     # floors, and a ceiling


def read(program, root, name, ev):
    files = sorted(glob.glob(os.path.join(root, name, 'html', '*.html.gz')))
    lines = subprocess.run([program] + files, capture_output=True, text=True, encoding='utf-8', check=True).stdout.splitlines()
    said = {d['id']: d for d in map(json.loads, lines)}
    return [(t, said[t['id']]) for t in ev.read_truth(root, name) if t['id'] in said]


def words(ev, true, text):
    a, b = (collections.Counter(ev.CJKTOK.findall(s.lower())) for s in (true, text))
    both = sum((a & b).values())
    return 2 * both / max(1, sum(a.values()) + sum(b.values())), both / max(1, sum(b.values())), both / max(1, sum(a.values()))


def mean(values):
    return sum(values) / max(1, len(values))


def table(pages, ev):
    types, every = collections.defaultdict(list), []
    for t, d in pages:
        types[t['kind']].append((words(ev, t['text'], d['text']), d['kind']))
        every.append(types[t['kind']][-1][0][0])
    for kind, rows in sorted(types.items()):
        f1, p, r = (mean([w[i] for w, _ in rows]) for i in range(3))
        said = ' '.join(f'{k} {n}' for k, n in collections.Counter(k for _, k in rows).most_common())
        print(f'# {kind:14} {len(rows):3} pages: words F1 {f1:.3f} P {p:.3f} R {r:.3f}; said to be {said}')
    return mean(every)


def main():
    program, shared = sys.argv[1:3]
    root = os.path.join(shared, 'extraction')
    if not os.path.isdir(root):
        print('1..0 # SKIP no SHARED_DATA')
        return 0
    spec = importlib.util.spec_from_file_location('ev', os.path.join(root, 'evaluate.py'))
    ev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(ev)
    pages = read(program, root, 'wcxb-dev', ev)
    f1 = table(pages, ev)
    said = [(t['kind'] in NO_STORY, d['kind'] != 'story') for t, d in pages]
    both = sum(a and b for a, b in said)
    precision, recall = both / max(1, sum(b for _, b in said)), both / max(1, sum(a for a, _ in said))
    articles = [d['kind'] != 'story' for name in ('trafilatura', 'readability', 'newspaper4k') for _, d in read(program, root, name, ev)]
    wrong = mean(articles)
    checks = [(f1 >= WORDS_F1, f'words F1 over all page types is {f1:.3f} (at least {WORDS_F1})'),
              (precision >= PRECISION, f'of pages said to be no story {precision:.3f} are none (at least {PRECISION})'),
              (recall >= RECALL, f'of pages that are no story {recall:.3f} are said to be none (at least {RECALL})'),
              (wrong <= ARTICLES_WRONG, f'of {len(articles)} articles of other sets {wrong:.4f} are said to be none (at most {ARTICLES_WRONG})')]
    for n, (ok, words_) in enumerate(checks, 1):
        print(f"{'ok' if ok else 'not ok'} {n} - {words_}")
    print(f'1..{len(checks)}')
    return 0 if all(ok for ok, _ in checks) else 1


sys.exit(main())
