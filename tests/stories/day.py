"""One story's whole day: taken down, noted, published, vanished at its source, still proved."""
import gzip
import os
import random
import re
import signal
import subprocess
import time

from story import contains, equal, run

STORY = '''<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Archive moves to a kitchen | Harbour News</title>
<meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2026-03-04T08:15:00+09:00"></head><body>
<nav>Home World Subscribe</nav><article><h1>Archive moves to a kitchen</h1>
<p>Three groups that help people who fled North Korea will leave their offices this spring, they told Example Wire.</p>
<p>“We have kept eleven thousand pages of testimony on two computers,” said Cho Sample, who runs the smallest of them.</p>
<p>A ministry spokesman said that their request for a meeting was being looked at together with other requests.</p>
<p>북한인권단체 관계자는 기록을 지키겠다고 말했다.</p></article></body></html>'''
SENTENCE = '“We have kept eleven thousand pages of testimony on two computers,” said Cho Sample'


def a_story_is_captured_noted_published_and_outlives_its_source(desk):
    desk.init('--languages', 'en ko')
    desk.page('story.html', STORY)
    url = desk.serve_pages() + '/story.html'
    article = desk.ids(desk.do('add', url))[0]
    shown = desk.json('show', '--json', article)
    equal('Archive moves to a kitchen', shown['article']['title'])
    equal('Example Wire', shown['article']['origin'])
    contains(shown['article']['text'], SENTENCE)
    assert 'Subscribe' not in shown['article']['text'], shown['article']['text']

    equal([article], desk.ids(desk.do('search', '인권')))
    equal([article], desk.ids(desk.do('search', '"eleven thousand pages"')))

    note = desk.ids(desk.do('note', '--heading', 'What is kept in kitchens', '--text', '-', '--country', 'KP',
                            '--excerpt', SENTENCE, '--contact', 'Ada Sample, Editor <press@desk.example>',
                            '--status', 'published', article, stdin='Grants end; **archives** move.'.encode()))[0]
    site = os.path.join(desk.tmp, 'site')
    desk.do('publish', site)
    page = next(text for path, (_, text) in snapshot(site).items()
                if path.endswith('.html') and b'What is kept in kitchens' in text and b'eleven thousand' in text).decode()
    contains(page, '<strong>archives</strong>', 'Full Story', url, 'press@desk.example', 'no later than')
    before = snapshot(site)
    desk.do('publish', site)
    equal(before, snapshot(site))

    os.unlink(os.path.join(desk.pages, 'story.html'))
    gone = desk.run('add', url)
    equal(1, gone.code)
    contains(gone.err + gone.out, '404', 'kept')
    contains(desk.do('show', article).out, SENTENCE)
    contains(desk.do('show', note).out, 'published')
    contains(desk.do('verify').out, 'all as they were taken')


def snapshot(folder):
    files = [os.path.join(at, n) for at, _, names in os.walk(folder) for n in names]
    return {p: (os.stat(p).st_mtime_ns, open(p, 'rb').read()) for p in files}


def killed_at_random_moments_nothing_acknowledged_is_lost(desk):
    desk.init()
    for i in range(40):
        desk.page(f'p{i}.html', STORY.replace('kitchen', f'kitchen number {i}'))
    url = desk.serve_pages()
    acknowledged = []
    rnd = random.Random(7)
    for i in range(40):
        p = desk.start('add', f'{url}/p{i}.html')
        time.sleep(rnd.uniform(0, 0.12))
        os.killpg(p.pid, signal.SIGKILL)
        out, _ = p.communicate()
        acknowledged += [line.split()[0] for line in out.decode().splitlines() if line.startswith('a-')]
    for i in range(0, 40, 8):
        acknowledged += desk.ids(desk.do('add', f'{url}/p{i}.html'))
    for article in acknowledged:
        contains(desk.do('show', article).out, 'kitchen number')
    contains(desk.do('verify').out, 'all as they were taken')


def one_flipped_byte_is_found_and_its_record_named(desk):
    desk.init()
    desk.page('story.html', STORY)
    url = desk.serve_pages()
    article = desk.ids(desk.do('add', url + '/story.html'))[0]
    capture = desk.json('show', '--json', article)['taken']
    record = capture['records'][capture['main']]
    segment = os.path.join(desk.dir, 'captures', record['segment'])
    for at in (record['offset'] + 3, record['offset'] + record['length'] // 2, record['offset'] + record['length'] - 1):
        flip(segment, at)
        found = desk.run('verify')
        equal(1, found.code)
        contains(found.out, record['segment'], capture['id'][:12])
        flip(segment, at)
    desk.do('verify')


def flip(path, at):
    os.chmod(path, 0o600)
    with open(path, 'r+b') as f:
        f.seek(at)
        old = f.read(1)
        f.seek(at)
        f.write(bytes([old[0] ^ 1]))


def the_segment_is_plain_warc_that_gzip_opens_and_names_no_machine(desk):
    desk.init()
    desk.page('story.html', STORY)
    url = desk.serve_pages()
    desk.do('add', url + '/story.html')
    name = os.listdir(os.path.join(desk.dir, 'captures'))[0]
    with gzip.open(os.path.join(desk.dir, 'captures', name)) as f:
        text = f.read()
    types = re.findall(rb'WARC-Type: (\w+)', text)
    equal(b'warcinfo', types[0])
    assert {b'request', b'response', b'metadata'} <= set(types), types
    contains(text.decode('utf-8'), 'Archive moves to a kitchen')
    assert desk.tmp.encode() not in text and b'Test Desk' not in text


def a_backup_is_a_desk_that_sha256sum_can_check(desk):
    desk.init()
    page = desk.page('story.html', STORY)
    article = desk.ids(desk.do('add', '--url', 'https://example.org/s', page))[0]
    copy = desk.do('backup', os.path.join(desk.tmp, 'stick')).out.split(':')[0]
    subprocess.run(['sha256sum', '--quiet', '-c', 'MANIFEST'], cwd=copy, check=True)
    contains(desk.raw('-C', copy, 'show', article).out, 'Archive moves')
    desk.must(desk.raw('-C', copy, 'verify'), 0)


run(globals())
