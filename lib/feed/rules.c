/* What each element of a feed means: the table, and the few hands it needs. */
#include <string.h>

#include "base/limits.h"
#include "feed/date.h"
#include "feed/read_private.h"

/* Ranks: the dialect's own element, its older name, what other vocabularies lend. */
enum { LENT = 1, COUSIN = 2, OLDER = 3, OWN = 4, BEST = 5 };

static bool
outranks(struct reader *r, const struct rule *rule, unsigned char rank)
{
	unsigned char *now = &td_feed_ranks_now(r)->of[rule->field];

	if (rank <= *now)
		return false;
	*now = rank;
	return true;
}

static struct feed_text *
text_field(struct feed_about *about, unsigned char field)
{
	return field == FIELD_TITLE ? &about->title : field == FIELD_SUMMARY ? &about->summary :
	    field == FIELD_CONTENT ? &about->content : &about->rights;
}

static void
take_text(struct reader *r, const struct rule *rule, struct str value)
{
	if (value.n > 0 && outranks(r, rule, rule->rank))
		*text_field(td_feed_about_now(r), rule->field) = (struct feed_text){ .value = value,
			.type = r->capture.type, .from = (int64_t)r->capture.from, .to = (int64_t)r->xml.from };
}

/* Where an item has two, the first is the summary and the second the content. */
static void
take_description(struct reader *r, const struct rule *rule, struct str value)
{
	struct rule content = *rule;

	content.field = FIELD_CONTENT;
	content.rank = LENT;
	if (td_feed_ranks_now(r)->of[FIELD_SUMMARY] == rule->rank && td_feed_parent_scope(r) == SCOPE_ITEM)
		take_text(r, &content, value);
	else
		take_text(r, rule, value);
}

static struct str *
str_field(struct feed_about *about, unsigned char field)
{
	return field == FIELD_ID ? &about->id : field == FIELD_LANGUAGE ? &about->language : field == FIELD_LICENCE ? &about->licence :
	    &about->image;
}

static void
take_str(struct reader *r, const struct rule *rule, struct str value)
{
	if (value.n > 0 && outranks(r, rule, rule->rank))
		*str_field(td_feed_about_now(r), rule->field) = value;
}

/* An id is its own address and stays as it is; a relative one is the feed's own business only as far as it says its base. */
static void
take_id(struct reader *r, const struct rule *rule, struct str value)
{
	bool says_base = r->capture.base.p != r->levels[0].base.p;

	take_str(r, rule, says_base ? td_feed_resolve(r->arena, r->capture.base, value) : value);
}

static void
take_image(struct reader *r, const struct rule *rule, struct str value)
{
	if (value.n > 0 && outranks(r, rule, rule->rank))
		td_feed_about_now(r)->image = td_feed_resolve(r->arena, r->capture.base, value);
}

static void
open_image(struct reader *r, const struct rule *rule)
{
	struct str url = td_xml_attr(&r->xml, XML_NS_NONE, "href");

	if (url.n == 0)
		url = td_xml_attr(&r->xml, XML_NS_NONE, "url");
	if (url.n > 0 && outranks(r, rule, rule->rank))
		td_feed_about_now(r)->image = td_feed_resolve(r->arena, r->levels[r->xml.depth].base, url);
}

/* The last of equal dates counts: publishers add the newer one below. */
static void
take_date(struct reader *r, const struct rule *rule, struct str value)
{
	struct feed_about *about = td_feed_about_now(r);
	struct feed_date  *date = rule->field == FIELD_PUBLISHED ? &about->published : &about->updated;
	unsigned char     *now = &td_feed_ranks_now(r)->of[rule->field];

	if (value.n == 0 || rule->rank < *now)
		return;
	*now = rule->rank;
	*date = (struct feed_date){ .text = value };
	(void)td_feed_date(value, &date->us);           /* an unreadable date stays as text */
}

/* dc:date does not say of what it is the date. */
static void
take_any_date(struct reader *r, const struct rule *rule, struct str value)
{
	struct rule one = *rule;

	one.field = FIELD_UPDATED;
	take_date(r, &one, value);
	one.field = FIELD_PUBLISHED;
	take_date(r, &one, value);
}

/* Of a channel it is when it last had something to say. */
static void
take_pubdate(struct reader *r, const struct rule *rule, struct str value)
{
	struct rule updated = *rule;

	updated.field = FIELD_UPDATED;
	updated.rank = COUSIN;
	take_date(r, rule, value);
	if (!r->in_item)
		take_date(r, &updated, value);
}

static void
take_person(struct reader *r, const struct rule *rule, struct str value)
{
	struct feed_about *about = td_feed_about_now(r);
	struct feed_person person = td_feed_person(value);

	if (value.n == 0)
		return;
	if (rule->rank >= OLDER)
		td_feed_add_person(r->arena, about, person);
	if (outranks(r, rule, rule->rank))
		about->author = person.name.n > 0 ? person.name : person.email;
}

/* RSS writes the person as text, Atom as elements. */
static void
take_author(struct reader *r, const struct rule *rule, struct str value)
{
	struct feed_about *about = td_feed_about_now(r);
	struct str         shown;

	if (r->person.name.n == 0 && r->person.email.n == 0 && r->person.url.n == 0) {
		take_person(r, rule, value);
		return;
	}
	td_feed_add_person(r->arena, about, r->person);
	shown = r->person.name.n > 0 ? r->person.name : r->person.email;
	if (shown.n > 0 && outranks(r, rule, rule->rank))
		about->author = shown;
}

static void
open_author(struct reader *r, const struct rule *rule)
{
	(void)rule;
	r->person = (struct feed_person){ 0 };
}

static void
take_tag(struct reader *r, const struct rule *rule, struct str value)
{
	(void)rule;
	td_feed_add_tag(r->arena, td_feed_about_now(r), value);
}

/* "one, two" */
static void
take_tags(struct reader *r, const struct rule *rule, struct str value)
{
	struct str one;

	while (str_cut(&value, ',', &one))
		take_tag(r, rule, str_trim(one));
}

static void
open_category(struct reader *r, const struct rule *rule)
{
	struct str term = td_xml_attr(&r->xml, XML_NS_NONE, "label");   /* for people; the term is for machines */

	if (term.n == 0)
		term = td_xml_attr(&r->xml, XML_NS_NONE, "term");
	if (term.n == 0)
		term = td_xml_attr(&r->xml, XML_NS_NONE, "text");
	take_tag(r, rule, term);
}

static void
take_guid(struct reader *r, const struct rule *rule, struct str value)
{
	if (value.n > 0 && outranks(r, rule, rule->rank))
		r->item.about.id = value;
	if (!str_starts_nocase(value, STR("http://")) && !str_starts_nocase(value, STR("https://")))
		r->item.id_is_link = false;
}

static void
open_guid(struct reader *r, const struct rule *rule)
{
	(void)rule;
	if (r->in_item)
		r->item.id_is_link = !str_eq_nocase(td_xml_attr(&r->xml, XML_NS_NONE, "ispermalink"), STR("false"));
}

static void
open_enclosure(struct reader *r, const struct rule *rule)
{
	struct feed_enclosure e = { .url = td_xml_attr(&r->xml, XML_NS_NONE, "url"), .type = td_xml_attr(&r->xml, XML_NS_NONE, "type"),
		.length = td_xml_attr(&r->xml, XML_NS_NONE, "length"), .is_media = rule->rank == LENT };

	if (e.url.n == 0)
		e.url = td_xml_attr(&r->xml, XML_NS_NONE, "href");
	if (e.is_media)
		e.length = td_xml_attr(&r->xml, XML_NS_NONE, "filesize");
	e.url = td_feed_resolve(r->arena, r->levels[r->xml.depth].base, e.url);
	if (e.url.n > 0 || e.type.n > 0 || e.length.n > 0)
		td_feed_add_enclosure(r->arena, &r->item, e);
}

static void
take_enclosure(struct reader *r, const struct rule *rule, struct str value)
{
	(void)r, (void)rule, (void)value;
}

static void
set_feed_address(struct reader *r, const struct feed_link *link)
{
	struct str *to = str_eq_nocase(link->rel, STR("hub")) ? &r->doc->hub : str_eq_nocase(link->rel, STR("self")) ? &r->doc->self :
	    str_eq_nocase(link->rel, STR("next")) ? &r->doc->next : NULL;

	if (to != NULL && to->n == 0 && td_feed_parent_scope(r) == SCOPE_FEED)
		*to = link->url;
}

static bool
is_page_type(struct str type)
{
	return type.n == 0 || str_starts_nocase(type, STR("text/html")) || str_starts_nocase(type, STR("application/xhtml+xml"));
}

/* In RSS the last one counts, as with its readers; in Atom, which may have several, the first. */
static void
set_link(struct reader *r, const struct rule *rule, struct str url, bool is_page)
{
	bool           is_borrowed = r->doc->kind != FEED_ATOM && r->xml.name.prefix.n > 0;
	unsigned char  rank = !is_page || is_borrowed ? COUSIN : rule->rank;
	unsigned char *now = &td_feed_ranks_now(r)->of[FIELD_LINK];

	if (rank > *now || (rank == *now && r->doc->kind != FEED_ATOM)) {
		*now = rank;
		td_feed_about_now(r)->link = url;
	}
}

/* Atom's link, wherever it stands; RSS has the address as text. */
static void
open_link(struct reader *r, const struct rule *rule)
{
	const struct xml *x = &r->xml;
	struct feed_link  link = { .url = td_xml_attr(x, XML_NS_NONE, "href"), .rel = td_xml_attr(x, XML_NS_NONE, "rel"),
		.type = td_xml_attr(x, XML_NS_NONE, "type"), .title = td_xml_attr(x, XML_NS_NONE, "title"),
		.language = td_xml_attr(x, XML_NS_NONE, "hreflang") };
	struct feed_about *about;
	bool               is_alternate = link.rel.n == 0 || str_eq_nocase(link.rel, STR("alternate"));

	r->link_is_alternate = is_alternate;
	r->link_is_enclosure = str_eq_nocase(link.rel, STR("enclosure"));
	if (link.url.n == 0)
		return;
	about = td_feed_about_now(r);
	link.url = td_feed_resolve(r->arena, r->levels[x->depth].base, link.url);
	td_feed_add_link(r->arena, about, link);
	set_feed_address(r, &link);
	if (r->link_is_enclosure && r->in_item)
		td_feed_add_enclosure(r->arena, &r->item, (struct feed_enclosure){ link.url, link.type,
			td_xml_attr(x, XML_NS_NONE, "length"), link.title, false });
	else if (is_alternate)
		set_link(r, rule, link.url, is_page_type(link.type));
}

static void
take_link(struct reader *r, const struct rule *rule, struct str value)
{
	struct str url = td_feed_resolve(r->arena, r->capture.base, value);

	if (value.n == 0)
		return;
	if (r->link_is_enclosure && r->in_item)
		td_feed_add_enclosure(r->arena, &r->item, (struct feed_enclosure){ .url = url });
	else if (r->link_is_alternate || rule != &feed_rules[XML_LINK])
		set_link(r, rule, url, true);
}

static void
take_person_part(struct reader *r, const struct rule *rule, struct str value)
{
	struct str *to = rule->field == FIELD_TITLE ? &r->person.name : rule->field == FIELD_ID ? &r->person.email : &r->person.url;

	if (to->n == 0)
		*to = rule->field == FIELD_LINK ? td_feed_resolve(r->arena, r->capture.base, value) : value;
}

/* name is a person's; in a news sitemap's publication it is the paper's, and the language is the item's. */
static void
take_name(struct reader *r, const struct rule *rule, struct str value)
{
	if (td_feed_parent_scope(r) == SCOPE_NEWS)
		r->item.source_title = value;
	else
		take_person_part(r, rule, value);
}

static void
take_url(struct reader *r, const struct rule *rule, struct str value)
{
	if (td_feed_parent_scope(r) != SCOPE_IMAGE)
		take_person_part(r, rule, value);
	else if (!r->in_item && r->feed_ranks.of[FIELD_IMAGE] < OWN) {
		r->feed_ranks.of[FIELD_IMAGE] = OWN;
		r->doc->about.image = td_feed_resolve(r->arena, r->capture.base, value);
	}
}

static void
take_source_title(struct reader *r, const struct rule *rule, struct str value)
{
	(void)rule;
	r->item.source_title = value;
}

static void
open_source(struct reader *r, const struct rule *rule)
{
	struct str url = td_xml_attr(&r->xml, XML_NS_NONE, "url");

	(void)rule;
	if (url.n > 0)
		r->item.source_url = td_feed_resolve(r->arena, r->levels[r->xml.depth].base, url);
}

static void
take_item_str(struct reader *r, const struct rule *rule, struct str value)
{
	struct str *to = rule->field == FIELD_LINK ? &r->item.comments : &r->item.place;

	if (to->n == 0)
		*to = value;
}

/* geo:lat before geo:long, as everybody writes them. */
static void
take_longitude(struct reader *r, const struct rule *rule, struct str value)
{
	struct buf both = BUF_INIT(2 * LIMIT_FIELD_B);

	(void)rule;
	buf_add(&both, r->item.place);
	buf_add_char(&both, ' ');
	buf_add(&both, value);
	if (r->item.place.n > 0 && !both.failed && str_find_char(r->item.place, ' ') == STR_NONE)
		r->item.place = arena_copy(r->arena, buf_str(&both));
	buf_free(&both);
}

static void
open_reply(struct reader *r, const struct rule *rule)
{
	(void)rule;
	r->item.in_reply_to = td_xml_attr(&r->xml, XML_NS_NONE, "ref");
}

static void
take_feed_str(struct reader *r, const struct rule *rule, struct str value)
{
	struct str *to = rule->field == FIELD_ID ? &r->doc->moved_to : &r->doc->generator;

	if (value.n > 0)
		*to = rule->field == FIELD_ID ? td_feed_resolve(r->arena, r->capture.base, value) : value;
}

static void
take_ttl(struct reader *r, const struct rule *rule, struct str value)
{
	(void)rule;
	(void)str_to_i64(value, 0, INT64_C(525600), &r->doc->ttl_min);
}

static void
take_period(struct reader *r, const struct rule *rule, struct str value)
{
	static const struct { const char *name; int64_t minutes; } periods[] = {
		{ "hourly", 60 }, { "daily", 1440 }, { "weekly", 10080 }, { "monthly", 43200 }, { "yearly", 525600 },
	};

	(void)rule;
	for (size_t i = 0; i < sizeof(periods) / sizeof(*periods); i++)
		if (str_eq_nocase(value, str_of(periods[i].name)))
			r->period_min = periods[i].minutes;
}

static void
take_frequency(struct reader *r, const struct rule *rule, struct str value)
{
	(void)rule;
	(void)str_to_i64(value, 1, 1000, &r->times_a_period);
}

static void
take_hour(struct reader *r, const struct rule *rule, struct str value)
{
	int64_t hour;

	(void)rule;
	if (str_to_i64(value, 0, 24, &hour))
		r->doc->skip_hours |= INT64_C(1) << (hour % 24);
}

static void
take_day(struct reader *r, const struct rule *rule, struct str value)
{
	static const char *const days[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

	(void)rule;
	for (int i = 0; i < 7; i++)
		if (str_starts_nocase(value, str_of(days[i])))
			r->doc->skip_days |= INT64_C(1) << i;
}

#define PLAIN FEED_TEXT_PLAIN
#define HTML  FEED_TEXT_HTML
#define ABOUT SCOPE_ABOUT
#define ITEM  SCOPE_ITEM
#define TEXT(scopes, field, rank, type) { scopes, 0, FIELD_##field, rank, type, NULL, take_text }
#define DATE(scopes, field, rank) { scopes, 0, FIELD_##field, rank, PLAIN, NULL, take_date }

const struct rule feed_rules[XML_ELEMENT__COUNT] = {
	[XML_TITLE] = { ABOUT | SCOPE_SOURCE, 0, FIELD_TITLE, OWN, PLAIN, NULL, take_text },
	[XML_DC_TITLE] = TEXT(ABOUT, TITLE, COUSIN, PLAIN),
	[XML_MEDIA_TITLE] = TEXT(ITEM, TITLE, LENT, PLAIN),
	[XML_ITUNES_TITLE] = TEXT(ABOUT, TITLE, LENT, PLAIN),
	[XML_NEWS_TITLE] = TEXT(ITEM, TITLE, OWN, PLAIN),
	[XML_DESCRIPTION] = { ABOUT, 0, FIELD_SUMMARY, OWN, HTML, NULL, take_description },
	[XML_TAGLINE] = TEXT(ABOUT, SUMMARY, OWN, PLAIN),
	[XML_SUBTITLE] = TEXT(ABOUT, SUMMARY, OWN, PLAIN),
	[XML_SUMMARY] = { ABOUT, 0, FIELD_SUMMARY, OWN, PLAIN, NULL, take_description },
	[XML_INFO] = TEXT(SCOPE_FEED, SUMMARY, OLDER, PLAIN),
	[XML_ABSTRACT] = TEXT(ABOUT, SUMMARY, OLDER, PLAIN),
	[XML_DC_DESCRIPTION] = TEXT(ABOUT, SUMMARY, COUSIN, HTML),
	[XML_ITUNES_SUMMARY] = TEXT(ABOUT, SUMMARY, COUSIN, HTML),
	[XML_ITUNES_SUBTITLE] = TEXT(ABOUT, SUMMARY, LENT, PLAIN),
	[XML_MEDIA_DESCRIPTION] = TEXT(ITEM, SUMMARY, LENT, HTML),
	[XML_CONTENT] = TEXT(ITEM, CONTENT, OWN, PLAIN),
	[XML_CONTENT_ENCODED] = TEXT(ITEM, CONTENT, OWN, HTML),
	[XML_ENCODED] = TEXT(ITEM, CONTENT, COUSIN, HTML),
	[XML_BODY] = TEXT(ITEM, CONTENT, OLDER, HTML),
	[XML_XHTML_BODY] = TEXT(ITEM, CONTENT, OLDER, HTML),
	[XML_XHTML_DIV] = TEXT(ITEM, CONTENT, LENT, HTML),
	[XML_FULLITEM] = TEXT(ITEM, CONTENT, OLDER, HTML),
	[XML_COPYRIGHT] = TEXT(ABOUT, RIGHTS, OWN, PLAIN),
	[XML_RIGHTS] = TEXT(ABOUT, RIGHTS, OWN, PLAIN),
	[XML_DC_RIGHTS] = TEXT(ABOUT, RIGHTS, COUSIN, PLAIN),
	[XML_ID] = { ABOUT, 0, FIELD_ID, OWN, PLAIN, NULL, take_id },
	[XML_GUID] = { ITEM, 0, FIELD_ID, OWN, PLAIN, open_guid, take_guid },
	[XML_DC_IDENTIFIER] = { ABOUT, 0, FIELD_ID, LENT, PLAIN, NULL, take_str },
	[XML_LINK] = { ABOUT, 0, FIELD_LINK, BEST, PLAIN, open_link, take_link },
	[XML_LOC] = { ITEM, 0, FIELD_LINK, BEST, PLAIN, NULL, take_link },
	[XML_FEEDBURNER_ORIGLINK] = { 0 },
	[XML_LANGUAGE] = { ABOUT, 0, FIELD_LANGUAGE, OWN, PLAIN, NULL, take_str },
	[XML_DC_LANGUAGE] = { ABOUT, 0, FIELD_LANGUAGE, COUSIN, PLAIN, NULL, take_str },
	[XML_LICENSE_LICENSE] = { ABOUT, 0, FIELD_LICENCE, COUSIN, PLAIN, NULL, take_str },
	[XML_LOGO] = { ABOUT, 0, FIELD_IMAGE, OWN, PLAIN, NULL, take_image },
	[XML_ICON] = { ABOUT, 0, FIELD_IMAGE, COUSIN, PLAIN, NULL, take_image },
	[XML_IMAGE] = { ABOUT, SCOPE_IMAGE, 0, OWN, PLAIN, NULL, NULL },
	[XML_ITUNES_IMAGE] = { ABOUT, 0, FIELD_IMAGE, OLDER, PLAIN, open_image, NULL },
	[XML_MEDIA_THUMBNAIL] = { ABOUT, 0, FIELD_IMAGE, LENT, PLAIN, open_image, NULL },

	[XML_PUBDATE] = { ABOUT, 0, FIELD_PUBLISHED, OWN, PLAIN, NULL, take_pubdate },
	[XML_PUBLISHED] = DATE(ABOUT, PUBLISHED, BEST),
	[XML_ISSUED] = DATE(ABOUT, PUBLISHED, OLDER),
	[XML_DCTERMS_ISSUED] = DATE(ABOUT, PUBLISHED, COUSIN),
	[XML_CREATED] = DATE(ABOUT, PUBLISHED, COUSIN),
	[XML_DCTERMS_CREATED] = DATE(ABOUT, PUBLISHED, LENT),
	[XML_NEWS_PUBLICATION_DATE] = DATE(ITEM, PUBLISHED, OWN),
	[XML_UPDATED] = DATE(ABOUT, UPDATED, BEST),
	[XML_MODIFIED] = DATE(ABOUT, UPDATED, OLDER),
	[XML_DCTERMS_MODIFIED] = DATE(ABOUT, UPDATED, COUSIN),
	[XML_LASTBUILDDATE] = DATE(ABOUT, UPDATED, OWN),
	[XML_LASTMOD] = DATE(ABOUT, UPDATED, OWN),
	[XML_DATE] = { ABOUT, 0, FIELD_UPDATED, LENT, PLAIN, NULL, take_any_date },
	[XML_DC_DATE] = { ABOUT, 0, FIELD_UPDATED, LENT, PLAIN, NULL, take_any_date },

	[XML_AUTHOR] = { ABOUT, SCOPE_PERSON, FIELD_AUTHOR, BEST, PLAIN, open_author, take_author },
	[XML_MANAGINGEDITOR] = { ABOUT, 0, FIELD_AUTHOR, OWN, PLAIN, NULL, take_person },
	[XML_DC_AUTHOR] = { ABOUT, 0, FIELD_AUTHOR, OLDER, PLAIN, NULL, take_person },
	[XML_DC_CREATOR] = { ABOUT, 0, FIELD_AUTHOR, OLDER, PLAIN, NULL, take_person },
	[XML_ITUNES_AUTHOR] = { ABOUT, 0, FIELD_AUTHOR, COUSIN, PLAIN, NULL, take_person },
	[XML_WEBMASTER] = { SCOPE_FEED, 0, FIELD_AUTHOR, LENT, PLAIN, NULL, take_person },
	[XML_NAME] = { SCOPE_PERSON, 0, FIELD_TITLE, 0, PLAIN, NULL, take_name },
	[XML_NEWS_NAME] = { SCOPE_NEWS, 0, FIELD_TITLE, 0, PLAIN, NULL, take_name },
	[XML_EMAIL] = { SCOPE_PERSON, 0, FIELD_ID, 0, PLAIN, NULL, take_person_part },
	[XML_URI] = { SCOPE_PERSON, 0, FIELD_LINK, 0, PLAIN, NULL, take_person_part },
	[XML_URL] = { SCOPE_PERSON | SCOPE_IMAGE, 0, FIELD_LINK, 0, PLAIN, NULL, take_url },
	[XML_HOMEPAGE] = { SCOPE_PERSON, 0, FIELD_LINK, 0, PLAIN, NULL, take_person_part },

	[XML_CATEGORY] = { ABOUT, 0, FIELD_TAGS, OWN, PLAIN, open_category, take_tag },
	[XML_TAGS] = { ABOUT, 0, FIELD_TAGS, OWN, PLAIN, NULL, take_tags },
	[XML_DC_SUBJECT] = { ABOUT, 0, FIELD_TAGS, OLDER, PLAIN, NULL, take_tag },
	[XML_MEDIA_CATEGORY] = { ITEM, 0, FIELD_TAGS, OLDER, PLAIN, NULL, take_tag },
	[XML_ITUNES_CATEGORY] = { ABOUT, SCOPE_FEED, FIELD_TAGS, OLDER, PLAIN, open_category, NULL },
	[XML_ITUNES_KEYWORDS] = { ABOUT, 0, FIELD_TAGS, OLDER, PLAIN, NULL, take_tags },
	[XML_NEWS_KEYWORDS] = { ITEM, 0, FIELD_TAGS, OLDER, PLAIN, NULL, take_tags },
	[XML_ENCLOSURE] = { ITEM, 0, 0, OWN, PLAIN, open_enclosure, take_enclosure },
	[XML_MEDIA_CONTENT] = { ITEM, SCOPE_ITEM, 0, LENT, PLAIN, open_enclosure, NULL },
	[XML_MEDIA_GROUP] = { ABOUT, SCOPE_ITEM, 0, 0, PLAIN, NULL, NULL },

	[XML_SOURCE] = { ITEM, SCOPE_SOURCE, 0, 0, PLAIN, open_source, take_source_title },
	[XML_COMMENTS] = { ITEM, 0, FIELD_LINK, 0, PLAIN, NULL, take_item_str },
	[XML_GEORSS_POINT] = { ITEM, 0, FIELD_TITLE, 0, PLAIN, NULL, take_item_str },
	[XML_GEO_LAT] = { ITEM, 0, FIELD_TITLE, 0, PLAIN, NULL, take_item_str },
	[XML_GEO_LONG] = { ITEM, 0, FIELD_TITLE, 0, PLAIN, NULL, take_longitude },
	[XML_THREAD_IN_REPLY_TO] = { ITEM, 0, 0, 0, PLAIN, open_reply, NULL },
	[XML_NEWS_NEWS] = { ITEM, SCOPE_ITEM, 0, 0, PLAIN, NULL, NULL },
	[XML_NEWS_PUBLICATION] = { ITEM, SCOPE_NEWS, 0, 0, PLAIN, NULL, NULL },
	[XML_NEWS_LANGUAGE] = { SCOPE_NEWS, 0, FIELD_LANGUAGE, OWN, PLAIN, NULL, take_str },

	[XML_GENERATOR] = { SCOPE_FEED, 0, 0, 0, PLAIN, NULL, take_feed_str },
	[XML_ITUNES_NEW_FEED_URL] = { SCOPE_FEED, 0, FIELD_ID, 0, PLAIN, NULL, take_feed_str },
	[XML_NEWLOCATION] = { SCOPE_FEED, 0, FIELD_ID, 0, PLAIN, NULL, take_feed_str },
	[XML_TTL] = { SCOPE_FEED, 0, 0, 0, PLAIN, NULL, take_ttl },
	[XML_SKIPHOURS] = { SCOPE_FEED, SCOPE_HOURS, 0, 0, PLAIN, NULL, NULL },
	[XML_SKIPDAYS] = { SCOPE_FEED, SCOPE_HOURS, 0, 0, PLAIN, NULL, NULL },
	[XML_HOUR] = { SCOPE_HOURS, 0, 0, 0, PLAIN, NULL, take_hour },
	[XML_DAY] = { SCOPE_HOURS, 0, 0, 0, PLAIN, NULL, take_day },
	[XML_SYNDICATION_UPDATEPERIOD] = { SCOPE_FEED, 0, 0, 0, PLAIN, NULL, take_period },
	[XML_SYNDICATION_UPDATEFREQUENCY] = { SCOPE_FEED, 0, 0, 0, PLAIN, NULL, take_frequency },
};
