"""The way to the network: what a desk or a source takes is taken by everything, names too; over another way nobody is known again."""
import gzip
import os
import re
import time

import net
from story import Skip, contains, equal, run

PAGE = (b'<html lang=en><title>Seoul</title><link rel=stylesheet href=http://files.test/a.css><p>The story of the day, told in one '
        b'sentence that is long enough to be read. <img src=/a.png>')
FEED = '<rss version="2.0"><channel><title>{0}</title><link>http://{0}/</link><item><title>One</title><link>http://{0}/one</link></item></channel></rss>'
NAMES = {'news.test': '127.0.0.2', 'files.test': '127.0.0.3', 'a.test': '127.0.0.4', 'b.test': '127.0.0.5'}


def setting(desk, line):
    with open(os.path.join(desk.dir, 'tidings.conf'), 'a', encoding='utf-8') as f:
        f.write(line + '\n')


def begin(of):
    of.init()
    n = net.Net(NAMES)
    n.pages = {('news.test', '/a'): (200, 'text/html', PAGE, {}), ('news.test', '/a.png'): (200, 'image/png', b'\x89PNG', {}),
               ('files.test', '/a.css'): (200, 'text/css', b'p {}', {})}
    return n


def feed(host):
    def answer(handler, _):
        if handler.headers.get('If-None-Match') == '"one"':
            return 304, 'text/xml', b'', {'ETag': '"one"'}
        return 200, 'text/xml', FEED.format(host).encode(), {'ETag': '"one"'}
    return answer


def what_a_person_adds_goes_through_the_desk_s_proxy_with_its_files_and_names(desk):
    n = begin(desk)
    try:
        setting(desk, f'fetch.route = {n.proxy}')
        contains(desk.do('add', 'http://news.test/a').out, 'Seoul')
        equal([], n.dns)
        equal({net.THROUGH}, {who for who, *_ in n.asked})
        asked = {(host, path) for _, _, host, path, _ in n.asked}
        for wanted in (('news.test', '/a'), ('news.test', '/a.png'), ('files.test', '/a.css'), ('files.test', '/robots.txt')):
            assert wanted in asked, asked
        # Names are handed over as names; the page's files are on its circuit, because who sees both knows that already.
        equal({True}, {named for _, _, named in n.proxied})
        equal({'news.test'}, {user for user, _, _ in n.proxied})
        folder = os.path.join(desk.dir, 'captures')
        text = b''.join(gzip.open(os.path.join(folder, f)).read() for f in os.listdir(folder) if f.endswith('.gz'))
        assert b'WARC-IP-Address' not in text and b'127.0.0.' not in re.sub(rb'127\.0\.0\.0/8', b'', text), 'an address was written down'
        n.close_proxy()
        before = len(n.asked)
        answer = desk.run('add', 'http://news.test/b')
        contains(answer.err, 'it is the only way out')
        equal(([], before), (n.dns, len(n.asked)))
    finally:
        n.close()


def without_a_route_names_are_asked_and_the_canary_sings(desk):
    n = begin(desk)
    try:
        desk.do('add', 'http://news.test/a')
        assert 'news.test' in n.dns and 'files.test' in n.dns, n.dns
        equal({'127.0.0.1'}, {who for who, *_ in n.asked} - {'127.0.0.2', '127.0.0.3'} or {'127.0.0.1'})
        equal([], n.proxied)
    finally:
        n.close()


def asked(n, host, path='/feed'):
    return [(who, headers.get('If-None-Match'), headers['User-Agent']) for who, _, h, p, headers in n.asked if (h, p) == (host, path)]


def poll(desk, n, host):
    """One more question to that source."""
    before = len(asked(n, host))
    for _ in range(40):
        desk.do('watch', '--once')
        if len(asked(n, host)) > before:
            return asked(n, host)[-1]
        time.sleep(.2)
    raise AssertionError(f'{host} was not asked again: {desk.do("source", "list").out}')


def again(of, ids):
    """Due at once, as when a person wakes it."""
    of.do('source', 'pause', *ids)
    of.do('source', 'resume', *ids)


def each_source_has_its_way_its_circuit_and_its_validators(desk):
    n = begin(desk)
    try:
        for host in ('a.test', 'b.test'):
            n.pages[(host, '/feed')] = feed(host)
            desk.do('source', 'add', '--route', n.proxy, f'http://{host}/feed')
        equal([], n.dns)                        # the desk is direct, the sources are not: not even when they are met
        ids = [line.split()[0] for line in desk.do('source', 'list').out.splitlines()]
        for host, one in zip(('a.test', 'b.test'), ids):
            again(desk, [one])
            who, validator, agent = poll(desk, n, host)
            equal((net.THROUGH, '"one"'), (who, validator))
            assert re.fullmatch(r'Tidings/[0-9.]+', agent), agent
        users = {host: {user for user, h, _ in n.proxied if h == host and user.startswith('s-')} for host in ('a.test', 'b.test')}
        equal([1, 1], [len(u) for u in users.values()])
        assert users['a.test'] != users['b.test'], users
        equal([], n.dns)
        # Another way: what was learned over the first is not shown there.
        first = ids[0]
        host = 'a.test'                         # the list is by title
        desk.do('source', 'set', '--route', 'direct', '--contact', 'mailto:desk@example.org', first)
        again(desk, [first])
        who, validator, agent = poll(desk, n, host)
        assert who != net.THROUGH and validator is None, (who, validator)
        contains(agent, 'Tidings/', ' (mailto:desk@example.org)')
        again(desk, [first])
        equal('"one"', poll(desk, n, host)[1])
        assert set(n.dns) == {host}, n.dns
        equal(2, desk.run('source', 'set', '--route', 'socks5://127.0.0.1:1', first).code)
        equal(2, desk.run('source', 'set', '--contact', 'a\r\nCookie: b', first).code)
    finally:
        n.close()


def main():
    if not os.path.exists('/proc/self/ns/net'):
        raise Skip('no namespaces')
    run(globals())


if __name__ == '__main__':
    net.inside(main)
