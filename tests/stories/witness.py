"""Two desks: one cosigns the log of the other, by file; a log that was rewritten is refused and kept as evidence."""
import os
import re
import shutil
import sqlite3

from story import Desk, contains, equal, run

PAGE = '<html lang=en><title>Seoul</title><p>The story of the day, told in one sentence that is long enough to be read.'


def file(of, name, text):
    path = os.path.join(of.tmp, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def key_of(of):
    with open(os.path.join(of.dir, 'ledger', 'key'), encoding='utf-8') as f:
        return f.read().strip()


def own(of):
    return re.search(r'our key as a witness: (\S+)', of.do('witness', 'keys').out)[1]


def pair(of):
    """The desk, and a partner in the next folder; each knows the other's key."""
    partner = Desk()
    for d in (of, partner):
        d.init()
        d.do('add', d.page('a.html', PAGE))
    contains(of.do('witness', 'trust', own(partner)).out, 'a witness whose cosignatures count')
    contains(partner.do('witness', 'trust', key_of(of)).out, 'a log that we cosign')
    return partner, own(partner).split('+')[0]


def ask(of, name):
    return file(of, 'request', of.do('witness', 'request', name).out)


def a_partner_cosigns_by_file_and_it_is_shown(desk):
    partner, name = pair(desk)
    try:
        for size in (1, 2, 5):
            while int(desk.do('ledger', 'checkpoint').out.split('\n')[1]) < size:
                desk.do('add', desk.page('a.html', PAGE))
            answer = partner.do('witness', 'cosign', ask(desk, name)).out
            assert answer.startswith(f'\u2014 {name} '), answer
            contains(desk.do('witness', 'take', file(desk, 'answer', answer)).out, '1 cosignature kept')
            contains(desk.do('ledger', 'checkpoint').out, answer)
            contains(desk.do('verify').out, 'all as they were taken')
        db = sqlite3.connect(os.path.join(desk.dir, 'tidings.db'))
        db.execute('UPDATE cosignature SET time_us = time_us - 1000000 WHERE size = 1')
        db.commit()
        db.close()
        answer = desk.run('verify')
        equal(1, answer.code)
        contains(answer.out, f'cosignature of {name} over 1 entries')
        proof = file(desk, 'p', desk.do('ledger', 'prove', '0').out)
        both = file(desk, 'keys', key_of(desk) + '\n' + own(partner) + '\n')
        contains(desk.raw('ledger', 'check', '--key', both, proof).out, f'cosigned    {name}, 2', 'unchanged since')
    finally:
        partner.close()


def what_a_partner_does_not_know_or_nobody_signed_is_refused(desk):
    partner, name = pair(desk)
    try:
        request = ask(desk, name)
        with open(request, encoding='utf-8') as f:
            text = f.read()
        stranger = re.sub(r'test-desk-\w+/log', 'somebody/log', text)
        for bad, number in ((stranger, '404'), (re.sub(r'(?m)^(\u2014 \S+ ......).', r'\1A', text), '403'), (text.replace('old 0', 'old 1'), '409'),
                            ('nothing', 'old'), ('', 'old'), (text + 'more\n', 'signature'), (text.replace('\n\n', '\nmore\n\n', 2), 'hash|signed')):
            answer = partner.run('witness', 'cosign', file(desk, 'bad', bad))
            equal((1, ''), (answer.code, answer.out))
            assert re.search(number, answer.err), answer
        equal(1, desk.run('witness', 'take', file(desk, 'answer', f'\u2014 {name} AAAA\n')).code)
        equal(1, desk.run('witness', 'take', file(desk, 'answer', 'nothing\n')).code)
    finally:
        partner.close()


def a_log_that_was_rewritten_is_refused_and_kept_as_evidence(desk):
    partner, name = pair(desk)
    try:
        kept = os.path.join(desk.tmp, 'kept')
        shutil.copytree(desk.dir, kept, ignore=shutil.ignore_patterns('sock'))
        desk.do('add', desk.page('a.html', PAGE))
        answer = partner.do('witness', 'cosign', ask(desk, name)).out
        desk.do('witness', 'take', file(desk, 'answer', answer))
        other = os.path.join(desk.tmp, 'other')              # the same desk, with another past
        os.rename(desk.dir, other)
        os.rename(kept, desk.dir)
        for _ in range(3):
            desk.do('add', desk.page('b.html', PAGE))
        with open(ask(desk, name), encoding='utf-8') as f:
            text = f.read()
        equal('old 0', text.split('\n')[0])
        answer = partner.run('witness', 'cosign', file(desk, 'forged', text.replace('old 0', 'old 2')))
        equal(1, answer.code)
        contains(answer.err, '422', 'rewritten', 'kept as evidence')
        os.rename(desk.dir, kept)
        os.rename(other, desk.dir)
        contains(partner.do('witness', 'cosign', ask(desk, name)).out, name)       # the true one still is cosigned
    finally:
        partner.close()


run(globals())
