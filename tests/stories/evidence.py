"""What is kept is what the server sent, faults are told, and nobody is reached who must not be."""
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import zipfile

from evidence_tools import accepted, captures, record
from story import Skip, contains, equal, run

GZIP_SEOUL = b'\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\5\0\xfa\xffSeoul\xea\x69\xae\xe0\5\0\0\0'
LIMIT_BODY_B = 32 << 20         # of base/limits.h
KOREAN = '<!DOCTYPE html><title>기록</title><p>' + '북한인권단체는 기록을 지키겠다고 말했다. ' * 12


def reply(head, body=b''):
    return head.replace('\n', '\r\n').encode() + b'\r\n\r\n' + body


def take(desk, path):
    """Add it; what was printed, the capture as JSON, and each of its records out of the segment's own bytes."""
    before = set(captures(desk))
    answer = desk.run('add', path if '://' in path else desk.web.url + path)
    new = set(captures(desk)) - before
    equal(1, len(new))
    capture = desk.json('show', '--json', new.pop())
    return answer, capture, [record(desk, r) for r in capture['records']]


def body(records, capture):
    fields, block = records[capture['main']]
    equal('response', fields['WARC-Type'])
    return block.partition(b'\r\n\r\n')[2]


def told(answer, capture, *words):
    """A fault is one sentence, the same on the screen and in the record."""
    contains(capture['fault'], *words)
    contains(answer.out + answer.err, capture['fault'])
    assert '\n' not in capture['fault'] and not re.search(r'%[a-z]|\(null\)|[\0-\x1f]', capture['fault']), capture['fault']


def what_is_kept_is_byte_for_byte_what_the_server_sent(desk):
    desk.init()
    noise = bytes(range(256)) * 300
    desk.page('korean.html', KOREAN)
    desk.page('noise.http', reply('HTTP/1.1 200 OK\nContent-Type: application/x-noise', noise))
    desk.page('crlf.http', reply('HTTP/1.1 200 OK\nContent-Type: text/plain', b'\r\n\r\nWARC/1.1\r\n\r\n\0\r\n\r\n'))
    desk.page('empty.http', reply('HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 0'))
    desk.serve_pages()
    for path, want in (('/plain', b'<p>Seoul</p>\n'), ('/gzip', GZIP_SEOUL), ('/chunked', b'<p>Seoul'),
                       ('/euc-kr', b'<p>\xba\xcf\xc7\xd1</p>\n'), ('/korean.html', KOREAN.encode()), ('/noise.http', noise),
                       ('/crlf.http', b'\r\n\r\nWARC/1.1\r\n\r\n\0\r\n\r\n'), ('/empty.http', b'')):
        answer, capture, records = take(desk, path)
        equal(want, body(records, capture))
        head = records[1][1].partition(b'\r\n\r\n')[0] + b'\r\n'
        assert b'\r\nTransfer-Encoding:' not in head, head           # a reader would look for chunks
        equal([b'%d' % len(want)], re.findall(rb'\r\nContent-Length: (.*)\r\n', head) or [b'%d' % len(want)])
        assert 'fault' not in capture, capture
        equal(0, answer.code)
        equal(['request', 'response', 'metadata', 'metadata'], [r[0]['WARC-Type'] for r in records])
        contains(records[0][1].decode(), f'GET {path} HTTP/1.1\r\n')
        assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z', records[1][0]['WARC-Date'])
    equal(b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<p>Seoul</p>\n',
          take(desk, '/plain')[2][1][1])
    accepted(desk)


def absence_is_kept_with_its_status(desk):
    desk.init()
    desk.serve_pages()
    for status, want in ((404, b'none'), (410, b'gone'), (500, b'oops')):
        answer, capture, records = take(desk, f'/{status}')
        equal(1, answer.code)
        contains(answer.err, str(status), 'kept')
        equal(status, capture['status'])
        equal(want, body(records, capture))
    accepted(desk)


def a_body_that_was_cut_is_kept_to_its_last_byte_and_says_so(desk):
    desk.init()
    desk.page('chunk.http', reply('HTTP/1.1 200 OK\nTransfer-Encoding: chunked', b'5\r\nSeoul\r\n'))
    desk.serve_pages()
    for path, want in (('/short', b'Seoul'), ('/chunked-cut', b'<p>'), ('/chunk.http', b'Seoul')):
        answer, capture, records = take(desk, path)
        equal(want, body(records, capture))
        equal('disconnect', records[1][0]['WARC-Truncated'])
        told(answer, capture, 'cut')
        equal('disconnect', json.loads(records[2][1])['truncated'])
    accepted(desk)


def a_body_of_32_MB_is_kept_whole_and_one_byte_more_is_cut(desk):
    desk.init()
    noise = os.urandom(LIMIT_BODY_B + 1)
    desk.page('most.http', reply('HTTP/1.1 200 OK\nContent-Type: application/x-noise', noise[1:]))
    desk.page('more.http', reply('HTTP/1.1 200 OK\nContent-Type: application/x-noise', noise))
    desk.serve_pages()
    answer, capture, records = take(desk, '/most.http')
    assert body(records, capture) == noise[1:]
    assert 'fault' not in capture and 'WARC-Truncated' not in records[1][0], answer
    answer, capture, records = take(desk, '/more.http')
    assert body(records, capture) == noise[:-1]
    equal('length', records[1][0]['WARC-Truncated'])
    told(answer, capture, 'cut', str(LIMIT_BODY_B))
    accepted(desk)


def what_is_no_reply_is_kept_as_bytes_and_never_as_a_response(desk):
    desk.init()
    desk.serve_pages()
    for path, word in (('/two-lengths', 'Content-Length'), ('/nul', 'what came before that is kept'), ('/http09', 'HTTP'), ('/half-head', 'head')):
        answer, capture, records = take(desk, path)
        told(answer, capture, word)
        equal(1, answer.code)
        equal(-1, capture['main'])
        equal(['request', 'metadata', 'metadata', 'metadata'], [r[0]['WARC-Type'] for r in records])
        equal(capture['fault'], json.loads(records[2][1])['fault'])
    equal(b'<p>Seoul', take(desk, '/http09')[2][1][1])
    equal(reply('HTTP/1.1 200 OK\nContent-Type: text/html')[:-2], take(desk, '/nul')[2][1][1])
    accepted(desk)


def every_hop_of_a_redirect_is_evidence(desk):
    desk.init()
    desk.serve_pages()
    answer, capture, records = take(desk, '/hop')
    equal(0, answer.code)
    equal(10, len(records))
    equal(b'<p>Seoul</p>\n', body(records, capture))
    equal([desk.web.url + p for p in ('/hop', '/hop2', '/plain')], [r[0]['WARC-Target-URI'] for r in records[:9:3]])
    accepted(desk)


def a_redirect_that_cannot_be_followed_is_kept_with_its_reason(desk):
    desk.init()
    desk.serve_pages()
    for path, hops, words in (('/loop', 2, 'in a circle'), ('/to-private', 1, '10.0.0.1 is a private address'),
                              ('/to-file', 1, 'not an address of the web'), ('/to-refused', 1, 'refused the connection'),
                              ('/to-bytes', 1, 'not an address of the web'), ('/to-nobody', 1, 'nobody.invalid')):
        answer, capture, records = take(desk, path)
        told(answer, capture, words, 'kept, the page was not taken')
        equal(1, answer.code)
        equal((302, -1, 3 * hops + 1), (capture['status'], capture['main'], len(records)))
        contains(records[-3][1].decode('latin-1'), '302 Found', 'Location: ')
        equal(capture['fault'], json.loads(records[-2][1])['not_followed'])
    accepted(desk)


class Canary:
    """Listens and counts who comes: nobody should."""

    def __init__(self, family, address):
        self.count = 0
        self.socket = socket.socket(family)
        if family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.socket.bind((address, 0))
        self.socket.listen()
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        try:
            while True:
                peer, _ = self.socket.accept()
                self.count += 1
                peer.close()
        except OSError:
            return


def canaries():
    found = [Canary(socket.AF_INET, '0.0.0.0')]
    try:
        found.append(Canary(socket.AF_INET6, '::'))
    except OSError:
        pass                    # a machine without IPv6
    return found


def an_address_inside_is_never_connected_to_however_it_is_written(desk):
    desk.must(desk.raw('init', desk.dir, '--name', 'Test Desk'), 0)
    birds = canaries()
    for bird in birds:
        for host in ('127.0.0.1', 'localhost', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '0.0.0.0', '0', '[::1]', '[::]',
                     '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', 'LOCALHOST.'):
            answer = desk.run('add', f'http://{host}:{bird.port}/')
            equal(1, answer.code)
            contains(answer.err, 'nothing was taken')
    equal([0] * len(birds), [bird.count for bird in birds])
    equal([], desk.ids(desk.run('list')))
    with socket.create_connection(('127.0.0.1', birds[0].port)) as s:       # the canary does sing
        s.recv(1)
    equal(1, birds[0].count)


def a_redirect_inwards_is_never_connected_to(desk):
    desk.init()
    conf = os.path.join(desk.dir, 'tidings.conf')
    with open(conf, encoding='utf-8') as f:
        text = f.read().replace('fetch.allow = 127.0.0.0/8', 'fetch.allow = 127.0.0.1/32')
    with open(conf, 'w', encoding='utf-8') as f:
        f.write(text)
    desk.serve_pages()
    birds = canaries()
    for bird in birds:
        for i, host in enumerate(('127.0.0.2', '2130706434', '0x7f.2', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.2]',
                                  '[::ffff:7f00:2]', '[::127.0.0.2]', '[64:ff9b::7f00:2]')):
            desk.page(f'{bird.port}-{i}.http', reply(f'HTTP/1.1 302 Found\nLocation: http://{host}:{bird.port}/\nContent-Length: 0'))
            answer, capture, _ = take(desk, f'/{bird.port}-{i}.http')
            told(answer, capture, 'private address', 'the redirect is kept')
    equal([0] * len(birds), [bird.count for bird in birds])
    accepted(desk)


def no_packet_goes_to_a_private_network_after_a_redirect(desk):
    if not shutil.which('strace'):
        raise Skip('strace is not installed')
    desk.init()
    desk.serve_pages()
    log = os.path.join(desk.tmp, 'strace.log')
    hosts = ('10.0.0.1', '169.254.169.254', '192.168.1.1', '172.16.0.1', '100.64.0.1', '[fd00::1]', '[fe80::1]', '[::ffff:10.0.0.1]',
             '[::ffff:a9fe:a9fe]', '[2002:a00:1::]', '[64:ff9b::a9fe:a9fe]', '0xa9fea9fe')
    for i, host in enumerate(hosts):
        desk.page(f'{i}.http', reply(f'HTTP/1.1 307 Go\nLocation: http://{host}/latest/\nContent-Length: 0'))
    urls = [f'{desk.web.url}/{i}.http' for i in range(len(hosts))]
    answer = subprocess.run(['strace', '-f', '-qq', '-e', 'trace=connect,sendto,sendmsg', '-o', log, os.environ['TIDINGS'], '-C',
                             desk.dir, 'add', *urls], capture_output=True, check=False, timeout=120)
    with open(log, encoding='utf-8', errors='replace') as f:
        reached = {m for line in f for m in re.findall(r'(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"', line)}
    equal({'127.0.0.1'}, reached)
    equal(len(hosts), answer.stderr.decode().count('private address'))


def a_certificate_of_its_own_making_takes_nothing(desk):
    if not shutil.which('openssl'):
        raise Skip('openssl is not installed')
    desk.init()
    key, cert = os.path.join(desk.tmp, 'k.pem'), os.path.join(desk.tmp, 'c.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2',
                    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    heard, came = [], []
    server = socket.create_server(('127.0.0.1', 0))

    def listen():
        while True:
            peer, _ = server.accept()
            came.append(1)
            try:
                heard.append(context.wrap_socket(peer, server_side=True).recv(4096))
            except OSError:
                peer.close()

    threading.Thread(target=listen, daemon=True).start()
    url = f'https://127.0.0.1:{server.getsockname()[1]}/'
    answer = desk.run('add', url)
    equal(1, answer.code)
    contains(answer.err, 'certificate', 'not valid', 'nothing was taken')
    equal([], desk.ids(desk.run('list')))
    desk.page('to-tls.http', reply(f'HTTP/1.1 301 Moved\nLocation: {url}\nContent-Length: 0'))
    desk.serve_pages()
    answer, capture, _ = take(desk, '/to-tls.http')
    told(answer, capture, 'certificate', 'the redirect is kept')
    equal(2, len(came))
    equal(b'', b''.join(heard))


def a_warc_of_somebody_else_keeps_its_own_dates(desk):
    if not shutil.which('wget'):
        raise Skip('wget is not installed')
    desk.init()
    desk.page('korean.html', KOREAN)
    url = desk.serve_pages()
    page = KOREAN.encode()
    desk.page('chunked.http', reply('HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked',
                                    b'200\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n' % (page[:512], len(page) - 512, page[512:])))
    subprocess.run(['wget', '-q', '--warc-file=theirs', '--no-warc-compression', '--delete-after', '--no-proxy', url + '/korean.html',
                    url + '/chunked.http'], cwd=desk.tmp, check=True)
    theirs = os.path.join(desk.tmp, 'theirs.warc')
    with open(theirs, 'rb') as f:
        text = re.sub(rb'(WARC-Date: )[-0-9]{10}T[0-9:]{8}Z', rb'\g<1>2011-02-03T04:05:06Z', f.read())
    with open(theirs, 'wb') as f:
        f.write(text)
    answer = desk.do('add', theirs)
    contains(answer.err, '2 of 2 replies taken')
    for name in captures(desk):
        capture = desk.json('show', '--json', name)
        fields, block = record(desk, capture['records'][capture['main']])
        equal('2011-02-03T04:05:06.000000Z', fields['WARC-Date'])
        equal('imported', capture['how'])
        shown = desk.do('show', name).out
        contains(shown, '2011-02-03', 'out of a WARC file, not fetched by us')
        held = re.search(r'existed at this desk no later than (\d{4})', shown)[1]
        assert int(held) >= 2026, f'says that the desk held it in {held}'
        equal(KOREAN.encode(), block.partition(b'\r\n\r\n')[2])
        origin = json.loads(record(desk, capture['records'][1])[1])
        equal('theirs.warc', origin['file'])
        assert origin['record'].encode() in text, origin
    for article in desk.ids(desk.do('list')):
        equal('기록', desk.json('show', '--json', article)['article']['title'])
    accepted(desk)


def a_foreign_record_that_is_not_what_its_digest_says_is_taken_with_a_fault(desk):
    desk.init()
    block = reply('HTTP/1.1 200 OK\nContent-Type: text/html', KOREAN.encode())

    def response(path, more):
        return reply(f'WARC/1.0\nWARC-Type: response\nWARC-Record-ID: <urn:uuid:12345678-9abc-4def-8123-456789abcde{path}>\n'
                     f'WARC-Target-URI: https://example.org/{path}\nWARC-Date: 2011-02-03T04:05:06Z\n{more}'
                     f'Content-Type: application/http;msgtype=response\nContent-Length: {len(block)}', block + b'\r\n\r\n')

    theirs = desk.page('theirs.warc', response(0, 'WARC-Block-Digest: sha256:' + '0' * 64 + '\n') + response(1, '') +
                       response(2, 'WARC-Truncated: length\n'))
    answer = desk.do('add', theirs)
    contains(answer.err, '3 of 3 replies taken', '1 fault in the file')
    by_url = {c['url']: c for c in (desk.json('show', '--json', name) for name in captures(desk))}
    told(answer, by_url['https://example.org/0'], 'the block does not match its digest')
    assert 'fault' not in by_url['https://example.org/1']
    told(answer, by_url['https://example.org/2'], 'cut by whoever took it (length)')
    cut = by_url['https://example.org/2']
    equal('length', record(desk, cut['records'][cut['main']])[0]['WARC-Truncated'])
    accepted(desk)


def a_collection_of_somebody_else_comes_in_with_its_requests_and_revisits(desk):
    desk.init()
    page = reply('HTTP/1.1 200 OK\nContent-Type: text/html', KOREAN.encode())

    def part(kind, number, more, block):
        return reply(f'WARC/1.0\nWARC-Type: {kind}\nWARC-Record-ID: <urn:uuid:12345678-9abc-4def-8123-456789abcd{number:02d}>\n'
                     f'WARC-Target-URI: https://example.org/story\nWARC-Date: 2011-02-03T04:05:{number:02d}Z\n{more}'
                     f'Content-Length: {len(block)}', block + b'\r\n\r\n')

    asked = reply('GET /story HTTP/1.1\nHost: example.org')
    warc = (part('response', 1, 'Content-Type: application/http;msgtype=response\n', page) +
            part('request', 2, 'WARC-Concurrent-To: <urn:uuid:12345678-9abc-4def-8123-456789abcd01>\n'
                               'Content-Type: application/http;msgtype=request\n', asked) +
            part('revisit', 3, 'WARC-Profile: http://netpreserve.org/warc/1.0/revisit/uri-agnostic-identical-payload-digest\n'
                               'WARC-Refers-To-Target-URI: https://example.org/story\nWARC-Refers-To-Date: 2011-02-03T04:05:01Z\n'
                               'WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\n'
                               'Content-Type: application/http;msgtype=response\n', reply('HTTP/1.1 200 OK\nContent-Type: text/html')))
    path = os.path.join(desk.pages, 'page.wacz')
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as z:
        z.writestr('datapackage.json', '{}')
        z.writestr('archive/data.warc', warc)
    answer = desk.do('add', path)
    contains(answer.err, '2 of 2 replies taken')
    by_type = {}
    for name in captures(desk):
        capture = desk.json('show', '--json', name)
        equal('imported', capture['how'])
        for fields, block in (record(desk, r) for r in capture['records']):
            by_type[fields['WARC-Type']] = (fields, block)
    equal(asked, by_type['request'][1])
    equal(by_type['response'][0]['WARC-Record-ID'], by_type['request'][0]['WARC-Concurrent-To'])
    fields, block = by_type['revisit']
    equal(('2011-02-03T04:05:03.000000Z', '2011-02-03T04:05:01.000000Z'), (fields['WARC-Date'], fields['WARC-Refers-To-Date']))
    equal('sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ', fields['WARC-Payload-Digest'])
    equal(reply('HTTP/1.1 200 OK\nContent-Type: text/html'), block)
    accepted(desk)


run(globals())
