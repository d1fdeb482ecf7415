"""The chain of custody in the ledger: read-throughs, restores, new keys; each checkable by others afterwards."""
import os
import random
import re
import shutil
import sqlite3
import subprocess
import time
import urllib.request

from story import TIDINGS, Skip, contains, equal, run

PAGE = '<!DOCTYPE html><html lang=en><title>The story</title><p>' + 'It was written down by somebody who saw it, and it is kept. ' * 12
ENV = {**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0', 'LSAN_OPTIONS': 'detect_leaks=0'}


def taken(desk, *init):
    desk.init(*init)
    desk.page('story.html', PAGE)
    return desk.ids(desk.do('add', desk.serve_pages() + '/story.html'))[0]


def kinds(desk, folder=None):
    out = desk.raw('-C', folder or desk.dir, 'ledger', 'list').out
    return [line.split()[2] for line in out.splitlines()]


def a_read_through_is_entered_with_what_it_found(desk):
    taken(desk)
    contains(desk.do('verify').out, 'all as they were taken')
    assert 'fixity' not in kinds(desk)
    out = desk.do('verify', '--record').out
    contains(out, 'all as they were taken', 'says that this was done')
    segment = os.path.join(desk.dir, 'captures', os.listdir(os.path.join(desk.dir, 'captures'))[0])
    with open(segment, 'r+b') as f:
        f.seek(700)
        byte = f.read(1)[0]
        f.seek(700)
        f.write(bytes([byte ^ 1]))
    desk.must(desk.run('verify', '--record'), 1)
    equal(2, kinds(desk).count('fixity'))
    proof = desk.do('ledger', 'prove', desk.do('ledger', 'list').out.split()[0]).out
    path = os.path.join(desk.tmp, 'proof')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(proof)
    said = desk.do('ledger', 'check', path).out
    contains(said, 'kind fixity', 'subject everything', 'first captures/')
    assert '\nwrong 0\n' not in said


def a_desk_comes_back_out_of_a_backup(desk):
    item = taken(desk, '--sealed')
    desk.do('backup', os.path.join(desk.tmp, 'backups'))
    backup = os.path.join(desk.tmp, 'backups', os.listdir(os.path.join(desk.tmp, 'backups'))[0])
    again = os.path.join(desk.tmp, 'again')
    out = desk.must(desk.raw('restore', backup, again), 0).out
    contains(out, 'each as it was backed up', 'of its ledger says so')
    contains(desk.must(desk.raw('-C', again, 'show', item), 0).out, 'It was written down by somebody who saw it')
    contains(desk.must(desk.raw('-C', again, 'verify', '--record'), 0).out, 'all as they were taken')
    equal(['fixity', 'restore'], kinds(desk, again)[:2])
    assert 'restore' not in kinds(desk)
    subprocess.run(['sha256sum', '--quiet', '-c', 'MANIFEST'], cwd=backup, check=True)
    desk.must(desk.raw('restore', backup, again), 1)
    desk.must(desk.raw('restore', desk.pages, os.path.join(desk.tmp, 'none')), 1)


def a_backup_with_one_wrong_byte_is_not_restored(desk):
    taken(desk)
    desk.do('backup', os.path.join(desk.tmp, 'backups'))
    backup = os.path.join(desk.tmp, 'backups', os.listdir(os.path.join(desk.tmp, 'backups'))[0])
    name = os.path.join(backup, 'captures', os.listdir(os.path.join(backup, 'captures'))[0])
    with open(name, 'r+b') as f:
        f.seek(300)
        f.write(b'!')
    again = os.path.join(desk.tmp, 'again')
    contains(desk.must(desk.raw('restore', backup, again), 1).err, os.path.basename(name), 'not the file that was backed up')
    assert not os.path.exists(again)
    with open(os.path.join(backup, 'MANIFEST'), 'a', encoding='ascii') as f:
        f.write('0' * 64 + '  ../../outside\n')
    contains(desk.must(desk.raw('restore', backup, again), 1).err, 'not a list of files of a backup')
    assert not os.path.exists(again)


def a_new_key_signs_and_exports_carry_both(desk):
    item = taken(desk)
    old = os.path.join(desk.tmp, 'old-key')
    desk.do('ledger', 'checkpoint')
    shutil.copy(os.path.join(desk.dir, 'ledger', 'key'), old)
    desk.must(desk.run('key', 'rotate'), 2)
    new = desk.do('key', 'rotate', '--reason', 'the laptop was lost').out
    contains(desk.do('verify').out, 'all as they were taken')
    with open(os.path.join(desk.dir, 'ledger', 'key'), encoding='ascii') as f:
        keys = f.read()
    with open(old, encoding='ascii') as f:
        equal(f.read() + new, keys)
    proof = os.path.join(desk.tmp, 'proof')
    entry = [line.split()[0] for line in desk.do('ledger', 'list').out.splitlines() if line.split()[2] == 'key'][0]
    desk.page('next.html', PAGE.replace('The story', 'The next'))
    desk.do('add', desk.web.url + '/next.html')
    with open(proof, 'w', encoding='utf-8') as f:
        f.write(desk.do('ledger', 'prove', entry).out)
    said = desk.do('ledger', 'check', '--key', os.path.join(desk.dir, 'ledger', 'key'), proof).out
    contains(said, 'kind key', 'reason the laptop was lost', 'signature — ', 'subject ' + new.strip())
    desk.must(desk.run('ledger', 'check', '--key', old, proof), 1)
    path = os.path.join(desk.tmp, 'it.wacz')
    desk.do('export', 'wacz', '--allow', '127.0.0.1', '--out', path, item)
    equal(keys, subprocess.run(['unzip', '-p', path, 'evidence/key'], capture_output=True, check=True).stdout.decode())
    contains(desk.do('verify').out, 'all as they were taken')


def a_partner_follows_the_new_key_when_it_is_given_to_them(desk):
    taken(desk)
    other = os.path.join(desk.tmp, 'other')
    desk.must(desk.raw('init', other, '--name', 'Partner'), 0)
    page = desk.page('theirs.html', PAGE)
    desk.must(desk.raw('-C', other, 'add', page), 0)
    desk.do('ledger', 'checkpoint')
    with open(os.path.join(desk.dir, 'ledger', 'key'), encoding='ascii') as f:
        desk.must(desk.raw('-C', other, 'witness', 'trust', f.read().strip()), 0)
    theirs = desk.must(desk.raw('-C', other, 'witness', 'keys'), 0).out.split()
    theirs = [w for w in theirs if '/witness+' in w][0]
    desk.do('witness', 'trust', theirs)
    new = desk.do('key', 'rotate', '--reason', 'once a year').out.strip()
    desk.do('add', page)
    desk.do('ledger', 'checkpoint')
    request = os.path.join(desk.tmp, 'request')
    with open(request, 'w', encoding='utf-8') as f:
        f.write(desk.do('witness', 'request', theirs.split('+')[0]).out)
    answer = desk.raw('-C', other, 'witness', 'cosign', request)
    assert answer.code != 0, answer
    desk.must(desk.raw('-C', other, 'witness', 'trust', new), 0)
    desk.must(desk.raw('-C', other, 'witness', 'cosign', request), 0)


def a_kill_at_any_system_call_of_a_change_of_keys_leaves_one_that_signs(desk):
    if not shutil.which('strace'):
        raise Skip('strace is not installed')
    taken(desk)
    log = os.path.join(desk.tmp, 'all')
    command = ['key', 'rotate', '--reason', 'x']
    shutil.copytree(desk.dir, os.path.join(desk.tmp, 'count'))
    subprocess.run(['strace', '-f', '-qq', '-o', log, TIDINGS, '-C', os.path.join(desk.tmp, 'count'), *command], capture_output=True, env=ENV, check=True)
    of = {}
    with open(log, encoding='utf-8', errors='replace') as f:
        for line in f:
            of[line.split()[0]] = of.get(line.split()[0], 0) + 1
    most = max(of.values())
    changed = 0
    steps = range(1, most + 1, 1 if os.environ.get('TIDINGS_LONG') == 'yes' else max(1, most // 16))
    for when in steps:
        folder = os.path.join(desk.tmp, 'kill')
        shutil.copytree(desk.dir, folder)
        subprocess.run(['strace', '-f', '-qq', '-o', '/dev/null', '-e', f'inject=all:signal=SIGKILL:when={when}', TIDINGS, '-C', folder, *command],
                       capture_output=True, env=ENV, check=False)
        desk.must(desk.raw('-C', folder, 'verify', '--record', env=ENV), 0)
        desk.must(desk.raw('-C', folder, 'ledger', 'checkpoint', env=ENV), 0)
        contains(desk.must(desk.raw('-C', folder, 'verify', env=ENV), 0).out, 'all as they were taken')
        changed += 'key' in kinds(desk, folder)
        shutil.rmtree(folder)
    print(f'# {len(steps)} kills at {most} system calls: {changed} changes happened')
    assert 0 < changed < len(steps)


HELD = 'SELECT begun_us, step, position FROM fixity_run'
LONG_AGO = {'TIDINGS_NOW': '2026-01-02T10:00:00Z'}


def opened(d):
    p = d.start('serve', '--port', '0')
    return p, re.search(rb'http://\S+', p.stdout.readline())[0].decode()


def value(d, sql):
    db = sqlite3.connect(f'file:{os.path.join(d.dir, "tidings.db")}?mode=ro', uri=True)
    row = db.execute(sql).fetchone()
    db.close()
    return row[0] if row and len(row) == 1 else row


def act_of_everything(d):
    return value(d, "SELECT lines FROM act WHERE lines LIKE 'subject everything%'")


def foot(address):
    with urllib.request.urlopen(address) as page:
        return page.read().decode('utf-8').partition('<footer>')[2]


def wait_for(true, seconds=60):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, 'it did not come'
        time.sleep(.05)


def flip(path, at):
    with open(path, 'r+b') as f:
        f.seek(at)
        byte = f.read(1)[0]
        f.seek(at)
        f.write(bytes([byte ^ 1]))


def an_open_desk_reads_everything_again_once_a_month(desk):
    desk.init()
    desk.do('add', desk.page('story.html', PAGE), env=LONG_AGO)
    _, address = opened(desk)
    wait_for(lambda: 'everything read again' in foot(address))
    assert 'not as it was' not in foot(address)
    equal(1, kinds(desk).count('fixity'))
    time.sleep(2.5)                      # two looks more: it is done for a month
    equal(1, kinds(desk).count('fixity'))
    contains(desk.do('verify').out, 'all as they were taken')


def an_open_desk_says_what_it_found_changed(desk):
    desk.init()
    desk.do('add', desk.page('story.html', PAGE), env=LONG_AGO)
    flip(os.path.join(desk.dir, 'captures', os.listdir(os.path.join(desk.dir, 'captures'))[0]), 700)
    _, address = opened(desk)
    wait_for(lambda: 'not as it was: tidings verify names it' in foot(address))
    contains(foot(address + '?lang=ko'), '처음과 다릅니다')
    contains(act_of_everything(desk), 'wrong 1\n', 'first captures/')


def a_desk_that_is_set_so_reads_nothing_by_itself(desk):
    desk.init()
    with open(os.path.join(desk.dir, 'tidings.conf'), encoding='utf-8') as f:
        text = f.read()
    contains(text, 'verify.every = 30')
    with open(os.path.join(desk.dir, 'tidings.conf'), 'w', encoding='utf-8') as f:
        f.write(text.replace('verify.every = 30', 'verify.every = 0'))
    desk.do('add', desk.page('story.html', PAGE), env=LONG_AGO)
    opened(desk)
    time.sleep(3)
    assert 'fixity' not in kinds(desk)


def a_reading_that_is_cut_off_goes_on_where_it_was(desk):
    """Of a desk that is open for moments only the whole is read all the same, and the ledger says since when."""
    desk.init()
    rng = random.Random(7)
    desk.do('add', *[desk.page(f'{i}.jpg', b'\xff\xd8\xff' + rng.randbytes(4_000_000)) for i in range(24)], env=LONG_AGO)

    begun, reached = set(), []
    for _ in range(200):
        p, address = opened(desk)
        before = value(desk, HELD)
        wait_for(lambda: value(desk, HELD) != before or 'everything read again' in foot(address))
        os.killpg(p.pid, 9)
        p.wait()
        if value(desk, HELD) is None:
            break
        begun.add(value(desk, HELD)[0])
        reached.append(value(desk, HELD)[1:])
    assert len(reached) > 2, f'it was over after {len(reached)} turns: nothing was cut off'
    equal(1, len(begun))
    equal(sorted(reached), reached)
    equal(1, kinds(desk).count('fixity'))
    contains(act_of_everything(desk), 'begun 20', f'records {value(desk, "SELECT count(*) FROM record")}\n', 'wrong 0')


run(globals())
