/* A mail as an article: its readable text, who sent it and when; what is attached is named. */
#include <stdio.h>

#include "article/given.h"
#include "base/limits.h"
#include "document/parts.h"
#include "mail/mail.h"
#include "text/charset.h"

enum { NAMED_N = 6 };

/* "2 attachments, not opened: report.pdf (application/pdf, 12 KB), …" */
static void
name_attachments(struct arena *a, const struct mail *m, struct article_given *g)
{
	struct buf line = BUF_INIT(2 * KiB);
	size_t     n = 0;

	for (size_t i = 0; i < m->parts.n; i++) {
		const struct mail_part *p = &m->parts.v[i];

		if (p->role != MAIL_ATTACHED || ++n > NAMED_N)
			continue;
		buf_addf(&line, "%s%" STR_FMT " (%" STR_FMT ", %zu KB)", n > 1 ? ", " : "", STR_ARG(p->name.n > 0 ? str_sub(p->name, 0, 60) : STR("without a name")),
		    STR_ARG(str_sub(p->type, 0, 40)), (p->size_b + 1023) / 1024);
	}
	if (n > NAMED_N)
		buf_addf(&line, " and %zu more", n - NAMED_N);
	if (n > 0)
		td_given_warn(a, g, "%zu attachment%s, not opened: %" STR_FMT, n, n == 1 ? "" : "s", STR_ARG(buf_str(&line)));
	buf_free(&line);
	if (m->cut)
		td_given_warn(a, g, "the mail has more than %d parts or %d levels; the rest was left out", MAIL_PARTS_N, MAIL_DEPTH_N);
}

/* Who wrote it: a person, or, of what goes to many, who publishes it.  A page that a browser saved has no sender. */
static void
take_sender(struct arena *a, const struct mail *m, struct article_given *g)
{
	struct str name = m->from.name.n > 0 ? m->from.name : m->from.address;

	if (name.n == 0 || (m->from.address.n == 0 && str_starts(name, STR("Saved by "))) || str_eq(m->from.address, STR("Saved by Blink")))
		return;
	if (m->is_list) {
		g->publisher = name;
		return;
	}
	g->byline.v = arena_new(a, struct str);
	g->byline.v[0] = name;
	g->byline.n = 1;
}

static struct str
decoded(struct arena *a, const struct mail_part *p, struct article_given *g)
{
	struct charset charset;
	struct str     text = td_charset_decode(a, p->body, p->charset, &charset);

	if (charset.replaced > 0)
		td_given_warn(a, g, "%zu characters could not be read as %s", charset.replaced, charset.name);
	return p->is_flowed ? td_mail_unflow(a, text, p->is_delsp) : text;
}

static void
read_page(struct arena *a, const struct article_ask *ask, const struct mail_part *p, struct str url, struct article *ret)
{
	struct article_ask page = { .file = ask->file, .url = url, .media_type = STR("text/html"), .charset = p->charset, .body = p->body };

	td_article_read(a, &page, ret);
}

/* Several texts, or a forwarded message: each in its place, a message under its subject. */
static void
add_texts(struct arena *a, const struct article_ask *ask, const struct mail *m, struct article_given *g)
{
	for (size_t i = 0; i < m->parts.n; i++) {
		const struct mail_part *p = &m->parts.v[i];
		struct article          page;

		if (p->role == MAIL_MESSAGE && p->name.n > 0)
			td_given_add(a, g, BLOCK_HEADING, 2, 0, p->name);
		if (p->role != MAIL_BODY)
			continue;
		if (str_eq(p->type, STR("text/html"))) {
			read_page(a, ask, p, g->url, &page);
			td_given_blocks(a, g, &page);
		} else {
			td_given_plain(a, g, decoded(a, p, g));
		}
	}
}

static const struct mail_part *
only_page(const struct mail *m)
{
	const struct mail_part *page = NULL;

	for (size_t i = 0; i < m->parts.n; i++) {
		if (m->parts.v[i].role == MAIL_MESSAGE || (m->parts.v[i].role == MAIL_BODY && page != NULL))
			return NULL;
		page = m->parts.v[i].role == MAIL_BODY ? &m->parts.v[i] : page;
	}
	return page != NULL && str_eq(page->type, STR("text/html")) ? page : NULL;
}

void
document_mail(struct arena *a, const struct article_ask *ask, struct article *ret)
{
	struct article_given    g = { .file = ask->file, .url = ask->url, .why = "the mail's header", .confidence = 95 };
	const struct mail_part *page;
	struct mail             m;

	td_mail_read(a, ask->body, &m);
	if (g.url.n == 0 && (str_starts(m.location, STR("http://")) || str_starts(m.location, STR("https://"))) && m.location.n <= LIMIT_URL_B)
		g.url = m.location;
	g.title = m.subject;
	g.published = m.date;
	take_sender(a, &m, &g);
	name_attachments(a, &m, &g);
	if (m.date.precision == CIVIL_NONE && m.date_text.n > 0)
		td_given_warn(a, &g, "the mail's date cannot be read: %" STR_FMT, STR_ARG(str_sub(m.date_text, 0, 60)));
	if ((page = only_page(&m)) != NULL) {
		read_page(a, ask, page, g.url, ret);
		td_given_override(a, &g, ret);
		return;
	}
	add_texts(a, ask, &m, &g);
	td_article_of_given(a, &g, ret);
}
