#!/usr/bin/env python3
"""An export replayed by pywb, in a net of its own from which nothing leads out.  Runs with TIDINGS_LONG=yes.

usage: pywb.py TIDINGS       (again inside the empty net, with a folder and the site's address)
pywb 2.8.3 is fetched by pip into PYWB_VENV (default: the user's cache).
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, 'stories'))
from site_of_ours import Site, illustrated  # noqa: E402

VENV = os.environ.get('PYWB_VENV', os.path.join(os.environ.get('XDG_CACHE_HOME', os.path.expanduser('~/.cache')), 'tidings-pywb-2.8.3'))
PICTURES = ('/flag.png', '/news/hall.png', '/news/crowd.png', '/news/crowd-large.png', '/chart.svg', '/a%20b/gate.png?v=2', '/paper.png')
AT = 'http://127.0.0.1:8080/desk'              # in a net of its own every port is free


def skip(why):
    print(f'1..0 # SKIP {why}')
    sys.exit(0)


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as r:
            return r.status, r.headers.get('Content-Type', ''), r.read()
    except urllib.error.HTTPError as e:
        return e.code, '', e.read()


def wait_for(url):
    for _ in range(300):
        try:
            return get(url)
        except OSError:
            time.sleep(.1)
    return None


def inside(folder, site):
    """pywb and its reader, with a loopback and nothing else."""
    subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
    for args in (['init', 'desk'], ['add', 'desk', os.path.join(folder, 'archive', 'data.warc.gz')]):
        subprocess.run([f'{VENV}/bin/wb-manager', *args], cwd=folder, check=True, capture_output=True)
    with open(os.path.join(folder, 'pywb.log'), 'wb') as log:
        server = subprocess.Popen([f'{VENV}/bin/wayback', '--port', '8080', '--bind', '127.0.0.1'], cwd=folder, stdout=log, stderr=log)
    try:
        wait_for(AT + '/')
        status, _, page = get(f'{AT}/2mp_/{site}/news/second.html')
        pages = illustrated()
        shown = {p: get(f'{AT}/2im_/{site}{p}') for p in PICTURES}
        good = [p for p, (code, _, body) in shown.items() if code == 200 and body == pages[p.partition('?')[0]]]
        outside = get(f'{AT}/2mp_/{site}/first.html')[0]
        named = page.decode('utf-8', 'replace').count('im_/') + page.decode('utf-8', 'replace').count('/desk/')
        print('1..4')
        say(1, status == 200 and '오늘의 기록을 지키겠다고'.encode() in page, 'pywb replays the text of the page', status)
        say(2, sorted(good) == sorted(PICTURES), 'and every stored picture, to the byte, one by way of a revisit', {p: (shown[p][0], shown[p][2][:200]) for p in shown.keys() - set(good)})
        say(3, named >= 5, 'what the page names is asked of the archive', page[:300])
        say(4, outside == 404, 'a page that is not in the export is not there', outside)
    finally:
        server.terminate()
        server.wait()


def say(n, ok, name, why):
    print(f'{"ok" if ok else "not ok"} {n} - {name}')
    if not ok:
        print(f'# {why}')


def main():
    if os.environ.get('TIDINGS_LONG') != 'yes':
        skip('only with --long')
    if not os.path.exists(f'{VENV}/bin/wayback') and subprocess.run(
            ['sh', '-c', f'python3 -m venv "{VENV}" && "{VENV}/bin/pip" install -q pywb==2.8.3 zope.interface==7.2 zope.event==5.0 setuptools==75.8.0'], stdout=sys.stderr, check=False).returncode != 0:
        skip('pywb cannot be installed')
    if subprocess.run(['unshare', '-rn', 'ip', 'link', 'set', 'lo', 'up'], capture_output=True, check=False).returncode != 0:
        skip('a net of its own cannot be made here')
    tmp = tempfile.mkdtemp(prefix='tidings-pywb-')
    try:
        desk, wacz, site = os.path.join(tmp, 'desk'), os.path.join(tmp, 'it.wacz'), Site(illustrated(), etags=('/paper.png',))

        def do(*args):
            return subprocess.run([sys.argv[1], '-C', desk, *args], check=True, capture_output=True).stdout.decode()

        subprocess.run([sys.argv[1], 'init', desk, '--name', 'Sample Desk'], check=True, capture_output=True)
        with open(os.path.join(desk, 'tidings.conf'), 'a', encoding='utf-8') as f:
            f.write('fetch.allow = 127.0.0.0/8\n')
        do('add', site.url + '/first.html')
        article = do('add', site.url + '/news/second.html').split()[0]
        do('export', 'wacz', '--allow', '127.0.0.1', '--out', wacz, article)
        with zipfile.ZipFile(wacz) as z:
            z.extractall(os.path.join(tmp, 'export'))
        sys.stdout.flush()
        subprocess.run(['unshare', '-rn', sys.executable, __file__, '--inside', os.path.join(tmp, 'export'), site.url], check=True, timeout=300)
    finally:
        shutil.rmtree(tmp)


if len(sys.argv) == 4 and sys.argv[1] == '--inside':
    inside(*sys.argv[2:])
else:
    main()
