/*
 * parts - an article in the making: its paragraphs, and the questions that each file answers.
 *
 * A page becomes a list of parts (paragraph, heading, item ...); the questions
 * look at the parts, the tree or the head of the page, fill in fields and give
 * their reasons; at the end the parts that are left become the text.
 * (lib/article only.)
 */
#ifndef ARTICLE_PARTS_H
#define ARTICLE_PARTS_H

#include "article/article.h"
#include "html/tree.h"
#include "url/url.h"

struct part {
	enum block_kind kind;
	int64_t         level, page;    /* as in struct block */
	struct str      text;           /* one line, or lines joined by '\n' */
	struct str      href;           /* the first link in it, resolved; "" */
	bool            is_dropped;     /* not part of the text */
};

/* A language that the page says it is in, and where it says so. */
struct said_language {
	struct str  tag;                /* BCP 47 */
	const char *where;
};
#define DRAFT_SAID_MAX 6

struct page_head;

struct draft {
	struct arena           *arena;
	struct article         *article;
	const struct html_tree *tree;   /* NULL: plain text */
	const struct html_node *root;   /* where the story stands; NULL: not known */
	struct str              base_url;
	struct url              base;           /* base_url taken apart, once: that which began at base_of */
	const char             *base_of;
	bool                    has_base;
	struct part            *parts;
	size_t                  parts_n, parts_room;
	int                     published_confidence;
	struct said_language    said[DRAFT_SAID_MAX];   /* the most believed first */
	size_t                  said_n;
	enum article_kind       shape;          /* what the tree looks like: story, index, forum, product */
	int                     shape_confidence;
};

/* The reason of a field; the last one given counts.  fmt is short and has no newline. */
void td_draft_why(struct draft *, const char *field, int confidence, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void td_draft_warn(struct draft *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* At most LIMIT_BLOCKS_N parts; more are left out. */
struct part *td_draft_add(struct draft *, enum block_kind, int64_t level, struct str text);
/* One line: white space folded, trimmed, in the arena. */
struct str td_draft_fold(struct arena *, struct str);
/* An address relative to the page; "" when it is none of the web or mailto. */
struct str td_draft_url(struct draft *, struct str href);

/* An empty article with room for reasons and warnings. */
void td_draft_start(struct draft *, struct arena *, struct article *, struct str file, struct str url);
/* All questions that the parts can answer, then the text put together out of what is left. */
void td_draft_finish(struct draft *);

/* The questions. */
void td_genre(struct draft *);                          /* note, dateline, [Full Story], contact */
void td_sources(struct draft *);                        /* publisher, carrier, origin */
void td_kind(struct draft *);                           /* a story, or what else */
void td_links(struct draft *);                          /* of a page; where they lead and what they are */
/* Of an address in a document that has no furniture. */
enum link_kind td_link_kind_of(struct draft *, struct str url);
void td_language_said(struct draft *, const struct page_head *);        /* before td_language() */
void td_language(struct draft *);

/* Is this line "[Full Story]", "원문 보기" or the like? */
bool td_is_story_mark(struct str);
/* "06/27/2018 North Korea (Channel News Asia) – text": how much of the front is dateline; 0: none. */
size_t td_dateline_genre(struct str, struct dateline *ret);
/* "SEOUL, June 27 (Reuters) - ", "(서울=연합뉴스) ": the same. */
size_t td_dateline_wire(struct str, struct dateline *ret);
/* A date anywhere at the front of s; how many bytes it takes, 0: none. */
size_t td_date_read(struct str, struct civil *ret);
/* ISO 3166-1 alpha-2 of a place in English or Korean, "" when unknown: "North Korea", "Washington, D.C.", "평양". */
struct str td_place_country(struct str);
/* A news agency's name at the front of s; its length, 0: none. */
size_t td_agency_at(struct str);

#endif
