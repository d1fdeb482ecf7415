"""A desk that watches: sources of every manner, in a net of our own, with the server as referee.

Runs itself inside netd (NETD), one story a run, on a clock of its own.
"""
import json
import mmap
import os
import random
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time

import story

NETD = os.environ['NETD']
BEGIN = 1530093600
NOT_OF_THE_WEB = ['gopher://h00090.test/x', 'file:///etc/passwd', 'http://user:secret@h00091.test/feed', 'http://[', 'feed', 'http://']


class Clock:
    """Goes on as clocks do, and leaps when it is told to."""
    def __init__(self):
        self.face = mmap.mmap(os.open(os.environ['TIDINGS_CLOCK'], os.O_RDWR), 8)
        self.leaps, self.began = 0, time.monotonic()
        threading.Thread(target=self.run, daemon=True).start()

    def show(self):
        self.face[:8] = struct.pack('=q', int((BEGIN + self.leaps + time.monotonic() - self.began) * 1000000))

    def run(self):
        while True:
            self.show()
            time.sleep(.005)

    def let_pass(self, seconds):
        self.leaps += seconds
        self.show()


def begin(desk):
    desk.init()
    with open(os.path.join(desk.dir, 'tidings.conf'), 'r+', encoding='utf-8') as f:
        text = f.read().replace('127.0.0.0/8', '127.1.0.0/16 127.2.0.0/16')
        f.seek(0)
        f.truncate()
        f.write(text)


def score():
    s = socket.create_connection(('127.0.0.1', 80))
    s.sendall(b'GET /score HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    text = b''
    while not text.endswith(b'}}\n'):
        text += s.recv(65536)
    return json.loads(text.split(b'\r\n\r\n', 1)[1])


def fouls():
    return {k: v for k, v in score()['fouls'].items() if v['n']}


def sources(desk):
    return [json.loads(line) for line in desk.do('source', 'list', '--json').out.splitlines()]


def insert_old(desk, addresses):
    """Rows that an older program would have let in."""
    with sqlite3.connect(os.path.join(desk.dir, 'tidings.db')) as db:
        for address in addresses:
            for table, key in (('source', 'seq'), ('source_health', 'source')):
                db.execute(f'CREATE TEMP TABLE copy AS SELECT * FROM {table} ORDER BY {key} LIMIT 1')
                db.execute(f'UPDATE copy SET {key} = (SELECT max({key}) + 1 FROM {table})')
                if table == 'source':
                    db.execute('UPDATE copy SET id = randomblob(16), url = ?1, given_url = ?1, title = ?1', (address,))
                db.execute(f'INSERT INTO {table} SELECT * FROM copy')
                db.execute('DROP TABLE copy')


def watch(desk, clock, turns=40):
    """All that is due, while the clock goes on."""
    p = desk.start('watch', '--once')
    for _ in range(turns * 50):
        if p.poll() is not None:
            break
        clock.let_pass(.5)
        time.sleep(.02)
    assert p.wait(timeout=60) == 0, p.stderr.read()


def a_site_s_feed_is_found_looked_at_and_watched(desk):
    clock = Clock()
    begin(desk)
    answer = desk.do('source', 'add', '--dry-run', 'http://h00001.test/')
    story.contains(answer.out, 'http://h00001.test/feed-0.xml', 'feed-0.xml story')
    story.equal([], sources(desk))
    clock.let_pass(10)
    desk.do('source', 'add', '--folder', 'Seoul', '--every', '6h', 'http://h00001.test/')
    clock.let_pass(10)
    s = sources(desk)[0]
    story.equal(('http://h00001.test/feed-0.xml', 'http://h00001.test/', 'Seoul', 21600, 20),
                (s['url'], s['given_url'], s['folder'], s['interval_s'], s['items']))
    answer = desk.run('source', 'add', 'http://h00001.test/feed-0.xml')
    story.contains(answer.err, 'watches it already, as s-')
    clock.let_pass(7 * 86400)
    watch(desk, clock)
    assert sources(desk)[0]['items'] > 20
    # What a person asks for is asked whole, however often.
    story.equal({'unconditional'}, set(fouls()))


def what_a_source_does_wrong_is_told_in_one_sentence(desk):
    clock = Clock()
    begin(desk)
    for answer, words in ((desk.run('source', 'add', 'http://h00002.test/x/404'), 'the server answered 404'),
                          (desk.run('source', 'add', 'http://h00003.test/story-1'), 'a page that names no feed; not added'),
                          (desk.run('source', 'add', 'http://nobody.test/'), 'nobody.test'),
                          (desk.run('source', 'add', 'http://private.test/x/plain'), 'private'),
                          (desk.run('source', 'add', 'https://self-signed.test/x/plain'), 'certificate'),
                          (desk.run('source', 'add', '--every', '1m', 'http://h00004.test/x/plain'), 'every 15 minutes')):
        story.contains(answer.err, words)
        assert answer.code != 0 and answer.err.count('\n') == 1, answer
    story.equal([], sources(desk))
    with open(os.path.join(desk.tmp, 'list.opml'), 'w', encoding='utf-8') as f:
        f.write('<opml version="2.0"><body><outline text="서울">')
        bad = ['403', 'wall', '410', '500', 'html', 'loop', 'to-file', 'bad-chunk', 'two-lengths', 'http09', 'nothing', 'lol', 'bomb', 'deep']
        for i, name in enumerate(bad):
            f.write(f'<outline text="{name}" xmlUrl="http://h{100 + i:05}.test/x/{name}"/>')
        for address in NOT_OF_THE_WEB:
            f.write(f'<outline text="{address[:6]}" xmlUrl="{address}"/>')
        f.write('</outline></body></opml>')
    answer = desk.must(desk.run('source', 'import', f.name), 1)
    story.contains(answer.out, f'{len(bad)} of {len(bad) + len(NOT_OF_THE_WEB)} added')
    # What is no address of the web, or would keep a password for whoever reads the desk, is left out, and said.
    story.equal(len(NOT_OF_THE_WEB), answer.err.count('left out'))
    story.contains(answer.err, 'password in its address; left out')
    insert_old(desk, NOT_OF_THE_WEB)
    watch(desk, clock)
    found = {s['title']: s['health'] for s in sources(desk)}
    for address in NOT_OF_THE_WEB:
        assert found[address].get('trouble'), address
    for name, words in (('403', 'answered 403'), ('wall', 'prove that they are people'), ('410', 'answered 410'), ('500', 'answered 500'),
                        ('html', 'neither a feed'), ('loop', 'circle'), ('to-file', 'file:'), ('http09', 'HTTP'), ('nothing', 'closed')):
        story.contains(found[name].get('trouble', ''), words)
    story.equal({'서울'}, {s['folder'] for s in sources(desk)})
    story.contains(desk.do('source', 'export').out, 'xmlUrl="http://h00100.test/x/403"', '서울')
    # A kept connection that is closed without an answer may be closed for its age: HTTP asks again once (RFC 9112, 9.3.1).
    wrong = {k: v for k, v in fouls().items() if k != 'forbidden'}
    assert not wrong or (list(wrong) == ['gap'] and wrong['gap']['n'] == 1 and '/x/nothing' in wrong['gap']['first']), wrong


def robots_txt_is_obeyed_until_a_person_says_why_not(desk):
    clock = Clock()
    begin(desk)
    with open(os.path.join(desk.tmp, 'list.opml'), 'w', encoding='utf-8') as f:
        f.write('<opml version="2.0"><body><outline xmlUrl="http://h00001.test/private/feed"/></body></opml>')
    desk.do('source', 'import', f.name)
    watch(desk, clock)
    s = sources(desk)[0]
    story.contains(s['health']['trouble'], 'robots.txt asks us to stay away')
    before = score()['requests']
    desk.do('source', 'set', '--ignore-robots', 'the ministry publishes it for everybody', s['id'])
    clock.let_pass(2 * 86400)
    watch(desk, clock)
    story.equal(before + 1, score()['requests'])
    story.contains(sources(desk)[0]['health']['trouble'], 'answered 404')


def an_address_with_a_question_is_asked_at_its_own_host(desk):
    clock = Clock()
    begin(desk)
    with open(os.path.join(desk.tmp, 'list.opml'), 'w', encoding='utf-8') as f:
        f.write('<opml version="2.0"><body><outline xmlUrl="http://h00001.test/feed-0.xml?format=rss"/></body></opml>')
    desk.do('source', 'import', f.name)
    watch(desk, clock)
    s = sources(desk)[0]
    story.equal((20, None), (s['items'], s['health'].get('trouble')))


def a_laptop_that_slept_asks_all_its_sources_in_three_minutes_the_likeliest_first(desk):
    if not os.environ.get('TIDINGS_LONG'):
        print('its clock runs eight times as fast as life, and the machine must be quiet: ./check --long', file=sys.stderr)
        sys.exit(77)
    clock = Clock()
    begin(desk)
    with open(os.path.join(desk.tmp, 'list.opml'), 'w', encoding='utf-8') as f:
        f.write('<opml version="2.0"><body>')
        for i in range(120):
            f.write(f'<outline xmlUrl="http://h{1000 + i:05}.test/life/feed.xml"/>')
        f.write('</body></opml>')
    story.contains(desk.do('source', 'import', f.name).out, '120 of 120 added')
    p = desk.start('watch')
    wait_until(clock, lambda: asked_since(desk, 0) == 120, 900)
    clock.let_pass(9 * 3600)
    woke = BEGIN + clock.leaps + time.monotonic() - clock.began
    wait_until(clock, lambda: asked_since(desk, woke) == 120, 600)
    took = asked_since(desk, woke, 'max(asked_us)') / 1e6 - woke
    os.killpg(p.pid, signal.SIGKILL)
    p.wait()
    print(f'# 120 sources on 120 hosts after {took:.0f} s')
    assert took <= 180, took
    story.equal({}, fouls())


def asked_since(desk, when, what='count(*)'):
    with sqlite3.connect(f'file:{desk.dir}/tidings.db?mode=ro', uri=True) as db:
        return db.execute(f'SELECT {what} FROM source_health WHERE asked_us > ?', (int(when * 1e6),)).fetchone()[0]


def wait_until(clock, is_so, at_most_s):
    """Time goes on, eight times as fast as it does."""
    until = clock.leaps + at_most_s
    while not is_so():
        assert clock.leaps < until, 'it took too long'
        for _ in range(20):
            clock.let_pass(.14)
            time.sleep(.02)


def a_paused_source_is_left_alone(desk):
    clock = Clock()
    begin(desk)
    id_ = desk.ids_of(desk.do('source', 'add', '--no-pages', 'http://h00001.test/feed-0.xml'), 's-')[0]
    desk.do('source', 'pause', id_)
    clock.let_pass(86400)
    before = score()['requests']
    watch(desk, clock)
    story.equal(before, score()['requests'])
    desk.do('source', 'resume', id_)
    watch(desk, clock)
    assert score()['requests'] > before


def a_kill_at_any_moment_loses_and_doubles_nothing(desk):
    clock = Clock()
    begin(desk)
    for i in range(6):
        desk.do('source', 'add', f'http://h{10 + i:05}.test/feed-{i}.xml')
    chance = random.Random(7)
    for _ in range(int(os.environ.get('TIDINGS_LONG') and '200' or '12')):
        clock.let_pass(5 * 3600)
        p = desk.start('watch', '--once')
        clock.let_pass(chance.random() * 8)
        time.sleep(chance.random() * .15)
        os.killpg(p.pid, signal.SIGKILL)
        p.wait()
    clock.let_pass(5 * 3600)
    watch(desk, clock)
    for s in sources(desk):
        keys = [line for line in items(desk, s['id'])]
        numbers = sorted(int(k.rsplit(' ', 1)[1]) for k in keys)
        story.equal(list(range(numbers[0], numbers[0] + len(numbers))), numbers)
    desk.do('verify')


def items(desk, source):
    """Titles of all that a source announced, out of the database that anybody may read."""
    import sqlite3
    with sqlite3.connect(f'file:{desk.dir}/tidings.db?mode=ro', uri=True) as db:
        wanted = [row for row in db.execute('SELECT seq, url FROM source')]
        url = next(s['url'] for s in sources(desk) if s['id'] == source)
        seq = next(seq for seq, u in wanted if u == url)
        return [row[0] for row in db.execute('SELECT title FROM item WHERE source = ?', (seq,))]


def stories_of(names):
    return [f for n, f in names.items() if callable(f) and getattr(f, '__code__', None) and f.__code__.co_varnames[:1] == ('desk',)
            and f.__code__.co_argcount == 1 and f.__module__ == names['__name__'] and n not in ('begin', 'sources')]


def run(names):
    """Each story that takes a desk, in a net and on a clock of its own."""
    tests = stories_of(names)
    if sys.argv[1:2] == ['--inside']:
        desk = story.Desk()
        desk.ids_of = lambda answer, letter: [w for line in answer.out.splitlines() for w in line.split()[:1] if w.startswith(letter)]
        try:
            next(t for t in tests if t.__name__ == sys.argv[2])(desk)
        finally:
            desk.close()
        return 0
    print(f'1..{len(tests)}')
    bad = 0
    for i, test in enumerate(tests, 1):
        with tempfile.NamedTemporaryFile() as face:
            face.write(struct.pack('=q', BEGIN * 1000000))
            face.flush()
            done = subprocess.run([NETD, '--clock', face.name, '--', sys.executable, names['__file__'], '--inside', test.__name__],
                                  capture_output=True, text=True, timeout=600, check=False, env={**os.environ, 'TIDINGS_CLOCK': face.name})
        if done.returncode == 77:
            print(f'ok {i} - {test.__name__} # SKIP {done.stderr.strip()}')
            continue
        bad += done.returncode != 0
        if done.returncode != 0:
            print('\n'.join('# ' + line for line in (done.stdout + done.stderr).splitlines()[-25:]))
        print(f'{"not " if done.returncode else ""}ok {i} - {test.__name__}', flush=True)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(run(globals()))
