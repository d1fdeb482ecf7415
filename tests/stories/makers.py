"""Documents of our own making, byte by byte: no library writes them, so that what is read back was put there."""
import io
import zipfile
import zlib

KOREAN, JAPANESE, CHINESE = ('Korea1', 'UniKS-UCS2-H'), ('Japan1', 'UniJIS-UCS2-H'), ('GB1', 'UniGB-UCS2-H')


def pdf_of(objects, trailer=b''):
    """A PDF of numbered objects, the first its catalog."""
    out = b'%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (n, body)
    table = b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1) + b''.join(b'%010d 00000 n \n' % p for p in places)
    return out + table + b'trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, trailer, len(out))


def stream(data, extra=b'/Filter /FlateDecode'):
    data = zlib.compress(data) if b'Flate' in extra else data
    return b'<< /Length %d %s >>\nstream\n%s\nendstream' % (len(data), extra, data)


def pdf_text(s):
    return b'<' + (b'\xfe\xff' + s.encode('utf-16-be')).hex().encode() + b'>'


WIDE = [(0x1100, 0x11ff), (0x2e80, 0x9fff), (0xac00, 0xd7a3), (0xf900, 0xfaff), (0xff00, 0xff60)]


def width(s):
    """In letters: wide ones are 1, others a half, as the fonts below say."""
    return sum(1 if any(a <= ord(c) <= b for a, b in WIDE) else .5 for c in s)


def fonts(first, character_set):
    """Objects of one font, numbered from `first`, which is the font itself.

    With a character set: not embedded, its codes known only to poppler-data.
    Without: codes are UTF-16 and a ToUnicode map says so.
    """
    name, cmap = character_set or ('Identity', 'Identity-H')
    widths = b'/DW 1000 /W [1 100 500 8094 8190 500]' if name == 'Korea1' else b'/DW 1000 /W [1 230 500]'
    if not character_set:
        widths = b'/DW 500 /W [' + b' '.join(b'%d %d 1000' % r for r in WIDE) + b']'
    out = [b'<< /Type /Font /Subtype /Type0 /BaseFont /Desk /Encoding /%s /DescendantFonts [%d 0 R] %s >>' % (
        cmap.encode(), first + 1, b'' if character_set else b'/ToUnicode %d 0 R' % (first + 3)),
        b'<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Desk /CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 1 >> '
        b'/FontDescriptor %d 0 R %s >>' % (name.encode(), first + 2, widths),
        b'<< /Type /FontDescriptor /FontName /Desk /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 '
        b'/CapHeight 700 /StemV 80 >>']
    if not character_set:
        out.append(stream(b'/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n'
                          b'1 begincodespacerange <0000> <ffff> endcodespacerange\n1 beginbfrange <0000> <ffff> <0000> endbfrange\n'
                          b'endcmap end end', b''))
    return out


def pdf(pages, info=None, character_set=None, extra=b'', ruin=False):
    """pages: lists of (x, y from the top, size, text as it is seen); ruin: operators that are none."""
    objects = [b'<< /Type /Catalog /Pages 2 0 R %s >>' % extra, b''] + fonts(3, character_set)
    kids = []
    for lines in pages:
        ops = b'BT\n' + b''.join(b'/F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj\n' % (
            size, x, 842 - y, text.encode('utf-16-be').hex().encode()) for x, y, size, text in lines) + (b'99 ruined (' if ruin else b'ET')
        objects.append(stream(ops))
        objects.append(b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>'
                       % len(objects))
        kids.append(len(objects))
    objects[1] = b'<< /Type /Pages /Kids [%s] /Count %d >>' % (b' '.join(b'%d 0 R' % k for k in kids), len(kids))
    trailer = b''
    if info:
        objects.append(b'<< ' + b' '.join(b'/%s %s' % (k.encode(), b'(' + v.encode() + b')' if k.endswith('Date') else pdf_text(v))
                                          for k, v in info.items()) + b' >>')
        trailer = b'/Info %d 0 R' % len(objects)
    return pdf_of(objects, trailer)


def set_lines(text, columns, x=72, y=120, size=11, break_words=False):
    """Paragraphs broken into lines of at most `columns` letters, as a typesetter does; where the next may begin."""
    lines = []
    for paragraph in text:
        line = ''
        units = list(paragraph) if break_words else [w + ' ' for w in paragraph.split(' ')]
        for unit in units:
            if width((line + unit).rstrip()) > columns:
                lines.append((x, y, size, line.rstrip()))
                y += size * 1.4
                line = ''
            line += unit
        lines.append((x, y, size, line.rstrip()))
        y += size * 2.8
    return lines, y


def as_seen(line):
    """A line of Arabic or Hebrew in the order of its letters on the page: all turned, numbers and Latin words not."""
    import re
    runs = re.findall(r'[0-9A-Za-z](?:[0-9A-Za-z.,:/-]*[0-9A-Za-z])?(?: [A-Za-z](?:[0-9A-Za-z.]*[0-9A-Za-z])?)*|.', line)
    return ''.join(reversed(runs))


def zip_of(entries, stored=('mimetype',)):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in entries:
            z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def escaped(s):
    return s.replace('&', '&amp;').replace('<', '&lt;')


def docx(body, title='', creator='', footnotes='', extra=()):
    """body: WordprocessingML inside w:body; styles with localised ids, as a Korean Word writes them."""
    styles = f'''<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>'''
    core = f'''<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>
<dcterms:created>2018-06-27T00:30:00Z</dcterms:created><dcterms:modified>2018-06-28T10:00:00Z</dcterms:modified></cp:coreProperties>'''
    rels = '''<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" TargetMode="External"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/a?b=1&amp;c=2"/></Relationships>'''
    return zip_of([('[Content_Types].xml', '<Types/>'), ('word/document.xml', f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'),
                   ('word/styles.xml', styles), ('docProps/core.xml', core), ('word/_rels/document.xml.rels', rels),
                   ('word/footnotes.xml', f'<w:footnotes {W}>{footnotes}</w:footnotes>')] + list(extra))


def word_p(text, style=None, more=''):
    style = f'<w:pStyle w:val="{style}"/>' if style else ''
    return f'<w:p><w:pPr>{style}{more}</w:pPr><w:r><w:t xml:space="preserve">{escaped(text)}</w:t></w:r></w:p>'


def odt(body, automatic=''):
    spaces = ' '.join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ('office', 'text', 'table', 'style', 'meta'))
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" '
               f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{automatic}'
               f'</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>')
    meta = (f'<office:document-meta {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><meta:initial-creator>김태희</meta:initial-creator>'
            '<dc:creator>Someone Else</dc:creator><meta:creation-date>2018-06-27T09:30:00</meta:creation-date><dc:date>2018-06-28T10:00:00.123</dc:date>'
            '<dc:title>항구 보고서</dc:title></office:meta></office:document-meta>')
    return zip_of([('mimetype', 'application/vnd.oasis.opendocument.text'), ('content.xml', content), ('meta.xml', meta)])
