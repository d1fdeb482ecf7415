/*
 * Tree construction against html5lib's suite (SHARED_DATA/security/corpora/html5lib/tree-construction), scripting off,
 * and the promises of tree.h about limits.
 */
#include <dirent.h>

#include "base/buf.h"
#include "base/limits.h"
#include "html/tree.h"
#include "tests/check.h"

#define FOLDER "security/corpora/html5lib/tree-construction"

static struct arena arena;

static void
arena_full(void *arg)
{
	(void)arg;
	abort();
}

static void
indent(struct buf *b, int depth)
{
	buf_add(b, STR("| "));
	for (int i = 0; i < depth; i++)
		buf_add(b, STR("  "));
}

/* The names that section 13.2.6.5, "adjust foreign attributes", puts into a namespace. */
static bool
is_namespaced(struct str name)
{
	static const char *const names[] = { "xlink:actuate", "xlink:arcrole", "xlink:href", "xlink:role", "xlink:show",
		"xlink:title", "xlink:type", "xml:lang", "xml:space", "xmlns:xlink" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(str_of(names[i]), name))
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(((const struct html_attr *)a)->name, ((const struct html_attr *)b)->name);
}

static void
dump_attrs(struct buf *b, const struct html_node *n, int depth)
{
	struct html_attr *attrs = arena_array(&arena, n->attrs_n + 1, struct html_attr);

	for (size_t i = 0; i < n->attrs_n; i++) {
		attrs[i] = n->attrs[i];
		if (n->ns != NS_HTML && is_namespaced(attrs[i].name)) {
			attrs[i].name = arena_copy(&arena, attrs[i].name);
			*(char *)(uintptr_t)memchr(attrs[i].name.p, ':', attrs[i].name.n) = ' ';
		}
	}
	if (n->attrs_n > 0)
		qsort(attrs, n->attrs_n, sizeof(*attrs), by_name);
	for (size_t i = 0; i < n->attrs_n; i++) {
		indent(b, depth + 1);
		buf_add(b, attrs[i].name);
		buf_add(b, STR("=\""));
		buf_add(b, attrs[i].value);
		buf_add(b, STR("\"\n"));
	}
}

static void
dump_doctype(struct buf *b, const struct html_node *n)
{
	size_t nul = str_find_char(n->text, '\0');

	buf_add(b, STR("<!DOCTYPE "));
	buf_add(b, n->name);
	if (nul != STR_NONE) {
		buf_add(b, STR(" \""));
		buf_add(b, str_sub(n->text, 0, nul));
		buf_add(b, STR("\" \""));
		buf_add(b, str_sub(n->text, nul + 1, n->text.n));
		buf_add(b, STR("\""));
	}
	buf_add(b, STR(">\n"));
}

static void
dump(struct buf *b, const struct html_node *n, int depth)
{
	static const char *const ns[] = { [NS_HTML] = "<", [NS_SVG] = "<svg ", [NS_MATHML] = "<math " };

	indent(b, depth);
	switch (n->kind) {
	case HTML_DOCTYPE:
		dump_doctype(b, n);
		break;
	case HTML_TEXT:
		buf_add(b, STR("\""));
		buf_add(b, n->text);
		buf_add(b, STR("\"\n"));
		break;
	case HTML_COMMENT:
		buf_add(b, STR("<!-- "));
		buf_add(b, n->text);
		buf_add(b, STR(" -->\n"));
		break;
	case HTML_ELEMENT:
		buf_add(b, str_of(ns[n->ns]));
		buf_add(b, n->name);
		buf_add(b, STR(">\n"));
		dump_attrs(b, n, depth);
		break;
	case HTML_DOCUMENT:
		buf_add(b, STR("content\n"));
		break;
	}
	if (n->content != NULL)
		dump(b, n->content, depth + 1);
	for (const struct html_node *c = n->first; c != NULL; c = c->next)
		dump(b, c, depth + 1);
}

struct tree_test {
	struct str data, fragment, document;
	bool       script_on;
};

/* Takes one test off the front of *rest. */
static bool
next_test(struct str *rest, struct tree_test *ret)
{
	size_t     end = str_find(str_sub(*rest, 1, rest->n), STR("\n#data\n"));
	struct str one = str_sub(*rest, 0, end == STR_NONE ? rest->n : end + 2), line, *into = NULL;

	if (rest->n == 0)
		return false;
	*rest = str_sub(*rest, one.n, rest->n);
	*ret = (struct tree_test){ 0 };
	while (str_cut(&one, '\n', &line)) {
		if (ret->document.p == NULL && line.n > 0 && line.p[0] == '#') {
			into = str_eq(line, STR("#data")) ? &ret->data : str_eq(line, STR("#document-fragment")) ? &ret->fragment :
			    str_eq(line, STR("#document")) ? &ret->document : NULL;
			ret->script_on |= str_eq(line, STR("#script-on"));
			if (into != NULL && into->p == NULL) {
				into->p = one.p;
				continue;
			}
		}
		if (into != NULL && line.p != NULL)
			into->n = (size_t)(line.p + line.n - into->p);
	}
	while (ret->document.n > 0 && ret->document.p[ret->document.n - 1] == '\n')
		ret->document.n--;
	return true;
}

static void
parse_one(const struct tree_test *t, struct html_tree *ret)
{
	struct str name = t->fragment;

	if (name.p == NULL)
		td_html_parse(&arena, t->data, NULL, ret);
	else if (str_starts(name, STR("svg ")))
		td_html_parse_fragment(&arena, t->data, NS_SVG, str_sub(name, 4, name.n), NULL, ret);
	else if (str_starts(name, STR("math ")))
		td_html_parse_fragment(&arena, t->data, NS_MATHML, str_sub(name, 5, name.n), NULL, ret);
	else
		td_html_parse_fragment(&arena, t->data, NS_HTML, name, NULL, ret);
}

static void
run_one(const char *file, const struct tree_test *t)
{
	struct buf       got = BUF_INIT(4 * MiB);
	struct html_tree tree;
	struct str       s;

	arena_init(&arena, 64 * MiB, arena_full, NULL);
	parse_one(t, &tree);
	for (const struct html_node *n = tree.document->first; n != NULL; n = n->next)
		dump(&got, n, 0);
	s = buf_str(&got);
	s.n -= s.n > 0;
	if (!str_eq(s, t->document))
		fprintf(stderr, "%s: %" STR_FMT "\n", file, STR_ARG(t->data));
	CHECK_STR(t->document, s);
	buf_free(&got);
	arena_free(&arena);
}

static struct str
whole_file(const char *path)
{
	FILE  *f = fopen(path, "rb");
	char  *p = malloc(4 * MiB);
	size_t n = f != NULL && p != NULL ? fread(p, 1, 4 * MiB, f) : 0;

	if (f != NULL)
		fclose(f);
	return (struct str){ p, n };
}

static size_t
run_file(const char *folder, const char *name)
{
	char             path[1024];
	struct str       text, rest;
	struct tree_test t;
	size_t           ran = 0;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	text = rest = whole_file(path);
	while (next_test(&rest, &t)) {
		if (t.script_on)
			continue;
		run_one(name, &t);
		ran++;
	}
	free((char *)(uintptr_t)text.p);
	return ran;
}

/* Not run: the tests marked #script-on, and the folder scripted/ (4 tests), whose trees a script makes. */
static void
every_tree_test_of_html5lib_passes(void)
{
	const char    *shared = getenv("SHARED_DATA");
	char           folder[512];
	size_t         ran = 0;
	DIR           *dir;
	struct dirent *e;

	snprintf(folder, sizeof(folder), "%s/" FOLDER, shared ? shared : "");
	if ((dir = opendir(folder)) == NULL) {
		CHECK_SKIP("no " FOLDER);
	}
	while ((e = readdir(dir)) != NULL)
		if (str_ends(str_of(e->d_name), STR(".dat")))
			ran += run_file(folder, e->d_name);
	closedir(dir);
	printf("# %zu tests\n", ran);
	CHECK(ran > 1700);
}

static struct html_tree
parse(struct str text, const struct html_options *options)
{
	struct html_tree tree;

	arena_free(&arena);
	arena_init(&arena, 512 * MiB, arena_full, NULL);
	td_html_parse(&arena, text, options, &tree);
	return tree;
}

static size_t
depth_of(const struct html_node *n)
{
	size_t depth = 0;

	while ((n = n->parent) != NULL)
		depth++;
	return depth;
}

static size_t
deepest(const struct html_tree *tree)
{
	size_t most = 0;

	for (struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document))
		if (n->kind == HTML_ELEMENT && depth_of(n) > most)
			most = depth_of(n);
	return most;
}

static void
nesting_beyond_the_limit_becomes_siblings(void)
{
	struct buf       b = BUF_INIT(MiB);
	struct html_tree tree;

	for (int i = 0; i < 5000; i++)
		buf_add(&b, STR("<div>"));
	buf_add(&b, STR("\xEB\x81\x9D"));
	tree = parse(buf_str(&b), NULL);
	CHECK(deepest(&tree) <= LIMIT_DEPTH_N && deepest(&tree) > LIMIT_DEPTH_N - 16);
	CHECK_STR(STR("\xEB\x81\x9D"), td_html_text(&arena, tree.document));
	CHECK(tree.nodes >= 5000);
	buf_free(&b);
	arena_free(&arena);
}

static void
the_copy_that_a_select_shows_is_no_deeper_than_the_limit(void)
{
	struct buf       b = BUF_INIT(MiB);
	struct html_tree tree;

	buf_add(&b, STR("<select><button>"));
	for (int i = 0; i < 300; i++)
		buf_add(&b, STR("<span>"));
	buf_add(&b, STR("<selectedcontent></selectedcontent></button><option selected>"));
	for (int i = 0; i < 400; i++)
		buf_add(&b, STR("<span>"));
	buf_add(&b, STR("x</option></select>"));
	tree = parse(buf_str(&b), NULL);
	CHECK(deepest(&tree) <= LIMIT_DEPTH_N + 1);
	CHECK(tree.cut);
	buf_free(&b);
	arena_free(&arena);
}

static void
a_nul_is_no_character_of_a_page(void)
{
	static const char page[] = "<p>sec\0ret</p><title>a\0b</title>";
	struct html_tree tree = parse((struct str){ page, sizeof(page) - 1 }, NULL);

	CHECK_STR(STR("secret"), td_html_text(&arena, td_html_find(tree.document, TAG_P)));
	CHECK_STR(STR("a\xEF\xBF\xBD" "b"), td_html_text(&arena, td_html_find(tree.document, TAG_TITLE)));
	arena_free(&arena);
}

static void
a_tree_is_cut_at_its_node_limit(void)
{
	struct html_tree tree = parse(STR("<p>a<p>b<p>c<p>d<p>e"), &(struct html_options){ .nodes_max = 8 });

	CHECK(tree.cut);
	CHECK(tree.nodes >= 8 && tree.nodes < 12);
	CHECK(!parse(STR("<p>a"), &(struct html_options){ .nodes_max = 8 }).cut);
	arena_free(&arena);
}

static void
a_node_knows_where_it_began(void)
{
	struct str             text = STR("<!doctype html>\r\n<p>\xEA\xB9\x80\r\n<b>x</b>");
	struct html_tree       tree = parse(text, NULL);
	const struct html_node *b = td_html_find(tree.document, TAG_B);

	CHECK_INT(str_find(text, STR("<b>")), b->at);
	CHECK_INT(str_find(text, STR("x</b>")), b->first->at);
	CHECK_STR(STR("\xEA\xB9\x80\n"), b->prev->text);
	arena_free(&arena);
}

TESTS(TEST(a_node_knows_where_it_began),
	TEST(a_tree_is_cut_at_its_node_limit),
	TEST(nesting_beyond_the_limit_becomes_siblings), TEST(the_copy_that_a_select_shows_is_no_deeper_than_the_limit),
	TEST(a_nul_is_no_character_of_a_page),
	TEST(every_tree_test_of_html5lib_passes))
