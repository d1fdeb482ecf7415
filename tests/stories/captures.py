"""Whatever a server answers, every segment is accepted by programs that we did not write."""
import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time

from story import TIDINGS, Skip, contains, equal, run

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..'))
from faultd import Faults  # noqa: E402

IS_LONG = os.environ.get('TIDINGS_LONG') == 'yes'
N = int(os.environ.get('CAPTURES', '2000' if IS_LONG else '200'))


def segments(at):
    folder = os.path.join(at.dir, 'captures')
    return [os.path.join(folder, n) for n in sorted(os.listdir(folder))]


def judged(script, files):
    answer = subprocess.run([os.path.join(HERE, '..', script), *files], capture_output=True, check=False)
    if answer.returncode == 77:
        raise Skip(script + ': the judges cannot be installed')
    assert answer.returncode == 0, (answer.stdout + answer.stderr).decode('utf-8', 'replace')[-4000:]


def take_all(at):
    tools = {name: [name, '-c'] for name in ('brotli', 'zstd') if shutil.which(name)}
    web = Faults({('br' if name == 'brotli' else name): tool for name, tool in tools.items()})
    at.init()
    before = time.monotonic()
    for first in range(0, N, 50):
        # Asking twice for some gives the same bytes again.
        urls = [f'{web.url}/{i}?q=한글 {i}' for i in range(first, min(first + 50, N))] + [f'{web.url}/{first}'] * 2
        answer = at.run('add', *urls, timeout=900)
        assert answer.code in (0, 1), answer
        assert 'tidings:' not in answer.err or 'assert' not in answer.err, answer.err
    return web, time.monotonic() - before


def whatever_a_server_answers_all_judges_accept_the_segments(desk):
    _, seconds = take_all(desk)
    files = segments(desk)
    text = b''.join(gzip.open(f).read() for f in files)
    counts = {kind: len(re.findall(rb'\r\nWARC-Type: %s\r\n' % kind.encode(), text)) for kind in
              ('request', 'response', 'metadata', 'revisit', 'resource', 'conversion', 'warcinfo')}
    print(f'# {N} addresses, {seconds:.0f} s, records: {counts}')
    assert counts['response'] > N * 0.7 and counts['request'] >= counts['response'] + counts['revisit'], counts
    contains(desk.do('verify', timeout=600).out, 'all as they were taken')
    # Nothing tells whose desk it was.
    for secret in {socket.gethostname(), os.environ.get('USER', ''), os.environ.get('HOME', ''), desk.tmp, 'Test Desk'} - {'', '/'}:
        assert len(secret) < 3 or secret.encode() not in text, f'a record says {secret}'
    equal(set(), set(re.findall(rb'\r\n((?:Cookie|Authorization|Referer|From)): ', text)))
    equal({b'Tidings/0.1.0'}, set(re.findall(rb'\r\nUser-Agent: ([^\r]*)\r\n', text)))
    judged('warcio-check.sh', files)
    if IS_LONG:
        judged('warc-judges.sh', files)


def memory_of(pid):
    """The most that this process or one of its children had at a time, in KB."""
    most = 0
    try:
        with open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as f:
            family = [pid, *f.read().split()]
        for one in family:
            with open(f'/proc/{one}/status', encoding='ascii') as f:
                most = max([most, *(int(line.split()[1]) for line in f if line.startswith('VmHWM'))])
    except OSError:
        pass                    # it has just ended
    return most


def verifying_takes_less_than_32_MB_of_memory(desk):
    if os.environ.get('ASAN_OPTIONS') or 'build-san' in TIDINGS:
        raise Skip('sanitizers take memory of their own; the plain build runs it')
    desk.init()
    files = 1024 if IS_LONG else 40
    for first in range(0, files, 16):
        desk.do('add', *[desk.page(f'{i}.bin', os.urandom(1 << 20)) for i in range(first, min(first + 16, files))], timeout=300)
    process = subprocess.Popen([TIDINGS, '-C', desk.dir, 'verify'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, memory_of(process.pid))
        time.sleep(0.02)
    contains(process.communicate()[0].decode(), 'all as they were taken')
    print(f'# {sum(os.path.getsize(f) for f in segments(desk)) >> 20} MB verified, the largest process had {most >> 10} MB')
    assert 0 < most < 32 << 10, most



run(globals())
