"""Many documents at once: files, folders and whole WARC files, in order, whatever is wrong with one of them."""
import gzip
import io
import json
import os
import signal
import subprocess

from story import TIDINGS, contains, equal, run


def page(i, words='Three groups closed their offices on Wednesday, and nobody said why it had to be so. '):
    return (f'<!doctype html><html lang=en><title>Story {i}</title><article><h1>Story {i}</h1><p>Number {i}. {words * 4}</p>'
            f'<p>북한 인권 단체 {i}곳의 예산이 삭감됐다고 관계자가 밝혔다. {words}</p></article>').encode()


def record(kind, url, content_type, block, date='2018-06-27T09:30:00Z', more=''):
    head = (f'WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{hash((kind, url)) & 0xffffffff:08x}-0000-4000-8000-000000000000>\r\n'
            f'WARC-Date: {date}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n{more}Content-Length: {len(block)}\r\n\r\n')
    return head.encode() + block + b'\r\n\r\n'


def reply(url, body, content_type='text/html; charset=utf-8', status='200 OK', more=''):
    head = f'HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}\r\n'
    return record('response', url, 'application/http;msgtype=response', head.encode() + body)


def chunked(body):
    parts = [body[i:i + 700] for i in range(0, len(body), 700)] + [b'']
    return b''.join(b'%x\r\n%s\r\n' % (len(p), p) for p in parts)


def write(at, name, content):
    path = os.path.join(at.tmp, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(content)
    return path


def lines(answer):
    return [json.loads(line) for line in answer.out.splitlines()]


def packed(records):
    return b''.join(gzip.compress(r, 1) for r in records)


def memory_kb(pid):
    with open(f'/proc/{pid}/status', encoding='utf-8') as f:
        return next((int(line.split()[1]) for line in f if line.startswith('VmHWM')), 0)


def is_sanitized():
    with open(TIDINGS, 'rb') as f:
        return b'__asan_init' in f.read()


def files_and_folders_answer_in_order_however_many_read_at_once(desk):
    for i in range(40):
        write(desk, f'pages/{i % 4}/{i:03}.html', page(i, 'word ' * (3000 if i % 7 == 0 else 20)))
    write(desk, 'pages/0/.hidden.html', page(99))
    write(desk, 'pages/1/photo.png', b'\x89PNG\r\n\x1a\n' + bytes(100))
    last = write(desk, 'last.html', page(1000))
    folder = os.path.join(desk.tmp, 'pages')
    one = desk.raw('extract', '-j', '1', folder, last)
    many = desk.raw('extract', '-j', '7', folder, last)
    equal(0, many.code)
    equal(one.out, many.out)
    want = sorted(f'pages/{i % 4}/{i:03}.html' for i in range(40)) + ['last.html']
    equal(want, [os.path.relpath(a['file'], desk.tmp) for a in lines(many)])
    equal('Story 1000', lines(many)[-1]['title'])


def a_warc_file_gives_its_documents_with_codings_undone(desk):
    korean = '<title>북한 인권 단체</title><article><h1>북한 인권 단체</h1><p>' + '예산이 삭감됐다고 밝혔다. ' * 30 + '</p>'
    records = [
        record('warcinfo', 'x:', 'application/warc-fields', b'software: test\r\n').replace(b'WARC-Target-URI: x:\r\n', b''),
        record('request', 'https://a.example/1', 'application/http;msgtype=request', b'GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n'),
        reply('https://a.example/1', page(1)),
        reply('https://a.example/2', chunked(gzip.compress(page(2))), more='Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n'),
        reply('https://a.example/3', korean.encode('euc-kr'), content_type='text/html; charset=euc-kr'),
        reply('https://a.example/4', page(4), more='Transfer-Encoding: chunked\r\n'),       # taken off, header left
        reply('https://a.example/old', b'<p>Moved</p>', status='301 Moved', more='Location: /1\r\n'),
        reply('https://a.example/style.css', b'p { color: red }', content_type='text/css'),
        reply('https://a.example/photo.png', b'\x89PNG\r\n\x1a\n' + bytes(200), content_type='image/png'),
        reply('https://a.example/gone', page(410), status='410 Gone'),
        record('resource', 'https://a.example/5', 'text/html', page(5), date='2020-01-02T03:04:05Z'),
        record('conversion', 'https://a.example/6', 'text/plain', b'Plain words about the offices.\n\n' * 20),
        record('revisit', 'https://a.example/1', 'application/http', b'HTTP/1.1 304 Not Modified\r\n\r\n', more='WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n'),
    ]
    plain = write(desk, 'a.warc', b''.join(records))
    gz = write(desk, 'a.warc.gz', packed(records))
    for path in (plain, gz):
        answer = desk.raw('extract', '-j', '3', path)
        equal(0, answer.code)
        got = lines(answer)
        equal(['https://a.example/' + s for s in ('1', '2', '3', '4', 'gone', '5', '6')], [a['url'] for a in got])
        equal(['Story 1', 'Story 2', '북한 인권 단체', 'Story 4', 'Story 410', 'Story 5'], [a.get('title') for a in got[:6]])
        contains(got[6]['text'], 'Plain words')
        equal({path}, {a['file'] for a in got})
        equal(['2018-06-27T09:30:00.000000Z'] * 5 + ['2020-01-02T03:04:05.000000Z'], [a['warc']['taken_us'] for a in got[:6]])
        equal([200, 200, 200, 200, 410, None, None], [a['warc'].get('status') for a in got])
        with open(path, 'rb') as f:
            f.seek(got[1]['warc']['offset'])
            front = f.read(2000)
        contains(gzip.open(io.BytesIO(front)).read(300) if path == gz else front, got[1]['warc']['id'].encode())
    equal(7, len(lines(desk.raw('extract', os.path.join(desk.tmp, 'a.warc'), '--format', 'json'))))


def a_broken_record_is_told_and_the_others_are_read(desk):
    records = [reply(f'https://a.example/{i}', page(i)) for i in range(30)]
    members = [gzip.compress(r, 1) for r in records]
    members[11] = members[11][:60] + b'\0' * 40 + members[11][100:]
    torn = write(desk, 'torn.warc.gz', b''.join(members[:20]) + members[20][:50] + b''.join(members[21:]))
    answer = desk.raw('extract', torn)
    equal(1, answer.code)
    equal([f'https://a.example/{i}' for i in range(30) if i not in (11, 20)], [a['url'] for a in lines(answer)])
    contains(answer.err, f'torn.warc.gz at {sum(map(len, members[:11]))}:')
    plain = write(desk, 'torn.warc', b''.join(records[:9]) + b'no record at all\r\n\r\n' * 50 + b''.join(records[9:25]) + records[25][:-300])
    answer = desk.raw('extract', plain)
    equal(1, answer.code)
    equal([f'https://a.example/{i}' for i in range(25)], [a['url'] for a in lines(answer)])
    contains(answer.err, f'torn.warc at {sum(map(len, records[:9]))}:')


def a_large_warc_file_is_read_in_little_memory(desk):
    words = ' '.join(f'{i * 7919 % 99991:x}' for i in range(40000))
    records = [reply(f'https://a.example/{i}', page(i, words[i:i + 60000] + ' ')) for i in range(60)]
    for name, content in (('large.warc', b''.join(records)), ('large.warc.gz', packed(records))):
        path = write(desk, name, content)
        process = subprocess.Popen([TIDINGS, 'extract', '-j', '2', path], stdout=subprocess.PIPE)
        peak_kb, titles = 0, []
        for line in process.stdout:
            titles.append(json.loads(line)['title'])
            peak_kb = max(peak_kb, memory_kb(process.pid))
        equal(0, process.wait(60))
        equal([f'Story {i}' for i in range(60)], titles)
        assert 0 < peak_kb < (1000 if is_sanitized() else 150) * 1024, f'{name}: {peak_kb} KB'
    # A record that one piece cannot hold, between others.
    huge = reply('https://a.example/huge', b'<p>' + b'x' * (40 << 20))
    answer = desk.raw('extract', write(desk, 'huge.warc', records[0] + huge + records[1]))
    equal(['Story 0', 'Story 1'], [a['title'] for a in lines(answer)])
    contains(answer.err, 'larger than we take')
    equal(1, answer.code)


def a_document_that_ends_its_reader_costs_itself_a_line(desk):
    bomb = gzip.compress(b'<a>' + bytes(80 << 20), 9)
    for i in range(6):
        write(desk, f'pages/{i}.html', bomb if i == 3 else page(i))
    missing = os.path.join(desk.tmp, 'missing.html')
    answer = desk.raw('extract', '-j', '3', os.path.join(desk.tmp, 'pages'), missing, os.path.join(desk.tmp, 'pages', '0.html'))
    got = lines(answer)
    equal(8, len(got))
    equal(['Story 0', 'Story 1', 'Story 2', None, 'Story 4', 'Story 5', None, 'Story 0'], [a.get('title') for a in got])
    assert got[3]['warnings'] and got[6]['warnings'], got
    contains(answer.err, 'missing.html')
    equal(1, answer.code)


def sigint_ends_with_whole_lines(desk):
    for i in range(400):
        write(desk, f'pages/{i:03}.html', page(i, 'word ' * 4000))
    process = subprocess.Popen([TIDINGS, 'extract', '-j', '2', os.path.join(desk.tmp, 'pages')], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    got = [json.loads(line) for line in [first, *process.stdout]]
    err = process.stderr.read().decode()
    equal(130, process.wait(60))
    equal([f'Story {i}' for i in range(len(got))], [a['title'] for a in got])
    assert 1 <= len(got) < 400, len(got)
    contains(err, 'stopped after')


def progress_is_for_terminals_or_who_asks(desk):
    path = write(desk, 'one.html', page(1))
    equal('', desk.raw('extract', path).err)
    contains(desk.raw('extract', '--progress', path).err, '1 documents')
    equal(2, desk.raw('extract', '-j', '0', path).code)
    equal(2, desk.raw('extract', '-j', 'many', path).code)
    equal(2, desk.raw('extract').code)
    contains(subprocess.run([TIDINGS, 'extract', '-'], input=page(1), capture_output=True, check=True).stdout, b'Story 1')


if __name__ == '__main__':
    run(globals())
