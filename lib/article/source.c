/* Whose page, who ran the story, who wrote it: publisher, carrier, origin. */
#include "article/parts.h"

static const char *const agencies[] = { "Reuters", "Associated Press", "The Associated Press", "AP", "AFP", "Agence France-Presse", "UPI",
	"Yonhap News Agency", "Yonhap", "Kyodo News", "Kyodo", "Jiji Press", "Xinhua", "TASS", "Interfax", "RIA Novosti", "dpa", "EFE", "ANSA",
	"Anadolu Agency", "Anadolu", "Bloomberg News", "Bloomberg", "Radio Free Asia", "RFA", "Voice of America", "VOA", "UCA News", "UCAN",
	"AsiaNews", "Morning Star News", "Forum 18", "Fides", "Daily NK", "BBC", "CNN", "Al Jazeera", "PTI", "IANS", "KCNA", "NK News",
	"연합뉴스", "뉴시스", "뉴스1", "데일리NK", "자유아시아방송", "미국의소리", "로이터", "로이터통신", "교도통신", "신화통신" };

/* A name that ends in one of these is a medium's. */
static const char *const media_words[] = { "Wire", "News", "Agency", "Times", "Post", "Press", "Daily", "Radio", "Herald", "Tribune",
	"Journal", "Network", "Broadcasting", "Service", "TV", "Television", "Magazine", "Weekly", "Gazette", "Telegraph", "Guardian" };

static bool
word_ends(struct str s, size_t at)
{
	unsigned char c = at < s.n ? (unsigned char)s.p[at] : ' ';

	return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

size_t
td_agency_at(struct str s)
{
	size_t best = 0;

	for (size_t i = 0; i < sizeof(agencies) / sizeof(*agencies); i++) {
		struct str name = str_of(agencies[i]);

		if (name.n > best && str_starts(s, name) && word_ends(s, name.n))
			best = name.n;
	}
	return best;
}

/* "Example Wire": up to five capitalised words, the last of them a medium's word. */
static size_t
medium_at(struct str s)
{
	size_t at = 0, found = 0;

	for (int words = 0; words < 5 && at < s.n && s.p[at] >= 'A' && s.p[at] <= 'Z'; words++) {
		size_t from = at;

		while (at < s.n && !word_ends(s, at))
			at++;
		for (size_t i = 0; i < sizeof(media_words) / sizeof(*media_words); i++)
			if (words > 0 && str_eq(str_sub(s, from, at), str_of(media_words[i])))
				found = at;
		if (at >= s.n || s.p[at] != ' ')
			break;
		at++;
	}
	return found;
}

/* The name after "told " or "to " at s, or nothing. */
static struct str
name_at(struct str s)
{
	size_t n = td_agency_at(s), m = medium_at(s);

	return str_sub(s, 0, n > m ? n : m);
}

static const char *const tells[] = { "told ", "an interview with ", "according to ", "reported by ", "citing ", "statement to " };

static struct str
origin_in(struct str s, const char **ret_words)
{
	for (size_t k = 0; k < sizeof(tells) / sizeof(*tells); k++) {
		struct str rest = s, name;
		size_t     at;

		while ((at = str_find(rest, str_of(tells[k]))) != STR_NONE) {
			rest = str_sub(rest, at + strlen(tells[k]), rest.n);
			if ((name = name_at(rest)).n > 0) {
				*ret_words = tells[k];
				return name;
			}
		}
	}
	return STR("");
}

static void
find_origin(struct draft *d)
{
	struct article *a = d->article;
	const char     *words = "";

	/* A wire dateline names the writer; the genre's names the carrier. */
	if (a->dateline.source.n > 0 && td_agency_at(a->dateline.source) == a->dateline.source.n && a->dateline.date.precision == CIVIL_NONE) {
		a->origin = a->dateline.source;
		td_draft_why(d, "origin", 90, "the agency in the dateline");
		return;
	}
	for (size_t i = 0; i < d->parts_n && a->origin.n == 0; i++)
		if (!d->parts[i].is_dropped)
			a->origin = origin_in(d->parts[i].text, &words);
	if (a->origin.n > 0)
		td_draft_why(d, "origin", 75, "\"%s%.60s\" in the text", words, arena_copy(d->arena, a->origin).p);
}

void
td_sources(struct draft *d)
{
	struct article *a = d->article;

	if (a->publisher.n == 0 && a->note_by.n > 0) {
		a->publisher = a->note_by;
		td_draft_why(d, "publisher", 70, "the label of the note");
	}
	find_origin(d);
	if (a->dateline.source.n > 0 && !str_eq(a->dateline.source, a->origin)) {
		a->carrier = a->dateline.source;
		td_draft_why(d, "carrier", 90, "the source in the dateline");
	} else if (a->publisher.n > 0 && a->note.n == 0) {
		a->carrier = a->publisher;
		td_draft_why(d, "carrier", 60, "the publisher of the page");
	}
	if (str_eq_nocase(a->origin, a->carrier))
		a->origin = STR("");
}
