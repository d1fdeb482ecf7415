/*
 * main_private - a page on its way to its main text: its elements, its runs of text, and where its story stands.
 *
 * Four steps, one file each: gather (one walk over the tree), root (which
 * element holds the story), features (what is known about a run), judge (which
 * runs are kept, by the weights of main_weights_table.c).  main.c writes.
 * All are linear in the tree.
 */
#ifndef ARTICLE_MAIN_PRIVATE_H
#define ARTICLE_MAIN_PRIVATE_H

#include "article/article.h"
#include "article/furniture.h"
#include "html/tree.h"

enum { RUN_GAP = 2 };   /* bytes between two runs: room for the empty line between two blocks */

/* Bits: what an element stands in. */
enum inside { IN_ARTICLE = 1, IN_MAIN = 2, IN_HEADER = 4, IN_FOOTER = 8, IN_CONTENT = 16, IN_ASIDE = 32 };

/* One element, in document order, so that a parent always stands before its children.  A page has at most 64 MB. */
struct element {
	const struct html_node *node;
	uint32_t                parent, end;         /* end: the first element past everything inside this one */
	uint32_t                block;               /* the innermost block that holds its text; may be itself */
	uint32_t                host;                /* the innermost block that is no paragraph, list or table */
	uint32_t                twin;                /* the block with most siblings of its make, below the root; 0: none */
	uint32_t                twins;               /* siblings of the same tag and class in a row, itself included */
	uint32_t                run_from, run_to;    /* its runs: [run_from, run_to) */
	uint32_t                text_n, link_n;      /* letters inside; those of links */
	float                   own;                 /* weight of the prose directly in it */
	float                   all;                 /* the same, children included */
	float                   prose;               /* the same, without furniture */
	float                   bed;                 /* of a host: weight of the runs it is the host of */
	uint16_t                depth;
	uint8_t                 kind;                /* enum block_kind of text that stands in it */
	uint8_t                 heading;             /* level of the heading that it stands in; 0: none */
	uint8_t                 lists;               /* how many lists it stands in, at most 255 */
	uint8_t                 soft_n;              /* soft furniture it stands in, at most 255 */
	uint8_t                 inside;              /* enum inside */
	uint8_t                 grade;               /* enum furniture: what its tag and names say */
	uint8_t                 aside, named;        /* the worst it stands in: by its place, by names alone */
	uint16_t                controls;            /* buttons, fields and menus inside */
	uint32_t                make;                /* alike for elements of the same tag and class words */
	bool                    is_block, in_link, in_pre, in_time, is_hidden;
	bool                    holds_head;          /* the headline, or what says it is the story */
	bool                    is_furniture, in_furniture;
};

/* A paragraph, heading, item, cell: text between two borders of blocks. */
struct run {
	uint32_t from, to;                   /* of page.text, white space folded */
	uint32_t element;                    /* where it begins */
	uint32_t letters, link_n;            /* a letter of a script without spaces counts as two */
	uint32_t stops, commas, digits, money;
	uint8_t  kind, level;                /* enum block_kind; of headings and items */
	bool     is_kept;
};

/* What a page may be by its shape; walls and empty pages have none. */
enum shape { SHAPE_STORY, SHAPE_INDEX, SHAPE_FORUM, SHAPE_PRODUCT, SHAPE__COUNT };

struct page {
	struct arena           *arena;
	const struct html_node *headline;            /* NULL: none */
	unsigned                claims;              /* enum claim */
	struct element         *elements;
	size_t                  n, room;
	struct run             *runs;
	size_t                  runs_n, runs_room;
	char                   *text;                /* of all runs, RUN_GAP tabs after each */
	size_t                  text_n, text_room;
	size_t                  root;                /* the element with the story */
	size_t                  wide, narrow;        /* the same, chosen with more and with less caution */
	size_t                  head;                /* the headline's element; 0: none that is no furniture */
	float                   prose;               /* of the page, furniture included */
	float                   chance[SHAPE__COUNT];          /* [enum shape] of what it is, in all one */
	size_t                  bed;                 /* the host with the most prose in the root */
	size_t                  posts_n, goods_n;    /* elements by such names */
};

/* What a run is judged by.  Each lies in [0, 1] or is a small number. */
enum feature {
	F_BIAS,
	/* The run itself. */
	F_LINKS,        /* share of its letters that are links */
	F_ONLY_LINK,
	F_SENTENCE,     /* ends as a sentence */
	F_STOPS,        /* commas and full stops, eight at most, in eighths */
	F_DIGITS,       /* share of its letters */
	F_HEADING, F_ITEM, F_CAPTION, F_QUOTE, F_PRE, F_IN_P,
	F_DUPLICATE,    /* said before, word for word */
	F_SAID_AGAIN,   /* said later */
	F_LENGTH, F_COLON, F_MONEY, F_TIME,
	/* What it stands in. */
	F_SOFT, F_HARD, /* the worst furniture */
	F_SOFT_N,       /* how many soft ones */
	F_NAMED,        /* names of furniture that were forgiven, since the page is there */
	F_HIDDEN,       /* in a panel that a script would show */
	F_HEADER, F_FOOTER, F_ASIDE, F_ARTICLE, F_MAIN, F_CONTENT,
	F_WIDE, F_ROOT, F_NARROW, F_AFTER_ROOT,
	F_BEFORE_HEAD, F_IN_HEAD, F_LEAD,       /* F_LEAD: a sentence between the headline and the root */
	F_DEEPER,       /* levels below the root, in tens */
	F_TAIL,         /* no paragraph of the root follows */
	F_POSITION,     /* share of the root's prose that stands before it */
	/* Its neighbourhood. */
	F_BED,          /* its host's paragraphs, beside the root's largest such bed: how alike in size */
	F_HOST_SHARE,   /* the same, as a share of the page's prose */
	F_OUTWEIGHS,    /* after the root, in a row of blocks alike, without headings, that says more than the root: comments */
	F_AFTER_BED,    /* stands after the largest bed's last run */
	F_UP_SHARE, F_UP_MEAN,          /* of the host's host: share of prose, letters a run */
	F_TWIN_LINKS, F_TWIN_ONLY,      /* of the block that is repeated: share of links, of runs that are nothing else */
	F_ALIKE, F_ALIKE_MEAN, F_ALIKE_LINKS, F_ALIKE_SENTENCES,
	F_HOST_LINKS, F_UP_LINKS, F_CONTROLS, F_UP_CONTROLS,
	F_FROM_TOP, F_FROM_HEAD,
	F_PREV_TEXT, F_NEXT_TEXT, F_AREA,       /* how much is said before, after, and in four runs either way */
	/* The page. */
	F_PAGE_LETTERS, F_PAGE_RUNS, F_PAGE_PROSE, F_PAGE_BED,  /* letters; letters a run; paragraphs; share of the largest bed */
	F_SAYS_ARTICLE, F_SAYS_SITE,
	F_SITE_SOFT, F_SITE_LINK,       /* soft furniture, lines of links, on pages that say they are no article */
	F__COUNT
};

/* Short lines and links are judged by the first column, prose by both. */
enum { WEIGHT_LINE, WEIGHT_PROSE, WEIGHT__COUNT };
extern const float td_main_weights[F__COUNT][WEIGHT__COUNT];

/* What the kind of a page is told by. */
enum kind_feature {
	K_BIAS,
	K_SAYS_ARTICLE, K_SAYS_PRODUCT, K_SAYS_LIST, K_SAYS_FORUM, K_SAYS_SITE, K_SAYS_NOTHING,         /* its claims */
	K_HEADLINE,
	K_POSTS, K_GOODS,       /* elements that are called so */
	/* All that is no furniture. */
	K_RUNS, K_LETTERS, K_LINKS, K_MONEY, K_MONEY_SHARE, K_TIMES, K_PARAGRAPHS, K_PROSE_SHARE, K_HEADINGS, K_ROOT_SHARE, K_CONTROLS,
	K_TEASERS, K_BED, K_BED_SHARE,  /* letters of long links that stand alone; paragraphs of the largest bed; their share */
	/* The row of blocks alike that says most: how many, their share of the text, what one holds. */
	K_CARDS, K_CARD_SHARE, K_CARD_LETTERS, K_CARD_LINKS, K_CARD_TIMES, K_CARD_MONEY, K_CARD_PROSE, K_CARD_HEADINGS,
	K__COUNT
};

extern const float td_main_kind_weights[K__COUNT][SHAPE__COUNT];

bool       td_main_is_space(char);
bool       td_main_ends_sentence(struct str);    /* closing quotes and brackets passed over */
struct str td_main_run_text(const struct page *, const struct run *);
/* A run that says something in its own words. */
bool       td_main_is_prose(const struct run *);

/* nodes: how many the tree has; about half of them are elements, for which room is taken. */
void td_main_gather(struct page *, const struct html_node *body, size_t nodes);
/* Sets root, wide, narrow, head and what is furniture. */
void td_main_find_root(struct page *);
/* Calls back for every run in order; f has F__COUNT features. */
void td_main_features(struct page *, void (*each)(void *, size_t run, const float *f), void *arg);
/* Of a page whose features were asked for. */
void td_main_kind_features(const struct page *, float k[K__COUNT]);
/* Sets chance: how likely the page is of each shape. */
void td_main_kind(struct page *);
/* Sets is_kept. */
void td_main_judge(struct page *);

#endif
