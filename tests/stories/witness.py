"""Two desks: one cosigns the log of the other, by file or over HTTP; a log that was rewritten is refused and kept as evidence."""
import os
import re
import shutil
import socket
import sqlite3
import time
import zipfile

from story import Desk, contains, equal, run

PAGE = '<html lang=en><title>Seoul</title><p>The story of the day, told in one sentence that is long enough to be read.'


def file(of, name, text):
    path = os.path.join(of.tmp, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def key_of(of):
    with open(os.path.join(of.dir, 'ledger', 'key'), encoding='utf-8') as f:
        return f.read().strip()


def own(of):
    return re.search(r'our key as a witness: (\S+)', of.do('witness', 'keys').out)[1]


def pair(of):
    """The desk, and a partner in the next folder; each knows the other's key."""
    partner = Desk()
    for d in (of, partner):
        d.init()
        d.do('add', d.page('a.html', PAGE))
    contains(of.do('witness', 'trust', own(partner)).out, 'a witness whose cosignatures count')
    contains(partner.do('witness', 'trust', key_of(of)).out, 'a log that we cosign')
    return partner, own(partner).split('+')[0]


def ask(of, name):
    return file(of, 'request', of.do('witness', 'request', name).out)


def a_partner_cosigns_by_file_and_it_is_shown(desk):
    partner, name = pair(desk)
    try:
        for size in (1, 2, 5):
            while int(desk.do('ledger', 'checkpoint').out.split('\n')[1]) < size:
                desk.do('add', desk.page('a.html', PAGE))
            answer = partner.do('witness', 'cosign', ask(desk, name)).out
            assert answer.startswith(f'\u2014 {name} '), answer
            contains(desk.do('witness', 'take', file(desk, 'answer', answer)).out, '1 cosignature kept')
            contains(desk.do('ledger', 'checkpoint').out, answer)
            contains(desk.do('verify').out, 'all as they were taken')
        db = sqlite3.connect(os.path.join(desk.dir, 'tidings.db'))
        db.execute('UPDATE cosignature SET time_us = time_us - 1000000 WHERE size = 1')
        db.commit()
        db.close()
        answer = desk.run('verify')
        equal(1, answer.code)
        contains(answer.out, f'cosignature of {name} over 1 entries')
        proof = file(desk, 'p', desk.do('ledger', 'prove', '0').out)
        both = file(desk, 'keys', key_of(desk) + '\n' + own(partner) + '\n')
        contains(desk.raw('ledger', 'check', '--key', both, proof).out, f'cosigned    {name}, 2', 'unchanged since')
    finally:
        partner.close()


def what_a_partner_does_not_know_or_nobody_signed_is_refused(desk):
    partner, name = pair(desk)
    try:
        request = ask(desk, name)
        with open(request, encoding='utf-8') as f:
            text = f.read()
        stranger = re.sub(r'test-desk-\w+/log', 'somebody/log', text)
        for bad, number in ((stranger, '404'), (re.sub(r'(?m)^(\u2014 \S+ ......).', r'\1A', text), '403'), (text.replace('old 0', 'old 1'), '409'),
                            ('nothing', 'old'), ('', 'old'), (text + 'more\n', 'signature'), (text.replace('\n\n', '\nmore\n\n', 2), 'hash|signed')):
            answer = partner.run('witness', 'cosign', file(desk, 'bad', bad))
            equal((1, ''), (answer.code, answer.out))
            assert re.search(number, answer.err), answer
        equal(1, desk.run('witness', 'take', file(desk, 'answer', f'\u2014 {name} AAAA\n')).code)
        equal(1, desk.run('witness', 'take', file(desk, 'answer', 'nothing\n')).code)
    finally:
        partner.close()


def a_log_that_was_rewritten_is_refused_and_kept_as_evidence(desk):
    partner, name = pair(desk)
    try:
        kept = os.path.join(desk.tmp, 'kept')
        shutil.copytree(desk.dir, kept, ignore=shutil.ignore_patterns('sock'))
        desk.do('add', desk.page('a.html', PAGE))
        answer = partner.do('witness', 'cosign', ask(desk, name)).out
        desk.do('witness', 'take', file(desk, 'answer', answer))
        other = os.path.join(desk.tmp, 'other')              # the same desk, with another past
        os.rename(desk.dir, other)
        os.rename(kept, desk.dir)
        for _ in range(3):
            desk.do('add', desk.page('b.html', PAGE))
        with open(ask(desk, name), encoding='utf-8') as f:
            text = f.read()
        equal('old 0', text.split('\n')[0])
        answer = partner.run('witness', 'cosign', file(desk, 'forged', text.replace('old 0', 'old 2')))
        equal(1, answer.code)
        contains(answer.err, '422', 'rewritten', 'kept as evidence')
        os.rename(desk.dir, kept)
        os.rename(other, desk.dir)
        contains(partner.do('witness', 'cosign', ask(desk, name)).out, name)       # the true one still is cosigned
    finally:
        partner.close()


# ── over HTTP ────────────────────────────────────────────────────────────────


def setting(of, line):
    with open(os.path.join(of.dir, 'tidings.conf'), 'a', encoding='utf-8') as f:
        f.write(line + '\n')


def serve(of):
    """The desk is open and answers partners; where."""
    setting(of, 'witness.listen = 127.0.0.1:0')
    p = of.start('serve', '--port', '0')
    port = int(re.search(rb'at port (\d+) of', p.stdout.readline())[1])
    p.stdout.readline()
    return port


def http(port, method, path, body=b'', head=''):
    with socket.create_connection(('127.0.0.1', port), timeout=30) as s:
        s.sendall(f'{method} {path} HTTP/1.1\r\nHost: a.test\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{head}\r\n'.encode() + body)
        got = b''
        while more := s.recv(65536):
            got += more
    top, _, rest = got.partition(b'\r\n\r\n')
    return int(top.split()[1]), top.decode(), rest


def a_partner_signs_over_http_and_the_quorum_is_said(desk):
    first, second, third = Desk(), Desk(), Desk()
    desk.init()
    desk.do('add', desk.page('a.html', PAGE))
    desk.do('ledger', 'checkpoint')
    try:
        words = []
        for d in (first, second, third):
            d.init()
            d.do('witness', 'trust', key_of(desk))
            words.append(own(d) if d is third else f'{own(d)} http://127.0.0.1:{serve(d)}/')
        setting(desk, 'witnesses = ' + ' '.join(words))
        setting(desk, 'witness.quorum = 2')
        answer = desk.do('verify')
        contains(answer.out, 'checkpoint of 1 entries: 0 of 3 witnesses', 'asks for 2 witnesses: this checkpoint is not witnessed, and none before it')
        equal(['signed', 'signed'], [line.split()[2] for line in desk.do('witness', 'ask').out.splitlines()])
        answer = desk.do('verify')
        contains(answer.out, 'checkpoint of 1 entries: 2 of 3 witnesses\n', 'all as they were taken')
        equal('', desk.do('witness', 'ask').out)                 # nobody is asked twice
        desk.do('add', desk.page('b.html', PAGE))
        answer = desk.do('ledger', 'checkpoint')
        contains(answer.err, 'checkpoint of 2 entries: 0 of 3', 'is not witnessed; the newest that is has 1 entries')
        # What a stranger has in hand: the proof, and the keys.
        desk.do('witness', 'ask')
        keys = file(desk, 'keys', '\n'.join([key_of(desk)] + [w.split()[0] for w in words]) + '\n')
        proof = file(desk, 'p', desk.do('ledger', 'prove', '1').out)
        contains(desk.raw('ledger', 'check', '--key', keys, '--quorum', '2', proof).out, '2 of 3 witnesses')
        answer = desk.raw('ledger', 'check', '--key', keys, '--quorum', '3', proof)
        equal(1, answer.code)
        contains(answer.err, '2 of 3 witnesses have signed this checkpoint, and 3 were asked for')
        twice = file(desk, 'twice', '\n'.join([key_of(desk)] + 2 * [words[0].split()[0]]) + '\n')
        equal(1, desk.raw('ledger', 'check', '--key', twice, '--quorum', '2', proof).code)
        contains(desk.raw('ledger', 'check', '--key', twice, '--quorum', '1', proof).out, '1 of 1 witnesses')
        contains(desk.do('ledger', 'check', proof).out, '2 of 3 witnesses')
        desk.do('export', 'evidence', '--out', os.path.join(desk.tmp, 'sheet.html'), desk.ids(desk.do('list'))[0])
        with open(os.path.join(desk.tmp, 'sheet.html'), encoding='utf-8') as f:
            contains(f.read(), '2 of 3')
        desk.do('export', 'wacz', '--out', os.path.join(desk.tmp, 'it.wacz'), desk.ids(desk.do('list'))[-1])
        with zipfile.ZipFile(os.path.join(desk.tmp, 'it.wacz')) as z:
            keys = file(desk, 'given', z.read('evidence/key').decode() + z.read('evidence/witnesses').decode())
            proof = file(desk, 'p', z.read([n for n in z.namelist() if n.endswith('.tlog-proof')][0]).decode())
        contains(desk.raw('ledger', 'check', '--key', keys, '--quorum', '2', proof).out, '2 of 2 witnesses')
        # The settings are of this desk: without its partners' keys no desk opens that it would count wrongly.
        setting(desk, 'witnesses = http://127.0.0.1/')
        contains(desk.run('verify').err, 'witnesses are keys as')
    finally:
        for d in (first, second, third):
            d.close()


def serve_asks_its_witnesses_by_itself(desk):
    partner = Desk()
    desk.init()
    partner.init()
    try:
        desk.do('add', desk.page('a.html', PAGE))
        desk.do('ledger', 'checkpoint')
        partner.do('witness', 'trust', key_of(desk))
        setting(desk, f'witnesses = {own(partner)} http://127.0.0.1:{serve(partner)}')
        desk.start('serve', '--port', '0').stdout.readline()
        for _ in range(100):
            with open(os.path.join(desk.dir, 'ledger', 'checkpoint'), encoding='utf-8') as f:
                if own(partner).split('+')[0] in f.read():
                    break
            time.sleep(.1)
        else:
            raise AssertionError('nobody signed')
    finally:
        partner.close()


def what_a_stranger_sends_is_answered_with_the_number_that_the_protocol_gives_it(desk):
    partner, name = pair(desk)
    try:
        port = serve(partner)
        with open(ask(desk, name), encoding='utf-8') as f:
            text = f.read()
        stranger = re.sub(r'test-desk-\w+/log', 'somebody/log', text)
        unsigned = re.sub(r'(?m)^(\u2014 \S+ ......).', r'\1A', text)
        for body, status in ((stranger, 404), (unsigned, 403), (text.replace('old 0', 'old 1'), 409), ('nothing', 400), ('', 400), ('\0' * 100, 400),
                             (text + 'more\n', 400), ('x' * (1 << 20), 400), (text, 200), (text, 409)):
            got, head, answer = http(port, 'POST', '/add-checkpoint', body.encode())
            equal((status, body[:20]), (got, body[:20]))
            if status == 409:
                contains(head, 'text/x.tlog.size')
                equal(b'0\n' if 'old 1' in text.replace('old 0', 'old 1') and body != text else b'1\n', answer)
        equal(413, http(port, 'POST', '/add-checkpoint', b'x' * ((1 << 20) + 1))[0])
        desk.do('add', desk.page('b.html', PAGE))
        desk.do('ledger', 'checkpoint')
        # It does not go on from what was signed: 422, and the true log is signed all the same afterwards.
        grown = desk.do('witness', 'request', name).out
        lines = grown.split('\n')
        equal('old 0', lines[0])
        equal(422, http(port, 'POST', '/add-checkpoint', '\n'.join(['old 1', 'A' * 43 + '='] + lines[1:]).encode())[0])
        for path, status in (('/', 404), ('/add-checkpoint', 404), ('/../keys/ledger.key', 404), ('/keys/ledger.key', 404), ('/tile/0/../../x', 404),
                             ('/tile/0/%2e%2e/x', 404), ('/checkpoint', 200), ('/key', 200), ('/tile/0/000.p/1', 200), ('/tile/entries/000.p/1', 200)):
            equal((path, status), (path, http(port, 'GET', path)[0]))
        equal(405, http(port, 'PUT', '/add-checkpoint', b'')[0])
        with open(os.path.join(partner.dir, 'ledger', 'tile', '0', '000.p', '1'), 'rb') as f:
            equal(f.read(), http(port, 'GET', '/tile/0/000.p/1')[2])
        # Thirty at a time, then two a second: a flood does not cost a child each.
        equal(429, [http(port, 'POST', '/add-checkpoint', b'old')[0] for _ in range(60)][-1])
        setting(desk, f'witnesses = {own(partner)} http://127.0.0.1:{port}')
        time.sleep(2)
        contains(desk.do('witness', 'ask').out, '2 entries  signed by')         # it is told 409 first, and where to begin
    finally:
        partner.close()


def without_the_setting_nobody_listens_to_partners(desk):
    desk.init()
    p = desk.start('serve', '--port', '0')
    contains(p.stdout.readline().decode(), 'The desk is open')
    with open('/proc/net/tcp', encoding='ascii') as f:
        inodes = {line.split()[9] for line in f.read().splitlines()[1:] if line.split()[3] == '0A'}
    pids = [p.pid] + [int(x) for x in os.popen(f'pgrep -g {p.pid}').read().split()]
    held = set()
    for pid in pids:
        for fd in os.listdir(f'/proc/{pid}/fd'):
            try:
                to = os.readlink(f'/proc/{pid}/fd/{fd}')
            except OSError:
                continue
            if to.startswith('socket:['):
                held.add(to[8:-1])
    equal(1, len(held & inodes))


run(globals())
