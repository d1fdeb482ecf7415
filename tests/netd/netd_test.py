"""netd itself: names mean what it says, bad manners are as described, and the referee counts each foul once.

usage: netd_test.py NETD
Runs itself inside netd, one test a run, so that each begins with a clean score.
"""
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time

UA = 'User-Agent: test/1\r\n'


def get(host, target, headers=UA, address=None, port=80, keep=None):
    """One request; (status, headers, body).  The peer closes, or the length ends it."""
    s = keep or socket.create_connection((address or host, port), timeout=5)
    s.sendall(f'GET {target} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n'.encode())
    data = b''
    while b'\r\n\r\n' not in data:
        more = s.recv(65536)
        if not more:
            break
        data += more
    head, _, body = data.partition(b'\r\n\r\n')
    lines = head.decode('latin-1').split('\r\n')
    fields = {k.lower(): v.strip() for k, _, v in (line.partition(':') for line in lines[1:])}
    while len(body) < int(fields.get('content-length', '0')):
        body += s.recv(65536)
    if not keep:
        s.close()
    return int(lines[0].split()[1]), fields, body


def score():
    return json.loads(get('127.0.0.1', '/score')[2])


def fouls():
    return {k: v['n'] for k, v in score()['fouls'].items() if v['n']}


def equal(want, have):
    assert want == have, f'want {want!r}, got {have!r}'


def ask(name, kind=1, tcp=False):
    """(rcode, truncated, addresses) of one question."""
    question = struct.pack('>HHHHHH', 77, 0x100, 1, 0, 0, 0) + b''.join(bytes([len(p)]) + p.encode() for p in name.split('.')) + b'\0'
    question += struct.pack('>HH', kind, 1)
    if tcp:
        s = socket.create_connection(('127.0.0.1', 53), timeout=5)
        s.sendall(struct.pack('>H', len(question)) + question)
        size = struct.unpack('>H', s.recv(2))[0]
        reply = b''
        while len(reply) < size:
            reply += s.recv(65536)
    else:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.settimeout(.3)
        s.sendto(question, ('127.0.0.1', 53))
        reply = s.recv(65536)
    number, flags, _, answers = struct.unpack('>HHHH', reply[:8])
    at, found = len(question), []
    for _ in range(answers):
        kind, _, _, size = struct.unpack('>HHIH', reply[at + 2:at + 12])
        found.append(socket.inet_ntop(socket.AF_INET if kind == 1 else socket.AF_INET6, reply[at + 12:at + 12 + size]) if kind in (1, 28)
                     else 'name')
        at += 12 + size
    return number, flags & 15, bool(flags & 0x200), found


# ---- inside netd ----

def a_polite_client_makes_no_foul():
    tick = clock()
    for _ in range(3):
        _, fields, _ = get('h00010.test', '/feed-1.xml', UA + ''.join(POLITE))
        POLITE[:] = [f'{b}: {fields[a]}\r\n' for a, b in (('etag', 'If-None-Match'), ('last-modified', 'If-Modified-Since')) if a in fields]
        tick(8 * 3600)
    equal({}, fouls())


def a_second_request_within_a_second_is_a_gap():
    get('h00001.test', '/x/plain')
    get('h00001.test', '/x/plain')
    equal({'gap': 1}, fouls())


def two_requests_at_once_overlap():
    s = socket.create_connection(('h00001.test', 80))
    s.sendall(f'GET /x/hang HTTP/1.1\r\nHost: h00001.test\r\n{UA}\r\n'.encode())
    time.sleep(.1)
    get('h00001.test', '/x/plain')
    equal({'overlap': 1}, fouls())


def a_request_inside_a_retry_after_is_one():
    tick = clock()
    get('h00001.test', '/x/429')
    tick(100)
    get('h00001.test', '/x/plain')
    tick(30)
    get('h00001.test', '/x/plain')
    equal({'retry': 1}, fouls())


def a_validator_that_is_left_out_or_changed_is_one():
    tick = clock()
    get('h00001.test', '/x/weak-etag')
    tick(9)
    get('h00001.test', '/x/weak-etag')
    tick(9)
    get('h00001.test', '/x/weak-etag', UA + 'If-None-Match: "v1"\r\n')
    tick(9)
    status, _, _ = get('h00001.test', '/x/weak-etag', UA + 'If-None-Match: W/"v1"\r\n')
    equal(304, status)
    equal({'unconditional': 1, 'changed': 1}, fouls())


def a_poll_before_the_stated_freshness_is_over_is_one():
    tick = clock()
    host = next(f'h{i:05}.test' for i in range(100) if b'<ttl>' in get(f'h{i:05}.test', '/feed-0.xml')[2])
    equal({}, fouls())
    tick(60)
    _, fields, _ = get(host, '/feed-0.xml')
    assert fouls()['ttl'] == 1, fouls()


def an_identity_is_one():
    get('h00001.test', '/x/plain', UA + 'Cookie: a=1\r\n')
    get('h00002.test', '/x/plain', UA + 'Referer: http://desk.example/\r\n')
    get('h00003.test', '/x/plain', '')
    equal({'identity': 3}, fouls())


def a_private_address_is_forbidden_with_or_without_a_request():
    get('private.test', '/')
    socket.create_connection(('169.254.169.254', 80)).close()
    socket.create_connection(('127.0.0.1', 80)).close()
    time.sleep(.1)
    equal({'forbidden': 3}, fouls())


def nothing_leaves():
    try:
        socket.create_connection(('192.0.2.1', 80), timeout=3)
    except OSError as e:
        equal(101, e.errno)
    else:
        raise AssertionError('192.0.2.1 was reached')


def names_mean_what_they_are_called():
    equal((77, 0, False, ['127.1.1.2']), ask('h00258.test'))
    equal((77, 0, False, ['10.0.0.1']), ask('private.test'))
    equal((77, 0, False, ['::1']), ask('six.test', 28))
    equal((77, 0, False, ['::ffff:127.0.0.1']), ask('mapped.test', 28))
    equal((77, 3, False, []), ask('nobody.test'))
    equal((77, 3, False, []), ask('example.org'))
    equal((77, 2, False, []), ask('servfail.test'))
    equal((77, 0, False, []), ask('empty.test'))
    equal((77, 0, False, ['name', '127.1.0.1']), ask('alias.test'))
    equal((77, 0, True, []), ask('long.test'))
    equal(60, len(ask('long.test', tcp=True)[3]))
    equal([['127.2.0.3'], ['127.0.0.1']], [ask('rebind.test')[3], ask('rebind.test')[3]])
    assert ask('forged.test')[0] != 77
    try:
        ask('silent.test')
    except TimeoutError:
        return
    raise AssertionError('silent.test answered')


def certificates_are_good_or_as_bad_as_they_are_called():
    trust = ssl.create_default_context(cafile='/etc/ssl/certs/ca-certificates.crt')
    for name, bad in (('h00001.test', ''), ('expired.test', 'expired'), ('wrong-host.test', 'Hostname mismatch'), ('self-signed.test', 'self')):
        try:
            trust.wrap_socket(socket.create_connection((name, 443)), server_hostname=name)
            said = ''
        except ssl.SSLCertVerificationError as e:
            said = str(e)
        assert (bad in said) if bad else said == '', (name, said)


def a_feed_gets_new_items_as_its_clock_goes_on():
    tick = clock()
    _, _, before = get('h00010.test', '/feed-1.xml')
    tick(1)
    equal(before, get('h00010.test', '/feed-1.xml')[2])
    tick(50 * 3600)
    assert get('h00010.test', '/feed-1.xml')[2] != before


def one_gigabyte_is_a_megabyte_on_the_wire():
    _, fields, body = get('h00001.test', '/x/bomb')
    assert len(body) < 1200000 and fields['content-encoding'] == 'gzip', len(body)


def a_drip_delays_nobody_else():
    slow = []
    for i in range(200):
        s = socket.create_connection((f'h{i + 100:05}.test', 80))
        s.sendall(f'GET /x/drip HTTP/1.1\r\nHost: h{i + 100:05}.test\r\n{UA}\r\n'.encode())
        slow.append(s)
    began = time.monotonic()
    for i in range(50):
        equal(200, get(f'h{i:05}.test', '/x/plain')[0])
    assert time.monotonic() - began < 2, time.monotonic() - began


POLITE = []
TESTS = [a_polite_client_makes_no_foul, a_second_request_within_a_second_is_a_gap, two_requests_at_once_overlap,
         a_request_inside_a_retry_after_is_one, a_validator_that_is_left_out_or_changed_is_one,
         a_poll_before_the_stated_freshness_is_over_is_one, an_identity_is_one,
         a_private_address_is_forbidden_with_or_without_a_request, nothing_leaves, names_mean_what_they_are_called,
         certificates_are_good_or_as_bad_as_they_are_called, a_feed_gets_new_items_as_its_clock_goes_on,
         one_gigabyte_is_a_megabyte_on_the_wire, a_drip_delays_nobody_else]


def clock():
    """A function that lets so many seconds pass."""
    path = os.environ['NETD_CLOCK']

    def tick(seconds):
        with open(path, 'r+b') as f:
            now = struct.unpack('=q', f.read(8))[0]
            f.seek(0)
            f.write(struct.pack('=q', now + int(seconds * 1000000)))
    return tick


def main():
    if sys.argv[1] == '--inside':
        next(t for t in TESTS if t.__name__ == sys.argv[2])()
        return 0
    print(f'1..{len(TESTS)}')
    bad = 0
    for i, test in enumerate(TESTS, 1):
        with tempfile.NamedTemporaryFile() as face:
            face.write(struct.pack('=q', 1530093600 * 1000000))
            face.flush()
            done = subprocess.run([sys.argv[1], '--clock', face.name, '--', sys.executable, __file__, '--inside', test.__name__],
                                  capture_output=True, text=True, timeout=60, check=False, env={**os.environ, 'NETD_CLOCK': face.name})
        if done.returncode == 77:
            print(f'ok {i} - {test.__name__} # SKIP {done.stderr.strip()}')
            continue
        bad += done.returncode != 0
        if done.returncode != 0:
            print('\n'.join('# ' + line for line in (done.stdout + done.stderr).splitlines()[-15:]))
        print(f'{"not " if done.returncode else ""}ok {i} - {test.__name__}', flush=True)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
