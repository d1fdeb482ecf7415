#include "document/kind.h"

#include "tests/check.h"

static enum document_kind
kind(struct str bytes, const char *type, const char *name)
{
	return td_document_type(bytes_of(bytes), str_of(type), str_of(name)).kind;
}

static const struct { struct str bytes; const char *type, *name; enum document_kind kind; } cases[] = {
	{ { "%PDF-1.4\n", 9 }, "", "", DOCUMENT_PDF }, { { "%PDF-1.4\n", 9 }, "text/html", "story.html", DOCUMENT_PDF },
	{ { "junk\n%PDF-1.4\n", 14 }, "application/pdf", "", DOCUMENT_PDF }, { { "about %PDF-1.4\n", 15 }, "", "note.txt", DOCUMENT_TEXT },
	{ { "PK\3\4..................word/document.xml", 40 }, "", "x.pdf", DOCUMENT_OFFICE }, { { "PK\3\4..datapackage.json", 22 }, "", "x.docx", DOCUMENT_OTHER },
	{ { "PK\3\4..........................mimetypeapplication/vnd.oasis.opendocument.text", 77 }, "", "", DOCUMENT_OFFICE },
	{ { "From: a@example.org\nTo: b@example.org\nDate: x\n\n<p>x", 51 }, "", "", DOCUMENT_MAIL },
	{ { "From a Mon Jan 1\nReceived: x\nSubject: y\nMIME-Version: 1.0\n\n", 58 }, "", "x.txt", DOCUMENT_MAIL },
	{ { "From: Seoul\nwe write this letter.\nDate: none\n", 44 }, "", "", DOCUMENT_TEXT },
	{ { "Subject: x\nDate: y\n\ntext", 24 }, "", "", DOCUMENT_TEXT },
	{ { "# 제목\n\nSee [this](http://example.org).\n", 42 }, "", "", DOCUMENT_MARKDOWN }, { { "# 1 of the list\n\nplain\n", 22 }, "", "", DOCUMENT_TEXT },
	{ { "plain", 5 }, "", "README.MD", DOCUMENT_MARKDOWN }, { { "---\ntitle: x\n---\ny\n", 19 }, "", "", DOCUMENT_MARKDOWN },
	{ { "\xff\xfe" "a\0b\0", 6 }, "", "", DOCUMENT_TEXT }, { { "a\0b", 3 }, "text/plain", "a.txt", DOCUMENT_OTHER },
	{ { "<!doctype html>x", 16 }, "", "", DOCUMENT_HTML }, { { "x", 1 }, "text/html", "", DOCUMENT_HTML },
	{ { "GIF89a", 6 }, "text/html", "", DOCUMENT_OTHER }, { { "", 0 }, "", "", DOCUMENT_TEXT },
};

static void
bytes_decide_and_names_only_hint(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (kind(cases[i].bytes, cases[i].type, cases[i].name) != cases[i].kind) {
			fprintf(stderr, "case %zu\n", i);
			CHECK_INT(cases[i].kind, kind(cases[i].bytes, cases[i].type, cases[i].name));
		}
}

static void
what_is_still_packed_is_believed(void)
{
	CHECK_INT(DOCUMENT_PDF, td_document_of_label(STR("application/pdf")));
	CHECK_INT(DOCUMENT_TEXT, td_document_of_label(STR("text/plain")));
	CHECK_INT(DOCUMENT_OTHER, td_document_of_label(STR("image/png")));
	CHECK(td_document_is_read(DOCUMENT_MAIL) && !td_document_is_read(DOCUMENT_OTHER) && !td_document_is_read(DOCUMENT_NONE));
}

TESTS(
	TEST(bytes_decide_and_names_only_hint),
	TEST(what_is_still_packed_is_believed))
