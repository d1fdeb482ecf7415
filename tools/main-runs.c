/*
 * main-runs [--kinds] FILE... - what lib/article/main knows about every run of text of a page, for tools/tune-main.py.
 *
 * One JSON object a page: id, and a list of runs: text, features, whether it is kept, the path of its element.
 * --kinds: only what the kind of each page is told by, for tools/tune-kind.py.
 */
#include <stdio.h>
#include <stdlib.h>

#include "article/claims.h"
#include "article/main.h"
#include "article/main_private.h"
#include "article/title.h"
#include "base/limits.h"
#include "http/decode.h"
#include "json/write.h"
#include "text/charset.h"

static void
full(void *arg)
{
	fprintf(stderr, "%s: too large\n", (const char *)arg);
	exit(EXIT_FAILURE);
}

static bool
load(const char *path, struct buf *ret)
{
	struct buf raw = BUF_INIT(LIMIT_BODY_B);
	struct err err;
	FILE      *f = fopen(path, "rb");
	char       part[16384];
	size_t     n;
	bool       ok;

	if (f == NULL)
		return false;
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&raw, (struct str){ part, n });
	fclose(f);
	ok = td_http_decode(ret, buf_bytes(&raw), STR(""), &err) == ERR_OK;
	buf_free(&raw);
	return ok;
}

static void
add_path(struct buf *out, const struct page *p, size_t i)
{
	for (; i > 0; i = p->elements[i].parent) {
		const struct html_node *n = p->elements[i].node;
		struct str              class = td_html_attr(n, STR("class")), id = td_html_attr(n, STR("id"));

		buf_add(out, n->name);
		if (class.n > 0)
			buf_add(out, STR(".")), buf_add(out, class);
		if (id.n > 0)
			buf_add(out, STR("#")), buf_add(out, id);
		buf_add(out, STR(" < "));
	}
}

struct print {
	struct json       *json;
	const struct page *page;
};

static void
print_run(void *arg, size_t i, const float *f)
{
	const struct print *print = arg;
	const struct page  *p = print->page;
	struct json        *j = print->json;
	struct buf          path = BUF_INIT(MiB), numbers = BUF_INIT(MiB);
	char                one[32];

	add_path(&path, p, p->runs[i].element);
	for (size_t k = 0; k < F__COUNT; k++) {
		snprintf(one, sizeof(one), "%.4g ", (double)f[k]);
		buf_add(&numbers, str_of(one));
	}
	td_json_object(j);
	td_json_key(j, "text"), td_json_str(j, td_main_run_text(p, &p->runs[i]));
	td_json_key(j, "kept"), td_json_bool(j, p->runs[i].is_kept);
	td_json_key(j, "prose"), td_json_bool(j, td_main_is_prose(&p->runs[i]));
	td_json_key(j, "aside"), td_json_bool(j, p->elements[p->runs[i].element].aside >= FURNITURE_HARD);
	td_json_key(j, "features"), td_json_str(j, buf_str(&numbers));
	td_json_key(j, "path"), td_json_str(j, buf_str(&path));
	td_json_end(j);
	buf_free(&path);
	buf_free(&numbers);
}

static void
print_kind(const struct page *p, struct json *j)
{
	struct buf numbers = BUF_INIT(MiB);
	float      k[K__COUNT];
	char       one[32];

	td_main_kind_features(p, k);
	for (size_t i = 0; i < K__COUNT; i++) {
		snprintf(one, sizeof(one), "%.4g ", (double)k[i]);
		buf_add(&numbers, str_of(one));
	}
	td_json_key(j, "kind"), td_json_str(j, buf_str(&numbers));
	buf_free(&numbers);
}

static void
print_page(const char *path, struct str text, bool runs_too, struct arena *a)
{
	const char             *slash = strrchr(path, '/');
	struct str              id = str_of(slash != NULL ? slash + 1 : path);
	struct html_tree        tree;
	struct page_head        head;
	struct page_title       title;
	struct page             page = { .arena = a };
	const struct html_node *body;
	struct buf              out = BUF_INIT(256 * MiB);
	struct json             j = { .out = &out };

	td_html_parse(a, text, NULL, &tree);
	td_article_head(a, &tree, STR(""), &head);
	td_article_title(a, &head, &title);
	page.headline = title.headline;
	page.claims = td_article_claims(&head);
	if ((body = td_html_find(tree.document, TAG_BODY)) == NULL)
		return;
	td_main_gather(&page, body, tree.nodes);
	td_main_find_root(&page);
	td_main_judge(&page);
	id = str_ends(id, STR(".gz")) ? str_sub(id, 0, id.n - 3) : id;
	id = str_ends(id, STR(".html")) ? str_sub(id, 0, id.n - 5) : id;
	td_json_object(&j);
	td_json_key(&j, "id"), td_json_str(&j, id);
	print_kind(&page, &j);
	if (runs_too) {
		td_json_key(&j, "runs"), td_json_array(&j);
		td_main_features(&page, print_run, &(struct print){ &j, &page });
		td_json_end(&j);
	}
	td_json_end(&j);
	buf_add_char(&out, '\n');
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
}

int
main(int argc, char *argv[])
{
	bool runs_too = argc < 2 || strcmp(argv[1], "--kinds") != 0;

	for (int i = runs_too ? 1 : 2; i < argc; i++) {
		struct buf     page = BUF_INIT(LIMIT_DECODED_B);
		struct arena   a;
		struct charset charset;

		if (!load(argv[i], &page))
			continue;
		arena_init(&a, 1024 * MiB, full, argv[i]);
		print_page(argv[i], td_charset_decode(&a, buf_bytes(&page), STR(""), &charset), runs_too, &a);
		arena_free(&a);
		buf_free(&page);
	}
	return EXIT_SUCCESS;
}
