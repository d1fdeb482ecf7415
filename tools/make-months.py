"""Make lib/article/months_table.c: names of months in some sixty languages.

usage: make-months.py MONTHS.tsv > lib/article/months_table.c

MONTHS.tsv has a line "locale TAB month TAB name" for each name that new Intl.DateTimeFormat(locale, …).formatToParts()
gives of a month: long and short, alone and in a date, of the calendars gregory and (locale "fa@P") persian.
Names that two languages use for different months (hr and cs: listopad) keep their language; what CLDR lacks is below.
"""
import re
import sys

OURS = {
    'ar': 'كانون الثاني=1 شباط=2 آذار=3 اذار=3 نيسان=4 أيار=5 ايار=5 حزيران=6 تموز=7 آب=8 أيلول=9 ايلول=9 تشرين الأول=10 تشرين الثاني=11 '
          'كانون الأول=12 جانفي=1 فيفري=2 أفريل=4 ماي=5 جوان=6 جويلية=7 أوت=8 ماى=5 يوليوز=7 غشت=8 شتنبر=9 نونبر=11 دجنبر=12 ابريل=4 إبريل=4 '
          'اغسطس=8 اكتوبر=10',
    'en': 'sept=9 janu=1', 'de': 'jänner=1 jaenner=1 feber=2 mrz=3 maerz=3', 'es': 'setiembre=9 set=9', 'fr': 'fevrier=2 aout=8 decembre=12',
    'pt': 'marco=3', 'it': 'genn=1 sett=9', 'pl': 'wrz=9', 'fil': 'marso=3', 'sv': 'sept=9', 'tr': 'agustos=8', 'ru': 'янв=1 фев=2 сент=9 нояб=11',
    'hu': 'máj=5 szept=9', 'cs': 'ledna=1', 'fa': 'ژانویه=1 فوریه=2 مارس=3 آوریل=4 مه=5 ژوئن=6 ژوئیه=7 اوت=8 سپتامبر=9 اکتبر=10 نوامبر=11 دسامبر=12',
}


def words(text):
    return [(n.strip(), int(m)) for n, m in re.findall(r'([^=\d]+)=(\d+)', text)]


rows = {}       # (name, calendar) -> {month: [languages]}
for line in open(sys.argv[1], encoding='utf-8'):
    locale, month, name = line.rstrip('\n').split('\t')
    lang, _, calendar = locale.partition('@')
    lang = lang.split('-')[0]
    name = name.strip().strip('.').lower()
    if calendar == 'H' or re.search(r'\d', name) or len(name.encode()) < 3 or (calendar == 'P' and lang == 'ps'):
        continue
    rows.setdefault((name, calendar), {}).setdefault(int(month), []).append(lang)
for lang, text in OURS.items():
    for name, month in words(text):
        rows.setdefault((name, ''), {}).setdefault(month, []).append(lang)

out = []
for (name, calendar), months in rows.items():
    for month, langs in months.items():
        out.append((name.encode(), month, calendar == 'P', sorted(set(langs))[0] if len(months) > 1 else ''))
print('/* Made by tools/make-months.py from the Unicode CLDR (see NOTICE) and a few words of ours. */')
print('#include "article/month_names.h"\n\n/* Sorted bytewise, lower case, without the full stop of a short form. */')
print('const struct month_name month_names[] = {')
for name, month, persian, lang in sorted(out, key=lambda r: (r[0], r[1])):
    print('\t{ "%s", "%s", %d, %s },' % (name.decode(), lang, month, 'true' if persian else 'false'))
print('};\nconst size_t month_names_n = sizeof(month_names) / sizeof(*month_names);')
