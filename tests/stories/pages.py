"""The pages that feeds announce: taken down in their turn, and what became of them, in a net of our own, over weeks.

Runs itself inside netd (NETD), one story a run, on a clock of its own.
"""
import json
import os
import random
import signal
import sqlite3
import sys
import time

import story
import watch
from watch import BEGIN, Clock, begin, fouls, sources

DAY = 86400
KINDS = ('same', 'ad', 'edited', 'gone', 'gone410', 'soft', 'front', 'emptied', 'back', 'wall', 'wall200', 'busy', 'cut', 'gzip-cut', 'teaser')
CHANGES = 1530316800    # when netd's pages of /life/ become something else


def rows(desk, sql, *values):
    with sqlite3.connect(f'file:{desk.dir}/tidings.db?mode=ro', uri=True) as db:
        return db.execute(sql, values).fetchall()


def items(of_desk):
    return [json.loads(line) for line in of_desk.do('source', 'items', '--json').out.splitlines()]


def go_on(desk, clock, seconds, step=DAY / 4):
    """What a machine sees that is on for an hour now and then."""
    until = clock.leaps + seconds
    while clock.leaps < until:
        clock.let_pass(min(step, until - clock.leaps))
        turn(desk, clock)


def turn(desk, clock, slow=.5):
    p = desk.start('watch', '--once')
    for _ in range(20000):
        if p.poll() is not None:
            break
        clock.let_pass(slow)
        time.sleep(.005)
    assert p.wait(timeout=60) == 0, p.stderr.read()


def each_new_item_s_page_is_taken_and_read(desk):
    clock = Clock()
    begin(desk)
    desk.do('source', 'add', 'http://h00001.test/feed-0.xml')
    turn(desk, clock)
    story.equal({'taken': 5, 'listed': 15}, count(desk))
    go_on(desk, clock, 10 * DAY, 2 * DAY)
    found = items(desk)
    assert len(found) > 20, len(found)
    story.equal({'listed': 15, 'taken': len(found) - 15}, count(desk))
    taken = [i for i in found if i['page'] == 'taken']
    for i in taken:
        assert i['capture'] and (i['article'] or i['status'] == 404), i
    urls = [row[0] for row in rows(desk, "SELECT url FROM capture WHERE why LIKE 'announced by %'")]
    story.equal(len(urls), len(set(urls)))
    story.contains(desk.do('show', taken[0]['capture']).out, 'watch s-', 'announced by h00001.test/feed-0.xml')
    story.equal([], [v for v in rows(desk, "SELECT state, attempts FROM job WHERE kind = 'extract' AND state <> 'done'")])
    desk.do('verify')
    # What a person asks for is asked whole, however often.
    story.equal(set(), set(fouls()) - {'unconditional'})


def count(of_desk):
    states = {}
    for i in items(of_desk):
        states[i['page']] = states.get(i['page'], 0) + 1
    return states


def what_cannot_be_had_is_tried_again_and_says_why(desk):
    clock = Clock()
    begin(desk)
    desk.do('source', 'add', 'http://paper.test/life/broken.xml')
    desk.do('source', 'set', '--every', '30d', sources(desk)[0]['id'])
    turn(desk, clock)
    found = {i['title']: i for i in items(desk)}
    story.equal('none', found['bare']['page'])
    for name, words in (('missing', 'answered 404'), ('busy', 'answered 503'), ('nobody', 'nobody.test'), ('private', 'private'),
                        ('robots', 'robots.txt')):
        story.equal((name, 'waiting'), (name, found[name]['page']))
        story.contains(found[name]['trouble'], words)
    go_on(desk, clock, 7 * DAY, 6 * 3600)
    found = {i['title']: i for i in items(desk)}
    # The absence of a page is evidence; what nobody answered for is given up, with the reason.
    story.equal(('taken', 404), (found['missing']['page'], found['missing']['status']))
    story.equal({'failed'}, {found[name]['page'] for name in ('nobody', 'private', 'robots')})
    story.contains(desk.do('source', 'items').out, 'page given up: ', 'names no page')
    tries = rows(desk, "SELECT attempts FROM job WHERE kind = 'item-page'")
    assert max(tries)[0] == 6, tries
    story.equal(set(), set(fouls()) - {'unconditional', 'forbidden'})


def a_page_without_a_feed_is_watched_by_its_links(desk):
    clock = Clock()
    begin(desk)
    story.contains(desk.run('source', 'add', 'http://ministry.test/life/list').err, 'names no feed')
    clock.let_pass(10)
    story.contains(desk.run('source', 'add', '--list', '--select', 'a[href]', 'http://ministry.test/life/list').err, 'no selector of ours')
    clock.let_pass(10)
    story.contains(desk.run('source', 'add', '--list', '--select', '#none a', 'http://ministry.test/life/list').err, 'no link of the page fits')
    clock.let_pass(10)
    shown = desk.do('source', 'add', '--list', '--select', '#press a', '--dry-run', 'http://ministry.test/life/list').out
    story.contains(shown, 'The ministry says', '... and 5 more')
    story.equal([], sources(desk))
    clock.let_pass(10)
    desk.do('source', 'add', '--list', '--select', '#press a', '--every', '2h', 'http://ministry.test/life/list')
    s = sources(desk)[0]
    story.equal(('page', '#press a', 'Press releases', 10), (s['kind'], s['selector'], s['title'], s['items']))
    clock.let_pass(10)
    go_on(desk, clock, DAY, 3 * 3600)
    found = items(desk)
    assert 30 <= len(found) <= 36, len(found)
    assert all('/story-' in i['url'] for i in found)
    assert sum(i['page'] == 'taken' for i in found) >= 25, count(desk)
    desk.do('verify')


def fifty_items_at_once_make_no_burst(desk):
    clock = Clock()
    begin(desk)
    desk.do('source', 'add', '--every', '1h', 'http://h00001.test/feed-0.xml')
    clock.let_pass(60 * DAY)            # all that the feed has now is new
    turn(desk, clock)
    taken = sorted(row[0] / 1e6 for row in rows(desk, "SELECT taken_us FROM capture WHERE url LIKE 'http://h00001.test/story-%' ORDER BY seq"))
    assert len(taken) >= 20, taken
    # What came and went unseen in those sixty days is told: from when to when.
    facts = [dict(line.split('=', 1) for line in row[0].splitlines()) for row in rows(desk, "SELECT facts FROM news WHERE kind = 'gap'")]
    assert len(facts) == 1 and 0 < int(facts[0]['from_us']) < int(facts[0]['to_us']), facts
    gaps = [b - a for a, b in zip(taken, taken[1:])]
    assert min(gaps) > 13, gaps
    story.equal(set(), set(fouls()) - {'unconditional'})


def a_kill_at_any_moment_takes_each_page_once(desk):
    clock = Clock()
    begin(desk)
    for i in range(4):
        desk.do('source', 'add', f'http://h{10 + i:05}.test/feed-{i}.xml')
    chance = random.Random(11)
    for _ in range(int(os.environ.get('TIDINGS_LONG') and '200' or '15')):
        clock.let_pass(2 * 3600)
        p = desk.start('watch', '--once')
        for _ in range(chance.randrange(1, 60)):
            clock.let_pass(2)
            time.sleep(.005)
        os.killpg(p.pid, signal.SIGKILL)
        p.wait()
    go_on(desk, clock, 6 * DAY)
    found = [i for i in items(desk) if i['page'] != 'listed']
    assert len(found) > 25, len(found)
    story.equal({'taken'}, {i['page'] for i in found})
    twice = rows(desk, "SELECT url, count(*) FROM capture WHERE why LIKE 'announced by %' GROUP BY url HAVING count(*) > 1")
    story.equal([], twice)
    desk.do('verify')


def news(of_desk):
    return [(row[0], row[1]) for row in rows(of_desk, '''SELECT n.kind, c.url FROM news AS n JOIN article AS a ON a.seq = n.article
        JOIN capture AS c ON c.seq = a.capture ORDER BY n.seq''')]


def of(told, kind):
    return [k for k, url in told if url.endswith('/life/' + kind)]


def an_edit_a_takedown_and_what_only_looks_like_one(desk):
    clock = Clock()
    begin(desk)
    desk.do('source', 'add', '--every', '6h', 'http://paper.test/life/feed.xml')
    words = desk.page('words.md', 'Our words.')
    for kind in KINDS:
        article = desk.ids_of(desk.run('add', f'http://{kind}.test/life/{kind}'), 'a-')
        assert article, kind
        text = json.loads(desk.do('show', '--json', article[0]).out)['article']['text']
        at = len(text[:text.index('Families')].encode())
        to = len(text[:text.index('letter came.') + 12].encode())
        desk.do('note', article[0], '--heading', f'About {kind}', '--text', words, '--excerpt', f'{at}-{to}',
                '--status', 'published', '--sensitivity', 'public')
    assert BEGIN + clock.leaps < CHANGES
    go_on(desk, clock, 1.5 * DAY, 3 * 3600)
    story.equal([], news(desk))
    go_on(desk, clock, CHANGES - BEGIN - clock.leaps + 8 * DAY, 3 * 3600)
    told = news(desk)
    for kind in ('same', 'ad', 'wall', 'wall200', 'busy', 'cut', 'gzip-cut', 'teaser'):
        story.equal((kind, []), (kind, of(told, kind)))
    story.equal(['edited'], of(told, 'edited'))
    for kind in ('gone', 'gone410', 'soft', 'front', 'emptied'):
        story.equal((kind, ['takedown-suspected', 'takedown']), (kind, of(told, kind)))
    story.equal(['takedown-suspected', 'restored'], of(told, 'back'))
    facts = dict(line.split('=', 1) for line in rows(desk, "SELECT facts FROM news WHERE kind = 'edited'")[0][0].splitlines())
    story.equal(('were told by telephone, and nobody had been asked', 'had been consulted at length, and most of them agreed'),
                (facts['before'], facts['after']))
    story.contains(desk.do('show', facts['capture']).out, 'looked at again')
    story.equal(set(), set(fouls()) - {'unconditional'})
    desk.do('verify')


if __name__ == '__main__':
    sys.exit(watch.run(globals()))
