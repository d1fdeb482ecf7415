/*
 * A PDF is read by pdftotext, a program of poppler, in a wall of its own
 * (src/jail/program.h); what it writes is read here, in the child beside it.
 * pdftotext runs no script and no action of a PDF; it is a reader of text.
 */
#include <stdio.h>

#include "base/limits.h"
#include "extract/extract.h"
#include "extract/extract_private.h"
#include "text/utf8.h"

#define TEXT_OF(n) #n
#define VALUE_OF(n) TEXT_OF(n)

/* fd 0 by its number; one page more than we take, so that a cut is seen. */
static const char *const pdf_argv[] = { "pdftotext", "-enc", "UTF-8", "-bbox-layout", "-l", VALUE_OF(LIMIT_PDF_PAGES_N), "-", "-", NULL };
static const char *const pdf_envp[] = { "LC_ALL=C.UTF-8", "TZ=UTC0", NULL };
static const char *const pdf_folders[] = { "/usr/share/poppler", NULL };

const struct jail_program extract_pdf_program = { "/usr/bin/pdftotext", pdf_argv, pdf_envp, pdf_folders, "poppler-utils" };

static bool
says(const struct jail_run *run, const char *words)
{
	return strstr(run->said, words) != NULL;
}

/* 'Adobe-Korea1' of "Missing language pack for 'Adobe-Korea1' mapping"; poppler's words since its xpdf days. */
static void
missing_pack(const struct jail_run *run, char *ret, size_t ret_n)
{
	struct str rest = str_of(strstr(run->said, "language pack for")), pack = STR("");
	size_t     at = str_find_char(rest, '\'');

	rest = str_sub(rest, at == STR_NONE ? rest.n : at + 1, rest.n);
	(void)str_cut(&rest, '\'', &pack);
	pack = str_sub(pack, 0, 40);
	snprintf(ret, ret_n, "some letters of the PDF cannot be read: the language pack %" STR_FMT " is missing (install the package poppler-data, "
	    "then add the file again)", STR_ARG(td_utf8_is_valid(bytes_of(pack)) ? pack : STR("")));
}

/* One sentence about how the reading ended; "" when all went well. */
static void
sentence(const struct jail_run *run, enum jail_end end, bool has_pages, char *ret, size_t ret_n)
{
	const char *rest = has_pages ? "; what could be read of it was" : "; kept, not read";

	ret[0] = '\0';
	if (run->err.code != ERR_OK)
		snprintf(ret, ret_n, "%.300s; the PDF is kept, not read", run->err.text);
	else if (says(run, "Incorrect password"))
		snprintf(ret, ret_n, "the PDF is locked with a password; kept, not read");
	else if (end == JAIL_END_TIME)
		snprintf(ret, ret_n, "the PDF took more than %d s to read%s", LIMIT_JAIL_CPU_S, rest);
	else if (end == JAIL_END_CUT)
		snprintf(ret, ret_n, "the PDF has more text than we take%s", rest);
	else if (end == JAIL_END_WALL)
		snprintf(ret, ret_n, "the PDF made its reader try something that no PDF needs; stopped%s", rest);
	else if (says(run, "Out of memory") || says(run, "bad_alloc") || says(run, "Bogus memory"))
		snprintf(ret, ret_n, "the PDF needs more memory than %d MB%s", (int)(LIMIT_JAIL_MEMORY_B / MiB), rest);
	else if (end == JAIL_END_CRASHED)
		snprintf(ret, ret_n, "the PDF crashed its reader (%s)%s", strsignal(run->sig), rest);
	else if (says(run, "language pack for"))
		missing_pack(run, ret, ret_n);
	else if (end == JAIL_END_FAILED)
		snprintf(ret, ret_n, "the PDF is damaged%s", rest);
	else if (says(run, "Syntax Error"))
		snprintf(ret, ret_n, "the PDF is damaged in places; what could be read of it was");
}

/* The page beyond the limit is only looked at to know that there is one. */
static struct bytes
without_last_page(struct bytes layout, bool *ret_cut)
{
	static const char mark[] = "<page ";
	size_t            n = 0;
	const unsigned char *at = layout.p, *end = layout.p + layout.n;

	*ret_cut = false;
	while (layout.n > 0 && (at = memmem(at, (size_t)(end - at), mark, sizeof(mark) - 1)) != NULL) {
		if (++n == LIMIT_PDF_PAGES_N) {
			*ret_cut = true;
			return (struct bytes){ layout.p, (size_t)(at - layout.p) };
		}
		at++;
	}
	return layout;
}

/* Hands the document over and takes what the program makes of it. */
static enum jail_end
converse(struct jail_run *run, struct bytes body, struct buf *layout)
{
	if (run->err.code != ERR_OK)
		return JAIL_END_FAILED;
	if (!jail_run_put(run, body) || !jail_run_start(run)) {
		err_set(&run->err, ERR_IO, "the PDF cannot be handed to its reader");
		return JAIL_END_FAILED;
	}
	return jail_run_read(run, layout);
}

int
extract_pdf_work(struct bytes in, struct jail_run *run, struct buf *answer)
{
	struct buf         body = BUF_INIT(LIMIT_DECODED_B + MiB), layout = BUF_INIT(LIMIT_PDF_LAYOUT_B);
	char               said[512];
	struct extract_ask ask;
	struct article_ask question;
	struct article     article;
	struct bytes       pages;
	struct arena       a;
	struct err         err;
	enum jail_end      end;
	bool               cut;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, jail_full, NULL);
	if (td_wire_get(&a, &extract_ask_desc, in, &ask, &err) != ERR_OK)
		return 1;
	if (extract_unpack(&ask, &body, &err) != ERR_OK) {
		if (ask.is_whole_only)
			return 1;
		buf_reset(&body);
	}
	end = converse(run, buf_bytes(&body), &layout);
	buf_free(&body);
	pages = without_last_page(buf_bytes(&layout), &cut);
	sentence(run, end, pages.n > 0 && memmem(pages.p, pages.n, "<word", 5) != NULL, said, sizeof(said));
	if (cut)
		snprintf(said, sizeof(said), "the PDF has more than %d pages; the rest was left out", LIMIT_PDF_PAGES_N - 1);
	question = (struct article_ask){ .file = ask.file, .url = ask.url };
	td_document_pdf(&a, &question, pages, str_of(said), &article);
	td_wire_put(answer, &article_desc, &article);
	buf_free(&layout);
	arena_free(&a);
	return 0;
}
