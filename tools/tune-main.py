#!/usr/bin/env python3
"""Chooses the weights of lib/article/main_weights_table.c by cross-validation.  Needs numpy.

  tune-main.py MAIN_RUNS EXTRACTION [--folds N] [--sets] [--write FILE]

MAIN_RUNS is the program of tools/main-runs.c, EXTRACTION the folder with the measuring sets and evaluate.py.
The score of a run of text is linear in its features; prose has a second column of weights.  What is climbed is not
the share of runs judged right but what is measured: each page's F1 of kept text, with the decision made soft
(a sigmoid) so that it has a slope; every set counts for as much as SHARE says, whatever its size.
--folds: weights of N - 1 parts of the sites, scores of the part left out.  --sets: the same, one set left out.
"""
import argparse, collections, glob, hashlib, importlib.util, json, os, re, subprocess, sys, urllib.parse
import numpy as np

SHARE = {'trafilatura': 1, 'readability': 1, 'newspaper4k': .3, 'wcxb-dev': 1.5, 'daniel': 1, 'cleaneval-dev': .5, 'leogao': .3}
STEPS, RATE, DECAY, SLOPE = 120, .03, 1e-4, 2.
MARGIN = .25    # the line is drawn a little higher: what is wrongly taken costs a reader more than what is missed

# Set by hand and held while the others are chosen: (line, prose).  Rows of blocks behind the story that say more than it does are
# what readers wrote; no measuring set has enough of them over short stories to teach it.
FIXED = {'F_OUTWEIGHS': (-4.5, 0.)}

class Page:
    pass

def shingles(tokens):
    return collections.Counter(tuple(tokens[i:i + 4]) for i in range(max(1, len(tokens) - 3))) if tokens else collections.Counter()

def label_by_text(page, ev):
    """Each run: the share of its shingles that the true text has and no earlier run used up; nan where it cannot be told."""
    true = ev.CJKTOK.findall(page.truth['text'] or '')
    page.true_n = max(len(true), 8)
    left, words, pairs = shingles(true), set(true), set(zip(true, true[1:]))
    lines = {ev.ws(l) for l in (page.truth['text'] or '').split('\n')}
    for i, text in enumerate(page.texts):
        tokens = ev.CJKTOK.findall(text)
        page.size[i] = len(tokens)
        if len(tokens) >= 4:
            own = shingles(tokens)
            page.good[i] = sum(min(c, left[s]) for s, c in own.items()) / sum(own.values())
            if page.good[i] > .5:
                left.subtract({s: min(c, left[s]) for s, c in own.items()})
        elif tokens and ev.ws(text) in lines:
            page.good[i] = 1
        elif tokens and not (all(p in pairs for p in zip(tokens, tokens[1:])) if len(tokens) > 1 else tokens[0] in words):
            page.good[i] = 0

def label_by_snippets(page, ev):
    page.size[:] = 1
    for i, text in enumerate(map(ev.ws, page.texts)):
        if any(ev.ws(s) in text for s in page.truth['without'] if s.strip()): page.good[i] = 0
        if any(ev.ws(s) in text for s in page.truth['with'] if s.strip()): page.good[i] = 1
    page.true_n = max(1e-3, float(np.nansum(page.good == 1)))

def site_of(page):
    host = urllib.parse.urlparse(page.truth.get('url') or '').netloc
    return host or re.sub(r'^\d+_|\.\w+_.*', '', page.id)

def names_of(source):
    """The features in their order, from the table of weights."""
    with open(source, encoding='utf-8') as f: return re.findall(r'^\t\[(F_\w+)\]', f.read(), re.M)

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../lib/article/main_weights_table.c')

def hold(b):
    """b with the fixed weights put in, and which those are."""
    names = names_of(TABLE); held = np.zeros(len(b), dtype=bool)
    for k, name in enumerate(names):
        if name in FIXED:
            held[[k, len(names) + k]] = True
            b[[k, len(names) + k]] = FIXED[name]
    return b, held

def load(program, root, ev):
    pages = []
    for name in SHARE:
        truth = {t['id']: t for t in ev.read_truth(root, name)}
        files = sorted(glob.glob(os.path.join(root, name, 'html', '*.html.gz')))
        run = subprocess.Popen([program] + files, stdout=subprocess.PIPE, text=True, encoding='utf-8')
        for line in run.stdout:
            d = json.loads(line)
            if d['id'] not in truth or not d['runs']: continue
            page = Page()
            page.set, page.id, page.truth = name, d['id'], truth[d['id']]
            page.texts = [r['text'] for r in d['runs']]
            f = np.array([r['features'].split() for r in d['runs']], dtype=np.float32)
            page.x = np.concatenate([f, f * np.array([[r['prose']] for r in d['runs']], dtype=np.float32)], axis=1)
            page.shown = np.array([not r['aside'] for r in d['runs']])
            page.size = np.zeros(len(page.texts), dtype=np.float32)
            page.good = np.full(len(page.texts), np.nan, dtype=np.float32)
            (label_by_text if 'text' in page.truth else label_by_snippets)(page, ev)
            page.size[np.isnan(page.good)] = 0
            page.good = np.nan_to_num(page.good)
            page.x, page.size, page.good = (v[page.shown] for v in (page.x, page.size, page.good))     # what is never kept teaches nothing
            page.texts = [t for t, k in zip(page.texts, page.shown) if k]
            if page.texts: pages.append(page)
    return pages

def weigh(pages):
    n = collections.Counter(p.set for p in pages)
    w = np.array([SHARE[p.set] / n[p.set] for p in pages], dtype=np.float32)
    return w / w.sum()

def climb(pages, start):
    """Adam on the soft F1 of the pages."""
    x = np.concatenate([p.x for p in pages]); size = np.concatenate([p.size for p in pages])
    good = size * np.concatenate([p.good for p in pages])
    lens = np.array([len(p.texts) for p in pages]); at = np.r_[0, np.cumsum(lens)[:-1]]
    true = np.array([p.true_n for p in pages], dtype=np.float32); w = weigh(pages)
    b, held = hold(start.astype(np.float32).copy()); m = np.zeros_like(b); v = np.zeros_like(b)
    for t in range(1, STEPS + 1):
        k = 1 / (1 + np.exp(-np.clip(SLOPE * (x @ b), -20, 20)))
        hit = np.add.reduceat(k * good, at); all_ = np.add.reduceat(k * size, at) + true
        slope = (np.repeat(2 / all_ * w, lens) * good - np.repeat(2 * hit / all_ ** 2 * w, lens) * size) * k * (1 - k) * SLOPE
        g = x.T @ slope - DECAY * b
        g[held] = 0
        m = .9 * m + .1 * g; v = .99 * v + .01 * g ** 2
        b += RATE * (1 if t < .7 * STEPS else .3) * (m / (1 - .9 ** t)) / (np.sqrt(v / (1 - .99 ** t)) + 1e-8)
    return b

def start_of(pages):
    """A few Newton steps of logistic regression: where the climb begins."""
    x = np.concatenate([p.x for p in pages]); y = np.concatenate([p.good for p in pages])
    w = np.concatenate([np.minimum(1, p.size / max(p.true_n, 60)) * a for p, a in zip(pages, weigh(pages))]); w /= w.sum()
    x, y, w = x[::4], y[::4], w[::4]
    b = np.zeros(x.shape[1])
    for _ in range(6):
        k = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        h = (x * (k * (1 - k) * w)[:, None]).T @ x
        h[np.diag_indices_from(h)] += 1e-4
        b += np.linalg.solve(h, x.T @ (w * (y - k)) - 1e-4 * b)
    return b

def settle(pages, b):
    """Where the line is drawn: the bias with which the hard decisions are best."""
    score = [p.x @ b for p in pages]; w = weigh(pages)
    def f1(line):
        kept = [s > line for s in score]
        return sum(a * 2 * (p.size * p.good)[k].sum() / (p.size[k].sum() + p.true_n) for a, p, k in zip(w, pages, kept))
    b = b.copy(); b[0] -= max(np.arange(-.6, 1.3, .15), key=f1) + MARGIN
    return b

def tune(pages):
    return settle(pages, climb(pages, start_of(pages)))

def report(label, pages, kept, root, ev):
    o = []
    for name in SHARE:
        truth = [p.truth for p in pages if p.set == name]
        if not truth: continue
        text = {p.id: {'text': '\n\n'.join(t for t, k in zip(p.texts, kept[p]) if k)} for p in pages if p.set == name}
        r = ev.score(name, truth, text)
        o.append(f"{name} {r['snip']['F1'] if name == 'trafilatura' else r['words_F1'] if name == 'wcxb-dev' else r['F1']:.4f}")
    print(label, ' | '.join(o), flush=True)

def decide(pages, b):
    return {p: p.x @ b > 0 for p in pages}

def left_out(pages, part_of):
    kept = {}
    for part in sorted({part_of(p) for p in pages}):
        b = tune([p for p in pages if part_of(p) != part])
        kept.update(decide([p for p in pages if part_of(p) == part], b))
    return kept

def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('program'); a.add_argument('root'); a.add_argument('--folds', type=int, default=0)
    a.add_argument('--sets', action='store_true'); a.add_argument('--write')
    o = a.parse_args()
    spec = importlib.util.spec_from_file_location('ev', os.path.join(o.root, 'evaluate.py'))
    ev = importlib.util.module_from_spec(spec); spec.loader.exec_module(ev)
    pages = load(o.program, o.root, ev)
    print(len(pages), 'pages,', sum(len(p.texts) for p in pages), 'runs of text', flush=True)
    if o.folds:
        kept = left_out(pages, lambda p: int(hashlib.md5(site_of(p).encode()).hexdigest(), 16) % o.folds)
        report(f'{o.folds} parts of the sites, each left out once:', pages, kept, o.root, ev)
    if o.sets:
        report('sets, each left out once:', pages, left_out(pages, lambda p: p.set), o.root, ev)
    b = tune(pages)
    report('all pages, none left out:', pages, decide(pages, b), o.root, ev)
    if o.write:
        lines = open(o.write, encoding='utf-8').read().split('\n')
        rows = [i for i, l in enumerate(lines) if l.startswith('\t[F_')]
        for k, i in enumerate(rows):
            lines[i] = re.sub(r'\{.*\}', f'{{ {b[k]:.2f}F, {b[len(rows) + k]:.2f}F }}', lines[i])
        open(o.write, 'w', encoding='utf-8').write('\n'.join(lines))

if __name__ == '__main__': main()
