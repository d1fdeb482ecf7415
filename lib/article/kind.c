/* What kind of page this is: a story, or one of the things that only look like one. */
#include "article/parts.h"
#include "text/utf8.h"

enum { SHORT_N = 60, STORY_N = 250, NOTICE_N = 2500, COOKIES_MIN = 3, COOKIE_EVERY_N = 250 };

static bool
says(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find_nocase(s, str_of(words[i])) != STR_NONE)
			return true;
	return false;
}

static const char *const walls[] = { "checking your browser", "verify you are human", "attention required! | cloudflare", "access denied",
	"are you a robot", "enable cookies to continue", "please log in to continue", "accept all cookies", "로그인 후 이용", "just a moment..." };
static const char *const browsers[] = { "enable javascript", "javascript is disabled", "javascript is required", "requires javascript",
	"turn on javascript", "자바스크립트를 활성화", "자바스크립트를 사용", "javascriptを有効" };
/* Of a few words that name it, whatever the language: all write it so. */
static const char *const script_words[] = { "javascript", "자바스크립트", "جافا سكريبت", "जावास्क्रिप्ट" };
static const char *const cookies[] = { "cookie", "쿠키", "クッキー", "کوکی", "файлов куки" };

/* A notice about cookies speaks of little else. */
static bool
is_cookie_notice(struct str s, size_t n)
{
	size_t seen = 0, at;

	for (size_t i = 0; i < sizeof(cookies) / sizeof(*cookies) && n <= NOTICE_N; i++)
		for (struct str rest = s; (at = str_find_nocase(rest, str_of(cookies[i]))) != STR_NONE; rest = str_sub(rest, at + 1, rest.n))
			seen++;
	return seen >= COOKIES_MIN && n <= seen * COOKIE_EVERY_N;
}

/* Links and text of the whole page, for pages that are lists. */
static void
count(const struct html_tree *tree, size_t *links, struct str *all, struct arena *a)
{
	const struct html_node *body = td_html_find(tree->document, TAG_BODY);

	*links = 0;
	*all = body != NULL ? td_html_text(a, body) : STR("");
	for (const struct html_node *n = body; n != NULL; n = td_html_next(n, body))
		*links += n->tag == TAG_A;
}

static void
judge(struct draft *d, enum article_kind kind, const char *words)
{
	d->article->kind = kind;
	if (words != NULL)
		td_draft_warn(d, "%s", words);
}

static const char a_wall[] = "the page is a wall (cookies, a login, a check for robots), not the story";
static const char list_of_links[] = "the page is a list (a front page, an overview, goods), not a story";

static void
judge_by_shape(struct draft *d)
{
	static const char *const words[ARTICLE_KIND__COUNT] = { [ARTICLE_INDEX] = list_of_links,
		[ARTICLE_FORUM] = "the page is a discussion of several people, not a story",
		[ARTICLE_PRODUCT] = "the page is about something for sale, not a story" };

	judge(d, d->shape, words[d->shape]);
	td_draft_why(d, "kind", d->shape_confidence, "what the page says it is, and the rows of blocks alike on it");
}

void
td_kind(struct draft *d)
{
	struct str all = d->article->text;
	size_t     links = 0, n = td_utf8_count(d->article->text);

	if (d->tree != NULL && n < STORY_N)     /* of a longer text nobody asks */
		count(d->tree, &links, &all, d->arena);
	d->article->kind = ARTICLE_STORY;
	if (n < STORY_N && ((all.n < 20000 && says(all, browsers, sizeof(browsers) / sizeof(*browsers))) ||
	    says(d->article->text, script_words, sizeof(script_words) / sizeof(*script_words))))
		judge(d, ARTICLE_NEEDS_BROWSER, "the page shows its text only to a browser with JavaScript: open it there, save it, drop the file here");
	else if (is_cookie_notice(d->article->text, n))
		judge(d, ARTICLE_WALL, a_wall);
	else if (n < STORY_N && (says(all, walls, sizeof(walls) / sizeof(*walls)) ||
	    says(d->article->title, walls, sizeof(walls) / sizeof(*walls))))
		judge(d, ARTICLE_WALL, a_wall);
	else if (n == 0)
		judge(d, ARTICLE_EMPTY, "there is no text to speak of on the page");
	else if (d->tree != NULL && n < 2 * SHORT_N && links > 40)
		judge(d, ARTICLE_INDEX, list_of_links);
	else if (d->tree != NULL && d->shape != ARTICLE_STORY)
		judge_by_shape(d);
}
