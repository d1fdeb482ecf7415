"""Others' programs read our log: x/mod/sumdb/tlog and note, transparency-dev's cosignatures (tests/judges/tlog); ./check --long."""
import os
import re
import shutil
import subprocess

from story import Desk, Skip, contains, equal, run

SOURCE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'judges', 'tlog')
PAGE = '<html lang=en><title>{0}</title><p>The story number {0} of the day, told in one sentence that is long enough to be read.'


def build(folder):
    if os.environ.get('TIDINGS_LONG') != 'yes':
        raise Skip('it fetches modules and compiles: ./check --long')
    if not shutil.which('go'):
        raise Skip('go is not installed')
    path = os.path.join(folder, 'judge')
    made = subprocess.run(['go', 'build', '-o', path, '.'], cwd=SOURCE, capture_output=True, check=False)
    if made.returncode != 0:
        raise Skip('the judge cannot be built here: ' + made.stderr.decode()[-200:].replace('\n', ' '))
    return path


def own(of):
    return re.search(r'our key as a witness: (\S+)', of.do('witness', 'keys').out)[1]


def file(of, name, text):
    path = os.path.join(of.tmp, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def tiles_checkpoint_proofs_and_cosignatures_are_good_to_programs_of_others(desk):
    judge = build(desk.tmp)
    partner = Desk()
    try:
        desk.init()
        partner.init()
        older = []
        for n in (1, 254, 3, 60):               # over a full tile: 1, 255, 258 and 318 entries
            desk.do('add', *[desk.page(f'{len(older)}-{i}.html', PAGE.format(i)) for i in range(n)])
            older.append(file(desk, f'older-{len(older)}', desk.do('ledger', 'checkpoint').out))
        with open(os.path.join(desk.dir, 'ledger', 'key'), encoding='utf-8') as f:
            key = f.read()
        partner.do('witness', 'trust', key.strip())
        desk.do('witness', 'trust', own(partner))
        name = own(partner).split('+')[0]
        desk.do('witness', 'take', file(desk, 'answer', partner.do('witness', 'cosign', file(desk, 'request', desk.do('witness', 'request', name).out)).out))
        keys = file(desk, 'keys', key + own(partner) + '\n')
        proofs = [file(desk, f'proof-{i}', desk.do('ledger', 'prove', str(i)).out) for i in (0, 1, 255, 256, 317)]
        ledger = os.path.join(desk.tmp, 'ledger')
        shutil.copytree(os.path.join(desk.dir, 'ledger'), ledger)

        def judged(*more):
            return subprocess.run([judge, ledger, keys, *more], capture_output=True, text=True, check=False)
        said = judged(*older, *proofs)
        equal(('', 0), (said.stderr, said.returncode))
        contains(said.stdout, f'318 entries, signed by {key.split("+")[0]} {name}', 'goes on from 1 entries', 'goes on from 255', 'goes on from 258',
                 'entry 0 is proved', 'entry 256 is proved', 'entry 317 is proved')
        # And a judge that cannot refuse would be none.
        for path, at in (('tile/0/000', 4000), ('tile/0/001.p/62', 5), ('tile/entries/000', 100), ('checkpoint', 30)):
            with open(os.path.join(ledger, path), 'r+b') as f:
                f.seek(at)
                byte = f.read(1)
                f.seek(at)
                f.write(bytes([byte[0] ^ 1]))
                f.flush()
                assert judged().returncode != 0, path
                f.seek(at)
                f.write(byte)
        equal(0, judged().returncode)
        with open(proofs[1], encoding='utf-8') as f:
            text = f.read()
        assert judged(file(desk, 'bad', text.replace('index 1\n', 'index 2\n'))).returncode != 0
        with open(older[1], encoding='utf-8') as f:
            text = f.read()
        assert judged(file(desk, 'bad', text.replace('\n255\n', '\n254\n'))).returncode != 0
        assert judged(file(desk, 'bad', text)).returncode == 0
    finally:
        partner.close()


run(globals())
