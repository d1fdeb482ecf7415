"""What reading pages costs beside trafilatura, resiliparse, gumbo and libxml2: one core, one run, as ratios.

usage: extract-peers.py EXTRACT-RATES SETS-FOLDER [PAGES [SET...]]      (bench/extract.sh calls it in a venv)

About PAGES pages of each set (default 60), evenly taken, are held in memory as published; every reader reads all of them once to warm up, then in
rounds; a reader's time is the median of its rounds, CPU time of its process.  What each does:
  parse        our HTML parser over UTF-8 text                         beside gumbo's parse of the same text
  article      our whole extraction: charset, tree, text, all metadata and reasons, from the bytes as published
  trafilatura  bare_extraction(page, with_metadata=True) with its defaults, from the bytes as published
  resiliparse  HTMLTree.parse_from_bytes(UTF-8 bytes) and extract_plain_text(tree, main_content=True): no charset to find, no metadata
TAP: a line a promise; a peer that is missing is a failed line.
"""
import gzip
import json
import os
import statistics
import subprocess
import sys
import time

SETS = ["trafilatura", "wcxb-dev", "daniel", "readability", "cleaneval-dev", "newspaper4k", "leogao"]
WANTED = {"parse / gumbo": 12, "article / trafilatura": 25, "article / resiliparse": 1}
MEMORY_WANTED = 6
DOUBLING_WANTED = 2.3
said = []


def say(ok, text):
    said.append(ok)
    print(f"{'ok' if ok else 'not ok'} {len(said)} - {text}", flush=True)


def pages_of(folder, every):
    names = sorted(n for n in os.listdir(folder) if n.endswith(".html.gz"))[::every]
    return [gzip.open(os.path.join(folder, n)).read() for n in names]


def as_utf8(page):
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    return bytes_to_str(page, detect_encoding(page)).encode("utf-8", "replace")


def trafilatura_reader():
    import logging
    from trafilatura import bare_extraction
    logging.disable(logging.CRITICAL)
    return lambda page: bare_extraction(page, with_metadata=True)


def resiliparse_reader():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree
    return lambda page: extract_plain_text(HTMLTree.parse_from_bytes(page, "utf-8"), main_content=True)


def seconds(read, pages, rounds):
    """Median CPU seconds of a round; a page that the reader refuses costs what it cost until then."""
    times = []
    for r in range(-1, rounds):
        start = time.process_time()
        for page in pages:
            try:
                read(page)
            except Exception:
                pass
        if r >= 0:
            times.append(time.process_time() - start)
    return statistics.median(times)


def measure(rates, folder, every):
    done = subprocess.run([rates, folder, str(every), "5"], capture_output=True, text=True)
    if done.returncode != 0:
        say(False, f"{folder}: {done.stderr.strip()}")
        return None
    ours = json.loads(done.stdout)
    pages = pages_of(folder, every)
    for name, make, rounds, convert in [("resiliparse", resiliparse_reader, 5, as_utf8),
                                        ("trafilatura", trafilatura_reader, 3, None)]:
        try:
            ours[name] = seconds(make(), [convert(p) for p in pages] if convert else pages, rounds)
        except ImportError as e:
            say(False, f"{name}, the peer, is missing: {e}")
    return ours


def report(name, m):
    mb = m["bytes"] / 1e6
    print(f"# {name}: {m['pages']} pages, {mb:.1f} MB")
    for who in ["parse", "gumbo", "libxml2", "article", "resiliparse", "trafilatura"]:
        if who in m:
            print(f"#   {who:<12} {mb / m[who]:8.1f} MB/s  {1e3 * m[who] / m['pages']:8.3f} ms a page")
    for ratio, wanted in WANTED.items():
        us, peer = ratio.split(" / ")
        if peer in m:
            value = m[peer] / m[us]
            say(value >= wanted, f"{name}: {us} is {value:.1f} times as fast as {peer} (wanted: {wanted})")
    median, p99, worst = m["memory"]
    say(p99 <= MEMORY_WANTED, f"{name}: memory beyond 2 MB is {median:.1f} times the page (median), {p99:.1f} (99 of 100), "
        f"{worst:.1f} (worst; wanted for 99 of 100: {MEMORY_WANTED})")


def doubling(rates):
    done = subprocess.run([rates, "doubling"], capture_output=True, text=True, check=True)
    times = list(json.loads(done.stdout).items())
    print("# one long article: " + ", ".join(f"{kb} KB {1e3 * s:.1f} ms" for kb, s in times))
    worst = max(b / a for (_, a), (_, b) in zip(times, times[1:]))
    say(worst <= DOUBLING_WANTED, f"twice the article costs at most {worst:.2f} times as much (wanted: {DOUBLING_WANTED})")


def main():
    rates, data = sys.argv[1], sys.argv[2]
    wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    doubling(rates)
    for name in sys.argv[4:] or SETS:
        folder = os.path.join(data, name, "html")
        if os.path.isdir(folder):
            m = measure(rates, folder, max(1, round(len(os.listdir(folder)) / wanted)))
            if m:
                report(name, m)
        else:
            say(False, f"{name}: no such set in {data}")
    print(f"1..{len(said)}")
    sys.exit(0 if all(said) else 1)


main()
