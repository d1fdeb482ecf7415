"""Pages of the web in the encodings they might have had, with the label they might have had: the same text must come out.

usage: recode.py DECODE SHARED_DATA [PAGES_PER_SET]
Takes UTF-8 pages and texts in some thirty languages from SHARED_DATA, re-encodes them at run time and gives them to DECODE (tests/decode.c): labelled in the page, labelled by HTTP alone, not labelled, labelled wrongly.
Prints TAP, one line for an encoding and a way of labelling, and the encodings that were guessed instead.
"""
import collections
import glob
import gzip
import itertools
import json
import os
import re
import subprocess
import sys

decode, shared = sys.argv[1:3]
per_set = int(sys.argv[3]) if len(sys.argv) > 3 else 6

# Python's codec, the label, languages, a wrong label of the kind that is seen.
ENCODINGS = [
    ('cp949', 'euc-kr', 'ko', 'iso-8859-1'), ('cp932', 'shift_jis', 'ja', 'euc-jp'), ('euc_jp', 'euc-jp', 'ja', 'shift_jis'),
    ('iso2022_jp', 'iso-2022-jp', 'ja', 'iso-8859-1'), ('big5', 'big5', 'zh-hant', 'gb2312'), ('gb18030', 'gb18030', 'zh', 'big5'),
    ('gbk', 'gb2312', 'zh', 'iso-8859-1'), ('koi8_r', 'koi8-r', 'ru', 'windows-1251'), ('cp1251', 'windows-1251', 'ru', 'koi8-r'),
    ('iso8859_5', 'iso-8859-5', 'ru', 'windows-1252'), ('cp866', 'ibm866', 'ru', 'iso-8859-1'),
    ('cp1251', 'windows-1251', 'uk', 'iso-8859-1'), ('koi8_u', 'koi8-u', 'uk', 'windows-1251'), ('cp1251', 'windows-1251', 'bg', 'utf-8'),
    ('cp1251', 'windows-1251', 'sr', 'iso-8859-1'), ('iso8859_7', 'iso-8859-7', 'el', 'iso-8859-1'),
    ('cp1253', 'windows-1253', 'el', 'utf-8'), ('iso8859_2', 'iso-8859-2', 'pl', 'utf-8'), ('cp1250', 'windows-1250', 'pl', 'iso-8859-1'),
    ('cp1250', 'windows-1250', 'cs', 'iso-8859-1'), ('iso8859_2', 'iso-8859-2', 'cs', 'iso-8859-1'), ('cp1250', 'windows-1250', 'sk', 'utf-8'),
    ('cp1250', 'windows-1250', 'hu', 'iso-8859-1'), ('cp1250', 'windows-1250', 'hr', 'iso-8859-1'),
    ('cp1252', 'windows-1252', 'de', 'utf-8'), ('cp1252', 'windows-1252', 'fr', 'utf-8'), ('cp1252', 'windows-1252', 'es', 'utf-8'),
    ('cp1252', 'windows-1252', 'pt', 'koi8-r'), ('cp1252', 'windows-1252', 'it', 'utf-8'), ('cp1252', 'windows-1252', 'sv', 'windows-1251'),
    ('cp1252', 'windows-1252', 'da', 'euc-kr'), ('cp1252', 'windows-1252', 'fi', 'utf-8'), ('cp1252', 'windows-1252', 'nl', 'utf-8'),
    ('cp1256', 'windows-1256', 'ar', 'iso-8859-1'), ('cp1254', 'windows-1254', 'tr', 'iso-8859-1'), ('cp874', 'windows-874', 'th', 'iso-8859-1'),
    ('cp1255', 'windows-1255', 'he', 'iso-8859-1'), ('iso8859_6', 'iso-8859-6', 'ar', 'windows-1252'),
]
# Where Python's codec is not the standard's: written as references.
FOREIGN = {'big5': re.compile('[／•\u0400-\u04ff\u3040-\u30ff]')}
LABEL = re.compile(r'<meta[^>]*charset[^>]*>|<\?xml[^>]*\?>', re.I)
LANGUAGES = {'ko': '[가-힣]', 'ja': '[ぁ-ん]', 'zh': '[一-龥]', 'ru': '[а-я]', 'el': '[α-ω]', 'pl': '[ąęłśż]', 'de': '[äöüß]', 'fr': '[éèàç]',
             'es': '[áéíóñ]', 'ar': '[ء-ي]'}
TRADITIONAL = '個國會這來時說對開學'


def pages():
    """(language, text) of every UTF-8 page whose truth names or shows a language we ask for."""
    for truth in sorted(glob.glob(os.path.join(shared, 'extraction/*/truth.jsonl'))):
        folder = os.path.dirname(truth)
        for line in open(truth, encoding='utf-8'):
            row = json.loads(line)
            body = (row.get('text') or '') + ' '.join(row.get('with') or [])
            for lang, letters in LANGUAGES.items():
                if row.get('lang') not in (None, '', lang) or len(re.findall(letters, body)) * 30 < len(body):
                    continue
                if lang == 'zh' and re.search('[ぁ-ん]', body):
                    continue
                path = os.path.join(folder, 'html', row['id'] + '.html.gz')
                try:
                    text = gzip.open(path).read().decode('utf-8')
                except (OSError, UnicodeDecodeError):
                    continue
                yield lang, text.lstrip('\ufeff').replace('\0', '')
                if lang == 'zh' and sum(c in body for c in TRADITIONAL) > 3:
                    yield 'zh-hant', text.lstrip('\ufeff').replace('\0', '')
                break


def texts():
    """(language, text): the Declaration of Human Rights in many languages, and Korean news, as bare pages."""
    lines = collections.defaultdict(list)
    path = os.path.join(shared, 'lid/udhr_lid.tsv.gz')
    for row in gzip.open(path, 'rt', encoding='utf-8') if os.path.exists(path) else []:
        lang, kind, text = row.rstrip('\n').split('\t')
        if kind == 'para':
            lines[lang].append(text)
    path = os.path.join(shared, 'search/ko_ktitan_news.jsonl.gz')
    for i, row in enumerate(gzip.open(path, 'rt', encoding='utf-8') if os.path.exists(path) else []):
        row = json.loads(row)
        yield 'ko', f'<title>{row["title"]}</title><p>' + row['text'].replace('\n', '<p>')
        if i == 40:
            break
    for lang, paragraphs in lines.items():
        lang = 'zh-hant' if lang == 'zh' and sum(c in ''.join(paragraphs) for c in TRADITIONAL) > 4 else lang
        for i in range(0, len(paragraphs), 10):
            yield lang, '<html><head><title>x</title></head><body><p>' + '<p>'.join(paragraphs[i:i + 10])


def read(data, label):
    p = subprocess.run([decode, label], input=data, capture_output=True, check=True)
    return p.stdout, p.stderr.decode().split('\t')[0]


def ways(text, codec, label, wrong):
    """(name, page, label of the transport, text that must come out)"""
    bare = LABEL.sub('', text)
    if codec in FOREIGN:
        bare = FOREIGN[codec].sub(lambda m: f'&#{ord(m[0])};', bare)
    named = '<meta charset=%s>' % label + bare
    lied = '<meta charset=%s>' % wrong + bare
    for name, page, transport in (('named', named, ''), ('http', bare, label), ('bare', bare, ''), ('wrong', lied, ''),
                                  ('wrong http', named, wrong)):
        data = page.encode(codec, 'xmlcharrefreplace')
        yield name, data, transport, data.decode(codec).encode()


chosen = collections.defaultdict(list)
if os.path.isdir(os.path.join(shared, 'extraction')):
    for lang, text in itertools.chain(pages(), texts()):
        if len(chosen[lang]) < per_set:
            chosen[lang].append(text)
rows = []
total = bad = 0
for codec, label, lang, wrong in ENCODINGS:
    results = collections.OrderedDict()
    for text in chosen[lang]:
        for name, data, transport, want in ways(text, codec, label, wrong):
            got, encoding = read(data, transport)
            entry = results.setdefault(name, [0, 0, collections.Counter()])
            entry[0] += got == want
            entry[1] += 1
            if got != want:
                entry[2][encoding] += 1
    for name, (right, n, instead) in results.items():
        # ISO-2022-JP is ASCII to whoever does not know it: a wrong label is not noticed there.
        if codec == 'iso2022_jp' and name.startswith('wrong'):
            continue
        rows.append((f'{label} {name}: {right} of {n} pages of {lang}', right == n, instead))
if not rows:
    print('1..1\nok 1 - recoded pages # SKIP no extraction sets')
    sys.exit(0)
print(f'1..{len(rows)}')
for i, (what, ok, instead) in enumerate(rows):
    print(f'{"" if ok else "not "}ok {i + 1} - {what}')
    if not ok:
        print('#   read as', dict(instead))
print(f'# {sum(len(v) for v in chosen.values())} pages in {len(chosen)} languages')
sys.exit(0 if all(ok for _, ok, _ in rows) else 1)
