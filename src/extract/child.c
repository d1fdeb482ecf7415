/* The work of a document's child: unpack, decode, read, answer. */
#include <stdlib.h>

#include "base/limits.h"
#include "extract/extract.h"
#include "extract/extract_private.h"
#include "http/decode.h"
#include "http/message.h"

static const struct wire_field ask_fields[] = {
	WIRE(struct extract_ask, STR, file, LIMIT_URL_B),
	WIRE(struct extract_ask, STR, url, LIMIT_URL_B),
	WIRE(struct extract_ask, STR, media_type, LIMIT_FIELD_B),
	WIRE(struct extract_ask, STR, charset, LIMIT_FIELD_B),
	WIRE(struct extract_ask, STR, content_encoding, LIMIT_FIELD_B),
	WIRE(struct extract_ask, BOOL, is_whole_only, 0),
	WIRE(struct extract_ask, BOOL, is_chunked, 0),
	WIRE(struct extract_ask, BYTES, body, LIMIT_BODY_B),
};
const struct wire_desc extract_ask_desc = WIRE_DESC(struct extract_ask, ask_fields);

void
extract_warm_up(void)
{
	/* In the forker alone.  Without TZ, glibc looks at /etc/localtime again at each use (libzip's dates), which no child may. */
	setenv("TZ", "UTC0", 1);
	td_document_warm_up();
}

static void
warn(struct arena *a, struct article *article, struct str sentence)
{
	struct str *list = arena_array(a, article->warnings.n + 1, struct str);

	if (article->warnings.n == LIMIT_LIST_N)
		return;
	list[0] = sentence;
	if (article->warnings.n > 0)
		memcpy(list + 1, article->warnings.v, article->warnings.n * sizeof(*list));
	article->warnings.v = list;
	article->warnings.n++;
}

/* Transfer coding first; many crawlers took it off and left the header, so what is no chunk is the body. */
enum err_code
extract_unpack(const struct extract_ask *ask, struct buf *ret, struct err *err)
{
	struct buf         plain = BUF_INIT(ask->body.n);
	struct http_chunks chunks = { 0 };
	struct bytes       body = ask->body;
	enum err_code      code;

	if (ask->is_chunked && td_http_unchunk(&chunks, body, &plain, err) == ERR_OK && !plain.failed)
		body = buf_bytes(&plain);
	code = td_http_decode(ret, body, ask->content_encoding, err);
	buf_free(&plain);
	return code;
}

int
extract_work(struct bytes in, struct buf *answer)
{
	struct buf         body = BUF_INIT(LIMIT_DECODED_B + MiB);
	struct extract_ask ask;
	struct article_ask question;
	struct article     article;
	struct arena       a;
	struct err         err;
	enum err_code      code;

	arena_init(&a, LIMIT_JAIL_MEMORY_B, jail_full, NULL);
	if (td_wire_get(&a, &extract_ask_desc, in, &ask, &err) != ERR_OK)
		return 1;
	code = extract_unpack(&ask, &body, &err);
	if (code != ERR_OK && ask.is_whole_only)
		return 1;
	question = (struct article_ask){ .file = ask.file, .url = ask.url, .media_type = ask.media_type, .charset = ask.charset,
		.body = buf_bytes(&body) };
	td_document_read(&a, &question, &article);
	if (code != ERR_OK)
		warn(&a, &article, arena_copy(&a, str_of(err.text)));
	td_wire_put(answer, &article_desc, &article);
	buf_free(&body);
	arena_free(&a);
	return 0;
}
