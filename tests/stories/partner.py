"""Two desks that capture the same page hear of it from each other, and of nothing else; by file and over HTTP."""
import base64
import hashlib
import os
import re
import sqlite3
import time
import urllib.request

from story import Desk, contains, equal, run

PAGE = '<html lang=en><title>Seoul {0}</title><p>The story number {0} of the day, told in one sentence that is long enough to be read. {1}'
SHARED, OURS, THEIRS = 'http://news.example/shared?utm_source=x', 'http://news.example/only-ours', 'http://news.example/only-theirs'
START = '2026-03-01T12:00:00Z'


def setting(of, line):
    with open(os.path.join(of.dir, 'tidings.conf'), 'a', encoding='utf-8') as f:
        f.write(line + '\n')


def add(of, url, n, at, more=''):
    return of.ids(of.do('add', '--url', url, of.page(f'{n}.html', PAGE.format(n, more)), env={'TIDINGS_NOW': at}))[0]


def file(of, name, text):
    path = os.path.join(of.tmp, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def pair(of):
    """Both have captured SHARED, the other 14 minutes later, and each something of its own."""
    other = Desk()
    for d in (of, other):
        d.init()
    secret = of.do('partner', 'pair', 'north').out.strip()
    equal(32, len(base64.b64decode(secret)))
    equal(secret, other.do('partner', 'pair', 'south', '--secret', secret).out.strip())
    ours = add(of, SHARED, 1, START)
    add(of, OURS, 2, START)
    theirs = add(other, 'https://news.example/shared', 1, '2026-03-01T12:14:30Z')
    add(other, THEIRS, 3, START)
    return other, ours, theirs


def check_both(ours, theirs, our_item, their_item, text='same text'):
    contains(ours.do('show', our_item).out, f'also seen    by north, 14 minutes later, {text} (entry 0 of its ledger, by its own word)')
    contains(theirs.do('show', their_item).out, f'also seen    by south, 14 minutes earlier, {text} (entry 0 of its ledger')
    for d in (ours, theirs):
        db = sqlite3.connect(os.path.join(d.dir, 'tidings.db'))
        equal(1, db.execute('SELECT count(*) FROM seen').fetchone()[0])
        db.close()
        contains(d.do('verify').out, 'all as they were taken')


def by_file_both_hear_of_what_they_share_and_of_nothing_else(desk):
    other, ours, theirs = pair(desk)
    try:
        text = desk.do('partner', 'ask', 'north').out
        for secret_thing in ('news.example', 'shared', 'only-ours', hashlib.sha256(SHARED.encode()).hexdigest()):
            assert secret_thing not in text
        equal(2, len([line for line in text.splitlines() if len(line) > 150]))
        answer = other.do('partner', 'take', file(desk, 'ask', text))
        contains(answer.err, 'south: 1 capture in common')
        equal(1, len([line for line in answer.out.splitlines() if len(line) > 150]))         # only what is shared comes back
        contains(desk.do('partner', 'take', file(desk, 'answer', answer.out)).err, 'north: 1 capture in common')
        check_both(desk, other, ours, theirs)
        again = other.do('partner', 'take', file(desk, 'ask', desk.do('partner', 'ask', 'north').out))     # nothing is told twice
        desk.do('partner', 'take', file(desk, 'answer', again.out))
        check_both(desk, other, ours, theirs)
    finally:
        other.close()


def who_has_not_the_secret_or_changes_a_byte_is_refused(desk):
    other, _, _ = pair(desk)
    stranger = Desk()
    try:
        stranger.init()
        stranger.do('partner', 'pair', 'south')
        add(stranger, SHARED, 1, START)
        text = desk.do('partner', 'ask', 'north').out
        equal(3, stranger.run('partner', 'take', file(desk, 'ask', text)).code)
        contains(stranger.run('partner', 'take', file(desk, 'ask', text)).err, 'no partner of this desk has written that')
        lines = text.splitlines()
        for bad in (text.replace(' ask\n', ' answer\n'), '\n'.join(lines[:3] + lines[4:]) + '\n', '\n'.join(lines[:3] + [lines[4], lines[3]] + lines[5:]) + '\n',
                    re.sub('from [^\n]*', 'from somebody', text), text[:-3], text[:len(text) // 2], '', 'tidings-seen/1 ask\n', text + 'more\n',
                    re.sub('(?m)^(....)(.)', lambda m: m[1] + ('B' if m[2] == 'A' else 'A'), text), stranger.do('partner', 'ask', 'south').out):
            answer = other.run('partner', 'take', file(desk, 'bad', bad))
            assert answer.code in (1, 3) and answer.out == '', answer
            equal(1, answer.err.count('\n'))
        contains(desk.run('partner', 'take', file(desk, 'ask', text)).err, 'a text of our own')
        db = sqlite3.connect(os.path.join(other.dir, 'tidings.db'))
        equal(0, db.execute('SELECT count(*) FROM seen').fetchone()[0])
        db.close()
        equal(0o600, os.stat(os.path.join(desk.dir, 'keys', 'partners')).st_mode & 0o777)
    finally:
        other.close()
        stranger.close()


def another_text_is_said_to_be_another_and_what_a_note_protects_is_told_to_nobody(desk):
    other, ours, theirs = pair(desk)
    try:
        changed = add(other, 'https://news.example/only-ours', 2, '2026-03-04T13:00:00Z', 'And a line that was added later, long enough to count as a part of it.')
        note = desk.do('note', '--heading', 'One', '--text', '-', '--sensitivity', 'protected', ours, stdin=b'One').out
        assert note
        answer = other.do('partner', 'take', file(desk, 'ask', desk.do('partner', 'ask', 'north').out))
        contains(answer.err, '1 capture in common')
        contains(other.do('show', changed).out, 'by south, 3 days earlier, another text')
        assert 'also seen' not in other.do('show', theirs).out
    finally:
        other.close()


def over_http_serve_tells_by_itself_and_the_item_page_says_so_in_both_languages(desk):
    other, ours, theirs = pair(desk)
    try:
        setting(other, 'witness.listen = 127.0.0.1:0')
        p = other.start('serve', '--port', '0')
        port = int(re.search(rb'at port (\d+) of', p.stdout.readline())[1])
        p.stdout.readline()
        equal(2, desk.run('partner', 'exchange').code)
        desk.do('partner', 'pair', 'north', '--url', f'http://127.0.0.1:{port}/')
        contains(desk.do('partner', 'exchange').err, 'north: 1 capture in common')
        check_both(desk, other, ours, theirs)
        setting(desk, 'languages = en ko')
        web = int(re.search(rb':(\d+) ', desk.start('serve', '--port', '0').stdout.readline())[1])
        for lang, words in (('en', 'Also seen by north, 14 minutes later, same text; entry 0 of its ledger'), ('ko', 'north에서도 보았습니다: 14분 뒤, 같은 본문.')):
            with urllib.request.urlopen(f'http://127.0.0.1:{web}/item/{ours}?lang={lang}') as page:
                contains(page.read().decode(), words)
        # A page that both take from now on is told within the hour that it takes them to ask; a stranger's list is refused.
        stranger = urllib.request.Request(f'http://127.0.0.1:{port}/seen', data=desk.do('partner', 'ask', 'north').out.replace('mac ', 'mac A').encode())
        try:
            urllib.request.urlopen(stranger)
            raise AssertionError('taken')
        except urllib.error.HTTPError as e:
            assert e.code in (400, 403), e
    finally:
        other.close()


def serve_asks_its_partners_by_itself(desk):
    other, ours, theirs = pair(desk)
    try:
        setting(other, 'witness.listen = 127.0.0.1:0')
        p = other.start('serve', '--port', '0')
        port = int(re.search(rb'at port (\d+) of', p.stdout.readline())[1])
        desk.do('partner', 'pair', 'north', '--url', f'http://127.0.0.1:{port}/')
        desk.start('serve', '--port', '0').stdout.readline()
        for _ in range(100):
            if 'also seen' in desk.do('show', ours).out:
                break
            time.sleep(.1)
        check_both(desk, other, ours, theirs)
    finally:
        other.close()


run(globals())
