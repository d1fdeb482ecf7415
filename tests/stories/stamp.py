"""Time authorities: a local one made with `openssl ts`, honest or not; what it says is kept, checked, and given out."""
import http.server
import mmap
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time
import zipfile

from story import Skip, contains, equal, run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = '<html lang=en><title>Seoul</title><p>The story of the day, told in one sentence that is long enough to be read.'
CONF = '''[tsa]
default_tsa = here
[here]
serial = {dir}/serial
crypto_device = builtin
signer_cert = {dir}/tsa.pem
certs = {dir}/ca.pem
signer_key = {dir}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
'''


def openssl(*args, **more):
    return subprocess.run(['openssl', *args], check=True, capture_output=True, **more)


class Authority:
    """`twist` makes it answer something else than it was asked."""

    def __init__(self, folder, name, days=400):
        if not shutil.which('openssl'):
            raise Skip('openssl is not installed')
        self.dir, self.asked, self.twist = os.path.join(folder, name), 0, None
        os.mkdir(self.dir)
        d = self.dir
        openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', f'{d}/ca.key', '-out', f'{d}/ca.pem', '-days', '800', '-subj', f'/CN={name} root')
        openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', f'{d}/tsa.key', '-out', f'{d}/tsa.csr', '-subj', f'/CN={name}')
        with open(f'{d}/ext', 'w', encoding='utf-8') as f:
            f.write('extendedKeyUsage=critical,timeStamping\n')
        openssl('x509', '-req', '-in', f'{d}/tsa.csr', '-CA', f'{d}/ca.pem', '-CAkey', f'{d}/ca.key', '-CAcreateserial', '-out', f'{d}/tsa.pem', '-days',
                str(days), '-extfile', f'{d}/ext')
        for file, text in (('conf', CONF.format(dir=d)), ('serial', '01\n')):
            with open(f'{d}/{file}', 'w', encoding='utf-8') as f:
                f.write(text)
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):        # pylint: disable=invalid-name
                authority.asked += 1
                body = authority.answer(self.rfile.read(int(self.headers['Content-Length'])), self.headers['Content-Type'])
                self.send_response(200)
                self.send_header('Content-Type', 'application/timestamp-reply')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f'http://127.0.0.1:{self.server.server_port}/tsr'

    def answer(self, query, kind):
        equal('application/timestamp-query', kind)
        said = subprocess.run(['openssl', 'ts', '-query', '-in', '/dev/stdin', '-text'], input=query, capture_output=True, check=True).stdout
        contains(said.decode(), 'sha256', 'Certificate required: yes')
        if self.twist == 'other':               # a time for something else
            query = openssl('ts', '-query', '-data', '/dev/null', '-sha256', '-cert').stdout
        out = os.path.join(self.dir, 'reply')
        with open(out + '.q', 'wb') as f:
            f.write(query)
        openssl('ts', '-reply', '-config', f'{self.dir}/conf', '-section', 'here', '-queryfile', out + '.q', '-out', out)
        with open(out, 'rb') as f:
            reply = f.read()
        if self.twist == 'flip':
            reply = reply[:-40] + bytes([reply[-40] ^ 1]) + reply[-39:]
        return b'<html>not today' if self.twist == 'html' else b'' if self.twist == 'nothing' else reply


def with_authorities(of, *authorities, roots=None):
    of.init()
    with open(os.path.join(of.dir, 'roots.pem'), 'wb') as out:
        for a in roots if roots is not None else authorities:
            with open(f'{a.dir}/ca.pem', 'rb') as f:
                out.write(f.read())
    with open(os.path.join(of.dir, 'tidings.conf'), 'a', encoding='utf-8') as f:
        f.write(f'time.authorities = {" ".join(a.url for a in authorities)}\ntime.roots = roots.pem\n')
    return of.ids(of.do('add', of.page('a.html', PAGE)))[0]


def two_authorities_confirm_the_log_and_openssl_agrees(desk):
    one, two = Authority(desk.tmp, 'first'), Authority(desk.tmp, 'second')
    article = with_authorities(desk, one, two)
    lines = desk.do('ledger', 'stamp').out.splitlines()
    equal(['first', 'second'], [line.split()[-1] for line in lines])
    equal('', desk.do('ledger', 'stamp').out)           # both have answered
    equal((1, 1), (one.asked, two.asked))
    contains(desk.do('verify').out, '2 time stamps: all as they were taken')
    desk.do('add', desk.page('b.html', PAGE))           # the log goes on; the export is under what was stamped
    path = os.path.join(desk.tmp, 'it.wacz')
    desk.do('export', 'wacz', '--out', path, article)
    with zipfile.ZipFile(path) as z:
        z.extractall(os.path.join(desk.tmp, 'x'))
        contains(z.read('evidence/sheet.en.html').decode(), 'An authority outside this desk, first,')
        contains(z.read('evidence/sheet.ko.html').decode(), '데스크 밖의 기관 second')
        proof = desk.page('p', z.read([n for n in z.namelist() if n.endswith('.tlog-proof')][0]))
    evidence = os.path.join(desk.tmp, 'x', 'evidence')
    with open(os.path.join(ROOT, 'doc/formats/export.md'), encoding='utf-8') as f:
        command = re.search(r'^openssl ts .*?(?=#)', f.read(), re.M)[0]
    for n, authority, good in ((1, one, True), (2, two, True), (1, two, False)):
        said = subprocess.run(['sh', '-c', command.replace('1.tsr', f'{n}.tsr')], cwd=os.path.join(desk.tmp, 'x'), capture_output=True,
                              check=False, env={**os.environ, 'CA': f'{authority.dir}/ca.pem'})
        equal(good, 'Verification: OK' in said.stdout.decode() + said.stderr.decode())
    with open(os.path.join(evidence, 'signed-checkpoint'), encoding='utf-8') as f:
        stamped = f.read()
    with open(proof, encoding='utf-8') as f:
        contains(f.read(), stamped)
    contains(desk.raw('ledger', 'check', '--key', os.path.join(evidence, 'key'), proof).out, 'unchanged since')


def an_answer_that_will_not_do_is_refused_and_the_question_stays_open(desk):
    one, stranger = Authority(desk.tmp, 'first'), Authority(desk.tmp, 'stranger')
    with_authorities(desk, one)
    for twist, words in (('other', 'time stamp|token'), ('flip', 'token is for something else'), ('html', 'no time stamp'), ('nothing', 'no time stamp|no token')):
        one.twist = twist
        answer = desk.run('ledger', 'stamp')
        equal(1, answer.code)
        assert re.search(words, answer.err), answer
        contains(answer.err, one.url)
    one.twist = None
    contains(desk.do('ledger', 'stamp').out, 'first')
    with open(os.path.join(desk.dir, 'tidings.conf'), 'a', encoding='utf-8') as f:
        f.write(f'time.authorities = {stranger.url}\n')
    answer = desk.run('ledger', 'stamp')                # nobody vouches for it
    equal(1, answer.code)
    contains(answer.err, 'roots')


def offline_nothing_is_lost(desk):
    one = Authority(desk.tmp, 'first')
    with_authorities(desk, one)
    one.server.shutdown()
    one.server.server_close()
    answer = desk.run('ledger', 'stamp')
    equal(1, answer.code)
    contains(answer.err, one.url)
    contains(desk.do('verify').out, 'all as they were taken')


def a_token_that_was_changed_is_found(desk):
    try:
        import sqlite3
    except ImportError as e:
        raise Skip('python has no sqlite3') from e
    one = Authority(desk.tmp, 'first')
    with_authorities(desk, one)
    desk.do('ledger', 'stamp')
    for sql in ("UPDATE token SET time_us = time_us - 86400000000", "UPDATE token SET who = 'somebody'",
                "UPDATE token SET token = CAST(substr(token, 1, 300) || x'00' || substr(token, 302) AS BLOB)"):
        shutil.copy(os.path.join(desk.dir, 'tidings.db'), os.path.join(desk.tmp, 'kept'))
        db = sqlite3.connect(os.path.join(desk.dir, 'tidings.db'))
        db.execute(sql)
        db.commit()
        db.close()
        answer = desk.run('verify')
        equal(1, answer.code)
        contains(answer.out, f'token of {one.url} over 1 entries:')
        shutil.copy(os.path.join(desk.tmp, 'kept'), os.path.join(desk.dir, 'tidings.db'))
    contains(desk.do('verify').out, 'all as they were taken')


class Clock:
    """The program's clock, as far ahead of ours as it is told."""
    def __init__(self):
        f, self.path = tempfile.mkstemp()
        os.truncate(f, 8)
        self.face, self.ahead, self.is_running = mmap.mmap(f, 8), 0, True
        os.close(f)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.show()
        self.thread.start()

    def show(self):
        self.face[:8] = struct.pack('=q', int((time.time() + self.ahead) * 1000000))

    def run(self):
        while self.is_running:
            self.show()
            time.sleep(.01)

    def let_pass(self, days):
        self.ahead += days * 86400
        self.show()

    def stop(self):
        self.is_running = False
        self.thread.join()
        os.unlink(self.path)


def rows(of, sql):
    db = sqlite3.connect(os.path.join(of.dir, 'tidings.db'))
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def an_old_token_is_carried_on_by_another_before_its_certificate_ends(desk):
    clock = Clock()
    try:
        short, long = Authority(desk.tmp, 'short', 40), Authority(desk.tmp, 'long', 400)
        env = {'TIDINGS_CLOCK': clock.path}
        article = with_authorities(desk, short, long)
        equal(['short', 'long'], [line.split()[-1] for line in desk.do('ledger', 'stamp', env=env).out.splitlines()])
        equal(0, len(rows(desk, 'SELECT * FROM renewal')))
        lonely = os.path.join(desk.tmp, 'lonely')               # the same desk, whose people were away
        shutil.copytree(desk.dir, lonely, ignore=shutil.ignore_patterns('sock'))
        clock.let_pass(15)                              # 25 days are left
        contains(desk.run('verify', env=env).err, 'its certificate ends on', 'renews it in its last 30 days')
        answer = desk.run('ledger', 'stamp', env=env)
        contains(answer.out, '1 tokens renewed', 'long')
        contains(answer.err, 'its own certificate ends as soon; the renewal was not kept')
        equal(0, answer.code)
        equal('', desk.do('ledger', 'stamp', env=env).out)              # nothing is due any more
        clock.let_pass(45)                              # it has ended
        answer = desk.do('verify', env=env)
        equal('', answer.err)
        contains(answer.out, '3 time stamps: all as they were taken')
        answer = desk.must(desk.raw('-C', lonely, 'verify', env=env), 0)
        contains(answer.err, 'ended on', 'nobody carried it on before')
        # A stranger does the same: the list names the old token, and the new token is over the list.
        (text, token), = rows(desk, 'SELECT list, token FROM renewal')
        (old,), = rows(desk, "SELECT token FROM token WHERE who = 'short'")
        for name, data in (('list', text.encode()), ('new.tsr', token), ('old.tsr', old)):
            with open(os.path.join(desk.tmp, name), 'wb') as f:
                f.write(data)
        said = subprocess.run(f'grep -q "$(sha256sum <old.tsr | cut -c-64)" list && openssl ts -verify -data list -in new.tsr -CAfile long/ca.pem',
                              shell=True, cwd=desk.tmp, capture_output=True, check=False)
        contains(said.stdout.decode() + said.stderr.decode(), 'Verification: OK')
        # An export takes it along: the stranger needs no desk.
        path = os.path.join(desk.tmp, 'it.wacz')
        desk.do('export', 'wacz', '--out', path, article, env=env)
        with zipfile.ZipFile(path) as z:
            z.extractall(os.path.join(desk.tmp, 'x'))
            contains(z.read('evidence/sheet.en.html').decode(), 'Another authority, long, confirmed at')
            contains(z.read('evidence/MANIFEST').decode(), 'evidence/renewals/1.list', 'evidence/renewals/1.tsr')
        said = subprocess.run('grep -q "$(sha256sum <tokens/1.tsr | cut -c-64)" renewals/1.list && '
                              'openssl ts -verify -data renewals/1.list -in renewals/1.tsr -CAfile ../../long/ca.pem',
                              shell=True, cwd=os.path.join(desk.tmp, 'x', 'evidence'), capture_output=True, check=False)
        contains(said.stdout.decode() + said.stderr.decode(), 'Verification: OK')
        shutil.copy(os.path.join(desk.dir, 'tidings.db'), os.path.join(desk.tmp, 'kept'))
        db = sqlite3.connect(os.path.join(desk.dir, 'tidings.db'))
        db.execute("UPDATE renewal SET list = replace(list, 'sha256:', 'sha256:0')")
        db.commit()
        db.close()
        answer = desk.run('verify', env=env)
        equal(1, answer.code)
        contains(answer.out, f'token of {long.url} over older tokens:')
    finally:
        clock.stop()


def serve_asks_them_by_itself_once_something_is_new_and_the_desk_is_at_rest(desk):
    clock = Clock()
    try:
        one, two = Authority(desk.tmp, 'first', 400), Authority(desk.tmp, 'second', 400)
        with_authorities(desk, one, two)
        desk.start('serve', '--port', '0', env={**os.environ, 'TIDINGS_CLOCK': clock.path}).stdout.readline()

        def wait_for(n):
            for _ in range(150):
                if len(rows(desk, 'SELECT * FROM token')) >= n:
                    break
                time.sleep(.1)
            time.sleep(1.5)
            equal(n, len(rows(desk, 'SELECT * FROM token')))
        wait_for(0)                                     # a page was just added: not at rest
        clock.let_pass(1 / 720)
        wait_for(2)
        equal((1, 1), (one.asked, two.asked))
        clock.let_pass(3)                               # nothing is new
        wait_for(2)
        two.twist = 'nothing'
        desk.do('add', desk.page('b.html', PAGE), env={'TIDINGS_CLOCK': clock.path})
        clock.let_pass(1 / 720)
        wait_for(3)
        asked = two.asked
        clock.let_pass(1 / 200)                         # seven minutes: left alone
        wait_for(3)
        equal(asked, two.asked)
        two.twist = None
        clock.let_pass(1 / 90)
        wait_for(4)
        equal(2, one.asked)
    finally:
        clock.stop()


def one_authority_is_said_to_be_one(desk):
    one = Authority(desk.tmp, 'first')
    article = with_authorities(desk, one)
    contains(desk.do('ledger', 'stamp').err, 'one time authority can be wrong')
    contains(desk.do('verify').out, 'checkpoint of 1 entries: 1 of 1 time authorities', 'name two of different countries')
    desk.do('export', 'evidence', '--out', os.path.join(desk.tmp, 'sheet.html'), article)
    with open(os.path.join(desk.tmp, 'sheet.html'), encoding='utf-8') as f:
        contains(f.read(), 'Only one authority gave the time')


if __name__ == '__main__':
    run(globals())
