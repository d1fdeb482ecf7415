"""The page that it all began with, through the whole program; and our own page in its form."""
import os

from story import contains, equal, run, shared

OURS = '''Keeping the record since 2009
Select Page

Open Gate Note: Groups that write down what happens in North Korea are losing their offices. What took twenty years to collect may be lost in one.

03/05/2026 North Korea (Harbour News) – Three groups that help people who fled North Korea will leave their offices this spring, because grants that paid the rent have ended.

“We have kept eleven thousand pages of testimony on two computers,” said Cho Sample, who runs the smallest of the three.

The groups told Example Wire that their request for a meeting has not been answered.

[Full Story]

For interviews with Ada Sample, Open Gate’s Regional Editor, please contact Ben Sample, Press Officer: press@opengate.example
'''


def note_of(desk, path, sentence):
    answer = desk.do('add', path)
    article = desk.ids(answer)[0]
    return article, desk.json('show', '--json', article)['article'], sentence


def publish(desk, article, sentence, contact):
    desk.do('note', '--heading', 'What the note is about', '--text', '-', '--excerpt', sentence, '--contact', contact,
            '--status', 'published', article, stdin=b'Our own three sentences.')
    site = os.path.join(desk.tmp, 'site')
    desk.do('publish', site)
    for at, _, names in os.walk(site):
        for name in names:
            text = open(os.path.join(at, name), 'rb').read().decode('utf-8', 'replace')
            if name.endswith('.html') and 'Our own three sentences' in text and sentence in text:
                return text
    raise AssertionError('no page of the site holds the note')


def our_page_in_the_seeds_form_comes_out_in_its_form(desk):
    desk.init()
    sentence = '“We have kept eleven thousand pages of testimony on two computers,” said Cho Sample'
    article, a, _ = note_of(desk, desk.page('note.txt', OURS), sentence)
    equal('2026-03-05', a['dateline']['date'])
    equal('North Korea', a['dateline']['place'])
    equal('KP', a['dateline']['country'])
    equal('Harbour News', a['carrier'])
    equal('Example Wire', a['origin'])
    contains(a['note_by'], 'Open Gate')
    contains(a['note'], 'losing their offices')
    assert 'losing their offices' not in a['text'], a['text']
    for furniture in ('Select Page', 'since 2009', 'Full Story', 'For interviews', '03/05/2026'):
        assert furniture not in a['text'], a['text']
    equal(['Ada Sample', 'Ben Sample'], [p['name'] for p in a['contact']['people']])
    equal('press@opengate.example', a['contact']['email'])
    page = publish(desk, article, sentence, 'Ben Sample')
    contains(page, 'Test Desk', '03/05/2026', 'North Korea', 'Harbour News', 'For interviews with Ada Sample',
             'press@opengate.example')
    assert '>Full Story<' not in page and 'href=""' not in page, 'a dead link is printed'


def the_seed_is_read_as_its_makers_meant_it(desk):
    desk.init()
    seed = shared('../seed/page.txt')
    sentence = '“I feel that an invisible hand is at work,” she said.'
    article, a, _ = note_of(desk, seed, sentence)
    equal('2018-06-27', a['published'][:10])
    equal('2018-06-27', a['dateline']['date'])
    equal('North Korea', a['dateline']['place'])
    equal('KP', a['dateline']['country'])
    equal('KP', a['subject'])
    equal('Channel News Asia', a['carrier'])
    equal('Reuters', a['origin'])
    assert a.get('publisher') not in ('Channel News Asia', 'Reuters')
    contains(a['note'], 'struggling financially')
    equal('ICC', a['note_by'])
    assert a['text'].startswith('Human rights and North Korean defector groups'), a['text'][:80]
    assert a['text'].rstrip().endswith('in favour of engagement.'), a['text'][-80:]
    for furniture in ('since 1995', 'Select Page', 'Full Story', 'For interviews', 'ICC Note'):
        assert furniture not in a['text']
    equal([('Gina Goh', 'ICC’s Regional Manager'), ('Olivia Miller', 'Communications Coordinator')],
          [(p['name'], p['role']) for p in a['contact']['people']])
    equal('press@persecution.org', a['contact']['email'])
    for absent in ('title', 'byline', 'full_story', 'canonical_url'):
        assert absent not in a, absent
    page = publish(desk, article, sentence, 'Olivia Miller')
    contains(page, '06/27/2018', 'North Korea', 'Channel News Asia', 'Reuters', 'Olivia Miller', 'press@persecution.org')
    assert 'href=""' not in page and 'href="#"' not in page, 'a dead link is printed'


run(globals())
