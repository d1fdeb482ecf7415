"""Polls a second of processor time, beside newsboat: as many feeds, each at a host of its own, answered with 200, read, and kept on disk.

usage: polls.py NETD TIDINGS WATCH_FAST [FEEDS]      newsboat from Debian; a peer that is missing is a failed line
Both live in the same net (tests/netd) and ask the same feeds for the first time; what the server takes is not counted.
The desk's clock runs ahead, because a polite pace would make an hour of it; what it works off is the same.
Counted is all that a command and those it began used: for the desk its watch, its store and a locked child for each feed.
"""
import json
import os
import resource
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

BEGIN, SPEED, PROMISE = 1530093600, 100, 10


def address(i):
    return f'http://h{40000 + i:05}.test/feed-{i}.xml'


def cpu(command, **more):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        print(f'# {command[0]}: exit code {done.returncode}\n{done.stderr[-500:]}')
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def newsboat(folder, n):
    def file(name, text):
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
            f.write(text)
        return f.name
    urls = file('urls', ''.join(address(i) + '\n' for i in range(n)))
    config = file('config', 'reload-threads 8\nmax-items 0\n')
    cache = os.path.join(folder, 'cache.db')
    took = cpu(['newsboat', '-u', urls, '-c', cache, '-C', config, '-x', 'reload'], env={**os.environ, 'HOME': folder}, timeout=900)
    with sqlite3.connect(cache) as db:
        kept = db.execute('SELECT count(DISTINCT feedurl), count(*) FROM rss_item').fetchone()
    return took, *kept


def tidings(program, watch_fast, folder, n):
    desk = os.path.join(folder, 'desk')
    subprocess.run([program, 'init', desk, '--name', 'Bench'], check=True, capture_output=True)
    with open(os.path.join(desk, 'tidings.conf'), 'a', encoding='utf-8') as f:
        f.write('fetch.allow = 127.1.0.0/16 127.2.0.0/16\n')
    with open(os.path.join(folder, 'list.opml'), 'w', encoding='utf-8') as f:
        f.write('<opml version="2.0"><body>' + ''.join(f'<outline xmlUrl="{address(i)}"/>' for i in range(n)) + '</body></opml>')
    subprocess.run([program, '-C', desk, 'source', 'import', f.name], check=True, capture_output=True)
    took = cpu([watch_fast, desk, str(SPEED), str(max(10, n * 5 // SPEED))], timeout=900)
    with sqlite3.connect(f'file:{desk}/tidings.db?mode=ro', uri=True) as db:
        kept = db.execute('SELECT count(DISTINCT source), count(*) FROM item').fetchone()
    return took, *kept


def inside(program, watch_fast, n):
    import threading
    import mmap
    import time
    face = mmap.mmap(os.open(os.environ['TIDINGS_CLOCK'], os.O_RDWR), 8)
    began = time.monotonic()

    def run():
        while True:
            face[:8] = struct.pack('=q', int((BEGIN + SPEED * (time.monotonic() - began)) * 1000000))
            time.sleep(.002)
    threading.Thread(target=run, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({'tidings': tidings(program, watch_fast, folder, n),
                          'newsboat': newsboat(folder, n) if shutil.which('newsboat') else None}))


def main():
    if sys.argv[1] == '--inside':
        return inside(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    netd, program, watch_fast = sys.argv[1:4]
    n = sys.argv[4] if len(sys.argv) > 4 else '1000'
    with tempfile.NamedTemporaryFile() as face:
        face.write(struct.pack('=q', BEGIN * 1000000))
        face.flush()
        done = subprocess.run([netd, '--clock', face.name, '--', sys.executable, __file__, '--inside', program, watch_fast, n],
                              capture_output=True, text=True, check=False, env={**os.environ, 'TIDINGS_CLOCK': face.name})
    if done.returncode == 77:
        print(f'ok - polls # SKIP {done.stderr.strip()}')
        return 0
    print(done.stdout + done.stderr, end='')
    took = json.loads(done.stdout.splitlines()[-1])
    rate = {}
    for name, t in took.items():
        if t is None:
            print(f'not ok - {name} is missing')
            return 1
        rate[name] = t[1] / t[0]
        print(f'{name}: {t[1]} feeds with {t[2]} items in {t[0]:.2f} s of processor time, {rate[name]:.0f} polls a second')
    ratio = rate['tidings'] / rate['newsboat']
    print(f'{"ok" if ratio >= PROMISE else "not ok"} - polls: {ratio:.1f}x newsboat (promised {PROMISE}x)')
    return 0 if ratio >= PROMISE else 1


if __name__ == '__main__':
    sys.exit(main())
