"""usage: netd.py FOLDER - servers on the loopback for the fetcher's test: HTTP and HTTPS that keep connections, SOCKS5, DNS.

Prints "http https socks dns" (ports) and the file of its certificate authority, serves until stdin ends.
/echo gives back the request's head and the client's port, /slow takes a while, /seen tells what all servers saw.
"""
import http.server
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time

seen = []
lock = threading.Lock()
now = {'n': 0, 'most': 0}


def note(text):
    with lock:
        seen.append(text)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    wbufsize = 65536

    def do_GET(self):
        if self.path == '/slow':
            with lock:
                now['n'] += 1
                now['most'] = max(now['most'], now['n'])
            time.sleep(0.15)
            with lock:
                now['n'] -= 1
        if self.path == '/seen':
            body = f'at once {now["most"]}\n' + ''.join(line + '\n' for line in seen)
        else:
            body = f'port {self.client_address[1]}\n{self.requestline}\n{self.headers}'
        if self.path == '/304':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(302 if self.path == '/away' else 200)
        if self.path == '/away':
            self.send_header('Location', '/echo')
        body = body.encode('latin-1')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if self.path == '/bye':         # closes after it said that it would stay
            self.close_connection = True

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass                            # a client that goes away, or does not like our certificate


def serve_http(context=None):
    server = Server(('127.0.0.1', 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def certificates(folder):
    def openssl(*args):
        subprocess.run(['openssl', *args], check=True, capture_output=True, cwd=folder)

    with open(os.path.join(folder, 'ext'), 'w', encoding='ascii') as f:
        f.write('subjectAltName=DNS:a.test,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n')
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem',
            '-days', '2', '-subj', '/CN=Test CA')
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'k.pem', '-out', 'r.pem', '-subj',
            '/CN=a.test')
    openssl('x509', '-req', '-in', 'r.pem', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'c.pem', '-days', '2',
            '-extfile', 'ext')
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, 'c.pem'), os.path.join(folder, 'k.pem'))
    return context, os.path.join(folder, 'ca.pem')


def take(peer, n):
    got = b''
    while len(got) < n:
        more = peer.recv(n - len(got))
        if not more:
            raise OSError('gone')
        got += more
    return got


def pump(a, b):
    try:
        while data := a.recv(65536):
            b.sendall(data)
    except OSError:
        pass
    b.close()


def socks_client(peer):
    try:
        _, n = take(peer, 2)
        take(peer, n)
        peer.sendall(b'\5\2')
        user = take(peer, take(peer, 2)[1]).decode()
        password = take(peer, take(peer, 1)[0]).decode()
        peer.sendall(b'\1\0')
        _, _, _, kind = take(peer, 4)
        name = take(peer, take(peer, 1)[0]).decode() if kind == 3 else socket.inet_ntoa(take(peer, 4))
        port = struct.unpack('>H', take(peer, 2))[0]
        note(f'socks {user}:{password} {name}')
        there = socket.create_connection(('127.0.0.1', port))
        peer.sendall(b'\5\0\0\1\0\0\0\0\0\0')
        threading.Thread(target=pump, args=(there, peer), daemon=True).start()
        pump(peer, there)
    except OSError:
        peer.close()


def serve_socks():
    server = socket.create_server(('127.0.0.1', 0))

    def listen():
        while True:
            threading.Thread(target=socks_client, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    return server.getsockname()[1]


def answer(ask, over_tcp, turn={'n': 0}):
    labels, at = [], 12
    while ask[at]:
        labels.append(ask[at + 1:at + 1 + ask[at]].decode())
        at += 1 + ask[at]
    name, kind = '.'.join(labels), struct.unpack('>H', ask[at + 1:at + 3])[0]
    note(f'dns {name} {kind}')
    flags, found = 0x8180, []
    if name == 'silent.test':
        return b''
    if name == 'none.test':
        flags |= 3
    elif name == 'tcp.test' and not over_tcp:
        flags |= 0x200
    elif name == 'mixed.test':
        found = ['10.0.0.1', '127.0.0.1']
    elif name == 'rebind.test' and kind == 1:
        turn['n'] += 1
        found = ['127.0.0.1'] if turn['n'] == 1 else ['10.0.0.1']
    else:
        found = ['127.0.0.1']
    found = found if kind == 1 else []
    reply = ask[:2] + struct.pack('>HHHHH', flags, 1, len(found), 0, 0) + ask[12:at + 5]
    for address in found:
        reply += b'\xc0\x0c' + struct.pack('>HHIH', 1, 1, 1, 4) + socket.inet_aton(address)
    return reply


def serve_dns():
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(('127.0.0.1', 0))
    tcp = socket.create_server(('127.0.0.1', udp.getsockname()[1]))

    def datagrams():
        while True:
            ask, peer = udp.recvfrom(4096)
            if reply := answer(ask, False):
                udp.sendto(b'\0\0' + reply[2:], peer)       # a forgery comes first
                udp.sendto(reply, peer)

    def streams():
        while True:
            peer, _ = tcp.accept()
            reply = answer(take(peer, struct.unpack('>H', take(peer, 2))[0]), True)
            peer.sendall(struct.pack('>H', len(reply)))
            time.sleep(0.02)
            peer.sendall(reply)
            peer.close()

    threading.Thread(target=datagrams, daemon=True).start()
    threading.Thread(target=streams, daemon=True).start()
    return udp.getsockname()[1]


def main():
    tls, authority = certificates(sys.argv[1])
    print(serve_http(), serve_http(tls), serve_socks(), serve_dns(), authority, flush=True)
    sys.stdin.read()


main()
