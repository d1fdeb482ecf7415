"""What a desk was asked to forget is nowhere in its folder, and its ledger still proves that something was there.

Killed at any system call, or cut off from power at any write, an erasure has happened whole or not at all once the desk is opened again.
"""
import os
import shutil
import subprocess

from evidence_tools import accepted
from power import CALLS, Disk, build, variants
from site_of_ours import Site, illustrated
from story import TIDINGS, Skip, contains, equal, run

IS_LONG = os.environ.get('TIDINGS_LONG') == 'yes'
KILLS = 100000 if IS_LONG else 10
CUTS = 100000 if IS_LONG else 14
ENV = {**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0', 'LSAN_OPTIONS': 'detect_leaks=0'}
SECRETS = [b'quixzelvane', '비밀증언자'.encode()]
PAGE = ('<!DOCTYPE html><html lang=en><title>Of quixzelvane and 비밀증언자</title><article><h1>Of quixzelvane and 비밀증언자</h1><p>'
        + 'Here quixzelvane speaks of what was done, and 비밀증언자 says that it is so; all of it in one long sentence. ' * 12
        + '</p><img src="quixzelvane.png"></article>')
OTHER = '<!DOCTYPE html><title>Another story</title><p>' + 'Nobody is named in this one, and it stays where it is for ever and a day. ' * 12


def traces(folder):
    found = []
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            if not os.path.isfile(path):
                continue
            with open(path, 'rb') as f:
                held = f.read()
            found += [(path, s) for s in SECRETS if s in held]
    return found


def filled(desk, *init):
    """Another story, the one to be erased with its picture and a draft about it, and another behind it."""
    desk.init(*init)
    desk.page('quixzelvane.png', b'\x89PNG\r\n\x1a\n' + os.urandom(3000) + b'quixzelvane')
    desk.page('quixzelvane.html', PAGE)
    desk.page('before.html', OTHER)
    desk.page('behind.html', OTHER.replace('Another', 'A third'))
    url = desk.serve_pages()
    desk.do('add', url + '/before.html')
    item = desk.ids(desk.do('add', url + '/quixzelvane.html'))[0]
    desk.do('add', url + '/behind.html')
    desk.do('note', '--heading', 'On quixzelvane', '--text', '-', '--excerpt', 'Here quixzelvane speaks', item, stdin='비밀증언자'.encode())
    return item


def forgotten(folder, item, what=''):
    def do(*args):
        return subprocess.run([TIDINGS, '-C', folder, *args], capture_output=True, env=ENV, check=False, timeout=120)

    equal([], traces(folder))
    verified = do('verify')
    assert verified.returncode == 0 and b'erased on ' in verified.stdout and b'but for what was erased' in verified.stdout, (what, verified)
    shown = do('show', item)
    assert shown.returncode == 0 and b'erased       20' in shown.stdout, (what, shown)


def what_was_erased_is_nowhere(desk, *init):
    item = filled(desk, *init)
    assert traces(desk.dir)
    before = desk.json('show', '--json', item)
    entry = before['taken']['ledger_seq']
    out = desk.do('erase', '--reason', 'asked for by a family', '--yes', item).out
    contains(out, 'were erased, with the files of the page', 'which is not public, went with it', 'this desk knows of no other copy')
    contains(out, 'nobody can open them any more' if init else 'overwritten, and a record in their place says so')
    forgotten(desk.dir, item)
    accepted_but_for(desk)
    capture = before['taken']['id']
    contains(desk.do('show', capture).out, 'erased ', 'asked for by a family', 'what it was, nobody can say any more')
    contains(desk.do('list').out, '(erased)', 'Another story', 'A third story')
    desk.must(desk.run('search', 'quixzelvane'), 1)
    for form in ('wacz', 'evidence', 'bagit'):
        contains(desk.must(desk.run('export', form, '--out', os.path.join(desk.tmp, form), capture), 1).err, 'was erased on ')
        assert not os.path.exists(os.path.join(desk.tmp, form))
    proof = desk.do('ledger', 'prove', str(entry)).out
    path = os.path.join(desk.tmp, 'proof')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(proof)
    contains(desk.do('ledger', 'check', path).out, 'kind capture', f'entry       {entry} of ', 'is unchanged since')
    contains(desk.do('ledger', 'list').out, 'erasure  ', *([] if init else ['tombstone']))
    contains(desk.do('erase', '--reason', 'again', '--yes', item).out, 'was erased on ')
    desk.do('publish', os.path.join(desk.tmp, 'site'))
    desk.do('backup', os.path.join(desk.tmp, 'backup'))
    equal([], traces(os.path.join(desk.tmp, 'backup')))


def accepted_but_for(at):
    """accepted() says so of a desk where nothing is erased; the files are judged all the same."""
    try:
        accepted(at)
    except Skip:
        pass


def what_was_sealed_and_erased_is_nowhere(desk):
    what_was_erased_is_nowhere(desk, '--sealed')


def what_was_plain_and_erased_is_nowhere(desk):
    what_was_erased_is_nowhere(desk)


def a_page_can_be_sealed_alone(desk):
    desk.init()
    desk.page('quixzelvane.html', PAGE)
    desk.page('other.html', OTHER)
    url = desk.serve_pages()
    item = desk.ids(desk.do('add', '--sealed', url + '/quixzelvane.html'))[0]
    other = desk.ids(desk.do('add', url + '/other.html'))[0]
    assert desk.json('show', '--json', item)['taken']['is_sealed']
    assert not desk.json('show', '--json', other)['taken'].get('is_sealed')
    contains(desk.do('show', desk.json('show', '--json', item)['taken']['id']).out, 'under a key of its own')
    accepted_but_for(desk)
    path = os.path.join(desk.tmp, 'it.wacz')
    desk.do('export', 'wacz', '--allow', '127.0.0.1', '--out', path, item)
    contains(subprocess.run(['unzip', '-p', path, 'archive/data.warc.gz'], capture_output=True, check=True).stdout[:2].hex(), '1f8b')
    packed = subprocess.run(f'unzip -p {path} archive/data.warc.gz | gunzip', shell=True, capture_output=True, check=True).stdout
    assert b'quixzelvane speaks' in packed and b'tidings.sealed' not in packed


def nothing_is_erased_without_a_reason_and_a_yes(desk):
    item = filled(desk)
    contains(desk.must(desk.run('erase', item), 2).err, '--reason')
    answer = desk.must(desk.run('erase', '--reason', 'because', item), 3)
    contains(answer.out, 'would be erased', 'this disk may keep old bytes', 'which is not public, would go with it')
    contains(answer.err, 'nothing was erased', '--yes')
    contains(desk.do('verify').out, 'all as they were taken\n')
    desk.must(desk.run('erase', '--reason', 'because', '--yes', 'c-0000000000'), 1)


def copies_out_of_reach_are_named(desk):
    item = filled(desk)
    desk.do('export', 'wacz', '--allow', '127.0.0.1', '--out', os.path.join(desk.tmp, 'it.wacz'), item)
    desk.do('backup', os.path.join(desk.tmp, 'backup'))
    desk.do('note', '--heading', 'We say', '--text', '-', '--country', 'KP', '--status', 'published', item, stdin=b'Our words.')
    desk.do('publish', os.path.join(desk.tmp, 'site'))
    desk.do('add', desk.web.url + '/quixzelvane.html')
    out = desk.do('erase', '--reason', 'because', '--yes', item).out
    contains(out, 'an export (wacz) was written on ', 'the backup of ', os.path.join(desk.tmp, 'backup'), 'is published and stays',
             'the public site was written on ', 'is another capture of the same address')
    desk.do('publish', os.path.join(desk.tmp, 'site'))
    contains(desk.do('verify').out, 'but for what was erased')
    note = [line.split()[0] for line in desk.do('list', '--notes').out.splitlines() if 'We say' in line][0]
    desk.do('note', '--withdraw', 'the family wished it', note)
    contains(desk.do('erase', '--reason', 'because', '--yes', item).out, 'which is not public, went with it')
    desk.do('publish', os.path.join(desk.tmp, 'site'))
    contains(desk.do('verify').out, 'but for what was erased')


def who_leans_on_what_goes_is_named(desk):
    """The second page has a picture that the first had: what was taken for it is a revisit, which holds no bytes."""
    site = Site(illustrated())
    desk.init()
    first = desk.ids(desk.do('add', site.url + '/first.html'))[0]
    second = desk.ids(desk.do('add', site.url + '/news/second.html'))[0]
    capture = desk.json('show', '--json', second)['capture']
    contains(desk.run('erase', '--reason', 'because', first).out, f'{capture[:12]}, of ', 'says of a file that goes that it was as before')
    assert 'as before' not in desk.run('erase', '--reason', 'because', second).out


def need_strace():
    if not shutil.which('strace'):
        raise Skip('strace is not installed')


def fresh(at, name):
    folder = os.path.join(at.tmp, name)
    shutil.copytree(at.dir, folder)
    return folder


def whole_or_not_at_all(folder, item, said, what):
    """The next start brings it to an end or it never began; whoever was told that it is done can rely on it."""
    shown = subprocess.run([TIDINGS, '-C', folder, 'show', item], capture_output=True, env=ENV, check=False, timeout=120)
    assert shown.returncode == 0, (what, shown)
    if b'quixzelvane speaks' in shown.stdout:
        assert not said, (what, 'was told that it is erased')
        verified = subprocess.run([TIDINGS, '-C', folder, 'verify'], capture_output=True, env=ENV, check=False, timeout=120)
        assert verified.returncode == 0 and verified.stdout.endswith(b'all as they were taken\n'), (what, verified)
        return False
    forgotten(folder, item, what)
    return True


def killed_everywhere(desk, *init):
    need_strace()
    item = filled(desk, *init)
    command = ['erase', '--reason', 'because', '--yes', item]
    log = os.path.join(desk.tmp, 'all')
    subprocess.run(['strace', '-f', '-qq', '-o', log, TIDINGS, '-C', fresh(desk, 'count'), *command], capture_output=True, env=ENV, check=True)
    of = {}
    with open(log, encoding='utf-8', errors='replace') as f:
        for line in f:
            of[line.split()[0]] = of.get(line.split()[0], 0) + 1
    most = max(of.values())
    done = erased = 0
    for when in range(1, most + 1, max(1, most // KILLS)):
        folder = fresh(desk, 'kill')
        out = subprocess.run(['strace', '-f', '-qq', '-o', '/dev/null', '-e', f'inject=all:signal=SIGKILL:when={when}', TIDINGS, '-C', folder,
                              *command], capture_output=True, env=ENV, check=False).stdout
        erased += whole_or_not_at_all(folder, item, b'ledger entry' in out, f'killed at call {when}')
        done += 1
        shutil.rmtree(folder)
    print(f'# {done} kills at {most} system calls: {erased} erasures happened whole, {done - erased} not at all')
    assert 0 < erased < done


def a_kill_at_any_system_call_of_a_sealed_erasure_leaves_no_half(desk):
    killed_everywhere(desk, '--sealed')


def a_kill_at_any_system_call_of_a_plain_erasure_leaves_no_half(desk):
    killed_everywhere(desk)


def a_power_cut_at_any_write_of_an_erasure_leaves_no_half(desk):
    need_strace()
    item = filled(desk)
    folder, log = fresh(desk, 'run'), os.path.join(desk.tmp, 'log')
    subprocess.run(['strace', '-f', '-qq', '-xx', '-s', '10000000', '-o', log, '-e', CALLS, '-e', 'signal=none', TIDINGS, '-C', folder, 'erase',
                    '--reason', 'because', '--yes', item], capture_output=True, env=ENV, check=True)
    ops = Disk(folder, log).ops
    states, seen = [], set()
    for cut in range(1, len(ops) + 1):
        said = any(b'ledger entry' in op[1] for op in ops[:cut] if op[0] == 'said')
        for what, some in variants(ops[:cut]):
            key = (said, hash(tuple(op for op in some if op[0] not in ('said', 'sync'))))
            if ops[cut - 1][0] != 'said' and key not in seen:
                seen.add(key)
                states.append((cut, what, some, said))
    done = erased = 0
    for cut, what, some, said in states[::max(1, len(states) // CUTS)]:
        copy = fresh(desk, 'cut')
        build(some, copy)
        erased += whole_or_not_at_all(copy, item, said, f'power cut after {cut} of {len(ops)} operations, {what}')
        shutil.rmtree(copy)
        done += 1
    print(f'# {len(ops)} operations, {done} of {len(states)} states of the disk: {erased} erased whole, {done - erased} not at all')
    assert 0 < erased < done


run(globals())
