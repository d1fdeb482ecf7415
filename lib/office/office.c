#include "office/office.h"

#include <string.h>

#include "base/limits.h"
#include "office/office_private.h"

/* Dublin Core and its like, of docProps/core.xml or meta.xml: the first of each that is not empty. */
enum property { TITLE, CREATOR, INITIAL_CREATOR, LANGUAGE, CREATED, MODIFIED, CREATION_DATE, DATE, PROPERTY__COUNT };
static const char *const property_name[PROPERTY__COUNT] = { [TITLE] = "title", [CREATOR] = "creator", [INITIAL_CREATOR] = "initial-creator",
	[LANGUAGE] = "language", [CREATED] = "created", [MODIFIED] = "modified", [CREATION_DATE] = "creation-date", [DATE] = "date" };

struct properties {
	struct buf value[PROPERTY__COUNT];
	int        open;                /* PROPERTY__COUNT: none */
};

static void
property_start(void *arg, const struct office_xml *x, const char *local)
{
	struct properties *p = arg;

	(void)x;
	p->open = PROPERTY__COUNT;
	for (int i = 0; i < PROPERTY__COUNT; i++)
		if (strcmp(local, property_name[i]) == 0 && p->value[i].n == 0)
			p->open = i;
}

static void
property_end(void *arg, const struct office_xml *x, const char *local)
{
	struct properties *p = arg;

	(void)x, (void)local;
	p->open = PROPERTY__COUNT;
}

static void
property_text(void *arg, struct str s)
{
	struct properties *p = arg;

	if (p->open < PROPERTY__COUNT)
		buf_add(&p->value[p->open], s);
}

static struct str
value(struct arena *a, const struct properties *p, enum property first, enum property second)
{
	struct str s = str_trim(buf_str(&p->value[first]));

	return arena_copy(a, s.n > 0 ? s : str_trim(buf_str(&p->value[second])));
}

static struct civil
date(struct arena *a, const struct properties *p, enum property first, enum property second)
{
	struct civil c = { 0 };

	(void)civil_parse_iso(value(a, p, first, second), &c);
	return c;
}

static void
take_properties(struct arena *a, struct office_zip *z, bool is_docx, struct article_given *g)
{
	static const struct office_handler handler = { property_start, property_end, property_text };
	struct properties p = { .open = PROPERTY__COUNT };
	struct buf        xml = BUF_INIT(MiB);
	const char       *fault = NULL;

	for (int i = 0; i < PROPERTY__COUNT; i++)
		p.value[i] = (struct buf)BUF_INIT(LIMIT_FIELD_B);
	if (office_zip_read(z, is_docx ? "docProps/core.xml" : "meta.xml", &xml, &fault))
		(void)office_xml_read(buf_bytes(&xml), &handler, &p);   /* what it says before a fault is still said */
	g->title = value(a, &p, TITLE, TITLE);
	if (td_given_is_made_up(g->title))
		g->title = STR("");
	g->language = value(a, &p, LANGUAGE, LANGUAGE);
	g->published = date(a, &p, CREATED, CREATION_DATE);
	g->modified = date(a, &p, MODIFIED, DATE);
	td_given_people(a, g, value(a, &p, is_docx ? CREATOR : INITIAL_CREATOR, CREATOR));
	g->why = "the document's properties";
	g->confidence = 60;
	for (int i = 0; i < PROPERTY__COUNT; i++)
		buf_free(&p.value[i]);
	buf_free(&xml);
}

static bool
is_odt(struct office_zip *z)
{
	struct buf  type = BUF_INIT(128 * KiB);
	const char *fault = NULL;
	bool        odt = office_zip_read(z, "mimetype", &type, &fault) &&
	    str_starts(buf_str(&type), STR("application/vnd.oasis.opendocument.text"));

	buf_free(&type);
	return odt;
}

void
td_office_read(struct arena *a, struct bytes b, struct article_given *g)
{
	struct office_writer w;
	const char          *fault;
	struct office_zip   *z = office_zip_open(b, &fault);
	bool                 odt;

	if (z == NULL) {
		td_given_warn(a, g, "the office document %s; kept, not read", fault);
		return;
	}
	office_writer_init(&w);
	odt = is_odt(z);
	fault = odt ? office_odt(z, &w) : office_docx(z, &w);
	if (fault != NULL)
		td_given_warn(a, g, "the office document %s; %s", fault, w.parts[0].n > 0 ? "what could be read of it was" : "kept, not read");
	office_give(&w, a, g);
	take_properties(a, z, !odt, g);
	office_writer_free(&w);
	office_zip_close(z);
}
