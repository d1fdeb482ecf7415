/* In the jail: which files does this page or style sheet name, and what does this robots.txt say? */
#include "capture/capture_private.h"

#include "base/limits.h"
#include "html/tree.h"
#include "http/decode.h"
#include "refs/refs.h"
#include "robots/robots.h"
#include "text/charset.h"
#include "wire/wire.h"

static const struct wire_field ask_fields[] = {
	WIRE(struct refs_ask, I64, what, 0),
	WIRE(struct refs_ask, STR, url, LIMIT_URL_B),
	WIRE(struct refs_ask, STR, charset, LIMIT_FIELD_B),
	WIRE(struct refs_ask, STR, content_encoding, LIMIT_FIELD_B),
	WIRE(struct refs_ask, BYTES, body, LIMIT_BODY_B),
};
static const struct wire_desc ask_desc = WIRE_DESC(struct refs_ask, ask_fields);

static const struct wire_field found_ref_fields[] = {
	WIRE(struct found_ref, I64, kind, 0),
	WIRE(struct found_ref, STR, url, 3 * LIMIT_URL_B),
};
static const struct wire_desc found_ref_desc = WIRE_DESC(struct found_ref, found_ref_fields);

static const struct wire_field found_fields[] = {
	WIRE_LIST_OF(struct found_refs, list, LIMIT_REFS_N, &found_ref_desc),
	WIRE(struct found_refs, BOOL, is_cut, 0),
	WIRE(struct found_refs, I64, delay_ms, 0),
};
static const struct wire_desc found_desc = WIRE_DESC(struct found_refs, found_fields);

static void
read_robots(struct arena *a, struct bytes body, struct found_refs *found)
{
	struct robots r;

	td_robots_parse(a, body, STR("Tidings"), &r);
	found->delay_ms = r.crawl_delay_ms;
	found->is_cut = r.cut || r.rules.n > LIMIT_REFS_N;
	for (size_t i = 0; i < r.rules.n && i < LIMIT_REFS_N; i++)
		if (r.rules.v[i].pattern.n <= 3 * LIMIT_URL_B)
			found->list.v[found->list.n++] = (struct found_ref){ r.rules.v[i].allow, r.rules.v[i].pattern };
}

static void
read_refs(struct arena *a, const struct refs_ask *ask, struct bytes body, struct found_refs *found)
{
	struct charset   charset;
	struct str       text = td_charset_decode(a, body, ask->charset, &charset);
	struct html_tree tree;
	struct refs      refs = { .list = { .n = 0 } };
	struct err       err;

	if (ask->what == REFS_STYLE) {
		(void)!td_refs_of_style(a, text, ask->url, &refs, &err);
	} else {
		td_html_parse(a, text, NULL, &tree);
		(void)!td_refs_of_page(a, tree.document, ask->url, &refs, &err);
	}
	for (size_t i = 0; i < refs.list.n; i++)
		if (refs.list.v[i].url.n <= LIMIT_URL_B)
			found->list.v[found->list.n++] = (struct found_ref){ refs.list.v[i].kind, refs.list.v[i].url };
	found->is_cut = refs.is_cut;
}

int
capture_refs_work(struct bytes in, struct buf *answer)
{
	struct buf        body = BUF_INIT(LIMIT_DECODED_B + MiB);
	struct found_refs found = { .delay_ms = -1 };
	struct refs_ask   ask;
	struct arena      a;
	struct err        err;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, jail_full, NULL);
	if (td_wire_get(&a, &ask_desc, in, &ask, &err) != ERR_OK)
		return 1;
	found.list.v = arena_array(&a, LIMIT_REFS_N, struct found_ref);
	/* What came before a broken end still names files. */
	(void)!td_http_decode(&body, ask.body, ask.content_encoding, &err);
	if (ask.what == REFS_ROBOTS)
		read_robots(&a, buf_bytes(&body), &found);
	else
		read_refs(&a, &ask, buf_bytes(&body), &found);
	td_wire_put(answer, &found_desc, &found);
	buf_free(&body);
	arena_free(&a);
	return 0;
}

enum err_code
refs_find(struct jail *jail, struct arena *a, const struct refs_ask *ask, struct found_refs *ret, struct err *err)
{
	struct buf    in = BUF_INIT(LIMIT_BODY_B + MiB), out = BUF_INIT(LIMIT_ANSWER_B);
	struct bytes  kept;
	enum err_code code;

	td_wire_put(&in, &ask_desc, ask);
	code = in.failed ? err_set(err, ERR_LIMIT, "a file that is too large to be looked through") :
	    jail_run(jail, JAIL_REFS, buf_bytes(&in), &out, err);
	kept = code == ERR_OK ? bytes_of(arena_copy(a, buf_str(&out))) : (struct bytes){ 0 };
	buf_free(&in);
	buf_free(&out);
	return code != ERR_OK ? code : td_wire_get(a, &found_desc, kept, ret, err);
}
