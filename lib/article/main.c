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

/* The runs that are kept, an empty line between them. */
static void
write_blocks(const struct page *p, struct main_text *out)
{
	char  *text = arena_take(p->arena, p->text_n + p->runs_n * 2 + 1);
	size_t n = 0;

	out->blocks = arena_array(p->arena, p->runs_n + 1, struct block);
	for (size_t i = 0; i < p->runs_n; i++) {
		const struct run *r = &p->runs[i];
		size_t            size = r->to - r->from, gap = n > 0 ? 2 : 0;

		if (!r->is_kept)
			continue;
		if (n + gap + size > LIMIT_TEXT_B || out->blocks_n == LIMIT_BLOCKS_N) {
			out->cut = true;
			break;
		}
		memcpy(text + n, "\n\n", gap);
		memcpy(text + n + gap, p->text + r->from, size);
		n += gap + size;
		out->blocks[out->blocks_n++] = (struct block){ .kind = r->kind, .level = r->level, .from = (int64_t)(n - size), .to = (int64_t)n };
	}
	out->text = (struct str){ text, n };
}

void
td_article_main(struct arena *a, const struct html_tree *tree, const struct html_node *headline, unsigned claims,
	struct main_text *ret)
{
	const struct html_node *body = td_html_find(tree->document, TAG_BODY);
	struct page             page = { .arena = a, .headline = headline, .claims = claims };
	struct main_text        out = { .why = "the page has no body" };

	if (body != NULL) {
		td_main_gather(&page, body);
		td_main_find_root(&page);
		td_main_judge(&page);
		drop_tail(&page);
		write_blocks(&page, &out);
		out.root = page.elements[page.root].node;
		out.why = "runs of text weighed by place, words and neighbours";
		out.confidence = page.elements[0].prose > 0 ? (int64_t)(100 * page.elements[page.root].prose / page.elements[0].prose) : 0;
	}
	*ret = out;
}
