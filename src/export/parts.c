/* The files of a page as its inventory has them: what was kept, what could not be had, what was left out and why. */
#include "export/gather.h"

#include "json/read.h"
#include "text/utf8.h"
#include "warc/write.h"

static struct str
member(const struct gather *g, const struct json_node *n, const char *key)
{
	const struct json_node *v = td_json_get(n, str_of(key));

	return v != NULL ? arena_copy(g->a, v->text) : STR("");
}

/* "urn:uuid:…" is one of the records; of its payload the digest. */
static struct str
digest_of(const struct gather *g, struct str urn)
{
	char shown[WARC_URN];

	for (size_t i = g->held.n; i-- > 0;)
		if (str_eq(urn, str_of(td_warc_urn(&g->held.v[i].uuid, shown))))
			return g->held.v[i].digest;
	return STR("");
}

void
gather_parts(const struct gather *g, struct str inventory, struct export_capture *c)
{
	const struct json_node *files, *f;
	size_t                  n = 0;

	if (!td_utf8_is_valid(bytes_of(inventory)))
		return;
	files = td_json_get(td_json_read(g->a, inventory)->first, STR("files"));
	for (f = files != NULL ? files->first : NULL; f != NULL; f = f->next)
		n++;
	c->parts.v = arena_array(g->a, n, struct export_part);
	c->parts.n = 0;
	for (f = files != NULL ? files->first : NULL; f != NULL; f = f->next) {
		struct export_part *p = &c->parts.v[c->parts.n++];
		struct str          urn = member(g, f, "record");

		*p = (struct export_part){ member(g, f, "url"), member(g, f, "kind"), member(g, f, "outcome"), member(g, f, "why"), STR("") };
		if (urn.n > 0 && str_eq(p->outcome, STR("stored")))
			p->digest = digest_of(g, urn);
	}
}
