"""What a run did to a folder, write by write, and every state that the disk may be in when the power goes."""
import os
import re

CALLS = 'trace=openat,open,creat,write,pwrite64,pwritev,writev,lseek,ftruncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,fsync,fdatasync,close'


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
