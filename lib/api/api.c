/*
 * api - libtidings' edge: what include/tidings.h promises, on top of article/read.
 *
 * A read works in one arena and answers out of another, so that what a page
 * needed while it was read is given back.  Both end at the same ceiling; when
 * it is reached, and only then, td_article_read() is left by a jump: the one
 * setjmp() of the library is here.
 */
#include "tidings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "article/read.h"
#include "base/limits.h"
#include "text/utf8.h"

enum { DATES_N = TIDINGS_DATELINE_DATE + 1 };

_Static_assert(TIDINGS_BODY_MAX == LIMIT_DECODED_B, "the header says how large a page may be");
_Static_assert(TIDINGS_MEMORY_B == LIMIT_JAIL_MEMORY_B, "the library reads what the jail reads");
_Static_assert((int)TIDINGS_PRE == (int)BLOCK_PRE && (int)TIDINGS_PRE + 1 == (int)BLOCK_KIND__COUNT, "blocks have the same kinds");
_Static_assert((int)TIDINGS_EMPTY == (int)ARTICLE_EMPTY && (int)TIDINGS_PRODUCT == (int)ARTICLE_PRODUCT && (int)TIDINGS_PRODUCT + 1 == (int)ARTICLE_KIND__COUNT, "pages have the same kinds");
_Static_assert((int)TIDINGS_LINK_MAIL == (int)LINK_MAIL && (int)TIDINGS_LINK_MAIL + 1 == (int)LINK_KIND__COUNT, "links have the same kinds");
_Static_assert((int)TIDINGS_SECOND == (int)CIVIL_SECOND && (int)TIDINGS_SECOND + 1 == (int)CIVIL_PRECISION__COUNT, "dates are as precise");

struct tidings_article {
	struct arena           kept;            /* all below, and what it points to */
	struct article         article;
	struct tidings_date    dates[DATES_N];
	struct tidings_block  *blocks;
	struct tidings_link   *links;
	struct tidings_reason *reasons;
	struct tidings_person *contacts;
};

struct reading {
	jmp_buf                 edge;
	struct arena            work;
	struct tidings_article *made;
};

static noreturn void
jump_to_edge(void *reading)
{
	longjmp(((struct reading *)reading)->edge, 1);
}

static int fault(struct tidings_error *, enum tidings_code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static int
fault(struct tidings_error *error, enum tidings_code code, const char *fmt, ...)
{
	va_list ap;

	if (error == NULL)
		return code;
	error->code = code;
	va_start(ap, fmt);
	vsnprintf(error->text, sizeof(error->text), fmt, ap);
	va_end(ap);
	return code;
}

static const char *
text_of(struct str s)
{
	return s.n > 0 ? s.p : "";      /* td_wire_copy() put a NUL behind it */
}

static const char *
why_of(const struct article *a, const char *field)
{
	for (size_t i = 0; i < a->why.n; i++)
		if (str_eq(a->why.v[i].field, str_of(field)))
			return text_of(a->why.v[i].why);
	return "";
}

static struct tidings_date
date_of(struct arena *a, const struct civil *c, const char *source, struct str text)
{
	char shown[CIVIL_SHOWN];

	if (c->precision == CIVIL_NONE)
		return (struct tidings_date){ .precision = TIDINGS_NO_DATE };
	return (struct tidings_date){ .instant_us = civil_to_instant(c), .precision = c->precision,
		.zone_min = c->zone_min == CIVIL_NO_ZONE ? TIDINGS_NO_ZONE : c->zone_min, .year = c->year, .month = c->month, .day = c->day,
		.hour = c->hour, .minute = c->minute, .second = c->second, .iso = arena_copy(a, str_of(civil_iso(c, shown))).p, .source = source,
		.text = text_of(text) };
}

/* The article's lists in the header's types. */
static void
make_lists(struct tidings_article *t)
{
	const struct article *a = &t->article;

	t->blocks = arena_array(&t->kept, a->blocks.n, struct tidings_block);
	for (size_t i = 0; i < a->blocks.n; i++)
		t->blocks[i] = (struct tidings_block){ .kind = (int32_t)a->blocks.v[i].kind, .level = (int32_t)a->blocks.v[i].level,
			.from = (size_t)a->blocks.v[i].from, .to = (size_t)a->blocks.v[i].to, .page = (int32_t)a->blocks.v[i].page };
	t->links = arena_array(&t->kept, a->links.n, struct tidings_link);
	for (size_t i = 0; i < a->links.n; i++)
		t->links[i] = (struct tidings_link){ text_of(a->links.v[i].url), text_of(a->links.v[i].text),
			(int32_t)a->links.v[i].kind };
	t->reasons = arena_array(&t->kept, a->why.n, struct tidings_reason);
	for (size_t i = 0; i < a->why.n; i++)
		t->reasons[i] = (struct tidings_reason){ text_of(a->why.v[i].field), text_of(a->why.v[i].why), (int32_t)a->why.v[i].confidence };
	t->contacts = arena_array(&t->kept, a->contact.people.n, struct tidings_person);
	for (size_t i = 0; i < a->contact.people.n; i++)
		t->contacts[i] = (struct tidings_person){ text_of(a->contact.people.v[i].name), text_of(a->contact.people.v[i].role) };
}

static void
make_dates(struct tidings_article *t)
{
	const struct article *a = &t->article;

	t->dates[TIDINGS_PUBLISHED] = date_of(&t->kept, &a->published, why_of(a, "published"), a->published_text);
	t->dates[TIDINGS_MODIFIED] = date_of(&t->kept, &a->modified, why_of(a, "modified"), a->modified_text);
	t->dates[TIDINGS_DATELINE_DATE] = date_of(&t->kept, &a->dateline.date, "the dateline", a->dateline.text);
}

static struct str
given(const char *s)
{
	return s != NULL ? str_of(s) : STR("");
}

static int
check_ask(const struct tidings_ask *ask, struct tidings_error *error)
{
	const struct str url = given(ask->url);

	if (ask->size < sizeof(*ask))
		return fault(error, TIDINGS_USAGE, "ask.size: %zu is no struct tidings_ask (use TIDINGS_ASK); not read", ask->size);
	if (ask->body == NULL && ask->body_n > 0)
		return fault(error, TIDINGS_USAGE, "ask.body: NULL, but body_n is %zu; not read", ask->body_n);
	if (url.n > LIMIT_URL_B || !td_utf8_is_valid(bytes_of(url)))
		return fault(error, TIDINGS_USAGE, "ask.url: longer than %d bytes, or not UTF-8; not read", LIMIT_URL_B);
	if (ask->body_n > TIDINGS_BODY_MAX)
		return fault(error, TIDINGS_LIMIT, "the page: %zu bytes, more than the %zu MB limit; not read", ask->body_n, TIDINGS_BODY_MAX / MiB);
	return TIDINGS_OK;
}

/* Everything between the two ends of the jump.  false: the ceiling, or the machine's memory, was reached. */
static bool
read_within(struct reading *r, const struct tidings_ask *ask)
{
	struct article_ask     question = { .file = STR(""), .url = given(ask->url), .media_type = given(ask->media_type),
		.charset = given(ask->charset), .body = { ask->body, ask->body_n } };
	struct article         found;

	if (setjmp(r->edge) != 0)
		return false;
	td_article_read(&r->work, &question, &found);
	r->made->kept.limit = r->work.limit - r->work.used;
	td_wire_copy(&r->made->kept, &article_desc, &found, &r->made->article);
	make_lists(r->made);
	make_dates(r->made);
	return true;
}

int
tidings_read(const struct tidings_ask *ask, struct tidings_article **ret, struct tidings_error *error)
{
	const size_t   memory_b = ask->memory_b != 0 ? ask->memory_b : TIDINGS_MEMORY_B;
	struct reading r;
	const int      code = check_ask(ask, error);
	bool           fits, is_starved;

	*ret = NULL;
	if (code != TIDINGS_OK)
		return code;
	if ((r.made = calloc(1, sizeof(*r.made))) == NULL)
		return fault(error, TIDINGS_NOMEM, "out of memory; the page was not read");
	arena_init(&r.work, memory_b, jump_to_edge, &r);
	arena_init(&r.made->kept, memory_b, jump_to_edge, &r);
	fits = read_within(&r, ask);
	is_starved = r.work.is_starved || r.made->kept.is_starved;
	arena_free(&r.work);
	if (!fits) {
		tidings_free(r.made);
		if (is_starved)
			return fault(error, TIDINGS_NOMEM, "out of memory; the page was not read");
		return fault(error, TIDINGS_LIMIT, "the page: %zu bytes, needs more memory than %zu bytes; not read", ask->body_n, memory_b);
	}
	r.made->kept.full = NULL;       /* the edge is about to go */
	*ret = r.made;
	return fault(error, TIDINGS_OK, "the page was read");
}

void
tidings_free(struct tidings_article *article)
{
	if (article == NULL)
		return;
	arena_free(&article->kept);
	free(article);
}

int
tidings_kind_of(const struct tidings_article *t)
{
	return (int)t->article.kind;
}

#define FIELD(field) offsetof(struct article, field)
static const size_t fields[] = {
	[TIDINGS_MAIN] = FIELD(text), [TIDINGS_TITLE] = FIELD(title), [TIDINGS_LANGUAGE] = FIELD(language),
	[TIDINGS_CANONICAL_URL] = FIELD(canonical_url), [TIDINGS_PUBLISHER] = FIELD(publisher), [TIDINGS_CARRIER] = FIELD(carrier),
	[TIDINGS_ORIGIN] = FIELD(origin), [TIDINGS_SUBJECT] = FIELD(subject), [TIDINGS_DATELINE] = FIELD(dateline.text),
	[TIDINGS_DATELINE_PLACE] = FIELD(dateline.place), [TIDINGS_DATELINE_COUNTRY] = FIELD(dateline.country),
	[TIDINGS_DATELINE_SOURCE] = FIELD(dateline.source), [TIDINGS_NOTE] = FIELD(note), [TIDINGS_NOTE_BY] = FIELD(note_by),
	[TIDINGS_FULL_STORY] = FIELD(full_story), [TIDINGS_FULL_STORY_MARK] = FIELD(full_story_mark), [TIDINGS_CONTACT] = FIELD(contact.text),
	[TIDINGS_CONTACT_EMAIL] = FIELD(contact.email), [TIDINGS_CONTACT_PHONE] = FIELD(contact.phone),
	[TIDINGS_SECTION] = FIELD(section), [TIDINGS_IMAGE] = FIELD(image), [TIDINGS_IMAGE_CAPTION] = FIELD(image_caption),
	[TIDINGS_IMAGE_CREDIT] = FIELD(image_credit),
};

const char *
tidings_text(const struct tidings_article *t, int field, size_t *ret_n)
{
	const bool is_known = field >= 0 && (size_t)field < sizeof(fields) / sizeof(*fields);
	struct str s = is_known ? *(const struct str *)((const char *)&t->article + fields[field]) : STR("");

	if (ret_n != NULL)
		*ret_n = s.n;
	return text_of(s);
}

const struct tidings_date *
tidings_date(const struct tidings_article *t, int field)
{
	return field >= 0 && field < DATES_N && t->dates[field].precision != TIDINGS_NO_DATE ? &t->dates[field] : NULL;
}

size_t
tidings_count(const struct tidings_article *t, int list)
{
	switch (list) {
	case TIDINGS_BLOCKS:   return t->article.blocks.n;
	case TIDINGS_BYLINE:   return t->article.byline.n;
	case TIDINGS_LINKS:    return t->article.links.n;
	case TIDINGS_REASONS:  return t->article.why.n;
	case TIDINGS_WARNINGS: return t->article.warnings.n;
	case TIDINGS_CONTACTS: return t->article.contact.people.n;
	case TIDINGS_TAGS:     return t->article.tags.n;
	default:               return 0;
	}
}

const struct tidings_block *
tidings_block(const struct tidings_article *t, size_t i)
{
	return i < t->article.blocks.n ? &t->blocks[i] : NULL;
}

const char *
tidings_byline(const struct tidings_article *t, size_t i)
{
	return i < t->article.byline.n ? text_of(t->article.byline.v[i]) : NULL;
}

const struct tidings_link *
tidings_link(const struct tidings_article *t, size_t i)
{
	return i < t->article.links.n ? &t->links[i] : NULL;
}

const struct tidings_reason *
tidings_reason(const struct tidings_article *t, size_t i)
{
	return i < t->article.why.n ? &t->reasons[i] : NULL;
}

const char *
tidings_warning(const struct tidings_article *t, size_t i)
{
	return i < t->article.warnings.n ? text_of(t->article.warnings.v[i]) : NULL;
}

const struct tidings_person *
tidings_contact(const struct tidings_article *t, size_t i)
{
	return i < t->article.contact.people.n ? &t->contacts[i] : NULL;
}

const char *
tidings_tag(const struct tidings_article *t, size_t i)
{
	return i < t->article.tags.n ? text_of(t->article.tags.v[i]) : NULL;
}

char *
tidings_json(const struct tidings_article *t, size_t *ret_n)
{
	struct buf out = BUF_INIT(2 * LIMIT_MESSAGE_B);

	td_wire_json(&out, &article_desc, &t->article);
	buf_add_char(&out, '\0');
	if (out.failed)
		buf_free(&out);
	if (ret_n != NULL)
		*ret_n = out.n > 0 ? out.n - 1 : 0;
	return out.p;
}

void
tidings_free_json(char *json)
{
	free(json);
}

const char *
tidings_version(void)
{
	return TIDINGS_VERSION;
}
