#include "article/main.h"

#include "article/main_private.h"
#include "base/limits.h"

#define TAIL_B           40     /* a last line shorter than this that is no sentence is furniture */
#define TAIL_OF_B        600    /* of stories at least that long */

/* A heading with nothing under it, "Share:", "See also": no story ends with these. */
static void
drop_tail(struct page *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->runs_n; i++)
		kept += p->runs[i].is_kept ? p->runs[i].to - p->runs[i].from + 2 : 0;
	for (size_t i = p->runs_n; i-- > 0 && kept > TAIL_OF_B;) {
		struct run *r = &p->runs[i];
		struct str  text = td_main_run_text(p, r);

		if (!r->is_kept)
			continue;
		if (r->kind != BLOCK_HEADING && (r->kind != BLOCK_PARAGRAPH || text.n >= TAIL_B || td_main_ends_sentence(text)))
			break;
		r->is_kept = false;
		kept -= text.n + 2;
	}
}

/* The runs that are kept, an empty line between them; they move up over what is not, in the place where they stand. */
static void
write_blocks(struct page *p, struct main_text *out)
{
	char  *text = p->text;
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < p->runs_n; i++)
		kept += p->runs[i].is_kept;
	out->blocks = arena_array(p->arena, kept + 1, struct block);
	for (size_t i = 0; i < p->runs_n; i++) {
		const struct run *r = &p->runs[i];
		size_t            size = r->to - r->from, gap = n > 0 ? RUN_GAP : 0;

		if (!r->is_kept)
			continue;
		if (n + gap + size > LIMIT_TEXT_B || out->blocks_n == LIMIT_BLOCKS_N) {
			out->cut = true;
			break;
		}
		memset(text + n, '\n', gap);
		memmove(text + n + gap, text + r->from, size);
		n += gap + size;
		out->blocks[out->blocks_n++] = (struct block){ .kind = r->kind, .level = r->level, .from = (int64_t)(n - size), .to = (int64_t)n };
	}
	out->text = (struct str){ text, n };
}

/* What most speaks for. */
static void
find_kind(const struct page *p, struct main_text *out)
{
	static const enum article_kind kinds[SHAPE__COUNT] = { ARTICLE_STORY, ARTICLE_INDEX, ARTICLE_FORUM, ARTICLE_PRODUCT };
	size_t                         best = 0;

	for (size_t i = 1; i < SHAPE__COUNT; i++)
		best = p->chance[i] > p->chance[best] ? i : best;
	out->kind = kinds[best];
	out->kind_confidence = (int64_t)(100 * p->chance[best]);
}

void
td_article_main(struct arena *a, const struct html_tree *tree, const struct html_node *headline, unsigned claims,
	struct main_text *ret)
{
	const struct html_node *body = td_html_find(tree->document, TAG_BODY);
	struct page             page = { .arena = a, .headline = headline, .claims = claims };
	struct main_text        out = { .why = "the page has no body" };

	if (body != NULL) {
		td_main_gather(&page, body, tree->nodes);
		td_main_find_root(&page);
		td_main_judge(&page);
		find_kind(&page, &out);
		drop_tail(&page);
		write_blocks(&page, &out);
		out.root = page.elements[page.root].node;
		out.why = "runs of text weighed by place, words and neighbours";
		out.confidence = page.elements[0].prose > 0 ? (int64_t)(100 * page.elements[page.root].prose / page.elements[0].prose) : 0;
	}
	*ret = out;
}
