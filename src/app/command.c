#include "app/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/file.h"

const struct command commands[] = {
	{ "init", cmd_init, false, "DIR --name NAME [--tagline TEXT] [--languages 'en ko'] [--sealed]",
	    "Make a new, empty desk in the folder DIR.",
	    "  --name NAME        what the desk is called, on its pages and on the site\n"
	    "  --tagline TEXT     one line under the name\n"
	    "  --languages LIST   languages of the desk and the site, the first is the site's (default: en)\n"
	    "  --sealed           each record under a key of its own, so that it can be erased for good\n" },
	{ "add", cmd_add, true, "[--sealed] [--url URL] ADDRESS|FILE...",
	    "Take a page down as evidence, read it, and make it findable; one line per item.",
	    "  --sealed           under keys of its own, so that it can be erased for good\n"
	    "  --url URL          the address that a FILE was saved from\n"
	    "  ADDRESS            http or https; fetched once, redirects and refusals are kept too\n"
	    "  FILE               a saved page, PDF, mail, docx, odt, Markdown, text or WARC; kept as supplied by an editor\n" },
	{ "list", cmd_list, false, "[--notes] [--limit N] [--json]",
	    "List the newest items, or the notes.",
	    "  --notes            notes instead of items\n"
	    "  --limit N          how many lines (default 50)\n"
	    "  --json             one JSON object a line\n" },
	{ "show", cmd_show, false, "[--json] ID",
	    "Show a capture, an article or a note.",
	    "  --json             everything we know of it, as one JSON object\n" },
	{ "search", cmd_search, false, "[--limit N] [--json] QUERY",
	    "Find articles, newest first: all words must occur, \"a phrase\", -without.",
	    "  --limit N          how many lines (default 20)\n"
	    "  --json             one JSON object a line\n" },
	{ "note", cmd_note, false, "[OPTIONS] ID",
	    "Write or change the desk's note about an article (a-...), or an existing note (n-...).",
	    "  --heading TEXT     the note's headline\n"
	    "  --text FILE|-      the note itself, Markdown, from a file or standard input\n"
	    "  --country CC       the country it is about: KP, KR, ...\n"
	    "  --carrier NAME     who ran the story (Channel News Asia)\n"
	    "  --origin NAME      who wrote it (Reuters)\n"
	    "  --date DATE        the dateline's date, 2018-06-27\n"
	    "  --place PLACE      the dateline's place, as it is to be printed\n"
	    "  --full-story URL   the story's address\n"
	    "  --excerpt WORDS    words of the capture to quote, or FROM-TO in bytes of its text; may be repeated\n"
	    "  --contact NAME     press contact, 'Name, Role <mail@example.org>'; may be repeated\n"
	    "  --status STATUS    draft, ready or published\n"
	    "  --sensitivity S    unreviewed, public or protected\n"
	    "  --language LANG    of the note (default: the desk's first)\n"
	    "  --correct WHY      the change corrects a published note; WHY is printed on its page\n"
	    "  --withdraw WHY     take a published note back, in public\n" },
	{ "publish", cmd_publish, false, "[--base URL] OUT",
	    "Write the public site into the folder OUT: plain files for any host or a stick.",
	    "  --base URL         where the site will be, for feeds and the site map\n" },
	{ "verify", cmd_verify, true, "[--record] [ID]",
	    "Re-hash every stored byte against captures, database and ledger, and name what is wrong.",
	    "  --record           enter in the ledger that it was done, and what it found\n" },
	{ "witness", cmd_witness, true, "keys | trust KEY | ask | request WITNESS | cosign FILE | take FILE",
	    "Partner desks sign that a log only grew, over the network or by files.",
	    "  keys               our own key as a witness, and the keys that we trust\n"
	    "  trust KEY          a partner's log, to cosign it, or a witness, to count its cosignatures\n"
	    "  ask                ask the witnesses of tidings.conf that have an address; `serve` does it by itself\n"
	    "  request WITNESS    print what to send to this witness: our newest checkpoint and that it goes on from its last\n"
	    "  cosign FILE        check such a request of a partner and print our cosignature\n"
	    "  take FILE          keep what a witness answered\n" },
	{ "partner", cmd_partner, true, "pair NAME [--secret TEXT] [--url URL] | ask NAME | take FILE | exchange",
	    "Tell partner desks which captures we have in common, and nothing else; over the network or by files.",
	    "  pair NAME          make a partner of that name, and print the secret that both desks keep\n"
	    "  --secret TEXT      the secret that the partner's desk printed\n"
	    "  --url URL          where the partner answers; `serve` then asks it by itself\n"
	    "  ask NAME           print what to send to this partner: nobody can read it who has not the same pages\n"
	    "  take FILE          keep what the partner has too; of an ask, print the answer to send back\n"
	    "  exchange           ask all partners that have an address now\n" },
	{ "export", cmd_export, false, "wacz|evidence|bagit [--out PATH] [--allow WORD] [--language LANG] ID...",
	    "Write captures for others: a signed WACZ, one sheet to print, or a bag for a library.",
	    "  wacz               one file that replays in a browser, with proofs and signatures inside\n"
	    "  evidence           one HTML sheet: what, when, hashes, who can check it and how, what it does not prove\n"
	    "  bagit              a folder that an archive takes in\n"
	    "  --out PATH         where to (default: the first id, in the current folder)\n"
	    "  --allow WORD       let a word pass that might identify the desk; may be repeated\n"
	    "  --language LANG    of the sheet: en or ko\n" },
	{ "erase", cmd_erase, false, "ID --reason TEXT [--yes]",
	    "Take a capture away for good, with its files and text; say which copies are out of reach.",
	    "  --reason TEXT      why; the ledger keeps these words, so name nobody in them\n"
	    "  --yes              do it; without, say what would be done, and ask when there is a person to ask\n" },
	{ "ledger", cmd_ledger, true, "checkpoint | list | prove ID | stamp | check [--key FILE] [--quorum N] [FILE]",
	    "The desk's log: its signed checkpoint, its newest entries, and proofs that others can check.",
	    "  checkpoint         sign what the log is now, and print it\n"
	    "  list               the newest entries\n"
	    "  prove ID           print the proof that a capture, an article's capture or a note is in the log\n"
	    "  stamp              ask the time authorities of tidings.conf about the newest checkpoint, renew old tokens; `serve` does it by itself\n"
	    "  check FILE         check such a proof, without the network\n"
	    "  --quorum N         how many of the witnesses among them must have signed (default: as tidings.conf says)\n"
	    "  --key FILE         public keys that count, a line each (default: the desk's)\n"
	    "  check              the same as verify\n" },
	{ "backup", cmd_backup, false, "DIR",
	    "Copy the desk into a new folder below DIR and read every byte of the copy back.", "" },
	{ "restore", cmd_restore, false, "BACKUP DIR",
	    "Make a desk of a backup in the new folder DIR, every byte checked; its ledger says so.", "" },
	{ "key", cmd_key, false, "rotate --reason TEXT",
	    "Change the key that signs the desk's log; the old one announces the new one in the log and is destroyed.",
	    "  --reason TEXT      why; the ledger keeps these words\n" },
	{ "serve", cmd_serve, true, "[--port N] [--pages DIR] [--start DIR]",
	    "Open the desk in the browser on this machine, http://127.0.0.1:8080.",
	    "  --port N           another port\n"
	    "  --pages DIR        templates of your own, file by file\n"
	    "  --start DIR        on a sample desk: where Start my desk makes a new one\n" },
	{ "extract", cmd_extract, true, "[-j N] [--format json|text|markdown] [--url URL] [--progress] FILE|FOLDER|WARC|-...",
	    "Read pages without a desk: what they say, one JSON object a page, in the order of the input.",
	    "  -j N, --jobs N     read N documents at a time (default: as many as there are processors)\n"
	    "  --format FORMAT    json (default), text or markdown\n"
	    "  --url URL          the address of the page, for its links\n"
	    "  --progress         say on standard error how far it is, also when that is no terminal\n" },
	{ "feed", cmd_feed, true, "[--url URL] [--content-type TYPE] FILE...|-",
	    "Read feeds and sitemaps without a desk: what they announce, one JSON object a file.",
	    "  --url URL          the address of the feed, for relative addresses in it\n"
	    "  --content-type T   as the server said it, for its charset\n" },
	{ "source", cmd_source, true, "add|list|items|set|pause|resume|remove|import|export [OPTIONS] ADDRESS|ID|FILE...",
	    "The sources that the desk watches: feeds and sitemaps.",
	    "  --title TEXT       what it is called (default: what it calls itself)\n"
	    "  --folder NAME      where it stands in the list: Seoul/Ministries\n"
	    "  --every TIME       90m, 6h, 2d or auto (default): as often as it has news\n"
	    "  --language LANG    of what it publishes\n"
	    "  --country CC       the country it is of: KP, KR, ...\n"
	    "  --reliability TEXT the desk's own words about it\n"
	    "  --kind KIND        feed or sitemap\n"
	    "  --route WAY        direct, socks5h://ADDRESS:PORT, or desk: the way that fetch.route of tidings.conf says\n"
	    "  --contact TEXT     named in our requests to this source; without it nobody is\n"
	    "  --ignore-robots WHY  ask although its robots.txt says no; WHY is kept\n"
	    "  --list             add: a page without a feed; its new links are what it announces\n"
	    "  --select SELECTOR  of such a page: which links count: \"#news li a.title, .press a\"\n"
	    "  --no-pages         only list what it announces; --pages: take each page as evidence (default)\n"
	    "  --dry-run          add: only show what it announces\n"
	    "  --json             list, items: one JSON object a line\n" },
	{ "watch", cmd_watch, true, "[--once]",
	    "Ask the sources that are due, politely, and keep what is new; serve does the same all day.",
	    "  --once             what is due now, then end\n" },
	{ "robots", cmd_robots, true, "FILE|- ROBOT URL",
	    "Say whether a robots.txt lets a robot fetch an address; exit code 1 when not.", "" },
	{ "doctor", cmd_doctor, true, "",
	    "Say which walls stand on this machine, whether the desk is sound, and which sites are read less well than before.", "" },
	{ "help", cmd_help, false, "[COMMAND]", "Say what the commands are, or one command's options.", "" },
	{ "version", cmd_version, false, "", "Say which version this is.", "" },
};
const size_t commands_n = sizeof(commands) / sizeof(*commands);

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < commands_n; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

int
app_exit_code(enum err_code code)
{
	switch (code) {
	case ERR_OK:
		return 0;
	case ERR_NET:
	case ERR_FORMAT:
	case ERR_LIMIT:
	case ERR_MISSING:
	case ERR_EXISTS:
		return EXIT_FOUND;
	case ERR_NOMEM:
	case ERR_IO:
	case ERR_DENIED:
	case ERR_BUSY:
		break;
	}
	return EXIT_ENVIRONMENT;
}

int
app_fail(const struct err *err)
{
	fflush(stdout);
	fprintf(stderr, "tidings: %s\n", err->text);
	return app_exit_code(err->code);
}

int
app_usage(const char *name, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "tidings %s: ", name);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "; see tidings help %s\n", name);
	return EXIT_USAGE;
}

enum err_code
app_link(const struct app *app, enum link_mode mode, struct store_link **ret, struct err *err)
{
	return link_open(app->desk_dir, mode, ret, err);
}

enum err_code
app_read_input(const char *path, struct buf *bytes, struct err *err)
{
	ssize_t n;
	char   *room;

	if (strcmp(path, "-") != 0)
		return os_read_file(str_of(path), bytes, err);
	while ((room = buf_room(bytes, 64 * KiB)) != NULL && (n = read(STDIN_FILENO, room, 64 * KiB)) > 0)
		bytes->n += (size_t)n;
	if (room == NULL)
		return err_set(err, ERR_LIMIT, "standard input: more than the %zu MB limit; not read", LIMIT_BODY_B / MiB);
	return ERR_OK;
}

void
app_full(void *arg)
{
	(void)arg;
	fprintf(stderr, "tidings: out of memory; stopped, nothing acknowledged is lost\n");
	exit(EXIT_ENVIRONMENT);
}
