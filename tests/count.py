"""Sum up TAP results out of meson's JSON logs.

usage: count.py SKIPS LOG.json...

Prints each failure with what the test said, each skip with its reason, and as
last line `N passed, N failed, N skipped`.  SKIPS lists skips that are known:
`test: sentence | reason`, the front of the name will do.  With CI set, any other skip fails.
"""
import json
import os
import re
import sys

LINE = re.compile(r'^(not )?ok\b\s*\d*\s*-?\s*(.*?)(?:\s+#\s*(SKIP|skip)\S*\s*(.*))?$')


def read_known(path):
    known = []
    with open(path, encoding='utf-8') as f:
        for line in f:
            line = line.strip()
            if line and not line.startswith('#'):
                name, _, reason = line.partition(' | ')
                known.append((name, reason))
    return known


def results(test):
    """(name, 'pass'|'fail'|'skip', reason) of one program."""
    found, out = [], test.get('stdout') or ''
    for line in out.splitlines():
        m = LINE.match(line)
        if m:
            state = 'skip' if m[3] else 'fail' if m[1] else 'pass'
            found.append((test['name'] + ': ' + m[2], state, m[4] or ''))
        elif re.match(r'^1\.\.0\s*#\s*(SKIP|skip)', line):
            found.append((test['name'], 'skip', line.split('#', 1)[1].strip()[4:].strip()))
    if test['result'] in ('OK', 'EXPECTEDFAIL', 'SKIP'):
        return found or [(test['name'], 'skip' if test['result'] == 'SKIP' else 'pass', 'said nothing')]
    if not any(state == 'fail' for _, state, _ in found):
        found.append((test['name'] + ': ' + test['result'].lower(), 'fail', ''))
    return found


def main():
    known = read_known(sys.argv[1])
    count = {'pass': 0, 'fail': 0, 'skip': 0}
    for path in sys.argv[2:]:
        if not os.path.exists(path):
            print(f'{path} is missing: its tests did not run')
            count['fail'] += 1
            continue
        with open(path, encoding='utf-8') as f:
            for line in f:
                test = json.loads(line)
                test['name'] = path.split('/')[0].replace('build-', '') + ' ' + test['name'].split(' / ')[-1]
                for name, state, reason in results(test):
                    if state == 'skip':
                        listed = any(name.split(' ', 1)[1].startswith(n) for n, _ in known)
                        print(f'skip: {name} ({reason})' + ('' if listed else ' NOT LISTED in tests/skips'))
                        if os.environ.get('CI') and not listed:
                            state = 'fail'
                    elif state == 'fail':
                        print(f'FAIL: {name}')
                        for text in ((test.get('stderr') or '') + (test.get('stdout') or '')).splitlines()[-40:]:
                            if not text.startswith(('ok ', '# /')):
                                print('    ' + text)
                    count[state] += 1
    print(f"{count['pass']} passed, {count['fail']} failed, {count['skip']} skipped")
    sys.exit(1 if count['fail'] or not count['pass'] else 0)


main()
