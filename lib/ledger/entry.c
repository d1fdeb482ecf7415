#include "ledger/entry.h"

#include <stdlib.h>

#include "base/civil.h"
#include "crypto/sha256.h"

#define ENTRY_TITLE     "tidings-ledger/1"
#define STATEMENT_TITLE "tidings-statement/1"

const char *const ledger_kind_name[LEDGER_KIND__COUNT] = {
	[LEDGER_CAPTURE] = "capture", [LEDGER_NOTE] = "note", [LEDGER_SEAL] = "seal", [LEDGER_EXPORT] = "export",
	[LEDGER_RESTORE] = "restore", [LEDGER_KEY] = "key", [LEDGER_TOMBSTONE] = "tombstone", [LEDGER_ERASURE] = "erasure",
	[LEDGER_FIXITY] = "fixity",
};

static void
put_line(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, "%s ", name);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '\r')
			buf_add(out, STR("%0D"));
		else if (value.p[i] == '\n')
			buf_add(out, STR("%0A"));
		else if (value.p[i] == '%')
			buf_add(out, STR("%25"));
		else
			buf_add_char(out, value.p[i]);
	}
	buf_add_char(out, '\n');
}

static void
put_opening(struct buf *out, const char *title, enum ledger_kind kind, int64_t time_us)
{
	char shown[CIVIL_SHOWN];

	buf_addf(out, "%s\n", title);
	put_line(out, "kind", str_of(ledger_kind_name[kind]));
	put_line(out, "time", str_of(instant_iso_us(time_us, shown)));
}

void
td_ledger_lines(struct buf *out, const struct ledger_line *line, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_line(out, line[i].name, line[i].value);
}

void
td_ledger_statement(struct buf *out, enum ledger_kind kind, int64_t time_us, const struct ledger_line *line, size_t n,
	const unsigned char salt[16])
{
	char hex[2 * 16 + 1];

	put_opening(out, STATEMENT_TITLE, kind, time_us);
	td_ledger_lines(out, line, n);
	put_line(out, "salt", str_of(td_hex(salt, 16, hex)));
}

void
td_ledger_entry(struct buf *out, enum ledger_kind kind, int64_t time_us, struct bytes statement)
{
	unsigned char sum[SHA256_B];
	char          hex[SHA256_HEX_B];

	put_opening(out, ENTRY_TITLE, kind, time_us);
	td_sha256(statement, sum);
	buf_addf(out, "commit sha256:%s\n", td_hex(sum, SHA256_B, hex));
}

void
td_ledger_leaf(struct bytes entry, unsigned char ret[32])
{
	struct sha256 *h = td_sha256_create();

	if (h == NULL)
		abort();
	td_sha256_add(h, (struct bytes){ (const unsigned char *)"", 1 });
	td_sha256_add(h, entry);
	td_sha256_end(h, ret);
	td_sha256_destroy(h);
}

/* The value of the next line, which must be called `name`. */
static bool
take_value(struct str *rest, struct str name, struct str *ret)
{
	struct str line;

	if (!str_take_line(rest, &line) || !str_starts(line, name) || line.n == name.n || line.p[name.n] != ' ')
		return false;
	*ret = str_sub(line, name.n + 1, line.n);
	return true;
}

struct opening {
	struct str kind, time;
};

static bool
is_known_kind(struct str s)
{
	for (size_t i = 0; i < LEDGER_KIND__COUNT; i++)
		if (str_eq(s, str_of(ledger_kind_name[i])))
			return true;
	return false;
}

/* Exactly as instant_iso_us() writes it, so that one instant has one spelling. */
static bool
is_our_time(struct str s)
{
	int64_t us;
	char    shown[CIVIL_SHOWN];

	return s.n == 27 && instant_parse_iso(s, &us) && str_eq(s, str_of(instant_iso_us(us, shown)));
}

static enum err_code
take_opening(struct str *rest, const char *what, const char *title, struct opening *ret, struct err *err)
{
	struct str line;

	if (!str_take_line(rest, &line) || !str_eq(line, str_of(title)))
		return err_set(err, ERR_FORMAT, "The %s does not begin with the line \"%s\"; it was not accepted.", what, title);
	if (!take_value(rest, STR("kind"), &ret->kind) || !is_known_kind(ret->kind))
		return err_set(err, ERR_FORMAT, "The second line of the %s names no known kind; it was not accepted.", what);
	if (!take_value(rest, STR("time"), &ret->time) || !is_our_time(ret->time))
		return err_set(err, ERR_FORMAT, "The third line of the %s gives no time as 2018-06-27T09:30:00.000000Z; "
		    "it was not accepted.", what);
	return ERR_OK;
}

static bool
is_hex(struct str s, size_t n)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return s.n == n;
}

/* `name SP value` with a name of lower-case letters, no CR, and "%" only as put_line() writes it. */
static bool
is_our_line(struct str line)
{
	size_t name = 0;

	while (name < line.n && line.p[name] >= 'a' && line.p[name] <= 'z')
		name++;
	if (name == 0 || name == line.n || line.p[name] != ' ')
		return false;
	for (size_t i = name; i < line.n; i++) {
		struct str three = str_sub(line, i, i + 3);

		if (line.p[i] == '\r' || (line.p[i] == '%' && !str_eq(three, STR("%0D")) && !str_eq(three, STR("%0A")) &&
		    !str_eq(three, STR("%25"))))
			return false;
	}
	return true;
}

/* What follows the opening: any number of lines, then the salt, then nothing. */
static enum err_code
check_body(struct str rest, struct err *err)
{
	struct str line = { 0 };
	int        n = 3;

	while (rest.n > 0) {
		n++;
		if (str_starts(line, STR("salt ")) || !str_take_line(&rest, &line) || !is_our_line(line))
			return err_set(err, ERR_FORMAT, "Line %d of the statement is not \"name value\" before the salt; "
			    "it was not accepted.", n);
	}
	if (!str_starts(line, STR("salt ")) || !is_hex(str_sub(line, 5, line.n), 32))
		return err_set(err, ERR_FORMAT, "The statement does not end with a salt of 32 hex digits; it was not accepted.");
	return ERR_OK;
}

static enum err_code
take_entry(struct str rest, struct opening *ret, struct str *ret_commit, struct err *err)
{
	enum err_code e = take_opening(&rest, "entry", ENTRY_TITLE, ret, err);

	if (e != ERR_OK)
		return e;
	if (!take_value(&rest, STR("commit"), ret_commit) || !str_starts(*ret_commit, STR("sha256:")) ||
	    !is_hex(str_sub(*ret_commit, 7, ret_commit->n), 64) || rest.n > 0)
		return err_set(err, ERR_FORMAT, "The fourth and last line of the entry is not \"commit sha256:\" and 64 hex digits; "
		    "it was not accepted.");
	return ERR_OK;
}

enum err_code
td_ledger_check(struct bytes entry, struct bytes statement, struct err *err)
{
	struct opening said, meant;
	struct str     commit, rest = bytes_as_str(statement);
	unsigned char  sum[SHA256_B];
	char           hex[SHA256_HEX_B];
	enum err_code  e;

	if ((e = take_entry(bytes_as_str(entry), &said, &commit, err)) != ERR_OK ||
	    (e = take_opening(&rest, "statement", STATEMENT_TITLE, &meant, err)) != ERR_OK ||
	    (e = check_body(rest, err)) != ERR_OK)
		return e;
	td_sha256(statement, sum);
	if (!str_eq(str_sub(commit, 7, commit.n), str_of(td_hex(sum, SHA256_B, hex))))
		return err_set(err, ERR_FORMAT, "The statement's SHA-256 is %s, the entry commits to another one; "
		    "it was not accepted.", hex);
	if (!str_eq(said.kind, meant.kind))
		return err_set(err, ERR_FORMAT, "The entry and its statement are of different kinds; they were not accepted.");
	if (!str_eq(said.time, meant.time))
		return err_set(err, ERR_FORMAT, "The entry and its statement give different times; they were not accepted.");
	return ERR_OK;
}
