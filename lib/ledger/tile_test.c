#include "ledger/tile.h"
#include "crypto/sha256.h"
#include "tests/check.h"

enum { MOST = 66000 };
static struct merkle_hash leaf[MOST], level1[MOST / TILE_N + 1];

static void
make_leaves(void)
{
	for (uint32_t i = 0; i < MOST; i++)
		td_sha256((struct bytes){ (const unsigned char *)&i, sizeof(i) }, leaf[i].b);
	for (size_t i = 0; i < MOST / TILE_N; i++)
		td_tile_head(leaf + i * TILE_N, &level1[i]);
}

/* Tiles straight from the leaves; arg: how many reads there were. */
static bool
read_tile(void *arg, int level, uint64_t n, unsigned width, struct merkle_hash ret[TILE_N])
{
	++*(int *)arg;
	if (level == 0)
		memcpy(ret, leaf + n * TILE_N, width * sizeof(*ret));
	else if (level == 1)
		memcpy(ret, level1 + n * TILE_N, width * sizeof(*ret));
	else
		td_tile_head(level1, &ret[0]);
	return level < 2 || (n == 0 && width == 1);
}

static void
tiles_are_named_as_the_standard_names_them(void)
{
	char path[TILE_PATH_B];

	CHECK_STR(STR("tile/0/x001/x234/067"), str_of(td_tile_path(path, 0, 1234067, TILE_N)));
	CHECK_STR(STR("tile/3/000.p/1"), str_of(td_tile_path(path, 3, 0, 1)));
	CHECK_STR(STR("tile/entries/x001/000.p/255"), str_of(td_tile_path(path, TILE_ENTRIES, 1000, 255)));
	CHECK_STR(STR("tile/0/999"), str_of(td_tile_path(path, 0, 999, TILE_N)));
}

/* The example of the standard: 70,000 entries. */
static void
a_tree_has_the_tiles_that_the_standard_counts(void)
{
	CHECK_INT(TILE_N, td_tile_width(0, 272, 70000));
	CHECK_INT(112, td_tile_width(0, 273, 70000));
	CHECK_INT(0, td_tile_width(0, 274, 70000));
	CHECK_INT(TILE_N, td_tile_width(1, 0, 70000));
	CHECK_INT(17, td_tile_width(1, 1, 70000));
	CHECK_INT(1, td_tile_width(2, 0, 70000));
	CHECK_INT(0, td_tile_width(3, 0, 70000));
	CHECK_INT(274, td_tile_count(0, 70000));
	CHECK_INT(1, td_tile_count(0, 256));
	CHECK_INT(1, td_tile_width(1, 0, 256));
	CHECK_INT(0, td_tile_count(1, 255));
}

static void
check_size(uint64_t n, uint64_t index, uint64_t older)
{
	int                reads = 0;
	struct tile_reader r = { .size = n, .read = read_tile, .arg = &reads };
	struct merkle_hash want[MERKLE_PROOF_N], got[MERKLE_PROOF_N], head, was;
	size_t             want_n, got_n;

	td_merkle_head_of(leaf, n, &head);
	CHECK(td_tile_tree_head(&r, n, &got[0]) && memcmp(&got[0], &head, MERKLE_B) == 0);
	td_merkle_head_of(leaf, older, &was);
	CHECK(td_tile_tree_head(&r, older, &got[0]) && memcmp(&got[0], &was, MERKLE_B) == 0);
	want_n = td_merkle_inclusion(leaf, n, index, want);
	CHECK(td_tile_inclusion(&r, n, index, got, &got_n) && got_n == want_n);
	CHECK(memcmp(want, got, want_n * MERKLE_B) == 0);
	CHECK(td_merkle_is_included(&leaf[index], index, n, got, got_n, &head));
	want_n = td_merkle_consistency(leaf, n, older, want);
	CHECK(td_tile_consistency(&r, n, older, got, &got_n) && got_n == want_n);
	CHECK(memcmp(want, got, want_n * MERKLE_B) == 0);
	CHECK(td_merkle_is_consistent(older, &was, n, &head, got, got_n));
}

static void
heads_and_proofs_from_tiles_are_those_of_the_leaves(void)
{
	static const uint64_t sizes[] = { 1, 2, 3, 7, 255, 256, 257, 511, 512, 513, 1000, 65535, 65536, 65537, 65999 };

	make_leaves();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		for (uint64_t part = 0; part <= 4; part++)
			check_size(sizes[i], part * (sizes[i] - 1) / 4, 1 + part * (sizes[i] - 1) / 4);
}

static void
a_proof_reads_few_tiles(void)
{
	int                reads = 0;
	struct tile_reader r = { .size = 65999, .read = read_tile, .arg = &reads };
	struct merkle_hash proof[MERKLE_PROOF_N];
	size_t             n;

	make_leaves();
	CHECK(td_tile_inclusion(&r, 65999, 12345, proof, &n));
	CHECK(reads <= 5);
}

static bool
read_nothing(void *arg, int level, uint64_t n, unsigned width, struct merkle_hash ret[TILE_N])
{
	(void)arg, (void)level, (void)n, (void)width, (void)ret;
	return false;
}

static void
a_tile_that_is_missing_is_said(void)
{
	struct tile_reader r = { .size = 300, .read = read_nothing };
	struct merkle_hash head;

	CHECK(!td_tile_tree_head(&r, 300, &head));
}

static void
a_bundle_gives_its_entries_back(void)
{
	struct buf   b = BUF_INIT(1024);
	struct bytes rest, entry;

	td_bundle_add(&b, bytes_of(STR("one")));
	td_bundle_add(&b, bytes_of(STR("")));
	td_bundle_add(&b, bytes_of(STR("둘")));
	rest = buf_bytes(&b);
	CHECK(td_bundle_take(&rest, &entry));
	CHECK_STR(STR("one"), bytes_as_str(entry));
	CHECK(td_bundle_take(&rest, &entry) && entry.n == 0);
	CHECK(td_bundle_take(&rest, &entry));
	CHECK_STR(STR("둘"), bytes_as_str(entry));
	CHECK(!td_bundle_take(&rest, &entry) && rest.n == 0);
	rest = (struct bytes){ buf_bytes(&b).p, b.n - 1 };
	while (td_bundle_take(&rest, &entry))
		;
	CHECK(rest.n > 0);
	buf_free(&b);
}

static void
only_paths_of_tiles_are_paths_of_tiles(void)
{
	static const char *const no[] = { "", "tile/", "tile/0/", "tile/0/1", "tile/0/0001", "tile/8/000", "tile/00/000", "tile/0/x000/001", "tile/0/000/",
		"tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/../000", "tile/entries/-01", "tile/0/+01", "tile/0/x001/23", "/tile/0/000", "keys" };
	static const struct { int level; uint64_t n; unsigned width; } yes[] = { { 0, 0, 256 }, { 0, 0, 1 }, { TILE_ENTRIES, 67, 255 }, { 3, 1234067, 12 },
		{ 0, 1000, 256 } };
	char path[TILE_PATH_B];

	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		CHECK(!td_tile_path_is(str_of(no[i])));
	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		CHECK(td_tile_path_is(str_of(td_tile_path(path, yes[i].level, yes[i].n, yes[i].width))));
}

TESTS(
	TEST(only_paths_of_tiles_are_paths_of_tiles),
	TEST(tiles_are_named_as_the_standard_names_them),
	TEST(a_tree_has_the_tiles_that_the_standard_counts),
	TEST(heads_and_proofs_from_tiles_are_those_of_the_leaves),
	TEST(a_proof_reads_few_tiles),
	TEST(a_tile_that_is_missing_is_said),
	TEST(a_bundle_gives_its_entries_back))
