#include "article/printed_dates.h"

#include "article/marks.h"
#include "text/utf8.h"

enum {
	LINE_B = 300, FRONT_B = 90, LABEL_B = 48,
	/* What speaks for a date, and against it. */
	LABELLED = 30, CALLED_DATE = 20, IN_TIME = 15, CALLED_PUBLISHED = 15,
	ALONE = 10, IN_LINK = -15, IN_PROSE = -35, IN_FURNITURE = -30, WORTH_KEEPING = 10, WORTH_KEEPING_ALONE = 5,
};

static const int place_points[] = { [SIGHT_BESIDE] = 40, [SIGHT_ABOVE] = 30, [SIGHT_IN_STORY] = 25, [SIGHT_FAR] = 5, [SIGHT_BEHIND] = -5,
	[SIGHT_OUTSIDE] = -15 };

static const char *const date_words[] = { "date", "datum", "fecha", "data", "time", "timestamp", "published", "publish", "pubdate", "posted",
	"postdate", "entrydate", "created", "submitted", "dateline", "uploaded", "datetime", "day", "tarih", "pub", "timedata", "postmeta", NULL };
static const char *const published_words[] = { "published", "pubdate", "datepublished", "entrydate", "publishdate", "dtpublished", NULL };
static const char *const modified_words[] = { "updated", "modified", "datemodified", "update", NULL };

/* In lower case.  Those of MODIFIED are looked for first: "최종수정" says more than "입력" before it. */
static const char *const modified_labels[] = { "updated", "modified", "edited", "revised", "aktualisiert", "stand", "geändert", "änderung",
	"mis à jour", "mise à jour", "modifié", "actualiza", "modificad", "aggiornat", "modificat", "atualizad", "zaktualizowan", "aktualizac",
	"bijgewerkt", "gewijzigd", "uppdaterad", "oppdatert", "opdateret", "päivitetty", "обновлен", "изменен", "оновлен", "обновен", "ажурирано",
	"ažurirano", "aktualizov", "frissítve", "módosít", "actualizat", "güncelle", "به‌روز", "به روز", "تحديث", "עודכן", "अपडेट", "হালনাগাদ",
	"อัปเดต", "อัพเดต", "แก้ไข", "cập nhật", "diperbarui", "ενημέρωση", "ενημερώθηκε", "수정", "업데이트", "更新", "修改", "თარიღი განახლ", NULL };
static const char *const published_labels[] = { "publish", "posted", "veröffentlicht", "erstellt", "erschienen", "eingestellt", "gespeichert", "publié", "en ligne",
	"publicad", "publicación", "publicação", "pubblicat", "opublikowan", "dodano", "gepubliceerd", "geplaatst", "publicerad", "publisert",
	"publiceret", "udgivet", "julkaistu", "опубликован", "публикац", "опубліков", "публикува", "objavljeno", "zveřejn", "vydáno", "publikov",
	"megjelent", "közzét", "publicat", "yayın", "giriş", "انتشار", "منتشر", "نشر", "פורסם", "प्रकाशित", "প্রকাশ", "เผยแพร่", "đăng", "xuất bản",
	"dipublikasi", "diterbitkan", "δημοσί", "입력", "등록", "승인", "발행", "작성", "게재", "公開", "掲載", "投稿", "配信", "发布", "發布", "發佈",
	"发表", "發表", "刊登", "release", "გამოქვეყნ", NULL };

struct search {
	const struct sight     *sight;
	const struct date_ways *ways;
	struct printed_date    *found;
	size_t                  n;
	struct str              before;         /* the text that stood last, when it was short */
};

static bool
says(struct str s, const char *const *words)
{
	char   low[LABEL_B * 2 + 8];
	size_t n = 0;

	for (size_t at = 0; at < s.n && n < sizeof(low) - 4;)
		n += td_utf8_put(td_lower(td_utf8_next(s, &at)), low + n);
	for (; *words != NULL; words++)
		if (str_find((struct str){ low, n }, str_of(*words)) != STR_NONE)
			return true;
	return false;
}

static struct str
end_of(struct str s, size_t n)
{
	size_t from = s.n > n ? s.n - n : 0;

	while (from < s.n && ((unsigned char)s.p[from] & 0xc0) == 0x80)
		from++;
	return str_sub(s, from, s.n);
}

static bool
has_letters(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0xc3 || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z'))
			return true;
	return false;
}

/* By what stands before the date in its line, else before its element, else right behind it. */
static enum printed_label
label_of(const struct search *s, const struct html_node *e, struct str line, size_t since, const struct written_date *d)
{
	struct str before = end_of(str_sub(line, since, d->from), LABEL_B), after = str_sub(line, d->to, td_utf8_floor(line, d->to + 16));

	if (!has_letters(before) && since == 0)
		before = end_of(s->before, LABEL_B);
	if (says(before, modified_labels))
		return PRINTED_MODIFIED;
	if (says(before, published_labels))
		return PRINTED_PUBLISHED;
	for (int i = 0; i < 2 && e != NULL && e->tag != TAG_BODY; i++, e = e->parent) {
		if (td_element_named(e, published_words))
			return PRINTED_PUBLISHED;
		if (td_element_named(e, modified_words))
			return PRINTED_MODIFIED;
	}
	if (!has_letters(before) && says(after, modified_labels))
		return PRINTED_MODIFIED;
	return !has_letters(before) && says(after, published_labels) ? PRINTED_PUBLISHED : PRINTED_UNLABELLED;
}

static int
element_points(const struct search *s, const struct html_node *e)
{
	int points = 0;

	for (int i = 0; i < 3 && e != NULL && e != s->sight->root && e->tag != TAG_BODY; i++, e = e->parent) {
		if (e->tag == TAG_TIME)
			points += IN_TIME;
		if (e->tag == TAG_A && points >= 0)
			points += IN_LINK;
		if (e->attrs_n > 0 && td_element_named(e, date_words))
			return points + CALLED_DATE + (td_element_named(e, published_words) ? CALLED_PUBLISHED : 0);
	}
	return points;
}

static void
add(struct search *s, const struct html_node *e, struct str line, size_t since, const struct written_date *d, size_t at, int more)
{
	struct printed_date *p = &s->found[s->n];
	size_t               rest = line.n - (d->to - d->from);

	if (s->n == PRINTED_MAX)
		return;
	*p = (struct printed_date){ .date = *d, .text = str_sub(line, d->from, d->to), .label = label_of(s, e, line, since, d) };
	p->points = place_points[td_sight_place(s->sight, at)] + element_points(s, e) + more;
	p->points += td_in_furniture(s->sight, e) ? IN_FURNITURE : 0;
	p->points += p->label != PRINTED_UNLABELLED ? LABELLED : 0;
	p->points += rest < 30 ? ALONE : rest > 120 && d->from > 12 ? IN_PROSE : 0;
	s->n += p->points >= (rest < 30 ? WORTH_KEEPING_ALONE : WORTH_KEEPING);
}

/* A date has a digit of some script, or is in Chinese numerals before "年". */
static bool
may_hold_date(struct str s)
{
	bool is_han = false;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;

		if ((c >= '0' && c <= '9') || (c == 0xd9 && next >= 0xa0 && next <= 0xa9) || (c == 0xdb && next >= 0xb0 && next <= 0xb9) ||
		    c == 0xe0 || c == 0xe1 || (c == 0xef && next == 0xbc))
			return true;
		is_han |= c == 0xe4;
	}
	return is_han && str_find(s, STR("年")) != STR_NONE;
}

static void
look_at_text(struct search *s, const struct html_node *n, size_t at)
{
	struct str          line = str_trim(n->text);
	struct written_date d;
	size_t              from = 0, since = 0;

	if (line.n == 0)
		return;
	if (line.n > LINE_B)
		line.n = td_utf8_floor(line, FRONT_B);
	for (int i = 0; i < 3 && may_hold_date(line) && td_written_find(line, from, s->ways, &d); i++) {
		add(s, n->parent, line, since, &d, at, 0);
		since = from = d.to;
	}
	s->before = line.n <= LABEL_B ? line : STR("");
}

/* <time datetime>, <abbr title>: what the makers wrote for machines is exact; what stands in it is shown. */
static void
look_at_element(struct search *s, const struct html_node *e, size_t at)
{
	struct str          value = td_html_attr(e, e->tag == TAG_TIME ? STR("datetime") : STR("title"));
	struct written_date d;

	if (value.n > 0 && value.n < 60 && td_written_find(value, 0, s->ways, &d))
		add(s, e, value, 0, &d, at, td_html_has_attr(e, STR("pubdate")) ? CALLED_PUBLISHED : 0);
}

size_t
td_printed_dates(const struct html_tree *tree, const struct sight *sight, const struct date_ways *ways, struct printed_date ret[PRINTED_MAX])
{
	struct search s = { .sight = sight, .ways = ways, .found = ret };
	size_t        at = 0;

	for (const struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document)) {
		if (n->kind == HTML_ELEMENT && (n->tag == TAG_TIME || n->tag == TAG_ABBR || (n->tag == TAG_SPAN && n->attrs_n > 1)))
			look_at_element(&s, n, at);
		if (n->kind == HTML_TEXT && td_is_shown(n)) {
			look_at_text(&s, n, at);
			at += n->text.n;
		}
	}
	return s.n;
}
