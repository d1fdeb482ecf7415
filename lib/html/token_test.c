/*
 * The tokenizer against html5lib's suite (SHARED_DATA/security/corpora/html5lib/tokenizer), every test from every
 * initial state it names, and against a few cases of our own that the suite lacks.
 */
#include <dirent.h>
#include <jansson.h>

#include "base/buf.h"
#include "html/token_private.h"
#include "tests/check.h"
#include "text/utf8.h"

#define FOLDER "security/corpora/html5lib/tokenizer"

static struct arena arena;

static void
arena_full(void *arg)
{
	(void)arg;
	abort();
}

static struct str
json_str(const json_t *v)
{
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : (struct str){ NULL, 0 };
}

/* A second \uHHHH round ("doubleEscaped"); lone surrogates become three bytes, which the tokenizer does not look into. */
static struct str
unescape(struct str s, bool twice)
{
	char  *out = arena_take(&arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned code;

		if (!twice || i + 6 > s.n || s.p[i] != '\\' || s.p[i + 1] != 'u' || sscanf(s.p + i + 2, "%4x", &code) != 1) {
			out[n++] = s.p[i];
			continue;
		}
		i += 5;
		if (code >= 0xD800 && code < 0xE000) {
			out[n++] = (char)0xED;
			out[n++] = (char)(0x80 | (code >> 6 & 0x3F));
			out[n++] = (char)(0x80 | (code & 0x3F));
		} else {
			n += td_utf8_put(code, out + n);
		}
	}
	return s.p == NULL ? s : (struct str){ out, n };
}

static void
show(struct buf *b, const char *what, struct str s)
{
	buf_add(b, str_of(what));
	buf_add_char(b, s.p == NULL ? '-' : '+');
	buf_add(b, s);
	buf_add_char(b, '\x1e');
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(((const struct html_attr *)a)->name, ((const struct html_attr *)b)->name);
}

static void
show_tag(struct buf *b, const char *kind, struct str name, struct html_attr *attrs, size_t n, bool closing)
{
	show(b, kind, name);
	if (n > 0)
		qsort(attrs, n, sizeof(*attrs), by_name);
	for (size_t i = 0; i < n; i++) {
		show(b, " attr", attrs[i].name);
		show(b, "=", attrs[i].value);
	}
	buf_add(b, closing ? STR("/\n") : STR("\n"));
}

/* Both sides are written in one form: adjacent text is one token. */
static void
show_text(struct buf *b, bool *in_text, struct str s)
{
	if (!*in_text)
		buf_add(b, STR("text:"));
	*in_text = true;
	buf_add(b, s);
}

static void
end_text(struct buf *b, bool *in_text)
{
	if (*in_text)
		buf_add_char(b, '\n');
	*in_text = false;
}

static void
show_wanted(struct buf *b, const json_t *tokens, bool twice)
{
	bool    in_text = false;
	size_t  i;
	json_t *t;

	json_array_foreach(tokens, i, t) {
		struct str kind = json_str(json_array_get(t, 0)), first = unescape(json_str(json_array_get(t, 1)), twice);

		if (str_eq(kind, STR("Character"))) {
			show_text(b, &in_text, first);
			continue;
		}
		end_text(b, &in_text);
		if (str_eq(kind, STR("Comment"))) {
			show(b, "comment", first);
		} else if (str_eq(kind, STR("DOCTYPE"))) {
			show(b, "doctype", first.p == NULL ? STR("") : first);
			show(b, "public", unescape(json_str(json_array_get(t, 2)), twice));
			show(b, "system", unescape(json_str(json_array_get(t, 3)), twice));
			buf_add(b, json_is_true(json_array_get(t, 4)) ? STR("right\n") : STR("quirks\n"));
		} else if (str_eq(kind, STR("EndTag"))) {
			show_tag(b, "end", first, NULL, 0, false);
		} else {
			json_t           *map = json_array_get(t, 2), *v;
			struct html_attr *attrs = arena_array(&arena, json_object_size(map) + 1, struct html_attr);
			const char       *k;
			size_t            n = 0;

			json_object_foreach(map, k, v)
				attrs[n++] = (struct html_attr){ unescape(str_of(k), twice), unescape(json_str(v), twice) };
			show_tag(b, "start", first, attrs, n, json_is_true(json_array_get(t, 3)));
		}
	}
	end_text(b, &in_text);
}

static void
show_tokens(struct buf *b, struct tokenizer *t)
{
	struct token tok = { 0 };
	bool         in_text = false;

	for (td_token_next(t, &tok); tok.kind != TOKEN_EOF; td_token_next(t, &tok)) {
		if (tok.kind == TOKEN_TEXT) {
			show_text(b, &in_text, tok.text);
			continue;
		}
		end_text(b, &in_text);
		if (tok.kind == TOKEN_COMMENT) {
			show(b, "comment", tok.text);
		} else if (tok.kind == TOKEN_DOCTYPE) {
			show(b, "doctype", tok.name);
			show(b, "public", tok.public_id);
			show(b, "system", tok.system_id);
			buf_add(b, tok.force_quirks ? STR("quirks\n") : STR("right\n"));
		} else if (tok.kind == TOKEN_END) {
			show_tag(b, "end", tok.name, NULL, 0, false);
		} else {
			show_tag(b, "start", tok.name, tok.attrs, tok.attrs_n, tok.self_closing);
		}
	}
	end_text(b, &in_text);
}

static enum token_state
state_named(struct str name)
{
	static const char *const names[] = { [STATE_DATA] = "Data state", [STATE_RCDATA] = "RCDATA state",
		[STATE_RAWTEXT] = "RAWTEXT state", [STATE_SCRIPT] = "Script data state",
		[STATE_PLAINTEXT] = "PLAINTEXT state", [STATE_CDATA] = "CDATA section state" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(str_of(names[i]), name))
			return (enum token_state)i;
	CHECK_STR(STR("a state"), name);
	return STATE_DATA;
}

static void
run_in_state(const json_t *test, enum token_state state)
{
	bool             twice = json_is_true(json_object_get(test, "doubleEscaped"));
	struct str       input = unescape(json_str(json_object_get(test, "input")), twice);
	struct buf       want = BUF_INIT(MiB), got = BUF_INIT(MiB);
	struct tokenizer t;

	td_token_init(&t, &arena, input);
	t.state = state;
	t.last_start = json_str(json_object_get(test, "lastStartTag"));
	show_wanted(&want, json_object_get(test, "output"), twice);
	show_tokens(&got, &t);
	if (!str_eq(buf_str(&want), buf_str(&got)))
		fprintf(stderr, "%s\n", json_string_value(json_object_get(test, "description")));
	CHECK_STR(buf_str(&want), buf_str(&got));
	buf_free(&want);
	buf_free(&got);
}

static size_t
run_file(const char *path)
{
	json_t       *file = json_load_file(path, JSON_ALLOW_NUL, NULL), *tests = json_object_get(file, "tests"), *test;
	const json_t *state;
	size_t        i, j;

	json_array_foreach(tests, i, test) {
		const json_t *states = json_object_get(test, "initialStates");

		arena_init(&arena, 16 * MiB, arena_full, NULL);
		if (states == NULL)
			run_in_state(test, STATE_DATA);
		json_array_foreach(states, j, state)
			run_in_state(test, state_named(json_str(state)));
		arena_free(&arena);
	}
	i = json_array_size(tests);
	json_decref(file);
	return i;
}

/*
 * Not run: xmlViolation.test (4 tests), which wants the characters of XML 1.0 only; that is a thing a writer of XML
 * does, not a reader of HTML.  It has no "tests" but "xmlViolationTests".
 */
static void
every_tokenizer_test_of_html5lib_passes(void)
{
	const char    *shared = getenv("SHARED_DATA");
	char           folder[512], path[1024];
	size_t         ran = 0;
	DIR           *dir;
	struct dirent *e;

	snprintf(folder, sizeof(folder), "%s/" FOLDER, shared ? shared : "");
	if ((dir = opendir(folder)) == NULL) {
		CHECK_SKIP("no " FOLDER);
	}
	while ((e = readdir(dir)) != NULL) {
		if (!str_ends(str_of(e->d_name), STR(".test")))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		ran += run_file(path);
	}
	closedir(dir);
	printf("# %zu tests\n", ran);
	CHECK_INT(6806, ran);
}

static struct token
first_token(struct str text)
{
	struct tokenizer t;
	struct token     tok = { 0 };

	arena_free(&arena);
	arena_init(&arena, 64 * MiB, arena_full, NULL);
	td_token_init(&t, &arena, text);
	td_token_next(&t, &tok);
	return tok;
}

static void
the_first_of_two_attributes_wins_however_many_there_are(void)
{
	struct buf   b = BUF_INIT(MiB);
	struct token tok;

	buf_add(&b, STR("<p K=first"));
	for (int i = 0; i < 1000; i++)
		buf_addf(&b, " k%d=%d k=%d K%d=again", i, i, i, i);
	buf_add(&b, STR(" \xEA\xB0\x80=\xEB\x82\x98>"));
	tok = first_token(buf_str(&b));
	CHECK_INT(1002, tok.attrs_n);
	CHECK_STR(STR("first"), tok.attrs[0].value);
	CHECK_STR(STR("999"), tok.attrs[1000].value);
	CHECK_STR(STR("\xEA\xB0\x80"), tok.attrs[1001].name);
	buf_free(&b);
	arena_free(&arena);
}

static void
text_is_a_view_where_nothing_changes(void)
{
	struct str text = STR("\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 & <b>");

	CHECK(first_token(text).text.p == text.p);
	arena_free(&arena);
}

static void
carriage_returns_become_line_feeds(void)
{
	CHECK_STR(STR("a\nb\nc"), first_token(STR("<a x='a\r\nb\rc'>")).attrs[0].value);
	CHECK_STR(STR("a\n\nb"), first_token(STR("<!--a\r\r\nb-->")).text);
	CHECK_STR(STR("\r"), first_token(STR("&#13;")).text);
	arena_free(&arena);
}

static void
every_tag_name_is_found(void)
{
	for (int tag = TAG_OTHER + 1; tag < TAG__COUNT; tag++)
		CHECK_INT(tag, td_tag_find(td_tag_names[tag]));
	CHECK_INT(TAG_OTHER, td_tag_find(STR("")));
	CHECK_INT(TAG_OTHER, td_tag_find(STR("blockquot")));
	CHECK_INT(TAG_OTHER, td_tag_find(STR("blockquotes")));
}

TESTS(TEST(every_tag_name_is_found),
	TEST(text_is_a_view_where_nothing_changes),
	TEST(carriage_returns_become_line_feeds),
	TEST(the_first_of_two_attributes_wins_however_many_there_are),
	TEST(every_tokenizer_test_of_html5lib_passes))
