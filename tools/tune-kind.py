#!/usr/bin/env python3
"""Chooses the weights of lib/article/main_kind_table.c: multinomial logistic regression over the pages.  Needs numpy.

  tune-kind.py MAIN_RUNS EXTRACTION [--folds N] [--write FILE]

MAIN_RUNS is the program of tools/main-runs.c, EXTRACTION the folder with the measuring sets and evaluate.py.  Of the sets only one
says what its pages are; the others hold articles and count as such, so that a story is not lightly called something else.
--folds: what weights of N - 1 parts of the sites say of the part left out, beside the truth.
"""
import argparse, collections, glob, hashlib, importlib.util, json, os, re, subprocess, urllib.parse
import numpy as np

SETS = ['wcxb-dev', 'trafilatura', 'readability', 'newspaper4k', 'daniel', 'leogao']
SHAPES = ['story', 'index', 'forum', 'product']
SHAPE_OF = {'listing': 'index', 'collection': 'index', 'forum': 'forum', 'product': 'product'}    # of the truth's page types; others: story
STEPS, RATE, DECAY = 500, .05, 5e-5

def load(program, root, ev):
    out = []
    for name in SETS:
        truth = {t['id']: t for t in ev.read_truth(root, name)}
        files = sorted(glob.glob(os.path.join(root, name, 'html', '*.html.gz')))
        for line in subprocess.Popen([program, '--kinds'] + files, stdout=subprocess.PIPE, text=True, encoding='utf-8').stdout:
            d = json.loads(line)
            t = truth.get(d['id'])
            if t is not None:
                site = urllib.parse.urlparse(t.get('url') or '').netloc or re.sub(r'^\d+_|\.\w+_.*', '', d['id'])
                out.append((name, site, t.get('kind', 'article'), np.array(d['kind'].split(), dtype=float)))
    return out

def tune(x, y):
    b = np.zeros((x.shape[1], len(SHAPES))); m = np.zeros_like(b); v = np.zeros_like(b); true = np.eye(len(SHAPES))[y]
    for t in range(1, STEPS + 1):
        z = x @ b
        p = np.exp(z - z.max(1, keepdims=True)); p /= p.sum(1, keepdims=True)
        g = x.T @ (true - p) / len(y) - DECAY * b
        m = .9 * m + .1 * g; v = .99 * v + .01 * g * g
        b += RATE * (m / (1 - .9 ** t)) / (np.sqrt(v / (1 - .99 ** t)) + 1e-8)
    return b

def report(pages, said):
    for name in SETS:
        n = collections.Counter((p[2], s) for p, s in zip(pages, said) if p[0] == name)
        for kind in sorted({k for k, _ in n}):
            print(f'{name:12} {kind:14}', ' '.join(f'{SHAPES[s]} {n[kind, s]:4}' for s in range(len(SHAPES))))

def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument('program'); a.add_argument('root'); a.add_argument('--folds', type=int, default=0); a.add_argument('--write')
    o = a.parse_args()
    spec = importlib.util.spec_from_file_location('ev', os.path.join(o.root, 'evaluate.py'))
    ev = importlib.util.module_from_spec(spec); spec.loader.exec_module(ev)
    pages = load(o.program, o.root, ev)
    x = np.array([p[3] for p in pages]); y = np.array([SHAPES.index(SHAPE_OF.get(p[2], 'story')) for p in pages])
    part = np.array([int(hashlib.md5(p[1].encode()).hexdigest(), 16) % max(1, o.folds) for p in pages]); said = np.zeros(len(y), dtype=int)
    for k in range(o.folds):
        said[part == k] = (x[part == k] @ tune(x[part != k], y[part != k])).argmax(1)
    if o.folds:
        print(f'{o.folds} parts of the sites, each left out once:'); report(pages, said)
    b = tune(x, y)
    print('all pages, none left out:'); report(pages, (x @ b).argmax(1))
    if o.write:
        lines = open(o.write, encoding='utf-8').read().split('\n')
        rows = [i for i, l in enumerate(lines) if l.startswith('\t[K_')]
        for k, i in enumerate(rows):
            lines[i] = re.sub(r'\{.*\}', '{ ' + ', '.join(f'{w:.2f}F' for w in b[k]) + ' }', lines[i])
        open(o.write, 'w', encoding='utf-8').write('\n'.join(lines))

if __name__ == '__main__': main()
