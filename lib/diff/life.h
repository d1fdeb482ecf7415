/*
 * life - what became of a page after we took it: a pure function of what was kept and what came now.
 *
 * Only a whole answer of the page itself says anything.  One that was cut off,
 * blocked (a challenge, 401, 403, 429), a server's own trouble or silence says
 * nothing, whatever it looks like.  A page is gone by its effect, not only by its status: 404,
 * 410 and 451, a deep address that now leads to a front page, a text that is
 * gone or was put in the place of another one.  That is suspected first and
 * confirmed when it has lasted; one good answer takes the suspicion back.  A
 * text that only lost its end is told of only when that has lasted.
 *
 * An edit rings when it touches words that were published from the page, once
 * for each new wording, and once when they stand there again as published; what
 * changed elsewhere (an advertisement, a related story) is only listed.
 *
 *     struct life_memory m = { 0 };                  // nothing suspected
 *     td_life_next(&arena, &taken, &m, &answer, &verdict);
 *     ... keep m, check again after verdict.again_s ...
 */
#ifndef DIFF_LIFE_H
#define DIFF_LIFE_H

#include "diff/diff.h"
#include "wire/wire.h"

struct life_span {
	size_t from, to;                /* bytes of the text as taken */
};

/* The page as it was taken. */
struct life_taken {
	struct str url;                 /* its final address then */
	struct str text;                /* the main text, extracted */
	struct { const struct life_span *v; size_t n; } published;     /* what was quoted from it */
	int64_t    at_us;
};

/* The page as it is now. */
struct life_answer {
	int64_t    at_us;
	int        status;              /* of the last hop; 0: no answer */
	struct str url;                 /* of the last hop */
	bool       is_partial;          /* cut off, or over a limit */
	bool       is_blocked;          /* a wall said so itself (cf-mitigated: challenge) */
	bool       is_readable;         /* of a kind that text can be extracted from, and it was */
	struct str text;                /* the main text */
};

enum life_gone { LIFE_NOT_GONE, LIFE_BY_STATUS, LIFE_TO_FRONT_PAGE, LIFE_EMPTIED, LIFE_REPLACED, LIFE_SHORTENED, LIFE_GONE__COUNT };

/* Kept between checks; all zero: nothing is suspected. */
struct life_memory {
	int64_t gone;                   /* enum life_gone */
	int64_t gone_n, since_us;       /* answers in a row that said so; the first of them */
	int64_t is_told, is_confirmed;  /* 0 or 1 */
	int64_t checks_n;               /* answers of all kinds so far */
	int64_t edit_told;              /* a hash of what was told to stand in the place of published words; 0: they stand */
	int64_t text_listed;            /* a hash of the text that was last listed as changed; 0: it was as taken */
};
extern const struct wire_desc life_memory_desc;

enum life_news { LIFE_NOTHING, LIFE_UNKNOWN, LIFE_SAME, LIFE_CHANGED_ELSEWHERE, LIFE_SILENT_EDIT, LIFE_SUSPECTED, LIFE_CONFIRMED, LIFE_BACK,
	LIFE_NEWS__COUNT };

struct life_verdict {
	enum life_news news;            /* rings: SILENT_EDIT, SUSPECTED, CONFIRMED, BACK.  NOTHING: as told or listed before */
	enum life_gone gone;            /* of SUSPECTED, CONFIRMED */
	struct diff    diff;            /* of SILENT_EDIT, CHANGED_ELSEWHERE, SUSPECTED by its text */
	int64_t        again_s;         /* when to look next: soon while something is suspected, ever rarer with age */
};

void td_life_next(struct arena *, const struct life_taken *, struct life_memory *, const struct life_answer *, struct life_verdict *ret);

#endif
