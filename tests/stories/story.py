"""What every story needs: a desk in a temporary folder, the real program, a real web server on loopback.

A story is a Python file with functions whose names are sentences and whose one
parameter is `desk`; run(globals()) at its end runs them and prints TAP.
Environment: TIDINGS (the program), HTTPD (tests/httpd.c), SHARED_DATA (may be missing).
"""
import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback

TIDINGS = os.environ['TIDINGS']
HTTPD = os.environ.get('HTTPD')


class Skip(Exception):
    pass


class Web:
    """tests/httpd over one folder of ours, on a port of its own."""

    def __init__(self, folder):
        self.log = os.path.join(os.path.dirname(folder), 'requests.log')
        self.process = subprocess.Popen([HTTPD, folder, self.log], stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self.url = f'http://127.0.0.1:{self.port}'

    def stop(self):
        self.process.kill()
        self.process.wait()


class Answer:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode('utf-8')
        self.err = process.stderr.decode('utf-8')

    def __repr__(self):
        return f'exit code {self.code}\n--- out\n{self.out}--- err\n{self.err}'


class Desk:
    def __init__(self):
        self.tmp = tempfile.mkdtemp(prefix='tidings-story-')
        self.dir = os.path.join(self.tmp, 'desk')
        self.pages = os.path.join(self.tmp, 'pages')
        os.mkdir(self.pages)
        self.web = None
        self.children = []

    def init(self, *more):
        self.must(self.raw('init', self.dir, '--name', 'Test Desk', '--tagline', 'Keeping the record', *more), 0)
        with open(os.path.join(self.dir, 'tidings.conf'), 'a', encoding='utf-8') as f:
            f.write('fetch.allow = 127.0.0.0/8\n')

    def serve_pages(self):
        self.web = Web(self.pages)
        return self.web.url

    def page(self, name, text):
        path = os.path.join(self.pages, name)
        with open(path, 'wb') as f:
            f.write(text if isinstance(text, bytes) else text.encode('utf-8'))
        return path

    def raw(self, *args, stdin=b'', env=None, timeout=120):
        return Answer(subprocess.run([TIDINGS, *args], input=stdin, capture_output=True, timeout=timeout, check=False,
                                     env={**os.environ, **(env or {})}))

    def run(self, *args, **more):
        return self.raw('-C', self.dir, *args, **more)

    def do(self, *args, **more):
        """Run it; it must succeed."""
        return self.must(self.run(*args, **more), 0)

    def start(self, *args, **more):
        p = subprocess.Popen([TIDINGS, '-C', self.dir, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             start_new_session=True, **more)
        self.children.append(p)
        return p

    def json(self, *args):
        return json.loads(self.do(*args).out)

    @staticmethod
    def must(answer, code):
        assert answer.code == code, f'wanted exit code {code}: {answer!r}'
        return answer

    @staticmethod
    def ids(answer):
        """The first word of each line: the ids that a command printed."""
        return [line.split()[0] for line in answer.out.splitlines() if line[:2] in ('a-', 'c-', 'n-')]

    def close(self):
        for p in self.children:
            try:
                os.killpg(p.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            p.communicate()
        if self.web:
            self.web.stop()
        subprocess.run(['chmod', '-R', 'u+w', self.tmp], check=False)
        shutil.rmtree(self.tmp, ignore_errors=True)


def equal(want, got):
    assert want == got, f'want: {want!r}\n got: {got!r}'


def contains(text, *wanted):
    for w in wanted:
        assert w in text, f'{w!r} is not in\n{text}'


def shared(path):
    full = os.path.join(os.environ.get('SHARED_DATA', ''), path)
    if not os.path.exists(full):
        raise Skip(f'{path} is not on this machine')
    return full


def run(names):
    tests = [(n, f) for n, f in names.items()
             if inspect.isfunction(f) and f.__module__ == '__main__' and list(inspect.signature(f).parameters) == ['desk']]
    print(f'1..{len(tests)}')
    bad = 0
    for i, (name, test) in enumerate(tests, 1):
        desk = Desk()
        try:
            test(desk)
            print(f'ok {i} - {name}')
        except Skip as why:
            print(f'ok {i} - {name} # SKIP {why}')
        except Exception:  # pylint: disable=broad-except
            bad += 1
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print(f'not ok {i} - {name}')
        finally:
            desk.close()
        sys.stdout.flush()
    sys.exit(1 if bad else 0)
