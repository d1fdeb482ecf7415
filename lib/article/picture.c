#include "article/picture.h"

#include "article/marks.h"
#include "text/utf8.h"

enum { CAPTION_B = 1000, CREDIT_B = 200, NAME_MIN_B = 6 };

static const char *const credit_words[] = { "credit", "credits", "copyright", "photographer", "source", "quelle", "bildquelle", "agency", "byline", NULL };

/* "Photo: Ana Ruiz", "Foto: dpa", "사진=연합뉴스", "（写真：…）": what stands before the one who took it. */
static const char *const credit_labels[] = { "Photo credit:", "Photo by ", "Photograph by ", "Photograph:", "Photo:", "Photos:", "Picture:", "Image:",
	"Credit:", "Source:", "Foto:", "Fotos:", "Bild:", "Bildquelle:", "Quelle:", "Copyright:", "Crédit photo", "Crédit :", "Crédit:", "Photo :", "Fotografía:",
	"Fuente:", "Imagem:", "Fotó:", "Фото:", "사진=", "사진:", "사진 =", "사진제공=", "/사진=", "写真：", "写真=", "写真:", "摄影：", "圖：", "图：", "الصورة:", "عکس:", "©" };

static struct str
url_of(const struct json_node *n)
{
	const struct json_node *url;

	if (n != NULL && n->kind == JSON_LIST)
		n = n->first;
	if (n == NULL || n->kind == JSON_STRING)
		return n != NULL ? str_trim(n->text) : STR("");
	if ((url = td_json_get(n, STR("url"))) == NULL)
		url = td_json_get(n, STR("contentUrl"));
	if (url != NULL && url->kind == JSON_LIST)
		url = url->first;
	return url != NULL && url->kind == JSON_STRING ? str_trim(url->text) : STR("");
}

/* The image of the article itself: one whose owner has a headline. */
static const struct json_node *
ld_image(const struct json_node *ld)
{
	for (const struct json_node *n = ld; n != NULL; n = td_json_next(n, ld))
		if (str_eq(n->key, STR("image")) && td_json_get(n->parent, STR("headline")) != NULL)
			return n;
	return NULL;
}

static struct str
ld_credit(const struct json_node *image)
{
	static const char *const keys[] = { "creditText", "copyrightNotice", "author", "creator" };

	if (image != NULL && image->kind == JSON_LIST)
		image = image->first;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys) && image != NULL; i++) {
		const struct json_node *v = td_json_get(image, str_of(keys[i]));

		if (v != NULL && v->kind == JSON_OBJECT)
			v = td_json_get(v, STR("name"));
		if (v != NULL && v->kind == JSON_STRING && v->text.n > 0 && v->text.n <= CREDIT_B)
			return str_trim(v->text);
	}
	return STR("");
}

/* The last part of an address's path: the same picture in another size keeps it. */
static struct str
file_name(struct str url)
{
	size_t from = 0, to = url.n;

	for (size_t i = 0; i < to; i++) {
		if (url.p[i] == '?' || url.p[i] == '#')
			to = i;
		else if (url.p[i] == '/')
			from = i + 1;
	}
	return str_sub(url, from, to);
}

/* The figure that shows this picture; else the story's first. */
static const struct html_node *
figure_of(const struct html_node *root, struct str url)
{
	const struct html_node *first = NULL;
	struct str              name = file_name(url);

	for (const struct html_node *n = root; n != NULL; n = td_html_next(n, root)) {
		const struct html_node *img = n->tag == TAG_FIGURE ? td_html_find(n, TAG_IMG) : NULL;

		if (img == NULL || td_html_find(n, TAG_FIGCAPTION) == NULL)
			continue;
		first = first != NULL ? first : n;
		if (name.n >= NAME_MIN_B && str_find(td_html_attr(img, STR("src")), name) != STR_NONE)
			return n;
	}
	return url.n == 0 ? first : first != NULL && name.n < NAME_MIN_B ? first : NULL;
}

/* A credit at the caption's end: by its label, or in brackets when an agency's sign stands there. */
static void
part_credit(struct page_picture *p)
{
	size_t best = STR_NONE, label = 0;

	for (size_t i = 0; i < sizeof(credit_labels) / sizeof(*credit_labels); i++) {
		size_t at = str_find(p->caption, str_of(credit_labels[i]));

		if (at != STR_NONE && at < best)
			best = at, label = strlen(credit_labels[i]);
	}
	if (best == STR_NONE || p->caption.n - best > CREDIT_B)
		return;
	if (p->credit.n == 0) {
		p->credit = str_trim(str_sub(p->caption, best + label, p->caption.n));
		while (p->credit.n > 0 && strchr(")]. ", p->credit.p[p->credit.n - 1]) != NULL)
			p->credit.n--;
		p->why_credit = "the words before it in the caption";
	}
	p->caption = str_trim(str_sub(p->caption, 0, best));
	while (p->caption.n > 0 && strchr("([/|- ", p->caption.p[p->caption.n - 1]) != NULL)
		p->caption.n--;
}

static void
take_figure(struct arena *a, const struct html_node *figure, struct page_picture *p)
{
	const struct html_node *caption = td_html_find(figure, TAG_FIGCAPTION);

	p->caption = td_plain_text(a, caption);
	p->caption.n = td_utf8_floor(p->caption, CAPTION_B);
	for (const struct html_node *e = td_html_next(figure, figure); e != NULL && p->credit.n == 0; e = td_html_next(e, figure)) {
		struct str text;

		if (e->attrs_n == 0 || e->tag == TAG_IMG || !td_element_named(e, credit_words) || (text = td_plain_text(a, e)).n == 0 || text.n > CREDIT_B)
			continue;
		p->credit = text, p->why_credit = "an element that says credit";
		if (str_ends(p->caption, text))
			p->caption = str_trim(str_sub(p->caption, 0, p->caption.n - text.n));
		for (size_t i = 0; i < sizeof(credit_labels) / sizeof(*credit_labels); i++)
			if (str_starts(p->credit, str_of(credit_labels[i])))
				p->credit = str_trim(str_sub(p->credit, strlen(credit_labels[i]), p->credit.n));
	}
	part_credit(p);
}

void
td_article_picture(struct arena *a, const struct page_head *head, const struct html_node *main_root, struct page_picture *ret)
{
	const struct json_node *image = ld_image(head->ld);
	const struct html_node *figure;
	struct page_picture     p = { .url = td_article_meta(head, STR("og:image")), .caption = STR(""), .credit = STR("") };

	p.why = "meta og:image";
	if (p.url.n == 0 && (p.url = td_article_meta(head, STR("og:image:url"))).n == 0 && (p.url = url_of(image)).n > 0)
		p.why = "JSON-LD image";
	if (p.url.n == 0 && (p.url = td_article_meta(head, STR("twitter:image"))).n > 0)
		p.why = "meta twitter:image";
	figure = main_root != NULL ? figure_of(main_root, p.url) : NULL;
	if (p.url.n == 0 && figure != NULL && (p.url = td_html_attr(td_html_find(figure, TAG_IMG), STR("src"))).n > 0)
		p.why = "the first figure of the story";
	if (figure != NULL)
		take_figure(a, figure, &p);
	if (p.credit.n == 0 && (p.credit = ld_credit(image)).n > 0)
		p.why_credit = "JSON-LD image";
	p.why = p.url.n > 0 ? p.why : NULL;
	*ret = p;
}
