"""Nothing that was acknowledged is lost: killed at any system call, or cut off from power at any write.

A run of `add` is repeated with a kill at one system call after another.  Another run is recorded with everything that it wrote, and
each state that the disk may have been in when the power went is built again: what was synced is there, what was not may be there,
missing, or torn.  In each the desk must open, verify must find nothing, and each id that was printed must be in the list.
"""
import os
import re
import shutil
import subprocess

from story import TIDINGS, Skip, equal, run

IS_LONG = os.environ.get('TIDINGS_LONG') == 'yes'
KILLS = 100000 if IS_LONG else 8
CUTS = 100000 if IS_LONG else 16
ENV = {**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0', 'LSAN_OPTIONS': 'detect_leaks=0'}
CALLS = 'trace=openat,open,creat,write,pwrite64,pwritev,writev,lseek,ftruncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,fsync,fdatasync,close'


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


def a_kill_at_any_system_call_loses_nothing(desk):
    need_strace()
    desk.init()
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


class Disk:
    """What one run did to the files below a folder, in order."""

    def __init__(self, folder, log):
        self.folder, self.ops, self.fds = folder, [], {}
        pending = {}
        with open(log, encoding='ascii', errors='replace') as f:
            for line in f:
                pid, _, rest = line.rstrip('\n').partition(' ')
                rest = rest.strip()
                if rest.endswith('<unfinished ...>'):
                    pending[pid] = rest[:-len('<unfinished ...>')]
                    continue
                resumed = re.match(r'<\.\.\. \w+ resumed>(.*)', rest)
                if resumed:
                    rest = pending.pop(pid, '') + resumed[1]
                m = re.match(r'(\w+)\((.*)\)\s+= (-?\d+)', rest)
                if m and int(m[3]) >= 0:
                    self.take(pid, m[1], m[2], int(m[3]))

    @staticmethod
    def strings(args):
        return [bytes.fromhex(s.replace('\\x', '')) for s in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', args)]

    def inside(self, path):
        path = os.path.normpath(os.path.join(self.folder, path.decode('utf-8', 'replace')))
        return os.path.relpath(path, self.folder) if path.startswith(self.folder + '/') else None

    def take(self, pid, call, args, ret):
        fd = int(re.match(r'(\d+)', args)[1]) if re.match(r'\d+', args) else -1
        key = (pid, fd)
        if call in ('openat', 'open', 'creat'):
            name = self.inside(self.strings(args)[0])
            self.fds.pop((pid, ret), None)
            if name and 'O_DIRECTORY' not in args:
                self.fds[(pid, ret)] = [name, 0, 'O_APPEND' in args]
                if 'O_CREAT' in args:
                    self.ops.append(('make', name))
                if 'O_TRUNC' in args:
                    self.ops.append(('cut', name, 0))
        elif call == 'close':
            self.fds.pop(key, None)
        elif call in ('rename', 'renameat', 'renameat2'):
            old, new = (self.inside(s) for s in self.strings(args)[:2])
            if old and new:
                self.ops.append(('rename', old, new))
        elif call in ('mkdir', 'mkdirat'):
            if self.inside(self.strings(args)[0]):
                self.ops.append(('folder', self.inside(self.strings(args)[0])))
        elif call in ('unlink', 'unlinkat'):
            if self.inside(self.strings(args)[0]):
                self.ops.append(('remove', self.inside(self.strings(args)[0])))
        elif call == 'write' and fd == 1 and key not in self.fds:
            self.ops.append(('said', self.strings(args)[0][:ret]))
        elif key in self.fds:
            self.on_file(call, args, ret, self.fds[key])

    def on_file(self, call, args, ret, file):
        if call == 'write':
            self.ops.append(('write', file[0], None if file[2] else file[1], self.strings(args)[0][:ret]))
            file[1] += ret
        elif call == 'pwrite64':
            self.ops.append(('write', file[0], int(args.rsplit(',', 1)[1]), self.strings(args)[0][:ret]))
        elif call == 'lseek':
            file[1] = ret
        elif call == 'ftruncate':
            self.ops.append(('cut', file[0], int(args.split(',')[1])))
        elif call in ('fsync', 'fdatasync'):
            self.ops.append(('sync', file[0]))
        elif call in ('writev', 'pwritev', 'fallocate'):
            raise AssertionError(f'{call} is not known here')


def build(ops, folder):
    for op in ops:
        path = os.path.join(folder, op[1]) if op[0] not in ('said',) else ''
        if op[0] == 'folder':
            os.makedirs(path, exist_ok=True)
        elif op[0] == 'make':
            with open(path, 'ab'):
                pass
        elif op[0] in ('write', 'cut'):
            with open(path, 'r+b' if os.path.exists(path) else 'w+b') as f:
                if op[0] == 'cut':
                    f.truncate(op[2])
                else:
                    f.seek(0, os.SEEK_END) if op[2] is None else f.seek(op[2])
                    f.write(op[3])
        elif op[0] == 'rename' and os.path.exists(path):
            os.replace(path, os.path.join(folder, op[2]))
        elif op[0] == 'remove' and os.path.exists(path):
            os.remove(path)


def variants(ops):
    """What may be on the disk when the power goes after these."""
    synced, loose = {}, []
    for i, op in enumerate(ops):
        if op[0] == 'sync':
            synced[op[1]] = i
    for i, op in enumerate(ops):
        if op[0] in ('write', 'cut') and synced.get(op[1], -1) < i:
            loose.append(i)
    yield 'all of it', ops
    if loose:
        yield 'only what was synced', [op for i, op in enumerate(ops) if i not in set(loose)]
        for k in loose[-3:]:
            yield 'one write missing', [op for i, op in enumerate(ops) if i != k]
        last = ops[loose[-1]]
        if last[0] == 'write' and len(last[3]) > 1:
            yield 'the last write torn', ops[:loose[-1]] + [(*last[:3], last[3][:len(last[3]) // 2])] + ops[loose[-1] + 1:]


def a_power_cut_at_any_write_loses_nothing(desk):
    need_strace()
    desk.init()
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


run(globals())
