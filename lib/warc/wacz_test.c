#include "warc/wacz.h"

#include "base/arena.h"
#include "base/buf.h"
#include "tests/check.h"

static void
put(struct buf *b, size_t v, int n)
{
	for (int i = 0; i < n; i++)
		buf_add_char(b, (char)(v >> 8 * i));
}

/* One file of a ZIP, and its line of the directory. */
static void
add_file(struct buf *zip, struct buf *directory, const char *name, const char *text, size_t method)
{
	size_t at = zip->n, n = strlen(text);

	buf_add(zip, STR("PK\3\4"));
	put(zip, 20, 2), put(zip, 0, 2), put(zip, method, 2), put(zip, 0, 8), put(zip, n, 4), put(zip, n, 4);
	put(zip, strlen(name), 2), put(zip, 3, 2);
	buf_add(zip, str_of(name)), buf_add(zip, STR("xyz")), buf_add(zip, str_of(text));
	buf_add(directory, STR("PK\1\2"));
	put(directory, 20, 2), put(directory, 20, 2), put(directory, 0, 2), put(directory, method, 2), put(directory, 0, 8);
	put(directory, n, 4), put(directory, n, 4), put(directory, strlen(name), 2), put(directory, 0, 2), put(directory, 2, 2);
	put(directory, 0, 8), put(directory, at, 4);
	buf_add(directory, str_of(name)), buf_add(directory, STR("ab"));
}

static void
end_file(struct buf *zip, struct buf *directory, const char *comment)
{
	size_t at = zip->n;

	buf_add(zip, buf_str(directory));
	buf_add(zip, STR("PK\5\6"));
	put(zip, 0, 8), put(zip, directory->n, 4), put(zip, at, 4), put(zip, strlen(comment), 2);
	buf_add(zip, str_of(comment));
}

static void
the_warc_files_of_a_collection_are_found(void)
{
	struct buf   zip = BUF_INIT(MiB), directory = BUF_INIT(MiB);
	struct wacz  w;
	struct bytes b;

	add_file(&zip, &directory, "datapackage.json", "{}", 0);
	add_file(&zip, &directory, "archive/a.warc.gz", "first", 0);
	add_file(&zip, &directory, "archive/packed.warc.gz", "packed", 8);
	add_file(&zip, &directory, "archive/readme.txt", "no", 0);
	add_file(&zip, &directory, "archive/b.warc", "second", 0);
	end_file(&zip, &directory, "a comment");
	CHECK(td_wacz_open(&w, buf_bytes(&zip)));
	CHECK(td_wacz_next(&w, &b));
	CHECK_STR(STR("first"), bytes_as_str(b));
	CHECK(td_wacz_next(&w, &b));
	CHECK_STR(STR("second"), bytes_as_str(b));
	CHECK(!td_wacz_next(&w, &b) && !td_wacz_next(&w, &b));
	CHECK_INT(1, w.left_out_n);
	/* Cut anywhere, it is no collection or holds less, never more than the file. */
	for (size_t n = 0; n < zip.n; n++)
		if (td_wacz_open(&w, (struct bytes){ (unsigned char *)zip.p, n }))
			while (td_wacz_next(&w, &b))
				CHECK(b.p + b.n <= (unsigned char *)zip.p + n);
	buf_free(&zip);
	buf_free(&directory);
}

TESTS(TEST(the_warc_files_of_a_collection_are_found))
