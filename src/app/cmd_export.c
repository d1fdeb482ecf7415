/* cmd_export - captures in the forms that others check and read. */
#include <getopt.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/command.h"
#include "app/which.h"
#include "base/limits.h"
#include "crypto/sha256.h"
#include "export/export.h"
#include "os/file.h"

enum { ALLOWED_N = 64, SHORTEST = 3 };

struct options {
	struct str      out, allowed[ALLOWED_N];
	size_t          allowed_n;
	enum words_lang lang;
};

struct run {
	struct store_link    *link;
	struct arena          a;
	struct options        o;
	struct export_package p;
	unsigned char         sha256[32];
	struct str            out;           /* as it was written */
};

/* What every machine has says nothing. */
static struct str
secret(struct run *r, const char *word)
{
	static const char *const common[] = { "root", "user", "localhost", "debian", "/", "/root", "/tmp" };
	struct str               s = arena_copy(&r->a, str_of(word));

	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
		if (str_eq(s, str_of(common[i])))
			return STR("");
	return s.n >= SHORTEST ? s : STR("");
}

static struct export_secrets
secrets_of(struct run *r, struct str desk_dir)
{
	struct export_secrets s = { .allowed = r->o.allowed, .allowed_n = r->o.allowed_n };
	const struct passwd  *person = getpwuid(getuid());
	char                  host[256] = "";

	(void)gethostname(host, sizeof(host) - 1);
	s.word[0] = secret(r, host);
	s.word[1] = person != NULL ? secret(r, person->pw_name) : STR("");
	s.word[2] = person != NULL ? secret(r, person->pw_dir) : STR("");
	s.word[3] = secret(r, desk_dir.p);
	s.word[4] = getenv("USER") != NULL ? secret(r, getenv("USER")) : STR("");
	return s;
}

/* ── the forms ────────────────────────────────────────────────────────── */

/* Where a form goes: --out, else the first capture's id and this ending. */
static struct str
target(struct run *r, const char *ending)
{
	char id[ID_SHOWN], name[64];

	snprintf(name, sizeof(name), "%s%s", id_show(ID_CAPTURE, &r->p.captures[0].taken.id, id), ending);
	return r->o.out.n > 0 ? r->o.out : arena_copy(&r->a, str_of(name));
}

static enum err_code
write_out(struct run *r, struct buf *b, struct err *err)
{
	td_sha256(buf_bytes(b), r->sha256);
	return os_exists(r->out) ? err_set(err, ERR_EXISTS, "%" STR_FMT ": is there already; nothing was written", STR_ARG(r->out)) :
	    os_replace_file(r->out, buf_str(b), err);
}

static enum err_code
wacz(struct run *r, struct err *err)
{
	struct buf b = BUF_INIT(0);

	r->out = target(r, ".wacz");
	if (export_wacz(r->link, &r->a, &r->p, &b, err) == ERR_OK)
		(void)write_out(r, &b, err);
	buf_free(&b);
	return err->code;
}

static enum err_code
evidence(struct run *r, struct err *err)
{
	struct buf b = BUF_INIT(LIMIT_PAGE_B);

	r->out = target(r, ".html");
	if (export_sheet(&r->a, &r->p, r->o.lang, &b, err) == ERR_OK)
		(void)write_out(r, &b, err);
	buf_free(&b);
	return err->code;
}

static enum err_code
bagit(struct run *r, struct err *err)
{
	r->out = target(r, "-bag");
	return export_bagit(&r->a, &r->p, r->out, r->sha256, err);
}

static const struct form {
	const char     *name;
	enum err_code (*write)(struct run *, struct err *);
} forms[] = { { "wacz", wacz }, { "evidence", evidence }, { "bagit", bagit } };

/* ── the command ──────────────────────────────────────────────────────── */

static enum err_code
record(struct run *r, const char *form, struct err *err)
{
	struct store_export_new  e = { .form = str_of(form) };
	struct store_export_done done;
	struct buf               ids = BUF_INIT(64 * KiB);
	char                     id[ID_WHOLE];
	enum err_code            code;

	/* A page's parts go without saying: they say whose they are. */
	for (size_t i = 0; i < r->p.captures_n; i++)
		if (i == 0 || !r->p.captures[i].is_part)
			buf_addf(&ids, "%s%s", i > 0 ? " " : "", id_show_whole(ID_CAPTURE, &r->p.captures[i].taken.id, id));
	e.subjects = buf_str(&ids);
	memcpy(e.sha256, r->sha256, sizeof(e.sha256));
	code = store_export_commit(r->link, &r->a, &e, &done, err);
	buf_free(&ids);
	return code;
}

static int
export(struct run *r, const struct form *form, int n, char *ids[])
{
	struct store_desk_status status;
	struct export_secrets    secrets;
	struct id               *captures = arena_array(&r->a, (size_t)n, struct id);
	struct err               err;
	int                      code;

	for (int i = 0; i < n; i++) {
		struct which which;

		if ((code = which_find(r->link, "export", ids[i], &which)) != 0)
			return code;
		if (id_is_none(&which.capture))
			return app_usage("export", "%s is a note; say the capture or the article that it is about", ids[i]);
		captures[i] = which.capture;
	}
	if (store_status(r->link, &r->a, &(struct store_none){ 0 }, &status, &err) != ERR_OK)
		return app_fail(&err);
	secrets = secrets_of(r, status.dir);
	if (export_gather(r->link, &r->a, captures, (size_t)n, &r->p, &err) != ERR_OK)
		return app_fail(&err);
	if (export_lint(&r->p, &secrets, &err) == ERR_OK && form->write(r, &err) == ERR_OK && record(r, form->name, &err) == ERR_OK)
		printf("%" STR_FMT ": %d capture%s, entered in the ledger\n", STR_ARG(r->out), n, n == 1 ? "" : "s");
	export_free(&r->p);
	return err.code == ERR_OK ? 0 : app_fail(&err);
}

static int
read_options(struct options *o, int argc, char *argv[])
{
	static const struct option options[] = {
		{ "out", required_argument, NULL, 'o' }, { "allow", required_argument, NULL, 'a' }, { "language", required_argument, NULL, 'l' },
		{ 0 },
	};

	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (c == 'o')
			o->out = str_of(optarg);
		else if (c == 'a' && o->allowed_n < ALLOWED_N)
			o->allowed[o->allowed_n++] = str_of(optarg);
		else if (c == 'l' && !td_words_lang(str_of(optarg), &o->lang))
			return app_usage("export", "--language takes en or ko, not \"%s\"", optarg);
		else if (c != 'l')
			return EXIT_USAGE;
	}
	return 0;
}

int
cmd_export(struct app *app, int argc, char *argv[])
{
	static struct run  r;
	const struct form *form = NULL;
	struct err         err;
	int                code = read_options(&r.o, argc, argv);

	if (code != 0)
		return code;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms) && optind < argc; i++)
		if (strcmp(forms[i].name, argv[optind]) == 0)
			form = &forms[i];
	if (form == NULL || optind + 1 >= argc)
		return app_usage("export", "say wacz, evidence or bagit, and one id or more");
	if (app_link(app, LINK_WRITE, &r.link, &err) != ERR_OK)
		return app_fail(&err);
	arena_init(&r.a, 4 * LIMIT_EXPORT_B, app_full, NULL);
	code = export(&r, form, argc - optind - 1, argv + optind + 1);
	arena_free(&r.a);
	link_close(r.link);
	return code;
}
