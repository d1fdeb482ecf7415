"""What stories about evidence share: the records of a capture out of the segment's own bytes, and judges."""
import gzip
import os
import subprocess
import zlib

from story import Skip, contains

WARCIO_CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'warcio-check.sh')


def captures(at):
    """The ids of all captures: those of articles are said by show."""
    found = []
    for name in at.ids(at.run('list')):
        found.append(at.json('show', '--json', name)['taken']['id'] if name.startswith('a-') else name)
    return found


def record(desk, r):
    with open(os.path.join(desk.dir, 'captures', r['segment']), 'rb') as f:
        f.seek(r['offset'])
        member = f.read(r['length'])
    inflate = zlib.decompressobj(31)
    whole = inflate.decompress(member)
    assert inflate.eof and not inflate.unused_data
    head, _, rest = whole.partition(b'\r\n\r\n')
    fields = {}
    for line in head.decode().split('\r\n')[1:]:
        name, _, value = line.partition(': ')
        fields.setdefault(name, value)
    return fields, rest[:-4]


def accepted(at):
    """Every segment, by ourselves and by warcio, which we did not write."""
    contains(at.do('verify').out, 'all as they were taken')
    folder = os.path.join(at.dir, 'captures')
    files = [os.path.join(folder, n) for n in os.listdir(folder)]
    for name in files:
        with gzip.open(name) as f:
            assert f.read().startswith(b'WARC/1.1\r\n')
    answer = subprocess.run([WARCIO_CHECK, *files], capture_output=True, check=False)
    if answer.returncode == 77:
        raise Skip('warcio cannot be installed')
    assert answer.returncode == 0, answer.stdout.decode() + answer.stderr.decode()
