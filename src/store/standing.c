/* Who vouches for a checkpoint besides the desk; and the log's files, for those who follow it. */
#include "store/statements.h"
#include "store/handlers.h"
#include "store/log.h"

#include "base/limits.h"
#include "os/file.h"

enum { WITNESSES_N = 60 };

/* The names of the witnesses that count: those of the settings, or when these name none all that the desk was told to trust. */
struct named {
	struct str    v[WITNESSES_N];
	unsigned char key[WITNESSES_N][SIGN_KEY_B];
	size_t        n;
};

/* A key under two names is one witness. */
static void
add_name(struct named *named, struct arena *a, struct str vkey)
{
	struct note_key k;

	if (named->n == WITNESSES_N || !td_note_key_parse(vkey, &k))
		return;
	for (size_t i = 0; i < named->n; i++)
		if (str_eq(named->v[i], str_of(k.name)) || memcmp(named->key[i], k.key, SIGN_KEY_B) == 0)
			return;
	memcpy(named->key[named->n], k.key, SIGN_KEY_B);
	named->v[named->n++] = arena_copy(a, str_of(k.name));
}

static void
load_named(struct store *s, struct arena *a, struct named *ret)
{
	struct str   rest = s->conf.witnesses, vkey, url;
	struct query q = db_query(&s->db, STMT_partner_list);

	while (conf_witness(&rest, &vkey, &url))
		add_name(ret, a, vkey);
	if (ret->n > 0)
		return;
	while (db_row(&q)) {
		vkey = col_str(&q, a);
		if (str_eq(col_str(&q, a), STR("witness")))
			add_name(ret, a, vkey);
	}
}

static int64_t
count_signed(struct store *s, struct arena *a, const struct named *named, int64_t size)
{
	struct query q = db_query(&s->db, STMT_cosignature_of);
	int64_t      n = 0;

	bind_i64(&q, size);
	while (db_row(&q)) {
		struct str name = col_str(&q, a);

		for (size_t i = 0; i < named->n; i++)
			n += str_eq(named->v[i], name);
	}
	return n;
}

static int64_t
newest_cosigned(struct store *s, struct arena *a, const struct named *named)
{
	struct query q = db_query(&s->db, STMT_cosigned_sizes);

	while (db_row(&q)) {
		int64_t size = col_i64(&q), n = count_signed(s, a, named, size);

		if (n > 0 && n >= s->conf.witness_quorum)
			return size;
	}
	return 0;
}

static int64_t
count_words(struct str list)
{
	struct str word;
	int64_t    n = 0;

	while (str_cut(&list, ' ', &word))
		n += word.n > 0;
	return n;
}

static int64_t
count_stamps(struct store *s, int64_t size)
{
	struct query q = db_query(&s->db, STMT_stamped_by);

	bind_i64(&q, size);
	return db_row(&q) ? col_i64(&q) : 0;
}

enum err_code
on_ledger_standing(struct store *s, struct arena *a, const struct store_size_ask *ask, struct store_standing *ret, struct err *err)
{
	struct named    named = { .n = 0 };
	struct log_head head = { 0 };
	struct query    q;

	if (ask->size > 0 ? !log_at(s, a, (uint64_t)ask->size, &head) : !log_newest(s, a, &head))
		head.size = 0;
	load_named(s, a, &named);
	*ret = (struct store_standing){ .size = (int64_t)head.size, .witnesses = (int64_t)named.n, .quorum = s->conf.witness_quorum,
		.cosigned = count_signed(s, a, &named, (int64_t)head.size), .witnessed_size = newest_cosigned(s, a, &named),
		.authorities = count_words(s->conf.time_authorities), .stamped = count_stamps(s, (int64_t)head.size), .every_h = s->conf.time_every_h };
	q = db_query(&s->db, STMT_stamped_newest);
	if (db_row(&q)) {
		ret->stamped_size = col_i64(&q);
		ret->stamped_us = col_i64(&q);
	}
	ret->stamped_n = count_stamps(s, ret->stamped_size);
	q = db_query(&s->db, STMT_log_size);
	ret->entries = db_row(&q) ? col_i64(&q) : 0;
	return db_failed(&s->db, err);
}

enum err_code
on_ledger_file(struct store *s, struct arena *a, const struct store_file_ask *ask, struct store_file_bytes *ret, struct err *err)
{
	bool       is_ours = str_eq(ask->path, STR("checkpoint")) || str_eq(ask->path, STR("key")) || td_tile_path_is(ask->path);
	struct buf b = BUF_INIT(LIMIT_TILE_FILE_B);
	char       name[128];
	enum err_code code;

	if (!is_ours || ask->path.n >= sizeof(name))
		return err_set(err, ERR_MISSING, "a log has no such file");
	memcpy(name, ask->path.p, ask->path.n);
	name[ask->path.n] = '\0';
	code = os_read_file(arena_copy(a, desk_path(s, "ledger", name)), &b, err);
	if (code == ERR_OK)
		ret->bytes = bytes_of(arena_copy(a, buf_str(&b)));
	buf_free(&b);
	return code;
}
