"""Files that are no web pages: what they say is read, exactly, and what they try comes to nothing."""
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
import makers
from story import run, TIDINGS, Skip

ENGLISH = ['The office by the harbour was closed in the spring, said the three people who had worked there since 1995, and nobody answered the '
           'telephone on Monday.',
           'The letters, forty of them, were sent back unopened; a spokesman said that the well-known foundation would strive to find another place.']
RUSSIAN = ['Офис у гавани был закрыт весной, рассказали три человека, работавшие там с 1995 года, и в понедельник никто не ответил на звонки.',
           'Сорок писем были возвращены нераспечатанными, сообщил представитель фонда, который обещал найти другое помещение.']
KOREAN = ['항구 옆의 사무실은 봄에 문을 닫았다고 1995년부터 그곳에서 일한 세 사람이 말했으며 월요일에는 아무도 전화를 받지 않았다.',
          '편지 마흔 통은 뜯지 않은 채 돌아왔고 재단 대변인은 다른 장소를 찾기 위해 노력하겠다고 밝혔다.']
ARABIC = ['أغلق المكتب القريب من الميناء في الربيع كما قال ثلاثة أشخاص عملوا هناك منذ عام 1995 ولم يرد أحد على الهاتف يوم الاثنين.',
          'أعيدت الرسائل الأربعون دون أن تفتح وقال متحدث باسم المؤسسة إنها ستسعى إلى إيجاد مكان آخر.']
CHINESE = ['港口旁边的办公室在春天关闭了，三名自1995年以来在那里工作的人说，星期一没有人接电话。四十封信原封不动地被退了回来，基金会的发言人说他们会努力寻找另一个地方。']
JAPANESE = ['港のそばの事務所は春に閉鎖されたと、1995年からそこで働いていた三人が語り、月曜日には誰も電話に出なかった。四十通の手紙は開封されないまま戻ってきた。']


def put(desk, name, data):
    path = os.path.join(desk.tmp, name)
    with open(path, 'wb') as f:
        f.write(data)
    return path


def read(desk, name, data, *more):
    r = subprocess.run([TIDINGS, 'extract', *more, put(desk, name, data)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return json.loads(r.stdout.decode('utf-8'))


def paragraphs(article):
    text = article.get('text', '').encode('utf-8')
    return [text[b['from']:b['to']].decode('utf-8') for b in article.get('blocks', [])]


def warned(article, words):
    assert any(words in w for w in article.get('warnings', [])), article


def pdf_lines_are_paragraphs_again_in_every_script(desk):
    for name, text, columns, breaks, charset in [
            ('en', ENGLISH, 36, False, None), ('ru', RUSSIAN, 36, False, None), ('ko words', KOREAN, 36, False, makers.KOREAN),
            ('ko anywhere', KOREAN, 24, True, makers.KOREAN), ('ko mapped', KOREAN, 36, False, None),
            ('zh', CHINESE, 30, True, makers.CHINESE), ('ja', JAPANESE, 30, True, makers.JAPANESE)]:
        lines, _ = makers.set_lines(text, columns, break_words=breaks)
        got = paragraphs(read(desk, name + '.pdf', makers.pdf([lines], character_set=charset)))
        assert got == text, (name, got, text)


def pdf_lines_from_right_to_left_are_read_from_the_right(desk):
    lines, _ = makers.set_lines(ARABIC, 36)
    lines = [(500 - makers.width(t) * size, y, size, makers.as_seen(t)) for _, y, size, t in lines]
    got = paragraphs(read(desk, 'ar.pdf', makers.pdf([lines])))
    assert got == ARABIC, got


def pdf_pages_are_kept_and_their_furniture_is_not(desk):
    pages = []
    for n in range(1, 5):
        lines, _ = makers.set_lines([f'On page {n} there is this sentence.'] + ENGLISH, 36)
        pages.append([(72, 40, 9, 'Harbour report 2018')] + lines + [(290, 815, 9, f'- {n} -')])
    a = read(desk, 'pages.pdf', makers.pdf(pages, {'Title': '항구 보고서', 'Author': '김태희', 'CreationDate': "D:20180627093000+09'00'"}))
    assert a['title'] == '항구 보고서' and a['byline'] == ['김태희'] and a['published'] == '2018-06-27T09:30:00+09:00', a
    assert paragraphs(a) == [p for n in range(1, 5) for p in [f'On page {n} there is this sentence.'] + ENGLISH], paragraphs(a)
    assert [b['page'] for b in a['blocks']] == [n for n in range(1, 5) for _ in range(3)], a['blocks']


def pdf_columns_are_read_one_after_the_other(desk):
    left, _ = makers.set_lines(ENGLISH, 18, x=60)
    right, _ = makers.set_lines([p.upper() for p in ENGLISH], 18, x=320)
    title = [(60, 70, 22, 'Two columns of one story')]
    # Drawn line by line across both columns, as some programs do.
    mixed = title + sorted(left + right, key=lambda line: line[1])
    a = read(desk, 'columns.pdf', makers.pdf([mixed]))
    assert a['title'] == 'Two columns of one story', a
    assert paragraphs(a)[1:] == ENGLISH + [p.upper() for p in ENGLISH], paragraphs(a)


def pdf_faults_are_named(desk):
    whole = makers.pdf([makers.set_lines(ENGLISH, 36)[0]])
    picture = makers.pdf_of([b'<< /Type /Catalog /Pages 2 0 R >>', b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
                             b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'])
    warned(read(desk, 'scan.pdf', picture), 'no text layer')
    locked = whole.replace(b'/Root 1 0 R', b'/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>' % (b'41' * 32, b'42' * 32))
    warned(read(desk, 'locked.pdf', locked), 'locked with a password')
    warned(read(desk, 'cut.pdf', b'%PDF-1.4\n' + os.urandom(3000)), 'damaged')
    a = read(desk, 'no-table.pdf', whole.replace(b'startxref\n', b'startxref\n9'))
    assert paragraphs(a) == ENGLISH, a
    a = read(desk, 'half-stream.pdf', makers.pdf([makers.set_lines(ENGLISH, 36)[0]], ruin=True))
    warned(a, 'damaged in places')
    assert a['text'].startswith('The office by the harbour'), a
    mixed = makers.pdf([[], makers.set_lines(ENGLISH, 36)[0]])
    warned(read(desk, 'half.pdf', mixed), "1 of the PDF's 2 pages have no text")


def pdf_pages_have_an_end(desk):
    for pages, cut in ((2000, False), (2001, True)):
        a = read(desk, 'many.pdf', makers.pdf([[(72, 120, 11, f'Page {n} says this.')] for n in range(pages)]))
        assert any('more than 2000 pages' in w for w in a['warnings']) == cut, a['warnings']
        assert a['blocks'][-1]['page'] == 2000, a['blocks'][-1]


def pdf_bombs_end_in_a_sentence(desk):
    if os.environ.get('TIDINGS_LONG') != 'yes':
        raise Skip('ten seconds of CPU each: ./check --long')
    words = makers.set_lines(['word ' * 400], 60, size=4)[0]
    # One content stream for all of 2000 pages: 25 KB that unfold into millions of words.
    kids = 1900
    body = [b'<< /Type /Catalog /Pages 2 0 R >>',
            b'<< /Type /Pages /Kids [' + b''.join(b'%d 0 R ' % (8 + i) for i in range(kids)) + b'] /Count %d >>' % kids] + makers.fonts(3, None)
    ops = b'BT /F1 4 Tf ' + b''.join(b'1 0 0 1 %g %g Tm <%s> Tj\n' % (x, 842 - y, t.encode('utf-16-be').hex().encode()) for x, y, _, t in words * 40) + b'ET'
    page = b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /Font << /F1 3 0 R >> >> >>'
    body += [makers.stream(ops)] + [page] * kids
    start = time.monotonic()
    a = read(desk, 'same.pdf', makers.pdf_of(body))
    took = time.monotonic() - start
    warned(a, 'what could be read of it was')
    assert took < 60, took
    # Zeros upon zeros: a stream that would unfold to a gigabyte.
    import zlib
    zeros = zlib.compress(zlib.compress(b' ' * (256 << 20), 9), 9)
    deep = makers.pdf_of(body[:6] + [b'<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream' % (len(zeros), zeros)] + body[7:])
    start = time.monotonic()
    a = read(desk, 'deep.pdf', deep)
    assert time.monotonic() - start < 60
    warned(a, 'took more than 10 s')


def pdf_scripts_and_actions_do_nothing(desk):
    marker = os.path.join(desk.tmp, 'launched')
    extra = (b'/OpenAction << /S /Launch /F (/usr/bin/touch) /Win << /F (x) >> >> /AA << /WC << /S /JavaScript /JS (app.launchURL\\("http://127.0.0.1:9/"\\)) >> >> '
             b'/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (this.submitForm\\("http://127.0.0.1:9/"\\)) >>] >> >>')
    a = read(desk, 'active.pdf', makers.pdf([makers.set_lines(ENGLISH, 36)[0]], extra=extra))
    assert paragraphs(a) == ENGLISH and not os.path.exists(marker), a


def the_reader_of_pdfs_opens_its_own_files_and_no_socket(desk):
    path = put(desk, 'ko.pdf', makers.pdf([makers.set_lines(KOREAN, 36)[0]], character_set=makers.KOREAN))
    log = os.path.join(desk.tmp, 'calls')
    try:
        r = subprocess.run(['strace', '-f', '-o', log, '-e', 'trace=execve,openat,open,socket,connect,clone,fork,vfork,clone3', TIDINGS, 'extract', path],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, 'ASAN_OPTIONS': 'detect_leaks=0'})
    except FileNotFoundError:
        raise Skip('strace is not installed')
    assert '사무실' in json.loads(r.stdout)['text'], r
    reader = None
    opened = []
    for line in open(log):
        pid, call = line.split(None, 1)
        if call.startswith('execve("/usr/bin/pdftotext", ["pdftotext"'):
            reader = pid
        elif pid == reader and ' = -1 ' not in call and re.match(r'(openat|open|socket|connect|clone|clone3|fork|vfork|execve)\(', call):
            assert call.startswith('openat('), line
            opened.append(re.search(r'"([^"]*)"', call).group(1))
    allowed = re.compile(r'/etc/ld\.so\.cache$|(/usr)?/lib(64)?/[^/]*(/[^/]*)?\.so[.0-9]*$|/usr/share/poppler/')
    assert opened and all(allowed.match(o) for o in opened), [o for o in opened if not allowed.match(o)]
    assert any('UniKS-UCS2-H' in o for o in opened), opened


def newsletter(charset='utf-8', cte=None):
    """A newsletter by Python's own mail library, a judge apart from ours."""
    from email.message import EmailMessage
    from email.headerregistry import Address
    m = EmailMessage()
    m['From'] = Address('항구 소식', 'news', 'example.org')
    m['To'] = 'desk@example.org'
    m['Subject'] = '항구 사무실이 문을 닫았다: 세 사람의 이야기와 그 뒤에 남은 편지 마흔 통'
    m['Date'] = 'Wed, 27 Jun 2018 09:30:00 +0900'
    m['List-Unsubscribe'] = '<https://example.org/leave>'
    m.set_content('\n\n'.join(KOREAN), charset=charset, cte=cte)
    m.add_alternative('<html><body><h1>항구 사무실</h1>' + ''.join(f'<p>{p}</p>' for p in KOREAN) +
                      '<p><a href="https://t.example.org/c?u=1&amp;l=2">더 읽기</a></p></body></html>', subtype='html', charset=charset)
    m.add_attachment(b'%PDF-1.4 not opened', maintype='application', subtype='pdf', filename='보고서 2018.pdf')
    return m


def a_newsletter_is_read_with_its_sender_and_date_in_every_charset(desk):
    for charset, cte in [('utf-8', 'base64'), ('utf-8', 'quoted-printable'), ('utf-8', '8bit'), ('euc-kr', 'base64'), ('euc-kr', 'quoted-printable')]:
        a = read(desk, 'news.eml', newsletter(charset, cte).as_bytes())
        assert a['title'].startswith('항구 사무실이 문을 닫았다: 세 사람의 이야기'), a['title']
        assert a['published'] == '2018-06-27T09:30:00+09:00' and a['publisher'] == '항구 소식', a
        assert all(p in a['text'] for p in KOREAN), (charset, cte, a['text'])
        assert any(link['url'] == 'https://t.example.org/c?u=1&l=2' for link in a['links']), a['links']
        warned(a, '1 attachment, not opened: 보고서 2018.pdf (application/pdf, 1 KB)')


def plain_mail_forwarded_mail_and_broken_mail_are_read(desk):
    from email.message import EmailMessage
    inner = newsletter()
    m = EmailMessage()
    m['From'] = '"Lee, Min" <lee@example.org>'
    m['Subject'] = 'Fwd: see below'
    m['Date'] = 'Thu, 28 Jun 2018 08:00:00 +0000'
    m.set_content('Please read this one.\n\n> ' + '\n> '.join(makers.set_lines(ENGLISH[:1], 30)[0][i][3] for i in range(3)) + '\n')
    m.add_attachment(inner)
    a = read(desk, 'forwarded.eml', m.as_bytes())
    assert a['byline'] == ['Lee, Min'] and a['title'] == 'Fwd: see below', a
    assert paragraphs(a)[0] == 'Please read this one.' and a['blocks'][1]['kind'] == 'quote', a
    assert all(p in a['text'] for p in KOREAN) and '세 사람의 이야기' in a['text'], a
    # The end is missing, a boundary is wrong, line ends are bare.
    whole = newsletter('utf-8', '8bit').as_bytes()
    a = read(desk, 'cut.eml', whole[:whole.index('편지 마흔 통은'.encode()) + 60].replace(b'\r\n', b'\n'))
    assert KOREAN[0] in a['text'], a
    flowed = 'From: a@example.org\nSubject: flowed\nDate: x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n'
    flowed += '\n\n'.join(' \n'.join(line[3] for line in makers.set_lines([p], 36)[0]) for p in ENGLISH)
    a = read(desk, 'flowed.eml', flowed.encode())
    assert paragraphs(a) == ENGLISH, paragraphs(a)
    warned(a, "the mail's date cannot be read")


def mail_bombs_end_in_a_sentence(desk):
    nested = b'From: a@example.org\nSubject: deep\nDate: x\n' + b''.join(
        b'Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n' % (i, i) for i in range(3000)) + b'\ntext'
    warned(read(desk, 'deep.eml', nested), 'the mail has more than 500 parts or 16 levels')
    many = b'From: a@example.org\nSubject: many\nDate: x\nContent-Type: multipart/mixed; boundary=b\n\n' + b'--b\n\none\n' * 100000
    start = time.monotonic()
    warned(read(desk, 'many.eml', many), 'the mail has more than 500 parts')
    words = b'From: a@example.org\nDate: x\nSubject: ' + b'=?utf-8?B?YQ==?= ' * 20000 + b'\n\ntext'
    a = read(desk, 'words.eml', words)
    assert a['title'].startswith('aaaa'), a
    assert time.monotonic() - start < 20


def word_files_keep_headings_lists_rows_and_notes(desk):
    p = makers.word_p
    cell = '<w:tc>{}</w:tc>'.format
    body = p('항구 사무실', 'a3') + p(KOREAN[0]) + p('The second part & <more>', '2') + p(ENGLISH[0]) + p(RUSSIAN[0]) + p(ARABIC[0])
    body += p('first', None, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') + p('inner', None, '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    body += '<w:tbl><w:tr>' + cell(p('Year')) + cell(p('Desks')) + '</w:tr><w:tr>' + cell(p('2018')) + cell(p('11')) + '</w:tr></w:tbl>'
    body += '<w:p><w:r><w:t>Before</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:hyperlink r:id="rId9"><w:r><w:t> the link</w:t></w:r></w:hyperlink></w:p>'
    a = read(desk, 'a.docx', makers.docx(body, creator='김태희', footnotes='<w:footnote w:id="0">' + p('separator') + '</w:footnote><w:footnote w:id="7">' + p('The note.') + '</w:footnote>'))
    want = [('heading', 1, '항구 사무실'), ('paragraph', 0, KOREAN[0]), ('heading', 2, 'The second part & <more>'), ('paragraph', 0, ENGLISH[0]),
            ('paragraph', 0, RUSSIAN[0]), ('paragraph', 0, ARABIC[0]), ('item', 1, 'first'), ('item', 2, 'inner'), ('row', 0, 'Year Desks'), ('row', 0, '2018 11'),
            ('paragraph', 0, 'Before[1] the link'), ('paragraph', 0, '[1] The note.')]
    got = [(b['kind'], b['level'], t) for b, t in zip(a['blocks'], paragraphs(a))]
    assert got == want, got
    assert a['title'] == '항구 사무실' and a['byline'] == ['김태희'] and a['published'] == '2018-06-27T00:30:00Z' and a['modified'] == '2018-06-28T10:00:00Z', a
    assert a['links'][0]['url'] == 'https://example.org/a?b=1&c=2', a['links']


def what_word_would_not_show_is_left_out_and_said(desk):
    body = ('<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del w:id="1"><w:r><w:delText>secretly </w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t xml:space="preserve">openly </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>moved </w:t></w:r></w:moveFrom><w:r><w:t>met</w:t></w:r>'
            '<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden words</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t xml:space="preserve"> them.</w:t></w:r>'
            '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r></w:p>')
    a = read(desk, 'b.docx', makers.docx(body, title='Meeting', extra=[('word/comments.xml', '<x>a comment</x>'), ('word/vbaProject.bin', b'macro'),
                                                                        ('../../../tmp/escaped', 'x')]))
    assert a['text'] == 'We openly met them.' and a['title'] == 'Meeting', a
    for words in ('2 deletions under tracked changes left out', '1 comment left out', 'hidden text in 1 place left out'):
        warned(a, words)
    assert not os.path.exists('/tmp/escaped')


def opendocument_files_are_read_the_same_way(desk):
    body = ('<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted words</text:p></text:deletion></text:changed-region></text:tracked-changes>'
            '<text:p text:style-name="P1">항구 보고서</text:p><text:h text:outline-level="2">둘째</text:h><text:p>' + KOREAN[0] + '<text:s text:c="3"/>끝.</text:p>'
            '<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>'
            '<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>'
            '<text:p>Before<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The note.</text:p></text:note-body></text:note> and '
            '<text:a xlink:href="https://example.org/x">after</text:a><office:annotation><dc:creator>x</dc:creator><text:p>remark</text:p></office:annotation>.</text:p>')
    a = read(desk, 'a.odt', makers.odt(body, '<style:style style:name="P1" style:parent-style-name="Title"/>'))
    got = [(b['kind'], b['level'], t) for b, t in zip(a['blocks'], paragraphs(a))]
    assert got == [('heading', 1, '항구 보고서'), ('heading', 2, '둘째'), ('paragraph', 0, KOREAN[0] + ' 끝.'), ('item', 1, 'one'), ('item', 2, 'inner'), ('row', 0, 'a b'),
                   ('paragraph', 0, 'Before[1] and after.'), ('paragraph', 0, '[1] The note.')], got
    assert a['title'] == '항구 보고서' and a['byline'] == ['김태희'] and a['published'].startswith('2018-06-27T09:30'), a
    assert a['links'][0]['url'] == 'https://example.org/x', a
    warned(a, '1 deletion under'), warned(a, '1 comment left out')


def office_bombs_and_entities_end_in_a_sentence(desk):
    secret = put(desk, 'secret', b'TOPSECRET')
    whole = makers.docx(makers.word_p(ENGLISH[0]))
    start = time.monotonic()
    xxe = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><w:document {makers.W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
    a = read(desk, 'xxe.docx', makers.zip_of([('word/document.xml', xxe)]))
    warned(a, 'declares a document type')
    assert 'TOPSECRET' not in json.dumps(a)
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + ''.join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)) + ']><x>&m;</x>'
    warned(read(desk, 'laughs.docx', makers.zip_of([('word/document.xml', laughs)])), 'declares a document type')
    warned(read(desk, 'bomb.docx', makers.docx(makers.word_p('a' * (100 << 20)))), 'unpacks to far more than its size allows')
    warned(read(desk, 'deep.docx', makers.docx('<w:p>' * 100000)), 'deeper within each other')
    warned(read(desk, 'open.docx', makers.docx('<w:p><w:r><w:t>words' + '</w:p>')), 'not well-formed')
    attributes = ' '.join(f'a{i}="x"' for i in range(200000))
    a = read(desk, 'attributes.docx', makers.docx(f'<w:p {attributes}><w:r><w:t>still read</w:t></w:r></w:p>'))
    assert a['text'] == 'still read', a
    warned(read(desk, 'many.docx', makers.docx('', extra=[(f'x{i}', '') for i in range(20001)])), 'more files in it than any office document')
    warned(read(desk, 'cut.docx', whole[:len(whole) // 2]), 'damaged ZIP file')
    middle = whole.index(b'word/document.xml') + 60
    warned(read(desk, 'flipped.docx', whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1:]), 'the office document')
    assert time.monotonic() - start < 40


def a_pdf_is_kept_read_found_and_shown(desk):
    desk.init()
    lines, _ = makers.set_lines(KOREAN, 36)
    path = put(desk, 'report.pdf', makers.pdf([lines, [(72, 120, 11, '둘째 쪽의 문장이다.')]], {'Title': '항구 사무실'}, makers.KOREAN))
    out = desk.do('add', path).out
    article = out.split()[0]
    assert article.startswith('a-') and '항구 사무실' in out, out
    shown = desk.json('show', '--json', article)
    assert shown['article']['blocks'][-1]['page'] == 2, shown
    capture = desk.do('show', shown['capture']).out
    assert 'supplied by an editor' in capture and 'application/pdf' in capture, capture
    assert article[:8] in desk.do('search', '대변인').out
    desk.do('verify')


def a_pdf_from_the_web_is_read_packed_or_not(desk):
    import gzip
    desk.init()
    url = desk.serve_pages()
    whole = makers.pdf([makers.set_lines(KOREAN, 36)[0]], {'Title': '항구 사무실'}, makers.KOREAN)
    head = b'HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n'
    desk.page('plain.http', head + b'Content-Length: %d\r\n\r\n' % len(whole) + whole)
    packed = gzip.compress(whole)
    desk.page('packed.http', head + b'Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n' % len(packed) + packed)
    for name in ('plain', 'packed'):
        out = desk.do('add', f'{url}/{name}.http').out
        assert out.startswith('a-') and '항구 사무실' in out, out
        shown = desk.json('show', '--json', out.split()[0])
        assert KOREAN[0] in shown['article']['text'] and shown['article']['blocks'][0]['page'] == 1, shown


def a_file_dropped_in_the_browser_is_read_and_shown_with_its_pages(desk):
    import http.client
    desk.init()
    serve = desk.start('serve', '--port', '0')
    port = int(re.search(rb':(\d+)', serve.stdout.readline()).group(1))

    def ask(method, path, body=None, **head):
        c = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
        c.request(method, path, body, head)
        r = c.getresponse()
        return r, r.read().decode('utf-8')
    files = [('report.pdf', makers.pdf([makers.set_lines(KOREAN, 36)[0], [(72, 120, 11, '둘째 쪽의 문장이다.')]], character_set=makers.KOREAN), '2쪽|p. 2'),
             ('news.eml', newsletter().as_bytes(), '항구 소식'), ('a.docx', makers.docx(makers.word_p(KOREAN[0])), KOREAN[0])]
    for name, data, wanted in files:
        r, page = ask('GET', '/add')
        token = re.search(r'name="token" value="([^"]+)"', page).group(1)
        body = (f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n--x\r\nContent-Disposition: form-data; name="url"\r\n\r\n\r\n'
                f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n').encode() + data + b'\r\n--x--\r\n'
        cookie = (r.getheader('Set-Cookie') or '').split(';')[0]
        r, page = ask('POST', '/add', body, Origin=f'http://127.0.0.1:{port}', Cookie=cookie, **{'Content-Type': 'multipart/form-data; boundary=x'})
        assert r.status == 303, (r.status, page)
        where = r.getheader('Location')
        end = time.monotonic() + 60
        while not where.startswith('/item/') and time.monotonic() < end:
            r, page = ask('GET', where)
            where = r.getheader('Location') or where
            time.sleep(.1)
        _, page = ask('GET', where)
        assert re.search(wanted, page) and not re.search('class="problem"', page), (name, page)


run(globals())
