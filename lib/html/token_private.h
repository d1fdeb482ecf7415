/*
 * token - the tokenizer, section 13.2.5, pulled one token at a time.
 *
 * The states of the standard are not kept one by one: a function that reads a
 * whole construct names the states it stands for.  Text comes in runs, not in
 * characters; a run is a view into the input wherever the input can be used as
 * it is.  CR and CRLF become LF here (section 13.2.3.5); a NUL in the data
 * state is a run of its own, because the tree decides what becomes of it.
 *
 *     struct tokenizer t;
 *     struct token tok;
 *     td_token_init(&t, &arena, text);
 *     do
 *             td_token_next(&t, &tok);
 *     while (tok.kind != TOKEN_EOF);
 */
#ifndef HTML_TOKEN_PRIVATE_H
#define HTML_TOKEN_PRIVATE_H

#include "base/arena.h"
#include "html/tree.h"

enum token_kind { TOKEN_EOF, TOKEN_TEXT, TOKEN_START, TOKEN_END, TOKEN_COMMENT, TOKEN_DOCTYPE };

/* What the tree construction (or a test) may switch to. */
enum token_state { STATE_DATA, STATE_RCDATA, STATE_RAWTEXT, STATE_SCRIPT, STATE_PLAINTEXT, STATE_CDATA };

/* Which fields mean something depends on `kind`; the others hold what an earlier token left. */
struct token {
	enum token_kind   kind;
	enum html_tag     tag;
	uint32_t          at;             /* offset of its first byte in the input */
	struct str        name;           /* tag or doctype */
	struct str        text;           /* text or comment */
	struct html_attr *attrs;          /* valid until the next token */
	size_t            attrs_n;
	struct str        public_id;      /* p is NULL when missing */
	struct str        system_id;
	bool              self_closing;
	bool              force_quirks;
	bool              nul;            /* the text is one U+0000 of the data state */
	bool              fleeting;       /* the text lies in the tokenizer: valid until the next token */
};

struct tokenizer {
	struct arena     *arena;
	const char       *start, *p, *end;
	const char       *raw_end;        /* text up to here knows no markup; NULL: not looked for yet */
	enum token_state  state;
	struct str        last_start;     /* for "appropriate end tag token" */
	bool              cdata_allowed;  /* the adjusted current node is foreign */
	bool              has_cr, has_nul;
	bool              attrs_dropped;  /* a tag had more than LIMIT_ATTRS_N */
	struct html_attr *attrs;          /* of the tag being read */
	size_t            attrs_cap;
	char              small[8];       /* a character reference */
};

void td_token_init(struct tokenizer *, struct arena *, struct str text);
void td_token_next(struct tokenizer *, struct token *ret);

/* The files of the tokenizer between themselves.  Each begins at t->p and moves it. */
void       td_token_tag(struct tokenizer *, struct token *);             /* after "<" or "</": false kinds are EOF */
void       td_token_markup(struct tokenizer *, struct token *);          /* after "<!" */
void       td_token_bogus(struct tokenizer *, struct token *, const char *from);
void       td_token_doctype(struct tokenizer *, struct token *);         /* after "<!DOCTYPE" */
const char *td_token_raw_end(const struct tokenizer *);                  /* where the text of this state ends */
/* At '&', limit beyond it.  The bytes consumed; 0: an ampersand and no more. */
size_t     td_token_charref(const char *p, const char *limit, bool in_attribute, struct str *ret, char small[8]);
struct str td_token_clean(struct tokenizer *, const char *from, const char *to);   /* CR to LF, NUL to U+FFFD */
struct str td_token_lower(struct tokenizer *, const char *from, const char *to);   /* the same, and lower case */
/* Keeps the first of each name, in place; how many are left. */
size_t     td_attrs_unique(struct arena *, struct html_attr *, size_t n);

/* The WHATWG's U+FFFD, for NUL. */
#define REPLACEMENT STR("\xEF\xBF\xBD")

/* Classes of bytes. */
#define BYTE_SPACE  1   /* tab, LF, FF, CR, space */
#define BYTE_NAME   2   /* ends a tag's name: space / > */
#define BYTE_ATTR   4   /* ends an attribute's name: space / > = */
#define BYTE_UPPER  8
#define BYTE_ALPHA  16
#define BYTE_TEXT   32  /* ends a run of text: < & NUL */
#define BYTE_DIGIT  64
extern const uint8_t td_byte_class[256];

static inline bool
byte_is(char c, int which)
{
	return (td_byte_class[(unsigned char)c] & which) != 0;
}

static inline char
byte_lower(char c)
{
	return byte_is(c, BYTE_UPPER) ? (char)(c | 0x20) : c;
}

/* charref_table.c */
#define CHARREFS_N 2231
struct charref {
	uint8_t name_n;
	char    name[33];        /* without '&', with ';' where it belongs */
	char    value[8];        /* UTF-8, ends in NUL */
};
extern const struct charref td_charrefs[CHARREFS_N];
extern const uint16_t       td_charref_from[129];      /* by first byte */

/* tags_table.c */
#define TAG_SLOT_BITS 11
extern const uint64_t td_tag_multiplier;
extern const uint8_t  td_tag_slots[1 << TAG_SLOT_BITS];
extern const uint64_t td_tag_keys[TAG__COUNT];
extern const struct str td_tag_names[TAG__COUNT];
enum html_tag td_tag_find(struct str lower);

#endif
