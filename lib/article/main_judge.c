/* Which runs are the story's. */
#include "article/main_private.h"

#include "text/utf8.h"

#define SHARE_TOO_LITTLE 0.10F  /* a page that keeps no more than this of its prose was judged too hard */

/* The last character of s, which is cut off it. */
static uint32_t
cut_last(struct str *s)
{
	struct str whole = *s;
	size_t     at = s->n - 1, next;

	while (at > 0 && ((unsigned char)s->p[at] & 0xc0) == 0x80)
		at--;
	s->n = next = at;
	return td_utf8_next(whole, &next);
}

/* Quotation marks and brackets that may stand after the full stop. */
static bool
is_closer(uint32_t c)
{
	switch (c) {
	case '"': case '\'': case ')': case ']': case 0x201c: case 0x201d: case 0x2019: case 0xbb: case 0xab: case 0x300d: case 0x300f: case 0xff09:
		return true;
	default:
		return false;
	}
}

bool
td_main_ends_sentence(struct str s)
{
	uint32_t c = 0;

	while (s.n > 0 && is_closer(c = cut_last(&s)))
		;
	switch (c) {
	case '.': case '!': case '?': case 0x2026: case 0x3002: case 0xff01: case 0xff1f: case 0xff0e: case 0x061f: case 0x06d4:
	case 0x0964: case 0x0965: case 0x104b: case 0x17d4: case 0x1362: case 0x0589:
		return true;
	default:
		return false;
	}
}

static void
judge(void *arg, size_t i, const float *f)
{
	struct page *p = arg;
	struct run  *r = &p->runs[i];
	float        score = 0;
	bool         is_prose = td_main_is_prose(r);

	for (size_t k = 0; k < F__COUNT; k++)
		score += f[k] * (td_main_weights[k][WEIGHT_LINE] + (is_prose ? td_main_weights[k][WEIGHT_PROSE] : 0));
	/* Whatever the score: furniture. */
	r->is_kept = score > 0 && p->elements[r->element].aside < FURNITURE_HARD;
}

/* A page that would be left with next to nothing is read whole, but for its furniture; links too when it has nothing else. */
static void
forgive(struct page *p, bool links_too)
{
	for (size_t i = 0; i < p->runs_n; i++) {
		struct run *r = &p->runs[i];
		bool        in_root = r->element >= p->root && r->element < p->elements[p->root].end;

		r->is_kept = in_root && !p->elements[r->element].in_furniture && (links_too || r->link_n * 10 <= r->letters * 9);
	}
}

void
td_main_judge(struct page *p)
{
	size_t kept = 0, all = 0;

	td_main_features(p, judge, p);
	for (size_t i = 0; i < p->runs_n; i++) {
		kept += p->runs[i].is_kept ? p->runs[i].letters : 0;
		all += p->elements[p->runs[i].element].in_furniture ? 0 : p->runs[i].letters - p->runs[i].link_n;
	}
	if ((float)kept <= SHARE_TOO_LITTLE * (float)all || all == 0)
		forgive(p, all == 0);
}
