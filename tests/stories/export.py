"""What others get: a signed package, a sheet, a bag; checked with the commands of doc/formats/export.md as they stand there."""
import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
import zlib

from story import Skip, contains, equal, run
from evidence_tools import captures
from site_of_ours import Site, illustrated

PAGE = '<html lang=ko><title>서울</title><p>오늘의 이야기를 누구나 읽을 수 있을 만큼 긴 한 문장으로 적습니다. The story of the day.'
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def captured(of):
    of.init()
    of.page('story.html', PAGE)
    url = of.serve_pages() + '/story.html'
    return url, of.ids(of.do('add', url))[0]


def exported(desk, article, name='it.wacz'):
    path = os.path.join(desk.tmp, name)
    contains(desk.do('export', 'wacz', '--allow', '127.0.0.1', '--out', path, article).out, 'entered in the ledger')
    return path


def a_stranger_checks_an_export_with_the_commands_of_the_document(desk):
    for tool in ('minisign', 'unzip'):
        if not shutil.which(tool):
            raise Skip(f'{tool} is not installed')
    _, article = captured(desk)
    path = exported(desk, article)
    with open(os.path.join(ROOT, 'doc/formats/export.md'), encoding='utf-8') as f:
        block = re.search(r'<!-- the commands -->\n```sh\n(.*?)```', f.read(), re.S)[1]
    commands = [line.split('#')[0].strip() for line in block.splitlines() if line.strip()]
    assert 3 <= len(commands) <= 5, commands
    with zipfile.ZipFile(path) as z:
        key = z.read('evidence/minisign.pub').decode().strip()
    venv = os.environ.get('WARCIO_VENV', os.path.expanduser('~/.cache/tidings-warcio-1.7.5'))
    env = {**os.environ, 'FILE': path, 'KEY': key, 'PATH': f'{venv}/bin:{os.environ["PATH"]}'}
    has_warcio = os.path.exists(f'{venv}/bin/warcio')

    def all_good(folder):
        os.mkdir(folder)
        ran = 0
        for command in commands:
            if ('warcio' in command and not has_warcio) or 'openssl ts' in command:
                continue
            ran += 1
            where = folder if ran == 1 else os.path.join(folder, 'export')
            if subprocess.run(['sh', '-c', command], cwd=where, env=env, capture_output=True, check=False).returncode != 0:
                return False
        return ran >= 3

    assert all_good(os.path.join(desk.tmp, 'a'))
    with zipfile.ZipFile(path) as z:
        files = {n: z.read(n) for n in z.namelist()}
    for i, name in enumerate(n for n in files if n not in ('datapackage.json', 'datapackage-digest.json', 'evidence/minisign.pub')):
        changed = dict(files)
        middle = len(files[name]) // 2
        changed[name] = files[name][:middle] + bytes([files[name][middle] ^ 1]) + files[name][middle + 1:]
        with zipfile.ZipFile(path, 'w') as z:
            for n, data in changed.items():
                z.writestr(n, data)
        assert not all_good(os.path.join(desk.tmp, f'bad{i}')), f'{name} was changed, and nothing was found'


def the_package_says_of_each_file_what_it_is_and_is_signed(desk):
    url, article = captured(desk)
    with zipfile.ZipFile(exported(desk, article)) as z:
        equal(None, z.testzip())
        package = json.loads(z.read('datapackage.json'))
        digest = json.loads(z.read('datapackage-digest.json'))
        equal('1.1.1', package['wacz_version'])
        equal({n for n in z.namelist() if not n.startswith('datapackage')}, {r['path'] for r in package['resources']})
        for r in package['resources']:
            data = z.read(r['path'])
            equal((len(data), 'sha256:' + hashlib.sha256(data).hexdigest()), (r['bytes'], r['hash']))
        equal('sha256:' + hashlib.sha256(z.read('datapackage.json')).hexdigest(), digest['hash'])
        equal({'hash', 'signature', 'publicKey', 'created', 'software', 'version'}, set(digest['signedData']))
        pages = z.read('pages/pages.jsonl').decode().splitlines()
        equal((url, '서울'), (json.loads(pages[1])['url'], json.loads(pages[1])['title']))
        line = z.read('indexes/index.cdxj').decode().splitlines()[0]
        cdx = json.loads(line.split(' ', 2)[2])
        member = z.read('archive/data.warc.gz')[int(cdx['offset']):int(cdx['offset']) + int(cdx['length'])]
        equal('sha256:' + hashlib.sha256(member).hexdigest(), cdx['recordDigest'])
        equal(('text/html', '200'), (cdx['mime'], cdx['status']))
    check_ecdsa(desk, digest['signedData'])


def check_ecdsa(desk, signed):
    """r || s on P-384, by openssl."""
    raw = base64.b64decode(signed['signature'])
    equal(96, len(raw))

    def integer(b):
        b = b.lstrip(b'\0')
        b = b'\0' + b if b[0] & 0x80 else b
        return b'\x02' + bytes([len(b)]) + b

    body = integer(raw[:48]) + integer(raw[48:])
    for name, data in (('k', base64.b64decode(signed['publicKey'])), ('s', b'\x30' + bytes([len(body)]) + body), ('m', signed['hash'].encode())):
        with open(os.path.join(desk.tmp, name), 'wb') as f:
            f.write(data)
    said = subprocess.run(['openssl', 'dgst', '-sha256', '-verify', 'k', '-keyform', 'DER', '-signature', 's', 'm'], cwd=desk.tmp,
                          capture_output=True, check=False)
    contains(said.stdout.decode(), 'Verified OK')


def equal_captures_make_equal_files_but_for_the_signatures(desk):
    _, article = captured(desk)
    one, two = (zipfile.ZipFile(exported(desk, article, n)) for n in ('one', 'two'))
    for name in ('archive/data.warc.gz', 'indexes/index.cdxj', 'pages/pages.jsonl'):
        equal(one.read(name), two.read(name))
    assert one.read('evidence/checkpoint') != two.read('evidence/checkpoint')       # the first export is an entry by now


def the_proof_in_the_package_holds(desk):
    _, article = captured(desk)
    with zipfile.ZipFile(exported(desk, article)) as z:
        proof = desk.page('p', z.read([n for n in z.namelist() if n.endswith('.tlog-proof')][0]))
        key = desk.page('k', z.read('evidence/key'))
    contains(desk.raw('ledger', 'check', '--key', key, proof).out, 'signed', 'unchanged since')


def nothing_that_tells_where_the_desk_is_gets_out(desk):
    _, article = captured(desk)
    out = os.path.join(desk.tmp, 'it.wacz')
    answer = desk.run('export', 'wacz', '--out', out, article)
    equal(3, answer.code)
    contains(answer.err, '127.0.0.1', 'nothing was written', '--allow')
    assert not os.path.exists(out)
    answer = desk.run('export', 'wacz', '--allow', '127.0.0.1', '--out', out, article, env={'USER': 'editor'})
    equal(3, answer.code)
    contains(answer.err, '"editor" stands in it')
    with zipfile.ZipFile(exported(desk, article)) as z:
        for name in z.namelist():
            data = z.read(name)
            if name.endswith('.gz'):
                data = subprocess.run(['gzip', '-dc'], input=data, capture_output=True, check=True).stdout
            for secret in (desk.tmp, os.uname().nodename, os.path.expanduser('~')):
                said = re.search(rb'\b' + re.escape(secret.encode()) + rb'\b', data) and len(secret) > 2 and secret != '/root'
                assert not said, (name, secret)


def a_sheet_says_what_it_proves_and_what_not_in_two_languages(desk):
    url, article = captured(desk)
    said = {}
    for lang in ('en', 'ko'):
        path = os.path.join(desk.tmp, lang + '.html')
        desk.do('export', 'evidence', '--language', lang, '--allow', '127.0.0.1', '--out', path, article)
        with open(path, encoding='utf-8') as f:
            said[lang] = f.read()
        contains(said[lang], url, f'lang="{lang}"', 'sha256sum -c', 'minisign -Vm')
        assert '<script' not in said[lang] and 'http-equiv' not in said[lang]
    contains(said['en'], 'These bytes existed at this desk no later than', 'unchanged since', 'does not prove')
    contains(said['ko'], '이 데스크에 있었으며', '증명하지 않는 것')


def a_bag_is_whole_by_the_rules_of_bagit(desk):
    _, article = captured(desk)
    bag = os.path.join(desk.tmp, 'bag')
    desk.do('export', 'bagit', '--allow', '127.0.0.1', '--out', bag, article)
    for manifest in ('manifest-sha512.txt', 'tagmanifest-sha512.txt'):
        equal(0, subprocess.run(['sha512sum', '-c', '--quiet', '--strict', manifest], cwd=bag, capture_output=True, check=False).returncode)
    with open(os.path.join(bag, 'bagit.txt'), encoding='utf-8') as f:
        equal('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', f.read())
    with open(os.path.join(bag, 'manifest-sha512.txt'), encoding='utf-8') as f:
        listed = {line.split('  ', 1)[1].strip() for line in f}
    there = {os.path.relpath(os.path.join(d, n), bag) for d, _, names in os.walk(os.path.join(bag, 'data')) for n in names}
    equal(there, listed)
    equal(1, desk.run('export', 'bagit', '--allow', '127.0.0.1', '--out', bag, article).code)


def members(data):
    """The records of a .warc.gz: by offset their length, fields and block."""
    found, at = {}, 0
    while at < len(data):
        inflate = zlib.decompressobj(31)
        whole = inflate.decompress(data[at:])
        length = len(data) - at - len(inflate.unused_data)
        head, _, block = whole.partition(b'\r\n\r\n')
        found[at] = (length, dict(line.split(': ', 1) for line in head.decode().split('\r\n')[1:]), block[:-4])
        at += length
    return found


def the_files_of_a_page_go_with_it_and_so_do_the_originals_of_revisits(desk):
    desk.init()
    site = Site(illustrated())
    desk.do('add', site.url + '/first.html')
    article = desk.ids(desk.do('add', site.url + '/news/second.html'))[0]
    page = [c for c in (desk.json('show', '--json', i) for i in captures(desk)) if c['url'].endswith('second.html')][0]
    with zipfile.ZipFile(exported(desk, article)) as z:
        files = {n: z.read(n) for n in z.namelist()}
    records = members(files['archive/data.warc.gz'])
    ids = [fields['WARC-Record-ID'] for _, fields, _ in records.values()]
    equal(len(ids), len(set(ids)))
    held = {fields['WARC-Target-URI'].removeprefix(site.url): fields for _, fields, _ in records.values() if fields['WARC-Type'] == 'response'}
    for path in ('/news/second.html', '/flag.png', '/news/hall.png', '/news/crowd.png', '/news/crowd-large.png', '/chart.svg', '/a%20b/gate.png?v=2', '/look.css', '/paper.png'):
        assert path in held, (path, sorted(held))
    assert '/first.html' not in held, 'a page that nobody asked for got out'
    revisits = [fields for _, fields, _ in records.values() if fields['WARC-Type'] == 'revisit']
    equal({'/flag.png', '/paper.png'}, {f['WARC-Target-URI'].removeprefix(site.url) for f in revisits})
    for f in revisits:
        original = held[f['WARC-Refers-To-Target-URI'].removeprefix(site.url)]
        equal((original['WARC-Date'], original['WARC-Payload-Digest']), (f['WARC-Refers-To-Date'], f['WARC-Payload-Digest']))
    indexed = [(line.split(' ')[0], json.loads(line.split(' ', 2)[2])) for line in files['indexes/index.cdxj'].decode().splitlines()]
    equal(indexed, sorted(indexed, key=lambda line: line[0]))
    for _, entry in indexed:
        length, fields, _ = records[int(entry['offset'])]
        equal((entry['url'], int(entry['length'])), (fields['WARC-Target-URI'], length))
        equal(fields['WARC-Payload-Digest'], entry['digest'])
    equal(sum(f['WARC-Type'] in ('response', 'revisit', 'resource') for _, f, _ in records.values()), len(indexed))
    equal(2, len(files['pages/pages.jsonl'].splitlines()))
    for capture in (page['id'], page['parts']):
        contains(' '.join(files), f'evidence/{capture}.tlog-proof')
    contains(files['evidence/sheet.en.html'].decode(), page['parts'], 'hall.png', 'in this export', 'left out', 'crowd-middle.png')
    contains(files['evidence/sheet.ko.html'].decode(), '페이지의 파일', '이 내보내기에 있음')
    bag = os.path.join(desk.tmp, 'bag')
    desk.do('export', 'bagit', '--allow', '127.0.0.1', '--out', bag, article, page['id'])
    with open(os.path.join(bag, 'data/archive/data.warc.gz'), 'rb') as f:
        equal(files['archive/data.warc.gz'], f.read())


def what_a_server_called_unchanged_is_in_a_file_of_its_own(desk):
    desk.init()
    site = Site(illustrated(), etags=('/flag.png',))
    desk.do('add', site.url + '/first.html')
    article = desk.ids(desk.do('add', site.url + '/news/second.html'))[0]
    equal(['/flag.png'], site.told)
    with zipfile.ZipFile(exported(desk, article)) as z:
        files = {n: z.read(n) for n in z.namelist()}
    (_, info, _), (_, unchanged, block) = members(files['archive/unchanged.warc.gz']).values()
    equal('unchanged.warc.gz', info['WARC-Filename'])
    assert unchanged['WARC-Profile'].endswith('server-not-modified') and block.startswith(b'HTTP/1.1 304 '), unchanged
    shown = [f for _, f, _ in members(files['archive/data.warc.gz']).values() if f.get('WARC-Target-URI') == unchanged['WARC-Refers-To-Target-URI']]
    equal([('response', unchanged['WARC-Payload-Digest'])], [(f['WARC-Type'], f['WARC-Payload-Digest']) for f in shown if f['WARC-Type'] != 'request'])
    equal(1, files['indexes/index.cdxj'].count(b'/flag.png '))
    contains(files['evidence/MANIFEST'].decode(), 'archive/unchanged.warc.gz')


def an_export_is_an_entry_of_the_ledger(desk):
    _, article = captured(desk)
    path = exported(desk, article)
    with open(path, 'rb') as f:
        digest = hashlib.sha256(io.BytesIO(f.read()).getvalue()).hexdigest()
    entry = [line.split()[0] for line in desk.do('ledger', 'list').out.splitlines() if ' export ' in line][0]
    proof = desk.do('ledger', 'prove', entry).out
    statement = base64.b64decode(re.search(r'^extra (\S+)', proof, re.M)[1]).decode()
    contains(statement, 'kind export', 'form wacz', f'file sha256:{digest}')
    contains(desk.do('verify').out, 'all as they were taken')


run(globals())
