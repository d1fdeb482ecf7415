/* A Markdown file as an article: its front matter, then its parts. */
#include "article/dates.h"
#include "article/given.h"
#include "document/parts.h"
#include "markdown/document.h"
#include "text/charset.h"

enum { FRONT_LINES_N = 100 };

static struct str
unquoted(struct str s)
{
	s = str_trim(s);
	if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
		s = str_sub(s, 1, s.n - 1);
	return s;
}

/* "[A, B]" is a list too. */
static void
take_people(struct arena *a, struct article_given *g, struct str s)
{
	if (s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		s = str_sub(s, 1, s.n - 1);
	td_given_people(a, g, unquoted(s));
}

static void
take_field(struct arena *a, struct article_given *g, struct str key, struct str value)
{
	struct civil date;

	if (str_eq_nocase(key, STR("title")))
		g->title = value;
	else if ((str_eq_nocase(key, STR("author")) || str_eq_nocase(key, STR("authors"))) && g->byline.n == 0)
		take_people(a, g, value);
	else if (str_eq_nocase(key, STR("lang")) || str_eq_nocase(key, STR("language")))
		g->language = value;
	else if (str_eq_nocase(key, STR("date")) && (civil_parse_iso(value, &date) || td_date_find(value, &date, &(size_t){ 0 }, &(size_t){ 0 })))
		g->published = date;
	else if ((str_eq_nocase(key, STR("updated")) || str_eq_nocase(key, STR("lastmod"))) && civil_parse_iso(value, &date))
		g->modified = date;
	else if (str_eq_nocase(key, STR("url")) && g->url.n == 0 && (str_starts(value, STR("https://")) || str_starts(value, STR("http://"))))
		g->url = value;
}

/* Lines of "key: value" between two of "---"; returns what follows, or all when there is no front matter. */
static struct str
front_matter(struct arena *a, struct article_given *g, struct str s)
{
	struct str rest = s, line;

	if (!str_cut(&rest, '\n', &line) || !str_eq(str_trim(line), STR("---")))
		return s;
	for (int i = 0; i < FRONT_LINES_N && str_cut(&rest, '\n', &line); i++) {
		size_t at = str_find_char(line, ':');

		if (str_eq(str_trim(line), STR("---")) || str_eq(str_trim(line), STR("..."))) {
			g->why = "the file's front matter";
			g->confidence = 90;
			return rest.p != NULL ? rest : STR("");
		}
		if (at != STR_NONE && at > 0 && line.p[0] != ' ' && line.p[0] != '#')
			take_field(a, g, str_trim(str_sub(line, 0, at)), unquoted(str_sub(line, at + 1, line.n)));
	}
	/* It never ended: then it was none, but a rule at the top of a text. */
	g->title = g->language = STR("");
	g->byline = (struct str_list){ 0 };
	g->published = g->modified = (struct civil){ 0 };
	return s;
}

void
document_markdown(struct arena *a, const struct article_ask *ask, struct article *ret)
{
	struct article_given g = { .file = ask->file, .url = ask->url };
	struct charset       charset;
	struct str           text = td_charset_decode(a, ask->body, ask->charset, &charset);

	if (charset.replaced > 0)
		td_given_warn(a, &g, "%zu characters could not be read as %s", charset.replaced, charset.name);
	text = front_matter(a, &g, text);
	if (!td_markdown_document(a, &g, text)) {
		td_given_warn(a, &g, "the Markdown is longer or deeper than we take; read as plain text");
		td_given_plain(a, &g, text);
	}
	td_article_of_given(a, &g, ret);
}
