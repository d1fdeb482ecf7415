#include "article/links.h"

#include "article/marks.h"
#include "article/parts.h"
#include "article/sight.h"
#include "base/limits.h"
#include "text/utf8.h"

enum { TEXT_B = 200, LABEL_B = 40, TITLE_CHARS = 24, TITLE_WIDE_CHARS = 10 };

const char *const link_kind_name[LINK_KIND__COUNT] = { "other", "cited", "source", "related", "document", "media", "archive", "social", "mail" };

static bool
ends_with_any(struct str s, const char *words)
{
	for (struct str rest = str_of(words), one; str_cut(&rest, ' ', &one);)
		if (s.n > one.n && str_eq_nocase(str_sub(s, s.n - one.n, s.n), one))
			return true;
	return false;
}

/* Is it this host, or one below it? */
static bool
is_host_of(struct str host, const char *hosts)
{
	for (struct str rest = str_of(hosts), one; str_cut(&rest, ' ', &one);)
		if (str_ends(host, one) && (host.n == one.n || host.p[host.n - one.n - 1] == '.'))
			return true;
	return false;
}

static bool
is_archive(struct str host)
{
	return is_host_of(host, "web.archive.org archive.org archive.ph archive.is archive.today archive.vn archive.fo archive.li archive.md perma.cc "
	    "ghostarchive.org webcitation.org megalodon.jp webcache.googleusercontent.com arquivo.pt");
}

static bool
is_social(struct str host)
{
	return is_host_of(host, "facebook.com fb.com twitter.com x.com instagram.com threads.net linkedin.com pinterest.com reddit.com tumblr.com t.me "
	    "telegram.me telegram.org whatsapp.com wa.me vk.com ok.ru weibo.com youtube.com youtu.be tiktok.com snapchat.com line.me bsky.app mastodon.social "
	    "discord.gg discord.com flipboard.com getpocket.com xing.com viber.com kakao.com band.us story.kakao.com blog.naver.com share.naver.com "
	    "douban.com qzone.qq.com b.hatena.ne.jp addtoany.com sharethis.com addthis.com truthsocial.com gab.com");
}

/* The button that tells others, not something that somebody said there. */
static bool
is_to_share(const struct url *u)
{
	static const char *const ways[] = { "share", "intent", "sharer", "submit", "pin/create", "dialog", "cws", "shareArticle" };

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (str_find_nocase(u->path, str_of(ways[i])) != STR_NONE)
			return true;
	return u->has_query && (str_find_nocase(u->query, STR("url=")) != STR_NONE || str_find_nocase(u->query, STR("text=")) != STR_NONE ||
	    str_starts_nocase(u->query, STR("u=")));
}

/* An account has a short path; what it said has a longer one. */
static bool
is_account(const struct url *u)
{
	size_t parts = 0;

	for (size_t i = 0; i + 1 < u->path.n; i++)
		parts += u->path.p[i] == '/';
	return parts <= 1 && !u->has_query;
}

static struct str
without_www(struct str host)
{
	return str_starts(host, STR("www.")) ? str_sub(host, 4, host.n) : host;
}

static bool
is_same_site(struct str a, struct str b)
{
	a = without_www(a), b = without_www(b);
	if (a.n < b.n) {
		struct str c = a;

		a = b, b = c;
	}
	return b.n > 3 && str_ends(a, b) && (a.n == b.n || a.p[a.n - b.n - 1] == '.');
}

/* A headline, not the word of a menu. */
static bool
is_long(struct str text)
{
	size_t chars = td_utf8_count(text);

	return chars >= TITLE_CHARS || (chars >= TITLE_WIDE_CHARS && chars * 2 <= text.n);
}

bool
td_is_source_label(struct str s)
{
	static const char *const labels[] = { "source", "sources", "via", "original", "quelle", "quellen", "source originale", "fuente", "fuentes", "fonte", "fonti",
		"bron", "kilde", "källa", "lähde", "źródło", "zdroj", "forrás", "sursa", "izvor", "kaynak", "sumber", "nguồn", "πηγή", "источник", "джерело",
		"източник", "извор", "المصدر", "منبع", "ماخذ", "מקור", "स्रोत", "সূত্র", "ที่มา", "출처", "원문", "기사 원문", "기사원문", "자료", "자료출처", "来源", "來源", "出处",
		"出處", "原文", "出典", "引用元", "ソース", "元記事" };

	s = str_trim(s);
	if (s.n > LABEL_B)
		return false;
	while (s.n > 0 && strchr(":([>- ", s.p[s.n - 1]) != NULL)
		s.n--;
	if (str_ends(s, STR("\xef\xbc\x9a")))
		s.n -= 3;
	for (s = str_trim(s); s.n > 0 && strchr("(['\"-", s.p[0]) != NULL;)
		s = str_sub(s, 1, s.n);
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (str_eq_nocase(s, str_of(labels[i])))
			return true;
	return false;
}

enum link_kind
td_link_kind(const struct url *u, const struct link_place *p)
{
	if (str_eq(u->scheme, STR("mailto")))
		return LINK_MAIL;
	if (p->is_marked)
		return LINK_SOURCE;
	if (is_archive(u->host))
		return LINK_ARCHIVE;
	if (ends_with_any(u->path, ".pdf .doc .docx .odt .rtf .xls .xlsx .ods .csv .ppt .pptx .odp .hwp .hwpx .epub .zip .txt"))
		return LINK_DOCUMENT;
	if (ends_with_any(u->path, ".jpg .jpeg .png .gif .webp .avif .svg .mp3 .m4a .ogg .wav .mp4 .webm .mov .m3u8"))
		return LINK_MEDIA;
	if (is_social(u->host) && (!p->in_story || is_to_share(u) || is_account(u)))
		return LINK_SOCIAL;
	if (p->in_story)
		return LINK_CITED;
	return is_same_site(u->host, p->host) && u->path.n > 1 && is_long(p->text) ? LINK_RELATED : LINK_OTHER;
}

/* What stands right before a link, be it around its parent or in an element of its own; NULL: nothing. */
static const struct html_node *
text_before(const struct html_node *a)
{
	for (const struct html_node *e = a; e != NULL && e->tag != TAG_P && e->tag != TAG_DIV && e->tag != TAG_LI; e = e->parent) {
		const struct html_node *before = e->prev;

		while (before != NULL && before->kind == HTML_TEXT && str_trim(before->text).n == 0)
			before = before->prev;
		if (before == NULL)
			continue;
		while (before->kind == HTML_ELEMENT && before->last != NULL)
			before = before->last;
		return before->kind == HTML_TEXT ? before : NULL;
	}
	return NULL;
}

/* The last sentence of it. */
static struct str
last_sentence(struct str s)
{
	s = str_sub(s, s.n > TEXT_B ? s.n - TEXT_B : 0, s.n);
	for (size_t at = s.n; at > 1; at--)
		if (s.p[at - 1] == ' ' && strchr(".!?|\n", s.p[at - 2]) != NULL)
			return str_sub(s, at, s.n);
	return s;
}

static bool
is_marked(const struct html_node *a, struct str text)
{
	const struct html_node *before;

	if (td_is_story_mark(text) || td_is_source_label(text))
		return true;
	before = text_before(a);
	return before != NULL && td_is_source_label(last_sentence(before->text));
}

static void
add(struct draft *d, const struct html_node *n, bool in_root)
{
	struct article     *a = d->article;
	const struct sight  sight = { .root = d->root };
	struct article_link l = { .url = td_draft_url(d, td_html_attr(n, STR("href"))) };
	struct link_place   place = { .host = d->has_base ? d->base.host : STR("") };
	struct url          u;
	struct err          err;

	if (l.url.n == 0 || td_url_parse(d->arena, l.url, NULL, &u, &err) != ERR_OK)
		return;
	l.text = td_html_text(d->arena, n);
	l.text.n = td_utf8_floor(l.text, TEXT_B);
	place.text = l.text;
	place.in_story = in_root && !td_in_furniture(&sight, n);
	place.is_marked = is_marked(n, l.text);
	l.kind = td_link_kind(&u, &place);
	a->links.v[a->links.n++] = l;
}

void
td_links(struct draft *d)
{
	const struct html_node *document = d->tree->document, *end = d->root != NULL ? td_html_after(d->root, document) : NULL;
	bool                    in_root = false;

	d->article->links.v = arena_array(d->arena, LIMIT_LINKS_N, struct article_link);
	for (const struct html_node *n = document; n != NULL && d->article->links.n < LIMIT_LINKS_N; n = td_html_next(n, document)) {
		if (n == d->root)
			in_root = true;
		else if (n == end)
			in_root = false;
		if (n->tag == TAG_A)
			add(d, n, in_root);
	}
}

enum link_kind
td_link_kind_of(struct draft *d, struct str url)
{
	static const struct link_place in_story = { .in_story = true };
	struct url u;
	struct err err;

	return td_url_parse(d->arena, url, NULL, &u, &err) == ERR_OK ? td_link_kind(&u, &in_story) : LINK_OTHER;
}
