"""A web server on the loopback that answers /N with the N-th of a long list of good, odd and broken replies.

Every combination of status, content coding, framing and fault comes by in turn; the bodies are drawn from N, so that a run can be
repeated.  start() gives the port; nothing is shared with the fetcher's own code.
"""
import gzip
import random
import socket
import subprocess
import threading
import time
import zlib

STATUSES = [200] * 12 + [201, 202, 203, 204, 205, 206, 226, 300, 304, 305, 306, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413,
            414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 599, 999]
MOVES = [301, 302, 303, 307, 308]
CODINGS = ['', 'gzip', 'deflate', 'br', 'zstd', 'gzip-cut', 'gzip-liar']
FRAMES = ['length', 'chunked', 'close', 'chunked-extension', 'http10', 'chunk-of-one', 'bare-lf']
FAULTS = ['', '', '', 'cut', 'bad-chunk', 'long', 'two-lengths', 'nul', 'http09', 'no-end', 'slow', 'big-head', 'nothing', 'moved', 'chain', 'early-hints',
          'empty', 'odd-names', 'latin-1', 'spaces', 'folded', 'te-and-length', 'minus', 'huge-length', 'reset']


def packed(tool, data):
    return subprocess.run(tool, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout


def text_of(rng):
    words = ['Seoul', 'rights', '북한', '인권', 'office', 'funding', '&amp;', '<b>x</b>', 'ministry', '보고서', '\u2028', 'WARC/1.1']
    body = '<!DOCTYPE html><title>' + rng.choice(words) + '</title>' + ''.join(
        f'<p>{" ".join(rng.choice(words) for _ in range(rng.randrange(1, 40)))}</p>\r\n' for _ in range(rng.randrange(1, 30)))
    return body.encode('utf-8') if rng.random() < 0.8 else body.encode('euc-kr', 'replace')


def coded(body, coding, tools):
    if coding.startswith('gzip'):
        body = body if coding == 'gzip-liar' else gzip.compress(body)
        return (body[:len(body) * 2 // 3] if coding == 'gzip-cut' else body), 'gzip'
    if coding == 'deflate':
        return zlib.compress(body), 'deflate'
    if coding in tools:
        return packed(tools[coding], body), coding
    return body, ''


def framed(body, frame, rng):
    """Header lines and the body as it goes over the wire."""
    if frame == 'length' or frame == 'bare-lf':
        return [f'Content-Length: {len(body)}'], body
    if not frame.startswith('chunk'):
        return [], body
    out, at = b'', 0
    while at < len(body):
        n = 1 if frame == 'chunk-of-one' and at < 200 else rng.randrange(1, 3000)
        part = body[at:at + n]
        out += b'%x%s\r\n%s\r\n' % (len(part), b';name="v"' if frame == 'chunked-extension' else b'', part)
        at += n
    return ['Transfer-Encoding: chunked'], out + b'0\r\n' + (b'X-Trailer: 1\r\n' if frame == 'chunked-extension' else b'') + b'\r\n'


ODD = {
    'odd-names': ['X_y!#$%&: 1', 'x-empty:', ':no name', 'no colon'],
    'latin-1': ['X-Name: caf\xe9 \x80\xff', 'Content-Disposition: inline; filename=\xea\xb9\x80.html'],
    'spaces': ['X-Space  :  two  ', 'X-Tab:\tone\t'],
    'folded': ['X-Folded: one', '  two', '\tthree'],
    'minus': ['Content-Length: -5'],
    'huge-length': ['Content-Length: 99999999999999999999'],
    'two-lengths': ['Content-Length: 1', 'Content-Length: 2'],
    'te-and-length': ['Content-Length: 3'],
    'nul': ['X-Nul: a\0b'],
}


class Faults:
    def __init__(self, tools):
        self.tools = tools
        self.server = socket.create_server(('127.0.0.1', 0), backlog=128)
        self.url = f'http://127.0.0.1:{self.server.getsockname()[1]}'
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            peer, _ = self.server.accept()
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        try:
            head = b''
            while b'\r\n\r\n' not in head:
                more = peer.recv(65536)
                if not more:
                    return
                head += more
            path = head.split(b' ')[1].decode().partition('?')[0]
            number, _, step = path[1:].partition('-')
            self.answer(peer, int(number), int(step or 0))
        except (OSError, ValueError):
            pass
        finally:
            peer.close()

    def answer(self, peer, n, step):
        rng = random.Random(n)
        fault = FAULTS[n % len(FAULTS)]
        frame = FRAMES[n // 3 % len(FRAMES)]
        status = STATUSES[n // 2 % len(STATUSES)]
        if fault in ('moved', 'chain') and step < (1 if fault == 'moved' else n % 13):
            status = rng.choice(MOVES)
        version = '1.0' if frame == 'http10' else '1.1'
        body, coding = coded(text_of(rng), CODINGS[n // 5 % len(CODINGS)], self.tools)
        if fault == 'empty' or status in (204, 304):
            body = b''
        lines, wire = framed(body, frame, rng)
        if status in (204, 304):
            lines, wire = [], b''
        if fault in ('minus', 'huge-length', 'two-lengths'):
            lines = []
        lines = [f'HTTP/{version} {status} {"" if n % 7 == 0 else "Why Not"}', 'Content-Type: text/html' + ('; charset=utf-8' if n % 3 else ''),
                 *lines, *ODD.get(fault, [])]
        if coding:
            lines.append('Content-Encoding: ' + coding)
        if status in MOVES:
            lines.append(f'Location: /{n}-{step + 1}')
        if fault == 'big-head':
            lines += [f'X-Line-{i}: {"v" * 100}' for i in range(300)]
        end = '\n' if frame == 'bare-lf' else '\r\n'
        head = (end.join(lines) + end + end).encode('latin-1')
        if fault == 'early-hints':
            head = b'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n' + head
        self.send(peer, fault, head, wire)

    @staticmethod
    def send(peer, fault, head, wire):
        if fault == 'nothing':
            return
        if fault == 'http09':
            peer.sendall(wire)
        elif fault == 'no-end':
            peer.sendall(head[:len(head) // 2])
        elif fault == 'cut':
            peer.sendall(head + wire[:len(wire) // 2])
        elif fault == 'bad-chunk':
            peer.sendall(head + wire[:len(wire) // 2].replace(b'\r\n', b'\rx'))
        elif fault == 'long':
            peer.sendall(head + wire + b'and more than was said')
        elif fault == 'slow':
            for i in range(0, len(head), max(1, len(head) // 4)):
                peer.sendall(head[i:i + max(1, len(head) // 4)])
                time.sleep(0.01)
            peer.sendall(wire)
        elif fault == 'reset':
            peer.sendall(head + wire[:len(wire) // 3])
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
        else:
            peer.sendall(head + wire)
