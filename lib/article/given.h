/*
 * article/given - an article out of what another format's reader found: mail, PDF, text, an office document.
 *
 * Such a reader knows its paragraphs, and often title, people and dates; what
 * only the words can tell (dateline, note, origin, language ...) is asked here,
 * by the same questions as of a page.
 *
 *     struct article_given g = { .title = info.title, .why = "the PDF's own information" };
 *     td_given_add(&arena, &g, BLOCK_PARAGRAPH, 0, page, text);
 *     td_article_of_given(&arena, &g, &article);
 *
 * Never fails; texts stay where they are and must live as long as the article.
 */
#ifndef ARTICLE_GIVEN_H
#define ARTICLE_GIVEN_H

#include "article/article.h"

struct given_part {
	enum block_kind kind;
	int64_t         level, page;            /* as in struct block */
	struct str      text;                   /* UTF-8; lines are joined by '\n' */
};

struct article_given {
	struct str       file, url;             /* "": unknown */
	struct str       title, publisher;      /* "": not said; the title is then the first heading */
	struct str       language;              /* BCP 47, "": not said */
	struct str_list  byline;
	struct civil     published, modified;
	const char      *why;                   /* where these come from, for article.why: "the mail's header" */
	int64_t          confidence;            /* percent */
	struct { struct given_part *v; size_t n, room; } parts;         /* td_given_add() */
	struct { struct article_link *v; size_t n; } links;
	struct str_list  warnings;              /* sentences for the person; td_given_warn() */
};

/* At most LIMIT_BLOCKS_N parts; more are left out.  Empty texts are no parts. */
void td_given_add(struct arena *, struct article_given *, enum block_kind, int64_t level, int64_t page, struct str text);
void td_given_warn(struct arena *, struct article_given *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* A title that says nothing: "Microsoft Word - report.doc", "untitled", a file's name. */
bool td_given_is_made_up(struct str title);
/* Names between ';' or ',' into the byline; "Windows User" is nobody. */
void td_given_people(struct arena *, struct article_given *, struct str authors);
/* White space folded to single spaces, trimmed. */
struct str td_given_fold(struct arena *, struct str);

/* Plain text as parts: paragraphs, quotes by '>', lists, underlined headings; broken lines are joined. */
void td_given_plain(struct arena *, struct article_given *, struct str text);
/* An article's blocks as parts, for a document that holds one in another. */
void td_given_blocks(struct arena *, struct article_given *, const struct article *);
/* What g says of title, people, publisher and dates stands in the place of what the article's own text says. */
void td_given_override(struct arena *, const struct article_given *, struct article *);

void td_article_of_given(struct arena *, const struct article_given *, struct article *ret);

#endif
