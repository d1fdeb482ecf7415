"""All that is known to hurt a feed reader at once, and a thousand servers that hardly speak: the good feeds must not notice.

usage: storm.py        runs itself inside netd (NETD); TIDINGS_LONG: 1,000 slow servers, else 150.
The clock runs many times as fast as life, so that a polite pace still puts hundreds under way together.
"""
import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

import story
import watch

LONG = bool(os.environ.get('TIDINGS_LONG'))
SPEED, SECONDS, GOOD, SLOW, TOGETHER = (30, 200, 100, 1000, 300) if LONG else (60, 70, 40, 150, 75)
RSS_MB, CHILD_MB = 64, 96

# What each must be told as; the words are those of the sentence beside the source.
SCENARIOS = {
    'bomb': 'unpacks', 'bomb2': 'unpacks', 'gzip-cut': '', 'lol': None, 'deep': None, 'xxe': None, 'xxe-http': None,
    'endless': 'cut', 'endless-items': 'cut', 'endless-head': 'head', 'drip-head': 'in time', 'hang': 'answer', 'hang-in-body': '',
    'reset': 'closed|reset|connection', 'reset-in-body': '', 'short': '', 'two-lengths': 'Content-Length', 'length-and-chunks': 'neither a feed',
    'bad-chunk': 'cut', 'cut-chunk': '', 'http09': 'HTTP', 'nothing': 'closed', 'no-status': '', 'http10': None, 'bad-header': '',
    'loop': 'circle', 'chain7': None, 'chain30': 'redirects', 'to-file': 'file:', 'to-gopher': 'gopher:', 'to-ftp': 'ftp:',
    'to-private': 'private', 'to-metadata': 'private', 'to-loopback': 'private', 'to-octal': 'private', 'to-hex': 'private',
    'to-mapped': 'private', 'to-six': 'private', 'to-unique-local': 'private', 'to-password': 'password', 'to-front': '',
    '403': '403', 'wall': 'people', '404': '404', '410': '410', '500': '500', '429': '429', '503': '503', '503-date': '503',
    '503-absurd': '503', 'html': 'neither a feed', 'empty': 'empty', 'wrong-type': None, 'no-type': None, 'cookie': None, 'gzip-unlabelled': None,
    'euckr-lies': None, 'lastmod-odd': None, 'mixed': None, '301': None,
}
HOSTS = {
    'private.test': 'private', 'metadata.test': 'private', 'loopback.test': 'private', 'six.test': 'private', 'mapped.test': 'private',
    'unique-local.test': 'private', 'nobody.test': 'no such host', 'empty.test': 'no such host|no address', 'servfail.test': 'name server',
    'silent.test': 'name server', 'circle.test': '', 'forged.test': 'name server', 'two.test': None, 'rebind.test': '^$|private', 'alias.test': None,
    'long.test': None,
}
# How a robots.txt behaves, and what that means for the feed behind it.
ROBOTS = {'drip': None, 'bomb': None, 'endless': None, 'many-rules': None, '403': None, 'html': None, '500': 'robots.txt', 'hang': 'in time|robots.txt', 'reset': '',
          'to-loopback': None}
TLS = {'expired.test': 'certificate', 'wrong-host.test': 'certificate', 'self-signed.test': 'certificate'}


class FastClock(watch.Clock):
    def show(self):
        self.face[:8] = struct.pack('=q', int((watch.BEGIN + SPEED * (self.leaps + time.monotonic() - self.began)) * 1000000))


def good(i):
    return f'http://h{20000 + i:05}.test/x/{"etag" if i % 2 else "plain"}'


def slow(i):
    return f'http://h{30000 + i:05}.test/x/{"drip" if i % 2 else "trickle"}'


def hostile():
    for i, name in enumerate(SCENARIOS):
        yield name, f'http://h{10000 + i:05}.test/x/{name}', SCENARIOS[name]
    for name, words in HOSTS.items():
        yield name, f'http://{name}/x/plain', words
    for name, words in ROBOTS.items():
        yield f'robots {name}', f'http://robots-{name}.test/x/plain', words
    for name, words in TLS.items():
        yield name, f'https://{name}/x/plain', words


def take_in(desk, addresses):
    with open(os.path.join(desk.tmp, 'list.opml'), 'w', encoding='utf-8') as f:
        f.write('<opml version="2.0"><body>' + ''.join(f'<outline text="{a}" xmlUrl="{a}"/>' for a in addresses) + '</body></opml>')
    story.contains(desk.do('source', 'import', f.name).out, f'{len(addresses)} of {len(addresses)} added')


def memory(pid):
    """The most that a process and those it began have had in memory, MB each: (itself, the largest of the others)."""
    most = [0, 0]
    todo = [(pid, 0)]
    while todo:
        p, place = todo.pop()
        try:
            with open(f'/proc/{p}/status', encoding='ascii') as f:
                most[place] = max(most[place], int(re.search(r'VmHWM:\s+(\d+)', f.read())[1]) // 1024)
            with open(f'/proc/{p}/task/{p}/children', encoding='ascii') as f:
                todo += [(int(c), 1) for c in f.read().split()]
        except (OSError, TypeError):
            pass
    return most


def sockets(pid):
    try:
        return sum(os.readlink(f'/proc/{pid}/fd/{fd}').startswith('socket:') for fd in os.listdir(f'/proc/{pid}/fd'))
    except OSError:
        return 0


class Lateness:
    """How long after their time the good feeds are asked, in seconds of the fast clock."""

    def __init__(self, desk):
        self.db = sqlite3.connect(f'file:{desk.dir}/tidings.db?mode=ro', uri=True, timeout=20)
        self.before, self.late = {}, []

    def look(self):
        rows = self.db.execute("SELECT source.seq, next_us, asked_us FROM source JOIN source_health ON source = source.seq"
                               " WHERE url LIKE 'http://h2____.test/%'").fetchall()
        for seq, due, asked in rows:
            if seq in self.before and self.before[seq][1] != asked and self.before[seq][1] != 0:
                self.late.append((asked - self.before[seq][0]) / 1e6)
            self.before[seq] = (due, asked)


def hurry(desk, n):
    """The good ones are asked as often as we ask anybody, each quarter of an hour."""
    for s in watch.sources(desk):
        if re.match(r'http://h2\d{4}', s['url']) and int(s['url'][9:13]) < n:
            desk.do('source', 'set', '--every', '15m', s['id'])


def live(desk, seconds):
    """The desk watches for so long; its lateness, the most memory and the most sockets."""
    p = subprocess.Popen([os.environ['WATCH_FAST'], desk.dir, str(SPEED), str(seconds)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    late, most, open_ = Lateness(desk), [0, 0], 0
    while p.poll() is None:
        late.look()
        most = [max(a, b) for a, b in zip(most, memory(p.pid))]
        open_ = max(open_, sockets(p.pid))
        time.sleep(.1)
    assert p.returncode == 0, p.stderr.read()
    return late.late, most, p.stdout.read()


def sentences(desk):
    """What is not told as it should be."""
    found = {s['url']: s['health'].get('trouble', '') for s in watch.sources(desk)}
    wrong = []
    for name, url, words in hostile():
        trouble = found[url]
        if trouble != '' if words is None else '\n' in trouble or not re.search(words or '.', trouble):
            wrong.append((name, trouble))
    return wrong + [(slow(i), '') for i in range(1, SLOW, 2) if found[slow(i)] == '']


def told(late, most, out):
    under_way = int(out.split()[0])
    print(json.dumps({'asked': len(late), 'latest': max(late), 'mb': most[0], 'child_mb': most[1], 'under_way': under_way}))


def calm(desk):
    """As many sources, all of them good."""
    n = GOOD + SLOW + len(list(hostile()))
    take_in(desk, [good(i) for i in range(n)])
    hurry(desk, GOOD)
    told(*live(desk, SECONDS))


def storm(desk):
    take_in(desk, [good(i) for i in range(GOOD)] + [url for _, url, _ in hostile()] + [slow(i) for i in range(SLOW)])
    hurry(desk, GOOD)
    told(*live(desk, SECONDS))
    print(json.dumps(watch.fouls()))
    print(json.dumps(sentences(desk)))


def inside(name):
    desk = story.Desk()
    try:
        FastClock()
        watch.begin(desk)
        {'storm': storm, 'calm': calm}[name](desk)
    finally:
        desk.close()


def play(name):
    with tempfile.NamedTemporaryFile() as face:
        face.write(struct.pack('=q', watch.BEGIN * 1000000))
        face.flush()
        return subprocess.run([watch.NETD, '--clock', face.name, '--', sys.executable, __file__, '--inside', name], capture_output=True,
                              text=True, timeout=900, check=False, env={**os.environ, 'TIDINGS_CLOCK': face.name})


def judge(quiet, loud, fouls, wrong):
    """A connection that is closed without an answer is tried once more at once, as HTTP has it (RFC 9112, 9.3.1)."""
    gap = fouls.pop('gap', {'n': 0, 'first': '/x/nothing'})
    yield 'no_good_feed_is_a_second_late', loud['latest'] <= quiet['latest'] + SPEED and loud['asked'] >= GOOD, (quiet, loud)
    yield 'the_slow_ones_were_under_way_together', loud['under_way'] >= TOGETHER, loud
    yield f'the_watch_stays_under_{RSS_MB}_mb', loud['mb'] <= RSS_MB and loud['child_mb'] <= CHILD_MB, loud
    yield 'every_fault_is_told_in_its_sentence', not wrong, wrong
    yield 'nothing_forbidden_is_touched_and_nobody_is_pressed', not fouls and gap['n'] <= 2 and re.search('/x/(nothing|reset)', gap['first']), (fouls, gap)


def main():
    if not LONG:
        print('1..0 # SKIP its clock runs far ahead of life, and the machine must be quiet: ./check --long')
        return 0
    print('1..5')
    runs = [play('calm'), play('storm')]
    for run in runs:
        if run.returncode == 77:
            for i in range(1, 6):
                print(f'ok {i} # SKIP {run.stderr.strip()}')
            return 0
        if run.returncode != 0:
            print('\n'.join('# ' + line for line in (run.stdout + run.stderr).splitlines()[-25:]))
            return 1
    lines = [json.loads(line) for run in runs for line in run.stdout.splitlines()]
    bad = 0
    for i, (name, is_good, why) in enumerate(judge(*lines), 1):
        print(f'{"" if is_good else "not "}ok {i} - {name}\n# {json.dumps(why)}', flush=True)
        bad += not is_good
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(inside(sys.argv[2]) if sys.argv[1:2] == ['--inside'] else main())
