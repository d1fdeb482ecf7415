#include "refs/refs.h"

#include "base/limits.h"
#include "css/css.h"
#include "url/url.h"

const char *const ref_kind_name[REF_KIND__COUNT] = { "image", "style", "icon", "frame", "other size", "script", "media" };

enum { SEEN_N = 8192 };         /* a power of two, four times LIMIT_REFS_N */

struct walk {
	struct arena *a;
	struct url    base;
	struct refs  *out;
	uint16_t     *seen;     /* place in the list + 1, by hash */
};

static bool
was_seen(struct walk *w, struct str url)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < url.n; i++)
		h = (h ^ (unsigned char)url.p[i]) * 16777619u;
	for (h %= SEEN_N; w->seen[h] != 0; h = (h + 1) % SEEN_N)
		if (str_eq(w->out->list.v[w->seen[h] - 1].url, url))
			return true;
	if (w->out->list.n < LIMIT_REFS_N)
		w->seen[h] = (uint16_t)(w->out->list.n + 1);
	return false;
}

static void
add(struct walk *w, enum ref_kind kind, struct str raw)
{
	struct url u;
	struct err err;
	struct str url;

	raw = str_trim(raw);
	if (raw.n == 0 || raw.p[0] == '#' || td_url_parse(w->a, raw, &w->base, &u, &err) != ERR_OK || !td_url_is_web(&u))
		return;
	u.has_fragment = false;
	u.fragment = STR("");
	url = td_url_write(w->a, &u);
	if (was_seen(w, url))
		return;
	if (w->out->list.n == LIMIT_REFS_N) {
		w->out->is_cut = true;
		return;
	}
	w->out->list.v[w->out->list.n++] = (struct ref){ kind, url };
}

static void
add_style(struct walk *w, struct str css)
{
	struct css_refs refs;

	if (str_find_nocase(css, STR("url")) == STR_NONE && str_find_nocase(css, STR("@import")) == STR_NONE)
		return;
	td_css_refs(w->a, css, &refs);
	for (size_t i = 0; i < refs.n; i++)
		add(w, refs.v[i].is_import ? REF_STYLE : REF_IMAGE, refs.v[i].url);
	w->out->is_cut |= refs.is_cut;
}

/* "a.jpg 480w, b.jpg 2x": the next one; its size as a number, 1 when none is said. */
static bool
next_candidate(struct str *rest, struct str *ret_url, double *ret_size)
{
	size_t i = 0, from;
	double size = 0, unit = 1;
	bool   ends;

	while (i < rest->n && (rest->p[i] == ',' || rest->p[i] == ' ' || (rest->p[i] >= '\t' && rest->p[i] <= '\r')))
		i++;
	from = i;
	while (i < rest->n && rest->p[i] != ' ' && !(rest->p[i] >= '\t' && rest->p[i] <= '\r'))
		i++;
	*ret_url = str_sub(*rest, from, i);
	ends = ret_url->n > 0 && ret_url->p[ret_url->n - 1] == ',';
	while (ret_url->n > 0 && ret_url->p[ret_url->n - 1] == ',')
		ret_url->n--;
	from = i;
	while (!ends && i < rest->n && rest->p[i] != ',')
		i++;
	for (struct str d = str_sub(*rest, from, i); d.n > 0; d = str_sub(d, 1, d.n)) {
		if (d.p[0] >= '0' && d.p[0] <= '9' && unit >= 1)
			size = size * 10 + (d.p[0] - '0');
		else if (d.p[0] >= '0' && d.p[0] <= '9')
			size += (d.p[0] - '0') * unit, unit /= 10;
		else if (d.p[0] == '.')
			unit = .1;
	}
	*ret_size = size > 0 ? size : 1;
	*rest = str_sub(*rest, i, rest->n);
	return ret_url->n > 0;
}

/* The largest is the picture; the one for a plain screen is what a replay on such a screen asks for; the others are named. */
static void
add_srcset(struct walk *w, struct str srcset)
{
	struct str rest = srcset, url, best = STR("");
	double     size, most = 0;

	while (next_candidate(&rest, &url, &size))
		if (size > most) {
			most = size;
			best = url;
		}
	add(w, REF_IMAGE, best);
	for (rest = srcset; next_candidate(&rest, &url, &size);)
		add(w, size > 1 ? REF_OTHER_SIZE : REF_IMAGE, url);
}

static bool
has_word(struct str list, const char *word)
{
	struct str one;

	while (str_cut(&list, ' ', &one))
		if (str_eq_nocase(str_trim(one), str_of(word)))
			return true;
	return false;
}

static void
add_link(struct walk *w, const struct html_node *n)
{
	struct str rel = td_html_attr(n, STR("rel")), href = td_html_attr(n, STR("href")), as = td_html_attr(n, STR("as"));

	if (has_word(rel, "stylesheet"))
		add(w, REF_STYLE, href);
	else if (has_word(rel, "icon") || has_word(rel, "apple-touch-icon") || has_word(rel, "mask-icon"))
		add(w, REF_ICON, href);
	else if (has_word(rel, "preload") && str_eq_nocase(as, STR("image")))
		add(w, REF_IMAGE, href);
	else if (has_word(rel, "preload") && str_eq_nocase(as, STR("style")))
		add(w, REF_STYLE, href);
	else if (has_word(rel, "preload") && str_eq_nocase(as, STR("font")))
		add(w, REF_IMAGE, href);
}

static void
add_meta(struct walk *w, const struct html_node *n)
{
	struct str name = td_html_attr(n, STR("property"));

	if (name.p == NULL)
		name = td_html_attr(n, STR("name"));
	if (str_eq_nocase(name, STR("og:image")) || str_eq_nocase(name, STR("og:image:secure_url")) ||
	    str_eq_nocase(name, STR("og:image:url")) || str_eq_nocase(name, STR("twitter:image")))
		add(w, REF_IMAGE, td_html_attr(n, STR("content")));
}

static bool
is_in_picture(const struct html_node *n)
{
	return n->parent != NULL && n->parent->tag == TAG_PICTURE;
}

/* A picture that a script would put in later still has its address in the page. */
static void
add_image(struct walk *w, const struct html_node *n)
{
	static const char *const later[] = { "data-src", "data-original", "data-lazy-src" };

	add(w, REF_IMAGE, td_html_attr(n, STR("src")));
	add_srcset(w, td_html_attr(n, STR("srcset")));
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		add(w, REF_IMAGE, td_html_attr(n, str_of(later[i])));
	add_srcset(w, td_html_attr(n, STR("data-srcset")));
}

static void
add_of_element(struct walk *w, const struct html_node *n)
{
	switch (n->tag) {
	case TAG_IMG: add_image(w, n); break;
	case TAG_SOURCE:
		add_srcset(w, td_html_attr(n, STR("srcset")));
		add(w, is_in_picture(n) ? REF_IMAGE : REF_MEDIA, td_html_attr(n, STR("src")));
		break;
	case TAG_VIDEO: add(w, REF_IMAGE, td_html_attr(n, STR("poster"))); /* fall through */
	case TAG_AUDIO:
	case TAG_EMBED: add(w, REF_MEDIA, td_html_attr(n, STR("src"))); break;
	case TAG_OBJECT: add(w, REF_MEDIA, td_html_attr(n, STR("data"))); break;
	case TAG_INPUT: add(w, REF_IMAGE, td_html_attr(n, STR("src"))); break;
	case TAG_LINK: add_link(w, n); break;
	case TAG_META: add_meta(w, n); break;
	case TAG_IFRAME:
	case TAG_FRAME: add(w, REF_FRAME, td_html_attr(n, STR("src"))); break;
	case TAG_SCRIPT: add(w, REF_SCRIPT, td_html_attr(n, STR("src"))); break;
	case TAG_STYLE: add_style(w, n->first != NULL ? n->first->text : STR("")); break;
	default: break;
	}
	add(w, REF_IMAGE, td_html_attr(n, STR("background")));
	add_style(w, td_html_attr(n, STR("style")));
	if (n->ns == NS_SVG && str_eq(n->name, STR("image"))) {
		add(w, REF_IMAGE, td_html_attr(n, STR("href")));
		add(w, REF_IMAGE, td_html_attr(n, STR("xlink:href")));
	}
}

static enum err_code
begin(struct walk *w, struct arena *a, struct str base, struct refs *ret, struct err *err)
{
	*w = (struct walk){ .a = a, .out = ret };
	if (td_url_parse(a, base, NULL, &w->base, err) != ERR_OK)
		return err->code;
	w->seen = arena_array(a, SEEN_N, uint16_t);
	*ret = (struct refs){ .list = { arena_array(a, LIMIT_REFS_N, struct ref), 0 } };
	return ERR_OK;
}

enum err_code
td_refs_of_page(struct arena *a, const struct html_node *document, struct str base, struct refs *ret, struct err *err)
{
	struct walk             w;
	struct url              u;
	struct err              ignored;
	const struct html_node *b = td_html_find(document, TAG_BASE);

	if (begin(&w, a, base, ret, err) != ERR_OK)
		return err->code;
	if (b != NULL && td_html_has_attr(b, STR("href")) &&
	    td_url_parse(a, td_html_attr(b, STR("href")), &w.base, &u, &ignored) == ERR_OK && td_url_is_web(&u))
		w.base = u;
	for (const struct html_node *n = document; n != NULL; n = td_html_next(n, document))
		if (n->kind == HTML_ELEMENT)
			add_of_element(&w, n);
	return ERR_OK;
}

enum err_code
td_refs_of_style(struct arena *a, struct str css, struct str base, struct refs *ret, struct err *err)
{
	struct walk w;

	if (begin(&w, a, base, ret, err) != ERR_OK)
		return err->code;
	add_style(&w, css);
	return ERR_OK;
}
