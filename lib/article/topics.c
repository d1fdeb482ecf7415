#include "article/topics.h"

#include "article/marks.h"

static void
add_tag(struct arena *a, struct str_list *tags, struct str tag)
{
	tag = td_plain_text(a, &(struct html_node){ .kind = HTML_TEXT, .text = tag });
	while (tag.n > 0 && (tag.p[0] == '#' || tag.p[0] == ' '))
		tag = str_sub(tag, 1, tag.n);
	if (tag.n == 0 || tag.n > TAG_B || tags->n == TAGS_MAX)
		return;
	for (size_t i = 0; i < tags->n; i++)
		if (str_eq_nocase(tags->v[i], tag))
			return;
	tags->v[tags->n++] = tag;
}

/* "평양, 북한; 인권": commas of several scripts and semicolons part tags. */
static void
add_tags(struct arena *a, struct str_list *tags, struct str list)
{
	static const char *const commas[] = { ",", ";", "\xef\xbc\x8c", "\xe3\x80\x81", "\xd8\x8c" };
	size_t from = 0;

	for (size_t i = 0; i < list.n; i++)
		for (size_t k = 0; k < sizeof(commas) / sizeof(*commas); k++)
			if (str_starts(str_sub(list, i, list.n), str_of(commas[k]))) {
				add_tag(a, tags, str_sub(list, from, i));
				from = i + strlen(commas[k]);
			}
	add_tag(a, tags, str_sub(list, from, list.n));
}

static const struct json_node *
ld_member(const struct json_node *ld, struct str key)
{
	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld))
		if (str_eq(n->key, key) && (n->first != NULL || n->text.n > 0))
			return n;
	return NULL;
}

static void
find_section(const struct page_head *head, struct page_topics *t)
{
	static const char *const metas[] = { "article:section", "parsely-section", "sailthru.section", "dcterms.subject.section", "section",
		"cXenseParse:section", "category" };
	const struct json_node *n = ld_member(head->ld, STR("articleSection"));

	if (n != NULL && n->kind == JSON_LIST)
		n = n->first;
	if (n != NULL && n->kind == JSON_STRING && str_find(n->text, STR("://")) == STR_NONE)
		t->section = str_trim(n->text), t->why_section = "JSON-LD articleSection";
	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas) && t->section.n == 0; i++)
		if ((t->section = td_article_meta(head, str_of(metas[i]))).n > 0)
			t->why_section = "a meta element";
	if (t->section.n > TAG_B || str_find(t->section, STR("://")) != STR_NONE)
		t->section = STR(""), t->why_section = NULL;
}

static void
take_metas(struct arena *a, const struct page_head *head, const char *name, bool is_list, struct str_list *tags)
{
	for (size_t i = 0; i < head->metas_n; i++)
		if (!str_eq_nocase(head->metas[i].name, str_of(name)))
			continue;
		else if (is_list)
			add_tags(a, tags, head->metas[i].value);
		else
			add_tag(a, tags, head->metas[i].value);
}

static void
find_tags(struct arena *a, const struct page_head *head, struct page_topics *t)
{
	static const struct { const char *name, *why; bool is_list; } metas[] = {
		{ "article:tag", "meta article:tag", false }, { "news_keywords", "meta news_keywords", true }, { "parsely-tags", "meta parsely-tags", true },
		{ "sailthru.tags", "meta sailthru.tags", true }, { "keywords", "meta keywords", true },
	};
	const struct json_node *n = ld_member(head->ld, STR("keywords"));

	for (const struct json_node *one = n != NULL && n->kind == JSON_LIST ? n->first : NULL; one != NULL; one = one->next)
		if (one->kind == JSON_STRING)
			add_tag(a, &t->tags, one->text);
	if (n != NULL && n->kind == JSON_STRING)
		add_tags(a, &t->tags, n->text);
	t->why_tags = t->tags.n > 0 ? "JSON-LD keywords" : NULL;
	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas) && t->tags.n == 0; i++) {
		take_metas(a, head, metas[i].name, metas[i].is_list, &t->tags);
		t->why_tags = t->tags.n > 0 ? metas[i].why : NULL;
	}
}

void
td_article_topics(struct arena *a, const struct page_head *head, struct page_topics *ret)
{
	struct page_topics t = { .section = STR("") };

	t.tags.v = arena_array(a, TAGS_MAX, struct str);
	find_section(head, &t);
	find_tags(a, head, &t);
	*ret = t;
}
