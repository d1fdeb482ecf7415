"""Nothing that was acknowledged is lost: killed at any system call, or cut off from power at any write.

A run of `add` is repeated with a kill at one system call after another.  Another run is recorded with everything that it wrote, and
each state that the disk may have been in when the power went is built again: what was synced is there, what was not may be there,
missing, or torn.  In each the desk must open, verify must find nothing, and each id that was printed must be in the list.
"""
import os
import re
import shutil
import subprocess

from power import CALLS, Disk, build, variants
from story import TIDINGS, Skip, equal, run

IS_LONG = os.environ.get('TIDINGS_LONG') == 'yes'
KILLS = 100000 if IS_LONG else 8
CUTS = 100000 if IS_LONG else 16
ENV = {**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0', 'LSAN_OPTIONS': 'detect_leaks=0'}


def need_strace():
    if not shutil.which('strace'):
        raise Skip('strace is not installed')


def pages(at):
    names = []
    for i in range(3):
        names.append(at.page(f'{i}.html', f'<!DOCTYPE html><title>기록 {i}</title><p>' + f'북한인권단체는 기록을 지키겠다고 말했다 {i}. ' * 30))
    return names


def printed(out):
    return {line.split()[0] for line in out.decode('utf-8', 'replace').split('\n')[:-1] if line[:2] in ('a-', 'c-')}


def whole(folder, acknowledged, what):
    """The desk opens, everything in it is as it was taken, and what was acknowledged is there."""
    def do(*args):
        return subprocess.run([TIDINGS, '-C', folder, *args], capture_output=True, env=ENV, check=False, timeout=120)

    listed = do('list', '--limit', '100')
    assert listed.returncode == 0, (what, listed)
    missing = acknowledged - printed(listed.stdout)
    assert not missing, (what, missing, listed)
    verified = do('verify')
    assert verified.returncode == 0 and b'all as they were taken' in verified.stdout, (what, verified)


def fresh(at, name):
    folder = os.path.join(at.tmp, name)
    shutil.copytree(at.dir, folder)
    return folder


def killed_everywhere(desk, *init):
    need_strace()
    desk.init(*init)
    files = pages(desk)
    counts = subprocess.run(['strace', '-f', '-qq', '-o', os.path.join(desk.tmp, 'all'), TIDINGS, '-C', fresh(desk, 'count'), 'add', *files],
                            capture_output=True, env=ENV, check=True)
    equal(3, len(printed(counts.stdout)))
    with open(os.path.join(desk.tmp, 'all'), encoding='utf-8', errors='replace') as f:
        of = {}
        for line in f:
            of[line.split()[0]] = of.get(line.split()[0], 0) + 1
    most = max(of.values())
    step = max(1, most // KILLS)
    done = acknowledged = 0
    for when in range(1, most + 1, step):
        folder = fresh(desk, 'kill')
        out = subprocess.run(['strace', '-f', '-qq', '-o', '/dev/null', '-e', f'inject=all:signal=SIGKILL:when={when}', TIDINGS, '-C', folder, 'add',
                              *files], capture_output=True, env=ENV, check=False).stdout
        whole(folder, printed(out), f'killed at call {when}')
        acknowledged += len(printed(out))
        done += 1
        shutil.rmtree(folder)
    print(f'# {done} kills at {most} system calls, {acknowledged} captures acknowledged before one, 0 lost')


def a_kill_at_any_system_call_loses_nothing(desk):
    killed_everywhere(desk)


def a_kill_at_any_system_call_loses_nothing_that_is_sealed(desk):
    killed_everywhere(desk, '--sealed')


def cut_everywhere(desk, *init):
    need_strace()
    desk.init(*init)
    files = pages(desk)
    folder, log = fresh(desk, 'run'), os.path.join(desk.tmp, 'log')
    subprocess.run(['strace', '-f', '-qq', '-xx', '-s', '1000000', '-o', log, '-e', CALLS, '-e', 'signal=none', TIDINGS, '-C', folder, 'add', *files],
                   capture_output=True, env=ENV, check=True)
    ops = Disk(folder, log).ops
    states, seen = [], set()
    for cut in range(1, len(ops) + 1):
        if ops[cut - 1][0] == 'said' or cut < len(ops) and ops[cut][0] != 'sync' and not IS_LONG and cut % 3:
            continue
        said = printed(b''.join(op[1] for op in ops[:cut] if op[0] == 'said'))
        for what, some in variants(ops[:cut]):
            key = (frozenset(said), hash(tuple(op for op in some if op[0] not in ('said', 'sync'))))
            if key not in seen:
                seen.add(key)
                states.append((cut, what, some, said))
    step = max(1, len(states) // CUTS)
    done = 0
    for cut, what, some, said in states[::step]:
        copy = fresh(desk, 'cut')
        build(some, copy)
        whole(copy, said, f'power cut after {cut} of {len(ops)} operations, {what}')
        shutil.rmtree(copy)
        done += 1
    syncs = sum(op[0] == 'sync' for op in ops)
    print(f'# {len(ops)} operations with {syncs} syncs, {done} of {len(states)} states of the disk, 0 with a loss')


def a_power_cut_at_any_write_loses_nothing(desk):
    cut_everywhere(desk)


def a_power_cut_at_any_write_loses_nothing_that_is_sealed(desk):
    cut_everywhere(desk, '--sealed')


def a_disk_that_takes_a_part_of_each_write_loses_nothing(desk):
    preload = os.environ.get('SHORTWRITE', '')
    if 'asan' in subprocess.run(['ldd', TIDINGS], capture_output=True, check=True).stdout.decode():
        raise Skip('AddressSanitizer must be the first library')
    desk.init()
    files = pages(desk)
    with_it = subprocess.run([TIDINGS, '-C', desk.dir, 'add', *files], capture_output=True, env={**ENV, 'LD_PRELOAD': preload}, check=False)
    equal((0, 3), (with_it.returncode, len(printed(with_it.stdout))))
    if shutil.which('strace'):
        # The library does what it is for: without this the test proves nothing.
        log = os.path.join(desk.tmp, 'short')
        subprocess.run(['strace', '-f', '-qq', '-o', log, '-e', 'trace=pwrite64,write', '-E', f'LD_PRELOAD={preload}', TIDINGS, '-C',
                        fresh(desk, 'seen'), 'add', files[0]], capture_output=True, env=ENV, check=True)
        with open(log, encoding='ascii', errors='replace') as f:
            asked = re.findall(r'pwrite64\(\d+, .*, (\d+), \d+\) = (\d+)', f.read())
        assert asked and any(int(n) < 4096 for n, _ in asked), asked[:5]
    whole(desk.dir, printed(with_it.stdout), 'short writes')


def a_write_that_fails_loses_nothing_that_was_acknowledged(desk):
    need_strace()
    desk.init()
    files = pages(desk)
    log = os.path.join(desk.tmp, 'writes')
    subprocess.run(['strace', '-f', '-qq', '-o', log, '-e', 'trace=write,pwrite64', TIDINGS, '-C', fresh(desk, 'count'), 'add', *files],
                   capture_output=True, env=ENV, check=True)
    with open(log, encoding='ascii', errors='replace') as f:
        of = {}
        for line in f:
            of[line.split()[0]] = of.get(line.split()[0], 0) + 1
    most, done, told = max(of.values()), 0, 0
    for what, when in (('EIO', '{}'), ('ENOSPC', '{}+')):
        for n in range(1, most + 1, max(1, most // KILLS)):
            folder = fresh(desk, 'fail')
            answer = subprocess.run(['strace', '-f', '-qq', '-o', '/dev/null', '-e', f'inject=write,pwrite64:error={what}:when={when.format(n)}', TIDINGS,
                                     '-C', folder, 'add', *files], capture_output=True, env=ENV, check=False, timeout=120)
            whole(folder, printed(answer.stdout), f'{what} at write {n}')
            done += 1
            told += answer.returncode != 0
            shutil.rmtree(folder)
    print(f'# {done} runs with a write that failed, {told} of them said so, 0 with a loss')


run(globals())
