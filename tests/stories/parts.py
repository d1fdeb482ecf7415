"""A page is kept with the files that it names; what is left out is named too, and why."""
import hashlib
import json
import os
import re

from story import contains, equal, run
from evidence_tools import accepted, captures, record
from site_of_ours import Site

PNG = b'\x89PNG\r\n\x1a\n' + os.urandom(8000)


def take(at, url):
    answer = at.run('add', url, timeout=120)
    page = [c for c in (at.json('show', '--json', c) for c in captures(at)) if c['url'] == url][0]
    parts = at.json('show', '--json', page['parts'])
    records = [record(at, r) for r in parts['records']]
    inventory = json.loads(next(block for fields, block in records if block.startswith(b'{"page"')))
    return answer, page, parts, records, inventory


def outcomes(site, inventory):
    return {re.sub(r'http://127[.0-9]*:%d' % site.port, '', f['url']): f['outcome'] + (': ' + f['why'] if 'why' in f else '')
            for f in inventory['files']}


PAGE = '''<!DOCTYPE html><title>기록</title><link rel=stylesheet href=a.css><link rel=icon href=/i.ico><script src=j.js></script>
<meta property=og:image content=/og.png><p>북한인권단체는 기록을 지키겠다고 말했다.</p><img src=s.png srcset="s.png 1x, m.png 1.5x, l.png 2x"><img src=gone.png>
<img src=/private/x.png><iframe src=frame.html></iframe><video poster=p.png src=v.mp4></video><img src="http://10.0.0.1/inside.png">'''


def pages():
    return {'/page.html': PAGE.encode(), '/a.css': b'@import "b.css"; p { background: url(bg.png) }', '/b.css': b'@font-face { src: url(f.woff) }',
            '/i.ico': PNG, '/og.png': PNG, '/l.png': PNG + b'large', '/s.png': PNG + b'small', '/p.png': PNG + b'poster', '/bg.png': PNG + b'bg', '/f.woff': PNG + b'font',
            '/frame.html': b'<img src=inframe.png><iframe src=deeper.html></iframe>', '/inframe.png': PNG + b'frame',
            '/robots.txt': b'User-agent: *\nDisallow: /private/\n'}


def every_file_of_a_page_is_kept_or_named_with_why_not(desk):
    desk.init()
    site = Site(pages())
    url = f'http://127.0.0.1:{site.port}/page.html'
    answer, page, parts, records, inventory = take(desk, url)
    equal(1, len(captures(desk)))
    contains(answer.out, 'could not be had')
    equal({'/a.css': 'stored', '/b.css': 'stored', '/i.ico': 'stored', '/og.png': 'stored', '/l.png': 'stored', '/p.png': 'stored',
           '/bg.png': 'stored', '/f.woff': 'stored', '/frame.html': 'stored', '/inframe.png': 'stored',
           '/gone.png': 'failed', '/j.js': 'skipped: a script: nothing here runs it',
           '/s.png': 'stored', '/m.png': 'skipped: the same picture is fetched in the largest size and a plain one',
           '/private/x.png': 'skipped: robots.txt does not allow it; nothing was taken',
           '/deeper.html': 'skipped: a frame in a frame', '/v.mp4': 'skipped: sound, film or a program: not fetched with a page',
           'http://10.0.0.1/inside.png': 'skipped: its robots.txt cannot be had (10.0.0.1 is a private address (10.0.0.1) and was not asked; '
                                         'nothing was taken); nothing was taken'},
          outcomes(site, inventory))
    equal({'/page.html', '/robots.txt', '/a.css', '/b.css', '/i.ico', '/og.png', '/l.png', '/s.png', '/p.png', '/bg.png', '/f.woff', '/frame.html',
           '/inframe.png', '/gone.png'}, set(site.seen))
    equal(page['id'], parts['part_of'])
    text = next(block for fields, block in records if fields['WARC-Type'] == 'conversion').decode()
    contains(text, '북한인권단체는')
    conversion = next(fields for fields, _ in records if fields['WARC-Type'] == 'conversion')
    equal(record(desk, page['records'][page['main']])[0]['WARC-Record-ID'], conversion['WARC-Refers-To'])
    held = {fields['WARC-Record-ID'][1:-1]: block for fields, block in records}
    large = next(f for f in inventory['files'] if f['url'].endswith('/l.png'))
    equal(PNG + b'large', held[large['record']].partition(b'\r\n\r\n')[2])
    accepted(desk)


def the_same_bytes_are_kept_once(desk):
    desk.init()
    site = Site(pages())
    url = f'http://127.0.0.1:{site.port}/page.html'
    take(desk, url)
    before = sum(os.path.getsize(os.path.join(desk.dir, 'captures', n)) for n in os.listdir(os.path.join(desk.dir, 'captures')))
    _, _, _, records, inventory = take(desk, url)
    equal('stored', outcomes(site, inventory)['/l.png'])
    again = {fields['WARC-Target-URI'].rpartition('/')[2]: (fields, block) for fields, block in records if fields['WARC-Type'] == 'revisit'}
    equal({'i.ico', 'og.png', 'l.png', 's.png', 'p.png', 'bg.png', 'f.woff', 'inframe.png'}, set(again))
    fields, block = again['l.png']
    equal('http://netpreserve.org/warc/1.1/revisit/identical-payload-digest', fields['WARC-Profile'])
    equal(url.replace('page.html', 'l.png'), fields['WARC-Refers-To-Target-URI'])
    assert re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z', fields['WARC-Refers-To-Date'])
    assert block.startswith(b'HTTP/1.1 200 OK\r\n') and block.endswith(b'\r\n\r\n')
    after = sum(os.path.getsize(os.path.join(desk.dir, 'captures', n)) for n in os.listdir(os.path.join(desk.dir, 'captures')))
    assert after - before < before / 2, (before, after)
    accepted(desk)


def a_server_is_asked_whether_a_file_is_still_so(desk):
    desk.init()
    site = Site(pages(), etags=pages())
    url = f'http://127.0.0.1:{site.port}/page.html'
    take(desk, url)
    equal([], site.told)
    _, _, _, records, inventory = take(desk, url)
    equal({'/a.css', '/b.css', '/i.ico', '/og.png', '/l.png', '/s.png', '/p.png', '/bg.png', '/f.woff', '/frame.html', '/inframe.png'}, set(site.told))
    again = {fields['WARC-Target-URI'].rpartition('/')[2]: (fields, block) for fields, block in records if fields['WARC-Type'] == 'revisit'}
    fields, block = again['l.png']
    equal('http://netpreserve.org/warc/1.1/revisit/server-not-modified', fields['WARC-Profile'])
    equal(url.replace('page.html', 'l.png'), fields['WARC-Refers-To-Target-URI'])
    equal('sha256:' + hashlib.sha256(PNG + b'large').hexdigest(), fields['WARC-Payload-Digest'])
    assert block.startswith(b'HTTP/1.1 304 Not Modified\r\n') and block.endswith(b'\r\n\r\n')
    # What a style sheet and a frame name is known from what is here.
    equal('stored', outcomes(site, inventory)['/bg.png'])
    equal('stored', outcomes(site, inventory)['/inframe.png'])
    accepted(desk)
    site.pages['/l.png'] = PNG + b'larger'
    _, _, _, records, _ = take(desk, url)
    changed = [block for fields, block in records if fields['WARC-Type'] == 'response' and fields['WARC-Target-URI'].endswith('/l.png')]
    equal([PNG + b'larger'], [block.partition(b'\r\n\r\n')[2] for block in changed])


def a_page_with_500_pictures_says_which_it_left_out(desk):
    desk.init()
    site = Site({'/page.html': b'', '/i.png': PNG, '/robots.txt': b''})
    site.pages['/page.html'] = ('<title>Many</title><p>Words of a page that has many pictures.</p>' + ''.join(
        f'<img src="http://127.9.{i // 200}.{i % 200 + 1}:{site.port}/i.png">' for i in range(500))).encode()
    _, _, parts, _, inventory = take(desk, f'http://127.0.0.1:{site.port}/page.html')
    equal(500, inventory['named'])
    equal(500, len(inventory['files']))
    assert 100 <= inventory['stored'] <= 150, inventory['stored']
    equal(500 - inventory['stored'], inventory['skipped'])
    equal({'more files than we fetch for one page'}, {f['why'] for f in inventory['files'] if f['outcome'] == 'skipped'})
    assert len(parts['records']) <= 512
    accepted(desk)


def a_page_that_needs_a_browser_is_marked_so(desk):
    desk.init()
    site = Site({'/page.html': b'<!DOCTYPE html><title>App</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>'
                               b'<script src=/app.js></script>'})
    _, _, _, _, inventory = take(desk, f'http://127.0.0.1:{site.port}/page.html')
    contains(inventory['needs_browser'], 'filled by a script')


run(globals())
