/*
 * schedule - when to ask a source again, and what its answers mean together.
 *
 * A pure function of what is remembered, the answer and its time: no clock, no
 * chance, so that thirty days are a test.  Courtesy comes first: nothing is
 * asked inside a Retry-After, before the freshness that it states is over,
 * in an hour that it asks to skip, or more often than LIMIT_INTERVAL_MIN_S.
 * Above those floors a source is asked two or three times for each piece of
 * news that it usually has, at least every four hours.
 *
 *     struct schedule_memory m = { 0 };              // a new source
 *     td_schedule_next(&policy, &m, &answer, &verdict);
 *     ... keep m (schedule_memory_desc), ask again at verdict.next_us ...
 *
 * A trouble is told once, when it has lasted; its end is told too.  A source is
 * never given up: one that is gone is still asked once a week.
 */
#ifndef SCHEDULE_SCHEDULE_H
#define SCHEDULE_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/wire.h"

enum answer_kind {
	ANSWER_NEWS,            /* it could be read to its end; perhaps nothing in it was new */
	ANSWER_SAME,            /* 304, or the same bytes as before */
	ANSWER_PARTIAL,         /* cut off: what came is kept, nothing follows from what did not */
	ANSWER_BUSY,            /* 429, 503 */
	ANSWER_MISSING,         /* 404 */
	ANSWER_GONE,            /* 410 */
	ANSWER_WALL,            /* 401, 403, a challenge */
	ANSWER_ERROR,           /* another status */
	ANSWER_UNREADABLE,      /* not what it was: a page instead of a feed */
	ANSWER_NO_HOST,         /* its name does not exist */
	ANSWER_UNREACHED,       /* silence, refusal, a broken connection */
	ANSWER_BAD_TLS,         /* its certificate was not good */
	ANSWER_ROBOTS,          /* not asked: its robots.txt does not want it */
	ANSWER_KIND__COUNT
};
extern const char *const answer_kind_name[ANSWER_KIND__COUNT];  /* "news", "same" … */

/* What is remembered of one source; all zero: nothing yet.  At most 300 bytes as a message. */
struct schedule_memory {
	int64_t answers_n;              /* so far */
	int64_t whole_us;               /* the last whole body, unasked for by validators */
	int64_t newest_us;              /* when the last new item came */
	int64_t had_news;               /* 1: the last answer had some */
	int64_t usual_s, longest_s;     /* between two pieces of news: smoothed, and the longest of late; 0: not known */
	int64_t items_n;                /* of the last answer that had any */
	int64_t head_fresh_s, body_fresh_s;     /* as stated by the last head, by the last body */
	int64_t skip_hours, skip_days;  /* bit n: hour n UTC; bit 0: Sunday */
	int64_t trouble;                /* enum answer_kind of the last answers; ANSWER_NEWS: none */
	int64_t trouble_n, trouble_us;  /* how many in a row, since when */
	int64_t is_told;                /* 1: that trouble, 2: silence has been told */
	int64_t moved_n, moved_us, moved_to;    /* equal permanent redirects in a row, since when, where to (a hash) */
	int64_t ask_whole;              /* 1: the next question goes without validators; once a week, since some say 304 for ever */
};
extern const struct wire_desc schedule_memory_desc;

struct schedule_policy {
	uint64_t seed;                  /* of the source: spreads those that are alike */
	int64_t  interval_s;            /* a person's wish; 0: as often as it has news */
};

struct schedule_answer {
	enum answer_kind kind;
	int64_t  at_us;                 /* when it had come */
	int64_t  retry_s;               /* Retry-After; 0: none */
	int64_t  head_fresh_s;          /* Cache-Control max-age, Expires; 0: not said */
	int64_t  body_fresh_s;          /* ttl, sy:updatePeriod; 0: not said; not looked at when ANSWER_SAME */
	unsigned skip_hours, skip_days; /* likewise */
	int64_t  items_n, fresh_n;      /* items in it, those that were new */
	int64_t  oldest_us, latest_us;  /* published, of its items; 0: not said */
	uint64_t moved_to;              /* hash of the address that permanent redirects led to from the first hop; 0: none */
	bool     was_asked_whole;       /* no validators were sent */
};

/* What there is to tell; store/watch.h has words for it. */
enum schedule_news { SCHEDULE_SILENT, SCHEDULE_FAILING, SCHEDULE_GONE, SCHEDULE_BACK, SCHEDULE_WALL, SCHEDULE_CERTIFICATE, SCHEDULE_GAP,
	SCHEDULE_NEWS__COUNT };

struct schedule_told {
	enum schedule_news kind;
	enum answer_kind   trouble;     /* of FAILING, GONE */
	int64_t            lasted_s;    /* of the silence or trouble */
	int64_t            usual_s;     /* of SILENT */
	int64_t            from_us, to_us;      /* of GAP: nothing is known of what came between */
};

struct schedule_verdict {
	int64_t              next_us;
	bool                 learn_url;         /* the move has lasted: three equal answers over a week */
	int64_t              hold_us;           /* the server asked for quiet until then, which holds for its whole site; 0: it did not */
	struct schedule_told told[3];
	size_t               told_n;
};

/* at_us must not run backwards by more than a clock is set back; time that did is taken as none. */
void td_schedule_next(const struct schedule_policy *, struct schedule_memory *, const struct schedule_answer *, struct schedule_verdict *ret);

/*
 * When a source that was to be asked at next_us is asked, if the clock says
 * now_us: a clock that was set back does not silence it for longer than its own
 * interval.
 */
int64_t td_schedule_due(const struct schedule_policy *, const struct schedule_memory *, int64_t next_us, int64_t now_us);

/* How far apart its questions are at present, in µs: what the queue reckons with. */
int64_t td_schedule_every(const struct schedule_policy *, const struct schedule_memory *);

/* How likely it is that there is news by now, in thousandths of what is usual; sorts who is asked first after a sleep. */
int64_t td_schedule_likely(const struct schedule_memory *, int64_t now_us);

/*
 * A page that could not be had at its nth try (from 1) is asked for again after so many seconds: minutes at first, days at last.
 * retry_s: the server's Retry-After, 0: none.  0: it is not tried any more.
 */
int64_t td_schedule_retry(int64_t tries, int64_t retry_s);

/* Its silence was told, and nothing new has come since. */
bool td_schedule_is_silent(const struct schedule_memory *);

/* Where a site ends: "a.example.or.kr" to "example.or.kr".  A guess from the form of the name; an address stays whole. */
struct str td_site_of(struct str host);

#endif
