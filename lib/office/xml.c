#include <expat.h>
#include <string.h>

#include "office/office_private.h"

#define SEPARATOR '|'

struct reading {
	const struct office_handler *handler;
	void                        *arg;
	XML_Parser                   parser;
	const char                  *fault;
	int                          depth;
};

static const char *
local_name(const char *name)
{
	const char *at = strrchr(name, SEPARATOR);

	return at != NULL ? at + 1 : name;
}

static const char *
find_attribute(const struct office_xml *x, const char *local)
{
	const char *const *v = x->expat_attributes;

	for (; v != NULL && v[0] != NULL; v += 2)
		if (strcmp(local_name(v[0]), local) == 0)
			return v[1];
	return NULL;
}

static void
start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct reading   *r = arg;
	struct office_xml x = { find_attribute, attributes, name, r->depth };

	if (++r->depth > OFFICE_DEPTH_N) {
		r->fault = "has elements deeper within each other than we take";
		XML_StopParser(r->parser, XML_FALSE);
		return;
	}
	r->handler->start(r->arg, &x, local_name(name));
}

static void
end(void *arg, const XML_Char *name)
{
	struct reading   *r = arg;
	struct office_xml x = { find_attribute, NULL, name, --r->depth };

	r->handler->end(r->arg, &x, local_name(name));
}

static void
text(void *arg, const XML_Char *p, int n)
{
	struct reading *r = arg;

	r->handler->text(r->arg, (struct str){ p, (size_t)n });
}

/* No office program writes one; entities, inner and outer, begin here. */
static void
doctype(void *arg, const XML_Char *name, const XML_Char *system, const XML_Char *public, int has_internal)
{
	struct reading *r = arg;

	(void)name, (void)system, (void)public, (void)has_internal;
	r->fault = "declares a document type, as attacks do and no office program does";
	XML_StopParser(r->parser, XML_FALSE);
}

const char *
office_xml_read(struct bytes b, const struct office_handler *handler, void *arg)
{
	struct reading r = { handler, arg, XML_ParserCreateNS(NULL, SEPARATOR), NULL, 0 };

	if (r.parser == NULL)
		return "needs more memory than there is";
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, start, end);
	XML_SetCharacterDataHandler(r.parser, text);
	XML_SetStartDoctypeDeclHandler(r.parser, doctype);
	/* All at once: pieces would be scanned again and again while a tag is open. */
	if (XML_Parse(r.parser, (const char *)b.p, (int)b.n, XML_TRUE) != XML_STATUS_OK && r.fault == NULL)
		r.fault = "holds XML that is not well-formed";
	XML_ParserFree(r.parser);
	return r.fault;
}
