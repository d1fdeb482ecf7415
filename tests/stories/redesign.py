"""A site is redesigned and its pages lose their dates: the desk is told, once it cannot be chance."""
import os
import re
import urllib.request

from story import contains, equal, run
from batch import packed, reply


def page(i, has_date):
    date = f'<meta property="article:published_time" content="2026-05-{i % 28 + 1:02}T08:00:00Z">' if has_date else ''
    return (f'<!doctype html><html lang=en><title>Story {i}</title>{date}<article><h1>Story {i} of the harbour</h1><p>'
            + f'The office number {i} was closed on the same afternoon, and nobody said why it had to be so. ' * 6 + '</p></article>').encode()


def warc(desk, name, numbers, has_date, month):
    path = os.path.join(desk.tmp, name)
    with open(path, 'wb') as f:
        f.write(packed([reply(f'https://news.example/{i}', page(i, has_date)).replace(b'2018-06-27', f'2026-{month}-{i % 28 + 1:02}'.encode())
                        for i in numbers]))
    return path


def a_redesign_is_told_at_the_desk_and_by_the_doctor(desk):
    desk.init('--languages', 'en ko')
    desk.do('add', warc(desk, 'before.warc.gz', range(28), True, '05'))
    desk.do('add', warc(desk, 'first.warc.gz', range(28, 32), False, '06'))
    assert 'no date' not in desk.do('doctor').out         # four pages may be chance
    desk.do('add', warc(desk, 'second.warc.gz', range(32, 37), False, '06'))
    told = desk.run('doctor')
    equal(1, told.code)
    contains(told.out, 'news.example: since 2026-06-01, 9 of 9 pages have no date; before, 0 of 28')
    serve = desk.start('serve', '--port', '0')
    url = re.search(r'http://[0-9.:]+', next(line for line in iter(serve.stdout.readline, b'') if b'http://' in line).decode())[0]
    for language, sentence in (('en', 'news.example: since 1 June 2026, 9 of 9 pages have no date; before, 0 of 28.'),
                               ('ko', '9개 페이지 중 9개에 날짜가 없습니다. 그 전에는 28개 중 0개였습니다.')):
        asked = urllib.request.Request(url, headers={'Accept-Language': language})
        contains(urllib.request.urlopen(asked, timeout=30).read().decode(), sentence)


if __name__ == '__main__':
    run(globals())
