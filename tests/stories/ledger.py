"""The log as a stranger sees it: checked here with hashlib and openssl from the documents alone, not with our program."""
import base64
import hashlib
import os
import re
import shutil
import subprocess

from story import Skip, contains, equal, run

PAGE = '<html lang=en><title>Seoul</title><p>The story of the day, told in one sentence that is long enough to be read.'
DASH = '\u2014 '


def leaf(entry):
    return hashlib.sha256(b'\0' + entry).digest()


def node(left, right):
    return hashlib.sha256(b'\1' + left + right).digest()


def head_of(leaves):
    """RFC 6962, section 2.1, word by word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node(head_of(leaves[:k]), head_of(leaves[k:]))


def follows(sum_, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    fn, sn = index, size - 1
    for p in path:
        if fn & 1 or fn == sn:
            sum_ = node(p, sum_)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sum_ = node(sum_, p)
        fn, sn = fn >> 1, sn >> 1
    return sum_


def signed(note, vkey, tmp):
    """Is the text of the note signed with this Ed25519 key?  openssl says so."""
    text, _, lines = note.partition('\n\n')
    name, key_id, key = vkey.split('+', 2)
    key = base64.b64decode(key)
    equal(1, key[0])
    equal(hashlib.sha256(name.encode() + b'\n' + key).hexdigest()[:8], key_id)
    line = [x for x in lines.splitlines() if x.startswith(f'{DASH}{name} ')][0]
    signature = base64.b64decode(line.rsplit(' ', 1)[1])
    equal(key_id, signature[:4].hex())
    paths = {n: os.path.join(tmp, n) for n in ('key.der', 'text', 'signature')}
    for n, data in (('key.der', bytes.fromhex('302a300506032b6570032100') + key[1:]), ('text', text.encode() + b'\n'),
                    ('signature', signature[4:])):
        with open(paths[n], 'wb') as f:
            f.write(data)
    return subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', paths['key.der'], '-rawin', '-in',
                           paths['text'], '-sigfile', paths['signature']], capture_output=True, check=False).returncode == 0


def read(desk, *path):
    with open(os.path.join(desk.dir, *path), 'rb') as f:
        return f.read()


def entries_of(bundle):
    found = []
    while bundle:
        n = int.from_bytes(bundle[:2], 'big')
        found.append(bundle[2:2 + n])
        bundle = bundle[2 + n:]
    return found


def filled(desk, n):
    desk.init()
    page = desk.page('a.html', PAGE)
    desk.do('add', *[page] * n)
    return desk.ids(desk.do('list'))


def a_stranger_checks_the_checkpoint_and_the_tiles_without_our_program(desk):
    if not shutil.which('openssl'):
        raise Skip('openssl is not installed')
    filled(desk, 5)
    note = desk.do('ledger', 'checkpoint').out
    origin, size, head = note.split('\n')[:3]
    vkey = read(desk, 'ledger', 'key').decode().strip()
    assert signed(note, vkey, desk.tmp)
    assert not signed(note.replace(head, head[::-1]), vkey, desk.tmp)
    equal((5, vkey.split('+')[0]), (int(size), origin))
    tile = read(desk, 'ledger', 'tile', '0', '000.p', size)
    entries = entries_of(read(desk, 'ledger', 'tile', 'entries', '000.p', size))
    equal([tile[i:i + 32] for i in range(0, len(tile), 32)], [leaf(e) for e in entries])
    equal(head, base64.b64encode(head_of([leaf(e) for e in entries])).decode())
    assert not [e for e in entries if b'a.html' in e], 'an entry names what was captured'


def a_stranger_checks_a_proof_without_our_program(desk):
    ids = filled(desk, 7)
    for article in ids:
        proof = desk.do('ledger', 'prove', article).out
        top, _, note = proof.partition('\n\n')
        first, extra, index, *path = top.split('\n')
        equal('c2sp.org/tlog-proof@v1', first)
        statement = base64.b64decode(extra.split(' ')[1])
        kind, time = re.search(rb'kind (\S+)\ntime (\S+)\n', statement).groups()
        entry = b'tidings-ledger/1\nkind %s\ntime %s\ncommit sha256:%s\n' % (kind, time, hashlib.sha256(statement).hexdigest().encode())
        _, size, head = note.split('\n')[:3]
        equal(head, base64.b64encode(follows(leaf(entry), int(index.split(' ')[1]), int(size), [base64.b64decode(p) for p in path])).decode())
        assert desk.json('show', '--json', article)['capture'].encode() in statement or b'a.html' in statement


def our_check_of_a_proof_needs_only_the_file_and_the_key(desk):
    article = filled(desk, 3)[0]
    file = desk.page('it.tlog-proof', desk.do('ledger', 'prove', article).out)
    key = os.path.join(desk.dir, 'ledger', 'key')
    contains(desk.raw('ledger', 'check', '--key', key, file).out, 'signed', 'existed at this desk', 'unchanged since')
    with open(file, encoding='utf-8') as f:
        good = f.read()
    swapped = good.replace('\nindex 2', '\nindex 1')
    assert swapped != good
    for bad in (swapped, good.replace('extra ', 'extra AAAA'), good[:-40], 'nothing', ''):
        equal(1, desk.raw('ledger', 'check', '--key', key, desk.page('bad', bad)).code)
    other = desk.page('other', 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n')
    answer = desk.raw('ledger', 'check', '--key', other, file)
    equal(1, answer.code)
    contains(answer.err, 'none of the keys')


def a_strangers_proof_is_a_sentence_and_no_command_to_the_terminal(desk):
    entry = b'tidings-ledger/1\n\x1b[2J\x1b]0;mine\x07\xc2\x9b31m\r\x7f and words\n'
    proof = ('c2sp.org/tlog-proof@v1\nextra %s\nindex 0\n\nstranger.example/log\n1\n%s\n\n%sstranger.example/log %s\n' %
             (base64.b64encode(entry).decode(), base64.b64encode(leaf(entry)).decode(), DASH, base64.b64encode(bytes(68)).decode()))
    key = desk.page('key', 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n')
    answer = desk.raw('ledger', 'check', '--key', key, desk.page('theirs', proof))
    equal(1, answer.code)
    contains(answer.out, 'and words', 'entry       0 of 1 in stranger.example/log')
    contains(answer.err, 'none of the keys')
    assert not re.search('[\0-\x09\x0b-\x1f\x7f-\x9f]', answer.out), answer.out
    answer = desk.raw('ledger', 'check', '--key', key, desk.page('large', proof + 'x' * 300000))
    equal(1, answer.code)
    contains(answer.err, 'large')


def a_backup_has_the_log_and_its_key(desk):
    filled(desk, 2)
    desk.do('backup', os.path.join(desk.tmp, 'copies'))
    folder = os.path.join(desk.tmp, 'copies')
    copy = os.path.join(folder, os.listdir(folder)[0])
    for path in (('ledger', 'checkpoint'), ('ledger', 'key'), ('keys', 'ledger.key'), ('ledger', 'tile', '0', '000.p', '2')):
        with open(os.path.join(copy, *path), 'rb') as f:
            equal(read(desk, *path), f.read())
    contains(desk.must(desk.raw('-C', copy, 'verify'), 0).out, 'all as they were taken')
    equal(0o600, os.stat(os.path.join(copy, 'keys', 'ledger.key')).st_mode & 0o777)


run(globals())
