"""A net of its own for a story: no way out but loopback, a name server that counts questions, a SOCKS5 proxy, one web server.

inside(main) runs `main` there, or says why it cannot; who comes through the proxy comes from 127.0.0.9.
"""
import ctypes
import fcntl
import http.server
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading

NEWUSER, NEWNET, NEWNS = 0x10000000, 0x40000000, 0x00020000
THROUGH = '127.0.0.9'


def write(path, text):
    with open(path, 'w', encoding='ascii') as f:
        f.write(text)


def enter():
    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEWUSER | NEWNET | NEWNS) != 0:
        return False
    write('/proc/self/setgroups', 'deny')
    write('/proc/self/uid_map', f'{uid} {uid} 1')
    write('/proc/self/gid_map', f'{gid} {gid} 1')
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    fcntl.ioctl(s, 0x8914, struct.pack('16sh14x', b'lo', 0x1 | 0x40))          # SIOCSIFFLAGS: up, running
    s.close()
    with tempfile.NamedTemporaryFile('w', delete=False) as f:
        f.write('nameserver 127.0.0.1\n')
    libc.mount(b'none', b'/', None, 0x44000, None)                              # private, all below
    if libc.mount(f.name.encode(), b'/etc/resolv.conf', None, 0x1000, None) != 0:
        return False
    os.unlink(f.name)
    return True


def inside(main):
    """In a child, so that a machine that forbids it only skips."""
    if os.environ.get('TIDINGS_IN_NET') == 'yes':
        if not enter():
            print('1..1\nok 1 - a net of its own # SKIP this machine lets no user make one')
            sys.exit(0)
        main()
    else:
        sys.exit(subprocess.run([sys.executable, sys.argv[0]], env={**os.environ, 'TIDINGS_IN_NET': 'yes'}, check=False).returncode)


class Net:
    """names: host -> address, for the proxy and for the name server; what came is in .dns, .proxied, .asked."""

    def __init__(self, names):
        self.names, self.dns, self.proxied, self.asked, self.pages = names, [], [], [], {}
        self.listeners = []
        self.resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.resolver.bind(('127.0.0.1', 53))
        self.resolver.settimeout(.1)
        self.is_open = True
        self.answering = threading.Thread(target=self.answer_names, daemon=True)
        self.answering.start()
        self.proxy = self.listen(9050, self.serve_proxy)
        net = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def answer(self, body=b''):
                net.asked.append((self.client_address[0], self.command, self.headers.get('Host'), self.path, dict(self.headers)))
                page = net.pages.get((self.headers.get('Host'), self.path))
                status, kind, out, more = page(self, body) if callable(page) else page or (404, 'text/plain', b'no\n', {})
                self.send_response(status)
                for name, value in {'Content-Type': kind, 'Content-Length': str(len(out)), **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(out)

            def do_GET(self):           # pylint: disable=invalid-name
                self.answer()

            def do_POST(self):          # pylint: disable=invalid-name
                self.answer(self.rfile.read(int(self.headers['Content-Length'])))

            def log_message(self, *_):
                pass

        self.web = http.server.ThreadingHTTPServer(('0.0.0.0', 80), Handler)
        self.web.daemon_threads = True
        threading.Thread(target=self.web.serve_forever, daemon=True).start()

    def close(self):
        self.web.shutdown()
        self.web.server_close()
        self.close_proxy()
        self.is_open = False
        self.answering.join()
        self.resolver.close()

    def close_proxy(self):
        for s in self.listeners:
            s.shutdown(socket.SHUT_RDWR)        # wakes who waits in accept()
            s.close()
        self.listeners = []

    def listen(self, port, serve):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(('127.0.0.1', port))
        s.listen(64)
        self.listeners.append(s)

        def loop():
            while True:
                try:
                    peer, _ = s.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=(peer,), daemon=True).start()
        threading.Thread(target=loop, daemon=True).start()
        return f'socks5h://127.0.0.1:{port}'

    def answer_names(self):
        while self.is_open:
            try:
                q, who = self.resolver.recvfrom(4096)
            except TimeoutError:
                continue
            labels, at = [], 12
            while q[at]:
                labels.append(q[at + 1:at + 1 + q[at]].decode('latin-1'))
                at += 1 + q[at]
            name = '.'.join(labels)
            self.dns.append(name)
            has = name in self.names and q[at + 1:at + 3] == b'\0\1'
            answer = b'\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4' + socket.inet_aton(self.names[name]) if has else b''
            code = 0 if name in self.names else 3
            self.resolver.sendto(q[:2] + bytes([0x81, 0x80 | code]) + q[4:6] + (b'\0\1' if has else b'\0\0') + b'\0\0\0\0' + q[12:at + 5] + answer, who)

    def serve_proxy(self, peer):
        def take(n):
            got = b''
            while len(got) < n:
                more = peer.recv(n - len(got))
                if not more:
                    raise OSError
                got += more
            return got
        try:
            take(1)
            take(take(1)[0])
            peer.sendall(b'\5\2')
            take(1)
            user = take(take(1)[0]).decode()
            take(take(1)[0])
            peer.sendall(b'\1\0')
            kind = take(4)[3]
            host = take(take(1)[0]).decode() if kind == 3 else socket.inet_ntoa(take(4))
            port = int.from_bytes(take(2), 'big')
            self.proxied.append((user, host, kind == 3))
            to = socket.create_connection((self.names.get(host, host), port), source_address=(THROUGH, 0))
            peer.sendall(b'\5\0\0\1\0\0\0\0\0\0')
        except OSError:
            peer.close()
            return
        threading.Thread(target=self.pump, args=(peer, to), daemon=True).start()
        self.pump(to, peer)

    @staticmethod
    def pump(a, b):
        try:
            while data := a.recv(65536):
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
