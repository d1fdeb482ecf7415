"""Whatever is thrown at it: one plain sentence, the right exit code, nothing lost."""
import os
import shutil
import socket
import subprocess
import time

from story import TIDINGS, Skip, contains, equal, run

PNG = bytes.fromhex('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100'
                    '18dd8db00000000049454e44ae426082')
PAGE = '<!DOCTYPE html><title>A page</title><p>' + 'Enough words to be a page that one would keep. ' * 8


def says(answer, code, *words):
    equal(code, answer.code)
    contains(answer.err + answer.out, *words)
    sentences = [line for line in answer.err.splitlines() if line]
    assert 1 <= len(sentences) <= 2, answer
    assert all(line.startswith('tidings') for line in sentences), answer


def what_is_no_address_and_no_file_is_said_so(desk):
    desk.init()
    says(desk.run('add', 'htp:/nowhere'), 1, 'htp:/nowhere')
    says(desk.run('add', os.path.join(desk.tmp, 'not-there.html')), 1, 'not-there.html')
    says(desk.run('add', 'ftp://example.org/x'), 1, 'ftp')


def a_folder_is_not_a_page(desk):
    desk.init()
    says(desk.run('add', desk.pages), 1, desk.pages, 'folder')


def a_file_of_five_gigabytes_is_refused_before_it_is_read(desk):
    desk.init()
    path = desk.page('big.html', '')
    os.truncate(path, 5 << 30)
    began = time.monotonic()
    says(desk.run('add', path), 1, 'big.html', '32 MB')
    assert time.monotonic() - began < 2


def an_image_under_a_pages_name_is_kept_and_said_to_be_an_image(desk):
    desk.init()
    desk.page('photo.html', PNG)
    url = desk.serve_pages()
    answer = desk.run('add', url + '/photo.html')
    contains(answer.out + answer.err, 'image')
    equal(1, len(desk.ids(desk.do('list'))))
    desk.do('verify')


def a_missing_page_is_kept_as_evidence(desk):
    desk.init()
    answer = desk.run('add', desk.serve_pages() + '/gone.html')
    equal(1, answer.code)
    contains(answer.out + answer.err, '404', 'kept')
    equal(1, len(desk.ids(desk.do('list'))))


def a_server_that_is_not_there_is_named(desk):
    desk.init()
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        port = s.getsockname()[1]
    says(desk.run('add', f'http://127.0.0.1:{port}/'), 1, '127.0.0.1', 'refused')


def addresses_inside_this_machine_are_refused_unless_the_desk_says_so(desk):
    desk.must(desk.raw('init', desk.dir, '--name', 'Test Desk'), 0)
    desk.page('a.html', PAGE)
    url = desk.serve_pages()
    says(desk.run('add', url + '/a.html'), 1, '127.0.0.1')
    assert not os.path.exists(desk.web.log) or os.path.getsize(desk.web.log) == 0, 'the server was reached'


def a_second_serve_on_one_desk_is_exit_code_3_and_a_second_add_just_works(desk):
    desk.init()
    page = desk.page('a.html', PAGE)
    first = desk.start('serve', '--port', '18080')
    wait_for_port(18080)
    says(desk.run('serve', '--port', '18081'), 3, 'desk')
    equal(1, len(desk.ids(desk.do('add', page))))
    equal(1, len(desk.ids(desk.do('list'))))
    assert first.poll() is None


def a_taken_port_is_exit_code_3(desk):
    desk.init()
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        s.listen()
        answer = desk.run('serve', '--port', str(s.getsockname()[1]))
    equal(3, answer.code)
    contains(answer.err, 'port')


def wait_for_port(port):
    for _ in range(200):
        with socket.socket() as s:
            if s.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f'nothing listens on {port}')


def a_folder_that_is_kept_in_step_elsewhere_is_refused(desk):
    answer = desk.raw('init', os.path.join(desk.tmp, 'Dropbox', 'desk'), '--name', 'X')
    equal(3, answer.code)
    contains(answer.err, 'Dropbox')


def a_desk_of_a_newer_version_is_read_and_verified_but_not_written(desk):
    desk.init()
    page = desk.page('a.html', PAGE)
    desk.do('add', page)
    db = os.path.join(desk.dir, 'tidings.db')
    subprocess.run(['python3', '-c', f'import sqlite3; c = sqlite3.connect({db!r}); c.execute("PRAGMA user_version = 9999")'],
                   check=True)
    answer = desk.run('add', page)
    assert answer.code in (1, 3), answer
    contains(answer.err, 'newer')
    equal(1, len(desk.ids(desk.do('list'))))
    desk.do('verify')


def an_open_desk_is_copied_only_when_it_is_upgraded(desk):
    desk.init()
    desk.do('add', desk.page('a.html', PAGE))
    desk.do('list')
    equal([], [n for n in os.listdir(desk.dir) if 'before' in n])


def a_full_disk_is_told_and_the_desk_stays_whole(desk):
    small = os.path.join(desk.tmp, 'small')
    os.mkdir(small)
    if os.geteuid() != 0 or subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', small], check=False).returncode:
        raise Skip('needs root to mount a small disk')
    try:
        desk.dir = os.path.join(small, 'desk')
        desk.init()
        kept, full = [], None
        for i in range(60):
            page = desk.page(f'p{i}.html', PAGE.encode() + os.urandom(400000).hex().encode())
            answer = desk.run('add', page)
            if answer.code:
                full = answer
                break
            kept += desk.ids(answer)
        equal(3, full.code)
        contains(full.err, 'nothing was')
        assert 'disk is full' in full.err or 'No space left' in full.err, full
        for article in kept:
            desk.do('show', article)
        desk.do('verify')
    finally:
        subprocess.run(['umount', '-l', small], check=False)


def a_read_only_folder_is_told(desk):
    disk = os.path.join(desk.tmp, 'disk')
    os.mkdir(disk)
    if os.geteuid() != 0 or subprocess.run(['mount', '-t', 'tmpfs', 'tmpfs', disk], check=False).returncode:
        raise Skip('needs root to mount a disk')
    try:
        desk.dir = os.path.join(disk, 'desk')
        desk.init()
        page = desk.page('a.html', PAGE)
        article = desk.ids(desk.do('add', page))[0]
        subprocess.run(['mount', '-o', 'remount,ro', disk], check=True)
        answer = desk.run('add', page)
        equal(3, answer.code)
        contains(answer.err, 'ead-only')
        contains(desk.do('show', article).out, 'A page')
    finally:
        subprocess.run(['umount', '-l', disk], check=False)


def a_certificate_that_is_not_valid_takes_nothing(desk):
    desk.init()
    if not shutil.which('openssl'):
        raise Skip('openssl is not installed')
    key, cert = os.path.join(desk.tmp, 'k.pem'), os.path.join(desk.tmp, 'c.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2',
                    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], check=True, capture_output=True)
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(['openssl', 's_server', '-accept', f'127.0.0.1:{port}', '-key', key, '-cert', cert, '-www'],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        says(desk.run('add', f'https://127.0.0.1:{port}/'), 1, 'certificate')
        equal([], desk.ids(desk.run('list')))
    finally:
        server.kill()
        server.wait()


def whichever_sync_of_the_disk_fails_nothing_acknowledged_is_lost(desk):
    if not shutil.which('strace') or os.environ.get('ASAN_OPTIONS') and 'build-san' in TIDINGS:
        raise Skip('strace is not installed, or LeakSanitizer cannot run under it')
    desk.init()
    page = desk.page('a.html', PAGE)
    kept = desk.ids(desk.do('add', page))
    failed = 0
    for n in range(1, 14):
        command = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync', '-e',
                   f'inject=fdatasync:error=EIO:when={n}', TIDINGS, '-C', desk.dir, 'add', page]
        answer = subprocess.run(command, capture_output=True, check=False)
        failed += answer.returncode != 0
        kept += [line.split()[0] for line in answer.stdout.decode().splitlines() if line.startswith('a-')]
        contains(desk.do('verify').out, 'all as they were taken')
    assert failed >= 2, failed
    for article in kept:
        desk.do('show', article)


def words_that_are_not_in_the_capture_are_no_excerpt(desk):
    desk.init()
    article = desk.ids(desk.do('add', desk.page('a.html', PAGE)))[0]
    says(desk.run('note', '--excerpt', 'words that nobody said', article), 1, 'words that nobody said', 'not in the capture')
    contains(desk.run('list', '--notes').err, 'no notes')


def wrong_words_on_the_command_line_are_exit_code_2(desk):
    desk.init()
    for words in (['ad'], ['note'], ['show'], ['search'], ['publish'], ['add'], ['list', 'x'], ['note', '--status', 'gone', 'a-1']):
        equal(2, desk.run(*words).code)


def no_desk_here_is_said_with_what_to_do(desk):
    os.mkdir(desk.dir)
    says(desk.run('list'), 1, 'tidings init')


run(globals())
