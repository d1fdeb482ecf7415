#include "store/conf.h"

#include <stddef.h>

#include "base/limits.h"
#include "ledger/note.h"
#include "text/utf8.h"

enum { WITNESSES_B = 8000 };

enum conf_type { CONF_TEXT, CONF_YES, CONF_NUMBER, CONF_WITNESSES };

struct conf_row {
	const char    *name;
	enum conf_type type;
	size_t         offset, max;
	const char    *comment;
};

static const struct conf_row rows[] = {
	{ "name", CONF_TEXT, offsetof(struct desk_conf, name), 200, "The desk's name, as it stands above every page." },
	{ "tagline", CONF_TEXT, offsetof(struct desk_conf, tagline), 500, "One line under the name." },
	{ "languages", CONF_TEXT, offsetof(struct desk_conf, languages), 200,
	    "Languages of the desk and its site, the first is the default: en ko" },
	{ "site.url", CONF_TEXT, offsetof(struct desk_conf, site_url), LIMIT_URL_B,
	    "Where the public site will be read: https://example.org/news/ ; feeds need it." },
	{ "fetch.allow", CONF_TEXT, offsetof(struct desk_conf, fetch_allow), 500,
	    "Private networks that the desk may fetch from: 192.168.7.0/24 ; mostly none." },
	{ "fetch.route", CONF_TEXT, offsetof(struct desk_conf, fetch_route), 100,
	    "The way to the network: direct, or a proxy that takes names too, as Tor's: socks5h://127.0.0.1:9050 ; sources may have their own." },
	{ "time.authorities", CONF_TEXT, offsetof(struct desk_conf, time_authorities), 2000,
	    "Time authorities (RFC 3161) that confirm the ledger, best two of two countries: https://freetsa.org/tsr ; mostly none." },
	{ "time.roots", CONF_TEXT, offsetof(struct desk_conf, time_roots), 1000,
	    "A file with the certificates that these authorities lead to (PEM); empty: the system's." },
	{ "captures.sealed", CONF_YES, offsetof(struct desk_conf, seals), 0,
	    "yes: each record is sealed under a key of its own, so that it can be erased for good; other programs then see only that it is there." },
	{ "time.every", CONF_NUMBER, offsetof(struct desk_conf, time_every_h), 24 * 365,
	    "How many hours lie at least between two questions to them while the desk is open and has something new; 0: only when asked." },
	{ "witnesses", CONF_WITNESSES, offsetof(struct desk_conf, witnesses), WITNESSES_B,
	    "Partners that sign that our log only grew: KEY, and the address where it is asked (none: by file), spaces between." },
	{ "witness.quorum", CONF_NUMBER, offsetof(struct desk_conf, witness_quorum), 60,
	    "How many of these must have signed before a checkpoint counts as witnessed; 0: it is only said how many have." },
	{ "witness.listen", CONF_TEXT, offsetof(struct desk_conf, witness_listen), 100,
	    "Where partners ask us to sign theirs while the desk is open: 127.0.0.1:8190 ; empty: nowhere." },
	{ "verify.every", CONF_NUMBER, offsetof(struct desk_conf, verify_every_days), 3650,
	    "After how many days everything is read again while the desk is open, a little at a time, and the ledger says so; 0: only when asked." },
	{ "sample", CONF_YES, offsetof(struct desk_conf, is_sample), 0,
	    "yes: a desk made for trying out; its pages say so." },
};

static const struct conf_row *
find_row(struct str name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_eq(name, str_of(rows[i].name)))
			return &rows[i];
	return NULL;
}

static struct str
next_word(struct str *rest)
{
	struct str word;

	while (str_cut(rest, ' ', &word))
		if (word.n > 0)
			return word;
	return STR("");
}

bool
conf_witness(struct str *rest, struct str *ret_vkey, struct str *ret_url)
{
	struct str after;

	*ret_vkey = next_word(rest);
	after = *rest;
	*ret_url = next_word(&after);
	if (str_starts(*ret_url, STR("http://")) || str_starts(*ret_url, STR("https://")))
		*rest = after;
	else
		*ret_url = STR("");
	return ret_vkey->n > 0;
}

static bool
are_witnesses(struct str list)
{
	struct str      vkey, url;
	struct note_key k;

	while (conf_witness(&list, &vkey, &url))
		if (!td_note_key_parse(vkey, &k) || k.kind != NOTE_COSIGNATURE)
			return false;
	return true;
}

static enum err_code
set_value(const struct conf_row *row, struct str value, int line, struct desk_conf *conf, struct err *err)
{
	char    *at = (char *)conf + row->offset;
	int64_t *at64 = (int64_t *)(void *)at;

	if (row->type == CONF_YES && !str_eq(value, STR("yes")) && !str_eq(value, STR("no")))
		return err_set(err, ERR_FORMAT, "tidings.conf, line %d: %s is yes or no, not \"%" STR_FMT "\"; nothing was opened",
		    line, row->name, STR_ARG(str_sub(value, 0, 40)));
	if (row->type == CONF_NUMBER && !str_to_i64(value, 0, (int64_t)row->max, at64))
		return err_set(err, ERR_FORMAT, "tidings.conf, line %d: %s is a number up to %zu, not \"%" STR_FMT "\"; nothing was opened",
		    line, row->name, row->max, STR_ARG(str_sub(value, 0, 40)));
	if (row->type == CONF_WITNESSES && !are_witnesses(value))
		return err_set(err, ERR_FORMAT, "tidings.conf, line %d: %s are keys as `tidings witness keys` prints them, each with an address behind it "
		    "or none; nothing was opened", line, row->name);
	if ((row->type == CONF_TEXT || row->type == CONF_WITNESSES) && value.n > row->max)
		return err_set(err, ERR_LIMIT, "tidings.conf, line %d: %s is longer than %zu bytes; nothing was opened",
		    line, row->name, row->max);
	if (row->type == CONF_NUMBER)
		return ERR_OK;
	if (row->type == CONF_YES)
		*(bool *)at = str_eq(value, STR("yes"));
	else
		*(struct str *)(void *)at = value;
	return ERR_OK;
}

enum err_code
conf_parse(struct str text, struct desk_conf *ret, struct err *err)
{
	struct desk_conf conf = { .time_every_h = CONF_TIME_EVERY_H, .verify_every_days = CONF_VERIFY_EVERY_DAYS };
	struct str       rest = text, line, name;

	if (!td_utf8_is_valid(bytes_of(text)) || str_find_char(text, '\0') != STR_NONE)
		return err_set(err, ERR_FORMAT, "tidings.conf: not UTF-8 text; nothing was opened");
	for (int n = 1; str_cut(&rest, '\n', &line); n++) {
		const struct conf_row *row;

		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (str_find_char(line, '=') == STR_NONE)
			return err_set(err, ERR_FORMAT, "tidings.conf, line %d: \"%" STR_FMT "\" is not of the form "
			    "name = value; nothing was opened", n, STR_ARG(str_sub(line, 0, td_utf8_floor(line, line.n < 40 ? line.n : 40))));
		str_cut(&line, '=', &name);
		name = str_trim(name);
		if ((row = find_row(name)) == NULL)
			return err_set(err, ERR_FORMAT, "tidings.conf, line %d: there is no setting \"%" STR_FMT "\"; nothing was opened",
			    n, STR_ARG(str_sub(name, 0, td_utf8_floor(name, name.n < 40 ? name.n : 40))));
		if (set_value(row, str_trim(line), n, &conf, err) != ERR_OK)
			return err->code;
	}
	*ret = conf;
	return ERR_OK;
}

/* A value is one line. */
static void
put_value(struct buf *out, struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		buf_add_char(out, (unsigned char)value.p[i] < ' ' ? ' ' : value.p[i]);
}

void
conf_write(const struct desk_conf *conf, struct buf *out)
{
	buf_add(out, STR("# tidings.conf - the settings of this desk.  Everything else is in the database.\n"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *at = (const char *)conf + rows[i].offset;

		buf_addf(out, "\n# %s\n%s = ", rows[i].comment, rows[i].name);
		if (rows[i].type == CONF_YES)
			buf_add(out, *(const bool *)at ? STR("yes") : STR("no"));
		else if (rows[i].type == CONF_NUMBER)
			buf_addf(out, "%lld", (long long)*(const int64_t *)(const void *)at);
		else
			put_value(out, *(const struct str *)(const void *)at);
		buf_add(out, STR("\n"));
	}
}
