"""One changed byte is found and named: in a segment, a tile, a checkpoint, a row, a page of the database.

A desk with everything in it is changed in one place, `verify` must say so and name the thing, and the place is put back; thousands
of times.  What verify does not find must be of no weight: the test shows that no value which evidence stands on is another.
"""
import atexit
import collections
import concurrent.futures
import gzip
import os
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile

from story import TIDINGS, Desk, Skip, contains, run
from site_of_ours import Site, illustrated
from stamp import Authority

IS_LONG = os.environ.get('TIDINGS_LONG') == 'yes'
SAMPLES = {'files': 6000, 'rows': 2000, 'pages': 2000} if IS_LONG else {'files': 70, 'rows': 120, 'pages': 30}
MADE, NOT_COPIED = [None], shutil.ignore_patterns('lock', 'sock', '*-wal', '*-shm')
SEED = int(os.environ.get('TAMPER_SEED', '4'))
CONTACT = 'Ada Sample, Editor <press@desk.example>; interviews with Ada Sample'

# The tables that evidence stands on, and what a finding about a row must name.
NAMES = {
    'ledger': lambda row: [f'ledger entry {row["seq"]}'],
    'capture': lambda row: [f'ledger entry {row["ledger"]}'],
    # Of a row that is in another place of its capture, the capture's entry is what does not hold.
    'record': lambda row: [f'record <{urn(row["uuid"])}>', f'captures/{row["segment"]}', '(capture: c-'],
    'segment': lambda row: [f'captures/{row["name"]}', f'ledger entry {row["ledger"]}', 'a row of segment'],
    'act': lambda row: [f'ledger entry {row["ledger"]}'],
    'checkpoint': lambda row: [f'checkpoint of {row["size"]} entries', 'what was signed is not what'],
    'cosignature': lambda row: [f'cosignature of {row["name"]} over', f'over {row["size"]} entries', 'a row of cosignature'],
    'token': lambda row: [f'token of {row["authority"]} over', 'a row of token'],
    'log_key': lambda row: ['ledger/key', 'checkpoint of'],
    'note_version': lambda row: [f'ledger entry {row["ledger"]}', 'in note_version'],
    'excerpt': lambda row: ['(note: n-'],
    'note_contact': lambda row: ['(note: n-'],
}

# Columns whose change verify cannot see, and why nothing is lost by it.
WEIGHTLESS = {
    ('log_key', 'seq'): 'an order within this file',
    ('checkpoint', 'made_us'): "the desk's own word, shown and nothing more; when it was is what tokens and cosignatures say",
    ('cosignature', 'got_us'): 'when it came here; what counts is the time that the witness signed',
    ('token', 'seq'): 'an order within this file',
    ('token', 'got_us'): 'when it came here; what counts is the time in the token',
    ('token', 'authority'): 'the address that was asked; who answered is in the token',
    ('note_version', 'who'): 'a role at the desk; nothing that was published says it',
    ('excerpt', 'n'): 'an order within a version; the words in their order are in the ledger',
    ('note_contact', 'n'): 'an order within a version; the names in their order are in the ledger',
}


UNNEEDED = ('token', 'certificates')
WEIGHTLESS[UNNEEDED] = 'a certificate in a token that openssl does not need either to find the token good'


def urn(uuid):
    h = uuid.hex()
    return f'urn:uuid:{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}'


def full_desk(at):
    """The same for all tests: it takes a while to make."""
    if MADE[0] is None:
        MADE[0] = tempfile.mkdtemp(prefix='tidings-story-')
        atexit.register(shutil.rmtree, MADE[0], True)
        make_desk(at)
        shutil.copytree(at.dir, os.path.join(MADE[0], 'desk'), ignore=NOT_COPIED)
    else:
        shutil.copytree(os.path.join(MADE[0], 'desk'), at.dir)


def make_desk(at):
    """Pages with files and revisits, a foreign WARC, notes, a sealed segment, exports, tokens, cosignatures, full tiles."""
    authority = Authority(at.tmp, 'first')
    at.init()
    shutil.copy(f'{authority.dir}/ca.pem', os.path.join(at.dir, 'roots.pem'))
    with open(os.path.join(at.dir, 'tidings.conf'), 'a', encoding='utf-8') as f:
        f.write(f'time.authorities = {authority.url}\ntime.roots = roots.pem\n')
    site = Site(illustrated())
    yesterday = {'TIDINGS_NOW': '2026-01-02T10:00:00Z'}
    texts = [at.page(f'{i}.txt', f'A message of the day, number {i}, that is kept.') for i in range(260)]
    at.do('add', *texts, env=yesterday)
    at.do('add', site.url + '/first.html')
    article = at.ids(at.do('add', site.url + '/news/second.html'))[0]
    segment = sorted(os.listdir(os.path.join(at.dir, 'captures')))[-1]
    with gzip.open(os.path.join(at.dir, 'captures', segment)) as f:
        at.do('add', at.page('foreign.warc', f.read().replace(b'Tidings', b'Foreign')))
    text = at.json('show', '--json', article)['article']['text']
    note = at.do('note', '--heading', 'A heading', '--text', at.page('note.md', 'One *sentence*.'), '--carrier', 'Kyodo News', '--excerpt', text[:20],
                 '--contact', CONTACT, '--status', 'published', article).out.split()[0]
    at.do('note', '--text', at.page('note.md', 'Another sentence.'), '--correct', 'A number was wrong.', note)
    at.do('export', 'wacz', '--allow', '127.0.0.1', '--out', os.path.join(at.tmp, 'it.wacz'), article)
    at.do('ledger', 'stamp')
    partner = Desk()
    try:
        partner.init()
        own = re.search(r'our key as a witness: (\S+)', partner.do('witness', 'keys').out)[1]
        at.do('witness', 'trust', own)
        partner.do('witness', 'trust', open(os.path.join(at.dir, 'ledger/key'), encoding='utf-8').read().strip())
        request = at.page('request', at.do('witness', 'request', own.split('+')[0]).out)
        answer = at.page('answer', partner.do('witness', 'cosign', request).out)
        contains(at.do('witness', 'take', answer).out, '1 cosignature kept')
    finally:
        partner.close()
    contains(at.do('verify').out, 'all as they were taken')
    with sqlite3.connect(os.path.join(at.dir, 'tidings.db')) as db:
        db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        assert db.execute('SELECT count(*) FROM ledger').fetchone()[0] > 256, 'no full tile'
    db.close()


class Copy:
    """A copy of the desk that is put back after each change."""

    KEPT = ('tidings.db', 'ledger/checkpoint', 'ledger/key')

    def __init__(self, of, name):
        self.dir = os.path.join(of.tmp, name)
        shutil.copytree(of.dir, self.dir, ignore=NOT_COPIED)
        self.kept = {n: self.read(n) for n in self.KEPT}
        self.segments = {n: self.read(n) for n in self.files() if n.startswith('captures/')}

    def read(self, name):
        with open(os.path.join(self.dir, name), 'rb') as f:
            return f.read()

    def write(self, name, data):
        with open(os.path.join(self.dir, name), 'wb') as f:
            f.write(data)

    def files(self):
        return sorted(os.path.relpath(os.path.join(d, n), self.dir) for top in ('captures', 'ledger')
                      for d, _, names in os.walk(os.path.join(self.dir, top)) for n in names)

    def verify(self):
        p = subprocess.run([TIDINGS, '-C', self.dir, 'verify'], capture_output=True, check=False, timeout=120)
        return p.returncode, (p.stdout + p.stderr).decode('utf-8', 'replace')

    def restore(self, has_database=True):
        for suffix in ('-wal', '-shm'):
            if os.path.exists(os.path.join(self.dir, 'tidings.db' + suffix)):
                os.remove(os.path.join(self.dir, 'tidings.db' + suffix))
        for name, data in self.kept.items():
            if name != 'tidings.db' or has_database or os.path.getsize(os.path.join(self.dir, name)) != len(data):
                self.write(name, data)
        for name, data in self.segments.items():        # a start that trusts a wrong row may have cut one
            if not os.path.exists(os.path.join(self.dir, name)) or os.path.getsize(os.path.join(self.dir, name)) != len(data):
                self.write(name, data)

    def rows(self, table):
        db = sqlite3.connect(os.path.join(self.dir, 'tidings.db'))
        db.row_factory = sqlite3.Row
        found = db.execute(f'SELECT * FROM {table}').fetchall()
        db.close()
        return found

    def holds_still(self, db):
        """By openssl: a token carries certificates that nobody needs, and no signature is over them."""
        def file(name, data):
            self.write(name, data)
            return os.path.join(self.dir, name)

        for token, note in db.execute('SELECT t.token, c.note FROM token AS t JOIN checkpoint AS c ON c.size = t.size').fetchall():
            note = note if isinstance(note, bytes) else note.encode()
            if subprocess.run(['openssl', 'ts', '-verify', '-data', file('note', note), '-in', file('token', token), '-CAfile',
                               os.path.join(self.dir, 'roots.pem')], capture_output=True, check=False).returncode != 0:
                return False
        return True

    def dump(self):
        """Every value that evidence stands on; None: the file can't be read."""
        try:
            db = sqlite3.connect(f'file:{os.path.join(self.dir, "tidings.db")}?mode=ro', uri=True)
            db.text_factory = bytes
            said = {}
            for t in NAMES:
                columns_of = [c[1].decode('utf-8', 'replace') for c in db.execute(f'PRAGMA table_info({t})')]
                weighty = ', '.join(c for c in columns_of if (t, c) not in WEIGHTLESS and (t, c) != ('token', 'token'))
                said[t] = sorted(map(repr, db.execute(f'SELECT {weighty} FROM {t}' + (' WHERE ledger IS NOT NULL' if t == 'note_version' else ''))))
            said['tokens that hold'] = [self.holds_still(db)]
            db.close()
            return said
        except (sqlite3.Error, UnicodeDecodeError):     # a message about a schema may quote its broken bytes
            return None


def flipped(data, at, rng):
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1:]


def member_at(places, name, at):
    """The record in whose bytes this one stands."""
    return next(f'captures/{name} at {offset},' for segment, offset, length in places if segment == name and offset <= at < offset + length)


def change_file(copy, rng, sample):
    """(what, the names one of which must be said, what verify said)"""
    names = copy.names
    name = names[sample] if sample < len(names) else rng.choice(names)
    data = copy.read(name)
    at = rng.randrange(len(data))
    copy.write(name, flipped(data, at, rng))
    said = copy.verify()
    copy.write(name, data)
    if not name.startswith('captures/'):
        return f'{name}, byte {at}', [name], said
    return f'{name}, byte {at}', [member_at(copy.places, name[9:], at)], said


def another(value, rng):
    """The same value with one thing of it changed."""
    if isinstance(value, int):
        return value + rng.choice((-1, 1, 2, 1000))
    if isinstance(value, bytes):
        return flipped(value, rng.randrange(len(value)), rng) if value else b'\1'
    if value is None:
        return rng.choice((1, 'x', bytes(range(32))))
    if not value:
        return 'x'
    at = rng.randrange(len(value))
    return value[:at] + ('y' if value[at] == 'x' else 'x') + value[at + 1:]


def columns(copy):
    for table in NAMES:
        for column in copy.rows(table)[0].keys():
            yield table, column


def stated(table, row):
    """Of notes, what was published."""
    return table != 'note_version' or row['ledger'] is not None


def change_row(copy, rng, sample):
    places = list(columns(copy))
    table, column = places[sample % len(places)]
    row = rng.choice([r for r in copy.rows(table) if stated(table, r)])
    db = sqlite3.connect(os.path.join(copy.dir, 'tidings.db'))
    db.execute('PRAGMA ignore_check_constraints = 1')
    where = ' AND '.join(f'"{k}" IS ?' for k in row.keys())
    while True:
        new = another(row[column], rng)
        try:
            assert db.execute(f'UPDATE {table} SET "{column}" = ? WHERE {where}', (new, *tuple(row))).rowcount == 1
            break
        except sqlite3.IntegrityError:
            pass
    db.commit()
    weight = (table, column) != ('token', 'token') or not copy.holds_still(db)
    db.close()
    what = f'{table}.{column} from {str(row[column])[:60]!r} to {str(new)[:60]!r}'
    return what, NAMES[table](row), copy.verify(), (table, column) if weight else UNNEEDED


def change_page(copy, rng, _):
    data = copy.kept['tidings.db']
    at = rng.randrange(len(data))
    copy.write('tidings.db', flipped(data, at, rng))
    dump = copy.dump()
    return f'tidings.db, byte {at} of page {at // 4096 + 1}', None, copy.verify(), dump


def sampled(desk, kind, change):
    """All samples of a kind, on two copies at a time; a list of (number, what change() says)."""
    copies = [Copy(desk, f'{kind}{i}') for i in range(2)]
    for copy in copies:
        copy.places = [(r['segment'], r['offset'], r['length']) for r in copy.rows('record')]
        copy.names = copy.files()
    clean = copies[0].verify()
    assert clean[0] == 0, clean
    copies[0].restore()

    def half(i):
        found = []
        for sample in range(i, SAMPLES[kind], 2):
            found.append((sample, *change(copies[i], random.Random(SEED * 1000003 + sample), sample)))
            copies[i].restore(has_database=kind != 'files')
        return found

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = [f for part in pool.map(half, range(2)) for f in part]
    for copy in copies:
        subprocess.run(['chmod', '-R', 'u+w', copy.dir], check=False)
        shutil.rmtree(copy.dir)
    return done


def is_found(names, said):
    code, text = said
    return code == 1 and any(n in text for n in names)


def a_changed_byte_of_any_file_is_found_and_named(desk):
    full_desk(desk)
    done = sampled(desk, 'files', change_file)
    bad = [(what, names, said) for _, what, names, said in done if not is_found(names, said)]
    print(f'# {len(done)} changed bytes in segments, tiles, checkpoint and keys: {len(done) - len(bad)} found and named')
    assert not bad, f'{len(bad)}: ' + '\n'.join(map(str, bad[:20]))


def a_changed_value_that_evidence_stands_on_is_found_and_named(desk):
    full_desk(desk)
    done = sampled(desk, 'rows', change_row)
    bad, weightless = [], collections.Counter()
    for _, what, names, said, place in done:
        if place in WEIGHTLESS and not is_found(names, said):
            weightless[place] += 1
        elif not is_found(names, said):
            bad.append((what, names, said[0], said[1][-600:]))
    print(f'# {len(done)} changed values of {len(NAMES)} tables: {len(done) - len(bad) - sum(weightless.values())} found and named')
    for place, n in sorted(weightless.items()):
        print(f'# {n} of {".".join(place)}: {WEIGHTLESS[place]}')
    stale = set(WEIGHTLESS) - set(weightless) - {UNNEEDED}
    assert not bad, f'{len(bad)}: ' + '\n'.join(map(str, bad[:40]))
    assert not stale, f'these are found, and need no excuse: {stale}'


def a_changed_byte_of_the_database_is_found_or_changes_nothing_that_evidence_stands_on(desk):
    full_desk(desk)
    whole = Copy(desk, 'whole')
    want = whole.dump()
    done = sampled(desk, 'pages', change_page)
    def differs(dump):
        return [(t, *sorted(set(dump[t]) ^ set(want[t]))[:2]) for t in want if dump[t] != want[t]] if dump else 'cannot be read'

    bad = [(what, said, differs(dump)) for _, what, _, said, dump in done if said[0] == 0 and dump != want]
    found = sum(said[0] != 0 for *_, said, _ in done)
    print(f'# {len(done)} changed bytes of the database: {found} found, {len(done) - found - len(bad)} in free space or in what is '
          f'derived, every value that evidence stands on the same, {len(bad)} unseen')
    assert not bad, f'{len(bad)}: ' + '\n'.join(map(str, bad[:20]))


if __name__ == '__main__':
    run(globals())
