#include "document/read.h"

#include <stdio.h>

#include "document/kind.h"
#include "document/parts.h"
#include "office/office.h"
#include "pdf/pdf.h"
#include "text/forms.h"

void
td_document_warm_up(void)
{
	td_forms_warm_up();
	td_office_warm_up();
}

static void
unread(struct arena *a, const struct article_ask *ask, const char *what, struct article *ret)
{
	struct article_given g = { .file = ask->file, .url = ask->url };

	td_given_warn(a, &g, "%s, kept as evidence; there is no text to read", what);
	td_article_of_given(a, &g, ret);
}

void
td_document_pdf(struct arena *a, const struct article_ask *ask, struct bytes layout, struct str said, struct article *ret)
{
	struct article_given g = { .file = ask->file, .url = ask->url };
	struct pdf_facts     facts;

	td_pdf_read(a, layout, &g, &facts);
	if (said.n > 0)
		td_given_warn(a, &g, "%" STR_FMT, STR_ARG(said));
	if (facts.pages_n > 0 && facts.empty_n == facts.pages_n && said.n == 0)
		td_given_warn(a, &g, "the PDF has no text layer: its %zu page%s pictures, perhaps a scan; kept, not read", facts.pages_n,
		    facts.pages_n == 1 ? " is only" : "s are only");
	else if (facts.empty_n > 0 && facts.empty_n < facts.pages_n)
		td_given_warn(a, &g, "%zu of the PDF's %zu pages have no text, perhaps pictures of it; they were not read", facts.empty_n, facts.pages_n);
	td_article_of_given(a, &g, ret);
}

void
td_document_read(struct arena *a, const struct article_ask *ask, struct article *ret)
{
	struct document_type t = td_document_type(ask->body, ask->media_type, ask->file.n > 0 ? ask->file : ask->url);

	switch (t.kind) {
	case DOCUMENT_OTHER:
		unread(a, ask, t.what, ret);
		break;
	case DOCUMENT_OFFICE:
		document_office(a, ask, ret);
		break;
	case DOCUMENT_MARKDOWN:
		document_markdown(a, ask, ret);
		break;
	case DOCUMENT_MAIL:
		document_mail(a, ask, ret);
		break;
	case DOCUMENT_PDF:
		unread(a, ask, "a PDF that came packed", ret);
		break;
	default:
		td_article_read(a, ask, ret);
		break;
	}
}
