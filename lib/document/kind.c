#include "document/kind.h"

#include <stddef.h>

enum { FRONT_B = 1024, NUL_B = 4096, MAIL_HEAD_B = 64 * 1024 };

#define DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define ODT  "application/vnd.oasis.opendocument.text"

static const struct magic {
	struct str  bytes;
	const char *type, *what;
} magic[] = {
	{ { "\xff\xd8\xff", 3 }, "image/jpeg", "an image" }, { { "\x89PNG\r\n\x1a\n", 8 }, "image/png", "an image" },
	{ { "GIF8", 4 }, "image/gif", "an image" }, { { "PK\3\4", 4 }, "application/zip", "a ZIP file" },
	{ { "\xd0\xcf\x11\xe0", 4 }, "application/x-ole-storage", "an old office document" },
	{ { "\x1f\x8b", 2 }, "application/gzip", "a gzip file" }, { { "ID3", 3 }, "audio/mpeg", "a sound" },
	{ { "OggS", 4 }, "application/ogg", "a sound or film" },
};

static bool
has(struct str s, struct str what)
{
	return str_find_nocase(s, what) != STR_NONE;
}

static bool
looks_like_html(struct str s)
{
	s = str_sub(s, 0, FRONT_B);
	return has(s, STR("<!doctype html")) || has(s, STR("<html")) || has(s, STR("<head")) || has(s, STR("<body")) || has(s, STR("<p"));
}

static bool
is_html_type(struct str type)
{
	return str_eq_nocase(type, STR("text/html")) || str_eq_nocase(type, STR("application/xhtml+xml"));
}

/* "Name:" of RFC 5322 section 2.2 at the front of a line; its length, 0: none. */
static size_t
field_name(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] > ' ' && line.p[n] < 0x7f && line.p[n] != ':')
		n++;
	return n > 0 && n < line.n && line.p[n] == ':' ? n : 0;
}

/* A head whose fields are those of mail: who, and one more of those that no text begins with by chance. */
static bool
looks_like_mail(struct str s)
{
	static const char *const who[] = { "From", "Return-Path", "Received", "Delivered-To" };
	static const char *const more[] = { "Date", "Message-ID", "MIME-Version", "Subject", "To", "Content-Type" };
	struct str head = str_sub(s, 0, MAIL_HEAD_B), line;
	size_t     whos = 0, mores = 0;

	if (str_starts(head, STR("From ")))     /* a mailbox's first line */
		(void)str_cut(&head, '\n', &line);
	while (str_cut(&head, '\n', &line) && line.n > 0 && line.p[0] != '\r') {
		size_t n = field_name(line);

		if (n == 0 && line.p[0] != ' ' && line.p[0] != '\t')
			return false;
		for (size_t i = 0; i < sizeof(who) / sizeof(*who); i++)
			whos += str_eq_nocase(str_sub(line, 0, n), str_of(who[i]));
		for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
			mores += str_eq_nocase(str_sub(line, 0, n), str_of(more[i]));
	}
	return whos > 0 && mores > 1;
}

static bool
has_ending(struct str name, const char *ending)
{
	struct str e = str_of(ending);

	return name.n > e.n && str_eq_nocase(str_sub(name, name.n - e.n, name.n), e);
}

/* Front matter, or headings by # together with links or emphasis: what plain text has not. */
static bool
looks_like_markdown(struct str s)
{
	struct str front = str_sub(s, 0, 16 * 1024), line;
	size_t     headings = 0, links = 0;

	if (str_starts(front, STR("---\n")) && str_find(front, STR("\n---\n")) != STR_NONE && has(front, STR("\ntitle:")))
		return true;
	while (str_cut(&front, '\n', &line)) {
		size_t n = 0;

		while (n < line.n && line.p[n] == '#')
			n++;
		headings += n > 0 && n <= 6 && n < line.n && line.p[n] == ' ';
		links += str_find(line, STR("](http")) != STR_NONE || str_find(line, STR("**")) != STR_NONE;
	}
	return headings > 0 && links > 0;
}

static struct document_type
packed(struct str s)
{
	if (str_find(str_sub(s, 0, 256), STR("mimetype" ODT)) != STR_NONE)
		return (struct document_type){ DOCUMENT_OFFICE, ODT, NULL };
	if (str_find(s, STR("word/document.xml")) != STR_NONE)
		return (struct document_type){ DOCUMENT_OFFICE, DOCX, NULL };
	return (struct document_type){ DOCUMENT_OTHER, "application/zip", "a ZIP file" };
}

/* What is no text at all; DOCUMENT_NONE: it may be text. */
static struct document_type
binary(struct str s, struct str type, struct str name)
{
	bool   is_wide = str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff"));
	size_t pdf = str_find(str_sub(s, 0, FRONT_B), STR("%PDF-"));

	/* Readers of PDF look for its mark in the first kilobyte. */
	if (pdf == 0 || (pdf != STR_NONE && (str_eq_nocase(type, STR("application/pdf")) || has_ending(name, ".pdf"))))
		return (struct document_type){ DOCUMENT_PDF, "application/pdf", NULL };
	if (str_starts(s, STR("PK\3\4")))
		return packed(s);
	for (size_t i = 0; i < sizeof(magic) / sizeof(*magic); i++)
		if (str_starts(s, magic[i].bytes))
			return (struct document_type){ DOCUMENT_OTHER, magic[i].type, magic[i].what };
	if (!is_wide && s.n > 0 && memchr(s.p, '\0', s.n < NUL_B ? s.n : NUL_B) != NULL)
		return (struct document_type){ DOCUMENT_OTHER, "application/octet-stream", "a file that is no text" };
	return (struct document_type){ DOCUMENT_NONE, NULL, NULL };
}

struct document_type
td_document_type(struct bytes b, struct str type, struct str name)
{
	struct str           s = bytes_as_str(b);
	struct document_type t = binary(s, type, name);
	bool                 is_plain = str_eq_nocase(type, STR("text/plain"));

	if (t.kind != DOCUMENT_NONE)
		return t;
	if (is_html_type(type))
		return (struct document_type){ DOCUMENT_HTML, NULL, NULL };
	if (str_eq_nocase(type, STR("message/rfc822")) || looks_like_mail(s))
		return (struct document_type){ DOCUMENT_MAIL, "message/rfc822", NULL };
	if (str_eq_nocase(type, STR("text/markdown")) || has_ending(name, ".md") || has_ending(name, ".markdown"))
		return (struct document_type){ DOCUMENT_MARKDOWN, "text/markdown", NULL };
	if (!is_plain && (type.n == 0 || str_starts(type, STR("text/"))) && looks_like_html(s))
		return (struct document_type){ DOCUMENT_HTML, type.n == 0 ? "text/html" : NULL, NULL };
	if (looks_like_markdown(s))
		return (struct document_type){ DOCUMENT_MARKDOWN, type.n == 0 ? "text/markdown" : NULL, NULL };
	return (struct document_type){ DOCUMENT_TEXT, type.n == 0 ? "text/plain" : NULL, NULL };
}

enum document_kind
td_document_of_label(struct str type)
{
	if (type.n == 0 || is_html_type(type))
		return DOCUMENT_HTML;
	if (str_eq_nocase(type, STR("application/pdf")))
		return DOCUMENT_PDF;
	if (str_eq_nocase(type, STR(DOCX)) || str_eq_nocase(type, STR(ODT)))
		return DOCUMENT_OFFICE;
	if (str_eq_nocase(type, STR("message/rfc822")))
		return DOCUMENT_MAIL;
	if (str_eq_nocase(type, STR("text/markdown")))
		return DOCUMENT_MARKDOWN;
	return str_starts(type, STR("text/")) ? DOCUMENT_TEXT : DOCUMENT_OTHER;
}

bool
td_document_is_read(enum document_kind kind)
{
	return kind != DOCUMENT_NONE && kind != DOCUMENT_OTHER;
}
