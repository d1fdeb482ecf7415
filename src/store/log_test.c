/* The log: checkpoints over what was acknowledged, tiles that follow from rows, proofs that hold and nothing else does. */
#include "store/desk_check.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "os/clock.h"

static struct store_checkpoint
checkpoint(struct desk *d)
{
	struct store_checkpoint c = { 0 };

	if (store_ledger_checkpoint(d->link, &d->arena, &(struct store_none){ 0 }, &c, &d->err) != ERR_OK) {
		fprintf(stderr, "# %s\n", d->err.text);
		CHECK(!"a checkpoint is made");
	}
	return c;
}

static void
take_some(struct desk *d, int n)
{
	struct store_capture_done done;

	for (int i = 0; i < n; i++)
		CHECK_INT(ERR_OK, take(d, STR("https://a.example/북한"), STR("<p>북한 인권"), &done));
}

static bool
desk_file(struct desk *d, const char *name, struct buf *ret)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", d->dir, name);
	return os_read_file(str_of(path), ret, &d->err) == ERR_OK;
}

static void
nothing_is_signed_before_there_is_something(void)
{
	struct desk             d;
	struct store_checkpoint c;
	struct stat             st;
	char                    path[128];

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_MISSING, store_ledger_checkpoint(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	snprintf(path, sizeof(path), "%s/keys/ledger.key", d.dir);
	CHECK_INT(0, stat(path, &st));
	CHECK_INT(0600, st.st_mode & 0777);
	desk_end(&d);
}

static void
what_was_acknowledged_is_under_the_next_checkpoint(void)
{
	struct desk             d;
	struct store_checkpoint c;
	struct checkpoint       parsed;
	struct note_key         key;
	struct buf              file = BUF_INIT(64 * KiB);

	if (!desk_begin(&d))
		return;
	take_some(&d, 3);
	c = checkpoint(&d);
	CHECK_INT(3, c.size);
	CHECK_INT(ERR_OK, td_checkpoint_parse(c.note, &parsed, &d.err));
	CHECK_INT(3, parsed.size);
	CHECK(str_starts(parsed.origin, STR("test-desk-")) && str_ends(parsed.origin, STR("/log")));
	CHECK(td_note_key_parse(str_trim(c.keys), &key) && td_note_is_signed(parsed.text, parsed.signatures, &key, NULL));
	CHECK(desk_file(&d, "ledger/checkpoint", &file) && str_eq(buf_str(&file), c.note));
	CHECK_INT(3, checkpoint(&d).size);
	CHECK_INT(0, unexpected(&d));
	buf_free(&file);
	desk_end(&d);
}

static void
closing_a_desk_signs_what_is_open(void)
{
	struct desk             d;
	struct store_checkpoint c = { 0 };

	if (!desk_begin(&d))
		return;
	take_some(&d, 2);
	CHECK(reopen(&d));
	CHECK_INT(ERR_OK, store_ledger_newest(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	CHECK_INT(2, c.size);
	desk_end(&d);
}

static void
each_256_entries_are_signed_at_most_each_two_seconds_and_their_tile_is_full(void)
{
	struct desk             d;
	struct store_checkpoint c = { 0 };
	struct buf              tile = BUF_INIT(64 * KiB);
	char                    heads[64];
	int64_t                 from_us;
	int                     n;

	if (!desk_begin(&d))
		return;
	take_some(&d, 250);
	c = checkpoint(&d);
	CHECK(desk_file(&d, "ledger/tile/0/000.p/250", &tile));
	from_us = os_ticks_us();
	for (n = 0; c.size == 250 && n < LIMIT_OPEN_CROWD_N; n++) {
		take_some(&d, 1);
		CHECK_INT(ERR_OK, store_ledger_newest(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	}
	CHECK(c.size == 250 + n || c.size == 250 + n - 1);      /* the last one may have come while it was signed */
	CHECK(n >= LIMIT_OPEN_ENTRIES_N && os_ticks_us() - from_us >= LIMIT_OPEN_CROWD_US);
	buf_reset(&tile);
	CHECK(desk_file(&d, "ledger/tile/0/000", &tile));
	CHECK_INT(8192, tile.n);
	buf_reset(&tile);
	snprintf(heads, sizeof(heads), "ledger/tile/1/000.p/%d", (int)(c.size / 256));
	CHECK(desk_file(&d, heads, &tile));
	CHECK_INT(c.size / 256 * 32, tile.n);
	CHECK(!desk_file(&d, "ledger/tile/0/000.p/250", &tile));
	CHECK_INT(0, unexpected(&d));
	buf_free(&tile);
	desk_end(&d);
}

/* The proof of one capture, and that no other entry has it. */
static void
a_proof_holds_for_its_entry_alone(void)
{
	struct desk               d;
	struct store_capture_done done, other;
	struct store_proof        p = { 0 }, q = { 0 };
	struct ledger_proof       parsed;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/1"), STR("one"), &done));
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/2"), STR("two"), &other));
	CHECK_INT(ERR_OK, store_ledger_prove(d.link, &d.arena, &(struct store_prove_ask){ .capture = done.id }, &p, &d.err));
	CHECK_INT(0, p.proof.n);
	(void)checkpoint(&d);
	CHECK_INT(ERR_OK, store_ledger_prove(d.link, &d.arena, &(struct store_prove_ask){ .capture = done.id }, &p, &d.err));
	CHECK_INT(ERR_OK, store_ledger_prove(d.link, &d.arena, &(struct store_prove_ask){ .seq = 1 }, &q, &d.err));
	CHECK_INT(ERR_OK, td_ledger_proof_parse(p.proof, &parsed, &d.err));
	CHECK_STR(p.statement, buf_str(&parsed.extra));
	CHECK(td_ledger_proof_holds(&parsed, bytes_of(p.entry)));
	CHECK(!td_ledger_proof_holds(&parsed, bytes_of(q.entry)));
	CHECK(str_find(p.entry, STR("a.example")) == STR_NONE);
	td_ledger_proof_free(&parsed);
	CHECK_INT(ERR_MISSING, store_ledger_prove(d.link, &d.arena, &(struct store_prove_ask){ .seq = 2 }, &p, &d.err));
	desk_end(&d);
}

static void
tiles_that_are_gone_are_made_again_from_the_rows(void)
{
	struct desk d;
	char        path[128];

	if (!desk_begin(&d))
		return;
	take_some(&d, 5);
	(void)checkpoint(&d);
	snprintf(path, sizeof(path), "%s/ledger/tile", d.dir);
	CHECK_INT(ERR_OK, os_remove_tree(str_of(path), &d.err));
	take_some(&d, 2);
	CHECK_INT(7, checkpoint(&d).size);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
no_other_key_signs_this_log(void)
{
	struct desk             d;
	struct store_checkpoint c;
	char                    path[128];

	if (!desk_begin(&d))
		return;
	take_some(&d, 1);
	(void)checkpoint(&d);
	snprintf(path, sizeof(path), "%s/keys/ledger.key", d.dir);
	CHECK_INT(ERR_OK, os_replace_file(str_of(path), STR("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n"),
	    &d.err));
	take_some(&d, 1);
	CHECK_INT(ERR_DENIED, store_ledger_checkpoint(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	CHECK_INT(0, unlink(path));
	CHECK_INT(ERR_MISSING, store_ledger_checkpoint(d.link, &d.arena, &(struct store_none){ 0 }, &c, &d.err));
	desk_end(&d);
}

/* Flip each third byte of a file of the ledger: found, and the file named. */
static void
check_flips(struct desk *d, const char *name)
{
	char                 path[256];
	struct store_finding first;
	int                  fd, missed = 0, unnamed = 0;
	off_t                size;

	snprintf(path, sizeof(path), "%s/%s", d->dir, name);
	CHECK((fd = open(path, O_RDWR | O_CLOEXEC)) >= 0);
	size = lseek(fd, 0, SEEK_END);
	CHECK(size > 0);
	for (off_t at = 0; at < size; at += 3) {
		unsigned char byte, bad;

		CHECK_INT(1, pread(fd, &byte, 1, at));
		bad = byte ^ (unsigned char)(1 << at % 8);
		CHECK_INT(1, pwrite(fd, &bad, 1, at));
		first = (struct store_finding){ 0 };
		missed += findings(d, &first) == 0;
		unnamed += !str_eq(first.where, str_of(name));
		CHECK_INT(1, pwrite(fd, &byte, 1, at));
	}
	close(fd);
	CHECK_INT(0, missed);
	CHECK_INT(0, unnamed);
}

static void
every_flipped_byte_of_the_ledger_is_found_and_its_file_named(void)
{
	static const char *const files[] = { "ledger/checkpoint", "ledger/key", "ledger/tile/0/000.p/2", "ledger/tile/entries/000.p/2" };
	struct desk              d;

	if (!desk_begin(&d))
		return;
	take_some(&d, 2);
	(void)checkpoint(&d);
	CHECK_INT(0, unexpected(&d));
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		check_flips(&d, files[i]);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

TESTS(
	TEST(nothing_is_signed_before_there_is_something),
	TEST(what_was_acknowledged_is_under_the_next_checkpoint),
	TEST(closing_a_desk_signs_what_is_open),
	TEST(each_256_entries_are_signed_at_most_each_two_seconds_and_their_tile_is_full),
	TEST(a_proof_holds_for_its_entry_alone),
	TEST(tiles_that_are_gone_are_made_again_from_the_rows),
	TEST(no_other_key_signs_this_log),
	TEST(every_flipped_byte_of_the_ledger_is_found_and_its_file_named))
