/*
 * The bytes are tried as a whole file and as the content of a docx and an odt
 * that are well-formed around it: parts are valid UTF-8, in the text's order and
 * none is empty; no markup comes out of what has none; the article survives the wire.
 */
#include "office/office.h"

#include <stdlib.h>

#include "base/limits.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static noreturn void
no_more(void *arg)
{
	(void)arg;
	abort();
}

static void
check(struct bytes file)
{
	struct article_given g = { 0 };
	struct article       article, again;
	struct buf           wire = BUF_INIT(64 * MiB);
	struct arena         a;
	struct err           err;

	arena_init(&a, 512 * MiB, no_more, NULL);
	td_office_read(&a, file, &g);
	for (size_t i = 0; i < g.parts.n; i++)
		if (g.parts.v[i].text.n == 0 || !td_utf8_is_valid(bytes_of(g.parts.v[i].text)))
			abort();
	td_article_of_given(&a, &g, &article);
	td_wire_put(&wire, &article_desc, &article);
	if (wire.failed || td_wire_get(&a, &article_desc, buf_bytes(&wire), &again, &err) != ERR_OK)
		abort();
	buf_free(&wire);
	arena_free(&a);
}

struct entry {
	const char   *name;
	struct bytes  bytes;
};

static uint32_t
crc_of(struct bytes b)
{
	uint32_t crc = 0xffffffffu;

	for (size_t i = 0; i < b.n; i++) {
		crc ^= b.p[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (0xedb88320u & -(crc & 1));
	}
	return ~crc;
}

static void
put(char *to, size_t v, int n)
{
	for (int i = 0; i < n; i++)
		to[i] = (char)(v >> 8 * i);
}

/* Stored entries (APPNOTE 4.3.7, 4.3.12, 4.3.16); the CRC is right because libzip checks it. */
static void
archive(struct buf *out, const struct entry *v, size_t n)
{
	size_t at[4], directory;
	char   end[22] = "PK\5\6";

	for (size_t i = 0; i < n; i++) {
		char head[30] = "PK\3\4\24";

		at[i] = out->n;
		put(head + 14, crc_of(v[i].bytes), 4), put(head + 18, v[i].bytes.n, 4), put(head + 22, v[i].bytes.n, 4);
		put(head + 26, strlen(v[i].name), 2);
		buf_add(out, (struct str){ head, sizeof(head) });
		buf_add(out, str_of(v[i].name));
		buf_add_bytes(out, v[i].bytes);
	}
	directory = out->n;
	for (size_t i = 0; i < n; i++) {
		char head[46] = "PK\1\2\24\0\24";

		put(head + 16, crc_of(v[i].bytes), 4), put(head + 20, v[i].bytes.n, 4), put(head + 24, v[i].bytes.n, 4);
		put(head + 28, strlen(v[i].name), 2), put(head + 42, at[i], 4);
		buf_add(out, (struct str){ head, sizeof(head) });
		buf_add(out, str_of(v[i].name));
	}
	put(end + 8, n, 2), put(end + 10, n, 2), put(end + 12, out->n - directory, 4), put(end + 16, directory, 4);
	buf_add(out, (struct str){ end, sizeof(end) });
}

static void
check_archive(const struct entry *v, size_t n, size_t size)
{
	struct buf file = BUF_INIT(size + 4 * KiB);

	archive(&file, v, n);
	check(buf_bytes(&file));
	buf_free(&file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bytes whole = { data, size }, type = bytes_of(STR("application/vnd.oasis.opendocument.text"));
	const struct entry docx[] = { { "word/document.xml", whole } }, styles[] = { { "word/styles.xml", whole }, { "docProps/core.xml", whole } };
	const struct entry odt[] = { { "mimetype", type }, { "content.xml", whole }, { "meta.xml", whole } };

	check(whole);
	check_archive(docx, 1, size);
	check_archive(styles, 2, 2 * size);
	check_archive(odt, 3, 2 * size);
	return 0;
}
