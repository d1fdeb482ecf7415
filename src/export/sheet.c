#include "export/export.h"

#include <stdio.h>

#include "base/embed.h"
#include "crypto/sha256.h"
#include "page/page.h"

extern const struct embed_file export_pages[];

struct reader {
	struct arena  *a;
	enum words_lang lang;
};

static struct str
look_up(const void *self, struct str id)
{
	return td_words(*(const enum words_lang *)self, id);
}

static struct str
number(struct arena *a, int64_t v)
{
	char shown[32];

	snprintf(shown, sizeof(shown), "%lld", (long long)v);
	return arena_copy(a, str_of(shown));
}

static struct str
hash(struct arena *a, const unsigned char sum[SHA256_B])
{
	char hex[SHA256_HEX_B];

	return arena_copy(a, str_of(td_hex(sum, SHA256_B, hex)));
}

static struct str
instant(struct arena *a, int64_t us)
{
	char shown[CIVIL_SHOWN];

	return arena_copy(a, str_of(instant_iso(us, shown)));
}

/* "1 picture could not be had" is more than a list of those that could. */
static void
put_part(const struct reader *r, const struct export_part *part, struct page_values *v)
{
	static const char *const outcomes[] = { "stored", "failed", "skipped" };
	static const char *const said[] = { "export.part.stored", "export.part.failed", "export.part.skipped" };

	td_page_str(v, "part_url", part->url);
	td_page_str(v, "part_digest", part->digest);
	td_page_str(v, "part_why", part->why);
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(*outcomes); i++)
		if (str_eq(part->outcome, str_of(outcomes[i])))
			td_page_str(v, "part_outcome", td_words(r->lang, str_of(said[i])));
}

/* The capture behind it that has its files, if there is one. */
static void
put_parts(const struct reader *r, const struct export_package *p, size_t i, struct page_values *v)
{
	const struct export_capture *c = i + 1 < p->captures_n && p->captures[i + 1].is_part ? &p->captures[i + 1] : NULL;
	size_t                       stored = 0;
	struct str                   args[2];
	char                         id[ID_WHOLE];

	if (c == NULL || !id_eq(&c->taken.part_of, &p->captures[i].taken.id))
		return;
	for (size_t k = 0; k < c->parts.n; k++) {
		stored += c->parts.v[k].digest.n > 0;
		put_part(r, &c->parts.v[k], td_page_add(v, "parts"));
	}
	args[0] = number(r->a, (int64_t)stored);
	args[1] = number(r->a, (int64_t)c->parts.n);
	td_page_flag(v, "has_parts", c->parts.n > 0);
	td_page_str(v, "parts_id", arena_copy(r->a, str_of(id_show_whole(ID_CAPTURE, &c->taken.id, id))));
	td_page_str(v, "parts_said", td_words_fill(r->a, td_words(r->lang, STR("export.parts.of")), args, 2));
}

static void
put_capture(const struct reader *r, const struct export_package *p, size_t i, size_t shown, struct page_values *v)
{
	static const char *const   how[HOW__COUNT] = { "export.how.fetched", "export.how.supplied", "export.how.imported" };
	const struct store_capture *c = &p->captures[i].taken;
	struct str    origin = p->checkpoint, size = STR(""), args[3], held = instant(r->a, c->held_us);
	unsigned char sum[SHA256_B];
	char          id[ID_WHOLE];

	td_sha256(bytes_of(p->captures[i].proof.statement), sum);
	(void)str_take_line(&origin, &args[2]);
	(void)str_take_line(&origin, &size);
	args[0] = number(r->a, c->ledger_seq);
	args[1] = size;
	td_page_i64(v, "number", (int64_t)shown);
	td_page_str(v, "name", c->final_url.n > 0 ? c->final_url : c->url);
	td_page_str(v, "id", arena_copy(r->a, str_of(id_show_whole(ID_CAPTURE, &c->id, id))));
	td_page_str(v, "url", c->url);
	if (!str_eq(c->url, c->final_url))
		td_page_str(v, "final", c->final_url);
	td_page_str(v, "how", td_words(r->lang, str_of(how[c->how])));
	td_page_str(v, "taken", instant(r->a, c->taken_us));
	if (c->status != 0)
		td_page_i64(v, "status", c->status);
	td_page_str(v, "fault", c->fault);
	if (c->main >= 0 && (size_t)c->main < c->records.n)
		td_page_str(v, "document", hash(r->a, c->records.v[c->main].payload_sha256));
	td_page_str(v, "statement", hash(r->a, sum));
	td_page_str(v, "entry", td_words_fill(r->a, td_words(r->lang, STR("export.entry.of")), args, 3));
	td_page_str(v, "claim", td_words_fill(r->a, td_words(r->lang, STR("export.claim")), &held, 1));
	put_parts(r, p, i, v);
}

static void
put_line(const struct reader *r, struct page_values *v, const char *id, int64_t one, int64_t two)
{
	struct str args[2] = { number(r->a, one), number(r->a, two) };

	td_page_str(td_page_add(v, "times"), "time_line", td_words_fill(r->a, td_words(r->lang, str_of(id)), args, 2));
}

/* How many of those whom the desk named, and in plain words when that is less than it asks for. */
static void
put_standing(const struct reader *r, const struct export_package *p, struct page_values *v)
{
	const struct store_standing *s = &p->standing;
	size_t                       tokens = 0;

	for (size_t i = 0; i < p->times_n; i++)
		tokens += p->times[i].kind == VOUCHER_TOKEN;
	if (s->witnesses > 0)
		put_line(r, v, "export.time.witnesses", s->cosigned, s->witnesses);
	if (s->cosigned < s->quorum)
		put_line(r, v, "export.time.no_quorum", s->quorum, 0);
	if (tokens == 1)
		put_line(r, v, "export.time.one_token", 0, 0);
}

enum err_code
export_sheet(struct arena *a, const struct export_package *p, enum words_lang lang, struct buf *ret, struct err *err)
{
	const struct page_file  file = { str_of(export_pages[0].name), embed_text(&export_pages[0]) };
	const struct page_words words = { look_up, &lang };
	const struct reader     r = { a, lang };
	struct page_set        *set;
	struct page_values     *v = td_page_values(a);
	size_t                  shown = 0;

	if (td_page_load(a, &file, 1, &set, err) != ERR_OK)
		return err->code;
	td_page_str(v, "lang", td_words_tag(lang));
	td_page_str(v, "desk", p->desk);
	td_page_str(v, "minisign_key", p->minisign_key);
	td_page_str(v, "key", p->key);
	td_page_flag(v, "no_times", p->times_n == 0);
	for (size_t i = 0; i < p->captures_n; i++)
		if (!p->captures[i].is_part || i == 0 || !id_eq(&p->captures[i].taken.part_of, &p->captures[i - 1].taken.id))
			put_capture(&r, p, i, ++shown, td_page_add(v, "captures"));
	for (size_t i = 0; i < p->times_n; i++) {
		struct str args[2] = { p->times[i].who, instant(a, p->times[i].at_us) };
		static const char *const ids[] = { [VOUCHER_TOKEN] = "export.time.token", [VOUCHER_RENEWAL] = "export.time.renewal",
			[VOUCHER_WITNESS] = "export.time.witness" };
		struct str id = str_of(ids[p->times[i].kind]);

		td_page_str(td_page_add(v, "times"), "time_line", td_words_fill(a, td_words(lang, id), args, 2));
	}
	put_standing(&r, p, v);
	if (p->token_file.n > 0) {
		td_page_flag(v, "has_tokens", true);
		td_page_str(v, "token", p->token_file);
	}
	return td_page_print(set, STR("sheet.html"), v, &words, ret, err);
}
