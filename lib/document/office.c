/* An office document as an article. */
#include "document/parts.h"
#include "office/office.h"

void
document_office(struct arena *a, const struct article_ask *ask, struct article *ret)
{
	struct article_given g = { .file = ask->file, .url = ask->url };

	td_office_read(a, ask->body, &g);
	td_article_of_given(a, &g, ret);
}
