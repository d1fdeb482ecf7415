"""A small site of our own on loopback: any address, any body, a log of who asked for what.

As a program it serves the illustrated story and prints its port: python3 site_of_ours.py
"""
import socket
import struct
import threading
import zlib

KINDS = {'css': 'text/css', 'html': 'text/html; charset=utf-8', 'png': 'image/png', 'svg': 'image/svg+xml', 'ico': 'image/png'}


class Site:
    """Answers from a table, on every address of the loopback; remembers who asked for what.

    The files in `etags` have an ETag, and whoever sends it back is told that nothing changed."""

    def __init__(self, pages, etags=()):
        self.pages, self.etags, self.seen, self.told = pages, etags, [], []
        self.server = socket.create_server(('0.0.0.0', 0), backlog=512)
        self.port = self.server.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}'
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            threading.Thread(target=self.serve, args=(self.server.accept()[0],), daemon=True).start()

    def serve(self, peer):
        with peer:
            head = peer.recv(65536)
            path = head.split(b' ')[1].decode()
            self.seen.append(path)
            body = self.pages.get(path.partition('?')[0])
            status = '200 OK' if body is not None else '404 Not Found'
            body = body or b''
            etag = f'"{zlib.crc32(body):08x}"'
            more = f'ETag: {etag}\r\nCache-Control: max-age=60\r\n' if path in self.etags else ''
            if path in self.etags and f'If-None-Match: {etag}\r\n'.encode().lower() in head.lower():
                self.told.append(path)
                status, body = '304 Not Modified', b''
            else:
                more += f'Content-Length: {len(body)}\r\n'
            kind = KINDS.get(path.rpartition('.')[2], 'application/octet-stream')
            peer.sendall(f'HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Connection: close\r\n\r\n'.encode() + body)


def png(width, height, colour):
    """A whole PNG of one colour."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    rows = (b'\0' + bytes(colour) * width) * height
    noise = bytes((i * 7 + colour[0]) % 251 for i in range(700))        # so that it is worth a revisit
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) + chunk(b'tEXt', b'Comment\0' + noise.hex().encode()) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" fill="#7a1fa2"/></svg>'


def illustrated():
    """Two stories of one site: the second has five pictures, one of which the first had too."""
    story = '''<!DOCTYPE html><html lang=ko><meta charset=utf-8><title>{0}</title><link rel=stylesheet href=/look.css>
<article><h1>{0}</h1><p>북한인권단체는 오늘의 기록을 지키겠다고 말했다. The group said that it would keep the record of the day, whatever comes.
{1}<p>기자들은 다섯 장의 사진을 공개했다. Five pictures were shown to the reporters who had come to the hall that morning.</article>'''
    pictures = ['<img src=/flag.png alt=flag>', '<img src=hall.png alt=hall>', '<img srcset="crowd.png, crowd-middle.png 1.5x, crowd-large.png 2x" src=crowd.png alt=crowd>',
                '<picture><source srcset=/chart.svg type=image/svg+xml><img src=/chart.svg alt=chart></picture>', '<img src="/a%20b/gate.png?v=2" alt=gate>']
    return {'/robots.txt': b'User-agent: *\nAllow: /\n', '/look.css': b'body { background: url(/paper.png) } h1 { color: #400 }',
            '/first.html': story.format('첫 기사', '<p><img src=/flag.png alt=flag>').encode(),
            '/news/second.html': story.format('둘째 기사', '<p>' + ' '.join(pictures)).encode(),
            '/flag.png': png(60, 40, (200, 30, 30)), '/news/hall.png': png(320, 200, (30, 90, 160)), '/news/crowd.png': png(100, 70, (20, 140, 60)),
            '/news/crowd-large.png': png(200, 140, (20, 140, 60)), '/chart.svg': SVG, '/a%20b/gate.png': png(80, 80, (230, 160, 20)),
            '/paper.png': png(16, 16, (250, 246, 235))}


if __name__ == '__main__':
    site = Site(illustrated(), etags=('/paper.png',))
    print(site.port, flush=True)
    threading.Event().wait()
