/*
 * tidings.h - what a page says: bytes in, article out.
 *
 * The reader of the Tidings news desk as a library: any HTML in any charset
 * (or plain text) becomes title, byline, dates, dateline, publisher, carrier,
 * origin, language and the main text with stable offsets, each with its reason.
 * Mail, Markdown, docx, odt and PDF are read by the program (tidings extract),
 * in a jail: their readers need other libraries, or another program.
 *
 *     struct tidings_ask      ask = TIDINGS_ASK;
 *     struct tidings_article *article;
 *     struct tidings_error    error;
 *
 *     ask.body = bytes;
 *     ask.body_n = n;
 *     ask.url = "https://example.org/2018/06/27/offices-closed";
 *     if (tidings_read(&ask, &article, &error) != TIDINGS_OK)
 *             errx(1, "%s", error.text);
 *     printf("%s\n\n%s\n", tidings_text(article, TIDINGS_TITLE, NULL), tidings_text(article, TIDINGS_MAIN, NULL));
 *     tidings_free(article);
 *
 * Threads: there is no state but what you hold.  Any number of threads may read
 * at once; one article may be looked at by many threads, and freed by one.
 * Memory: a read takes no more than ask.memory_b, and gives back all of it but
 * the answer.  What an accessor returns is the article's and lives as long.
 * Text: UTF-8 without NUL, ending in NUL; never NULL, "" when the page does not
 * say.  Offsets count bytes of TIDINGS_MAIN.
 * Hostile pages cost time in proportion to their size and nothing else, but a
 * program that must survive our bugs too reads in a process of its own.
 *
 * Compatibility: within one soname functions stay, enums grow at their end,
 * structs grow at their end (you hold pointers that we made, and `size` tells
 * us which struct tidings_ask you were compiled with).
 */
#ifndef TIDINGS_H
#define TIDINGS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TIDINGS_API __attribute__((visibility("default")))

enum tidings_code {
	TIDINGS_OK,
	TIDINGS_NOMEM,          /* the machine has no memory left */
	TIDINGS_LIMIT,          /* the page needs more than ask.memory_b, or is larger than TIDINGS_BODY_MAX */
	TIDINGS_USAGE           /* the question is off: the sentence says how */
};

struct tidings_error {
	int  code;              /* enum tidings_code */
	char text[256];         /* one sentence, UTF-8 */
};

#define TIDINGS_MEMORY_B ((size_t)512 << 20)
#define TIDINGS_BODY_MAX ((size_t)64 << 20)

struct tidings_ask {
	size_t      size;       /* sizeof(struct tidings_ask) */
	const void *body;       /* the page; transfer and content codings taken off */
	size_t      body_n;
	const char *url;        /* where it is from, for its links and dates; NULL: not known */
	const char *media_type; /* of Content-Type: "text/html", "text/plain"; NULL: told by the bytes */
	const char *charset;    /* of Content-Type: "euc-kr"; NULL: told by the bytes */
	size_t      memory_b;   /* ceiling in bytes; 0: TIDINGS_MEMORY_B */
};
#define TIDINGS_ASK { sizeof(struct tidings_ask), NULL, 0, NULL, NULL, NULL, 0 }

struct tidings_article;

/*
 * Read a page.  A page that says nothing is no error: it has no text and a
 * warning.  On an error *ret is NULL; error may be NULL.  Returns enum tidings_code.
 */
TIDINGS_API int tidings_read(const struct tidings_ask *ask, struct tidings_article **ret, struct tidings_error *error);
TIDINGS_API void tidings_free(struct tidings_article *article);        /* NULL is fine */

enum tidings_kind {
	TIDINGS_STORY,
	TIDINGS_INDEX,          /* a front page, a list of links, a forum overview */
	TIDINGS_NEEDS_BROWSER,  /* "please enable JavaScript", an empty shell */
	TIDINGS_WALL,           /* a cookie wall, a login, "checking your browser" */
	TIDINGS_EMPTY,          /* no text to speak of */
	TIDINGS_FORUM,          /* a discussion: the posts of many */
	TIDINGS_PRODUCT         /* something for sale */
};
TIDINGS_API int tidings_kind_of(const struct tidings_article *article);

enum tidings_field {
	TIDINGS_MAIN,           /* the main text; blocks are parts of it */
	TIDINGS_TITLE,
	TIDINGS_LANGUAGE,       /* BCP 47 */
	TIDINGS_CANONICAL_URL,
	TIDINGS_PUBLISHER,      /* whose page this is */
	TIDINGS_CARRIER,        /* who ran the story */
	TIDINGS_ORIGIN,         /* who wrote it: "told Reuters" */
	TIDINGS_SUBJECT,        /* country the story is about, ISO 3166-1 alpha-2 */
	TIDINGS_DATELINE,       /* the whole dateline as written: "SEOUL, June 27 (Reuters) -" */
	TIDINGS_DATELINE_PLACE,
	TIDINGS_DATELINE_COUNTRY,       /* ISO 3166-1 alpha-2 of that place */
	TIDINGS_DATELINE_SOURCE,
	TIDINGS_NOTE,           /* the publisher's own note about somebody else's story, without its label */
	TIDINGS_NOTE_BY,
	TIDINGS_FULL_STORY,     /* where [Full Story] leads */
	TIDINGS_FULL_STORY_MARK,        /* the mark as written */
	TIDINGS_CONTACT,        /* the line that says whom to contact */
	TIDINGS_CONTACT_EMAIL,
	TIDINGS_CONTACT_PHONE,
	TIDINGS_SECTION,        /* where the paper files it */
	TIDINGS_IMAGE,          /* address of the picture that the page leads with */
	TIDINGS_IMAGE_CAPTION,
	TIDINGS_IMAGE_CREDIT    /* who took it */
};
/* ret_n, unless NULL, becomes its length in bytes.  A field that this library does not know is "". */
TIDINGS_API const char *tidings_text(const struct tidings_article *article, int field, size_t *ret_n);

enum tidings_precision { TIDINGS_NO_DATE, TIDINGS_YEAR, TIDINGS_MONTH, TIDINGS_DAY, TIDINGS_MINUTE, TIDINGS_SECOND };
#define TIDINGS_NO_ZONE INT32_MAX

/* A date as far as the page says it: parts beyond its precision are 0. */
struct tidings_date {
	int64_t instant_us;     /* µs since 1970-01-01T00:00:00Z; parts not said count from their start, no zone as UTC */
	int32_t precision;      /* enum tidings_precision */
	int32_t zone_min;       /* minutes east of UTC, or TIDINGS_NO_ZONE */
	int32_t year, month, day, hour, minute, second;
	const char *iso;        /* "2018-06-27T09:30+09:00", "2018-06"; "": no date */
	const char *source;     /* what it was read from, in words: "JSON-LD datePublished" */
	const char *text;       /* as the page has it: "27. Juni 2018"; "": not kept */
};
enum tidings_date_field { TIDINGS_PUBLISHED, TIDINGS_MODIFIED, TIDINGS_DATELINE_DATE };
/* NULL when the page does not say. */
TIDINGS_API const struct tidings_date *tidings_date(const struct tidings_article *article, int field);

enum tidings_block_kind {
	TIDINGS_PARAGRAPH, TIDINGS_HEADING, TIDINGS_ITEM, TIDINGS_QUOTE, TIDINGS_ROW, TIDINGS_CAPTION, TIDINGS_PRE
};

/* [from, to) of TIDINGS_MAIN, in order, without overlap, never inside a character. */
struct tidings_block {
	int32_t kind;           /* enum tidings_block_kind */
	int32_t level;          /* of a heading 1..6, of an item its depth from 1; else 0 */
	size_t  from, to;
	int32_t page;           /* of a paged document, from 1; else 0 */
};
/* What an address is to the story: in its words, where it is from, another story of the site, a file, a recording, somebody's
 * kept copy of a page, an account or a button that shares, a mail address; the rest is the page's furniture. */
enum tidings_link_kind {
	TIDINGS_LINK_OTHER, TIDINGS_LINK_CITED, TIDINGS_LINK_SOURCE, TIDINGS_LINK_RELATED, TIDINGS_LINK_DOCUMENT, TIDINGS_LINK_MEDIA,
	TIDINGS_LINK_ARCHIVE, TIDINGS_LINK_SOCIAL, TIDINGS_LINK_MAIL
};
struct tidings_link {
	const char *url, *text;
	int32_t     kind;       /* enum tidings_link_kind */
};
struct tidings_person {
	const char *name, *role;
};
struct tidings_reason {
	const char *field;      /* "title", "published" ... */
	const char *why;
	int32_t     confidence; /* percent */
};

enum tidings_list { TIDINGS_BLOCKS, TIDINGS_BYLINE, TIDINGS_LINKS, TIDINGS_REASONS, TIDINGS_WARNINGS, TIDINGS_CONTACTS, TIDINGS_TAGS };
TIDINGS_API size_t tidings_count(const struct tidings_article *article, int list);

/* The i-th, from 0; NULL past the end. */
TIDINGS_API const struct tidings_block  *tidings_block(const struct tidings_article *article, size_t i);
TIDINGS_API const char                  *tidings_byline(const struct tidings_article *article, size_t i);
TIDINGS_API const struct tidings_link   *tidings_link(const struct tidings_article *article, size_t i);
TIDINGS_API const struct tidings_reason *tidings_reason(const struct tidings_article *article, size_t i);
TIDINGS_API const char                  *tidings_warning(const struct tidings_article *article, size_t i);
TIDINGS_API const struct tidings_person *tidings_contact(const struct tidings_article *article, size_t i);
TIDINGS_API const char                  *tidings_tag(const struct tidings_article *article, size_t i);

/* The article as one JSON object, as `tidings extract` prints it; give it back with tidings_free_json().  NULL: no memory. */
TIDINGS_API char *tidings_json(const struct tidings_article *article, size_t *ret_n);
TIDINGS_API void  tidings_free_json(char *json);

/* "0.1.0" */
TIDINGS_API const char *tidings_version(void);

#ifdef __cplusplus
}
#endif
#endif
