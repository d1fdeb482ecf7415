#include "app/anchor.h"

#include <poll.h>
#include <unistd.h>

#include "app/command.h"
#include "app/fixity.h"
#include "app/stamping.h"
#include "base/limits.h"
#include "os/clock.h"
#include "os/log.h"
#include "schedule/anchor.h"
#include "witness/witness.h"

enum { LOOK_MS = 1000, PARTNERS_N = 60 };

#define TELL_EVERY_US  (3600 * US_PER_S)
#define RENEW_EVERY_US (6 * INT64_C(3600) * US_PER_S)

/* Who was asked in vain, and when. */
struct patience {
	int64_t failed_us;
	int     failures;
};

struct anchor {
	struct store_link  *link;
	struct jail        *jail;
	struct arena        a;          /* of one look */
	struct store_desk_status status;
	struct anchor_state stamp;
	int64_t             renewed_us; /* when renewals were last looked for */
	struct patience     witness[PARTNERS_N];        /* in the order of the store's list */
	struct patience     partner[PARTNERS_N];
	int64_t             told_us[PARTNERS_N];        /* when each partner was last told what was seen */
	struct fixity       fixity;
};

static void
note_outcome(struct patience *p, bool good)
{
	p->failures = good ? 0 : p->failures + 1;
	p->failed_us = good ? 0 : os_now_us();
}

static bool
may_ask(const struct patience *p)
{
	int64_t now = os_now_us();

	return p->failures == 0 || now < p->failed_us || now - p->failed_us >= td_anchor_rest(p->failures);
}

/* ── time authorities ─────────────────────────────────────────────────── */

static void
look_at_stamps(struct anchor *n)
{
	struct store_standing s;
	struct patience       p = { n->stamp.failed_us, n->stamp.failures };
	struct err            err;
	int64_t               now = os_now_us();

	if (store_ledger_standing(n->link, &n->a, &(struct store_size_ask){ 0 }, &s, &err) != ERR_OK)
		return;
	n->stamp.entries = s.entries;
	n->stamp.stamped_size = s.stamped_size;
	n->stamp.stamped_us = s.stamped_us;
	n->stamp.stamped_n = s.stamped_n;
	n->stamp.authorities = s.authorities;
	n->stamp.every_h = s.every_h;
	n->stamp.busy_us = n->status.last_capture_us;
	n->stamp.is_busy = n->status.jobs_open > 0;
	n->stamp.new_us = s.entries == s.stamped_size ? 0 : n->stamp.new_us == 0 ? now : n->stamp.new_us;
	if (!td_anchor_is_due(&n->stamp, now))
		return;
	note_outcome(&p, stamping_ask(n->link, n->jail, &n->a, true) == 0);
	n->stamp.failed_us = p.failed_us;
	n->stamp.failures = p.failures;
}

static void
look_at_renewals(struct anchor *n)
{
	int64_t now = os_now_us();

	if (n->stamp.authorities == 0 || n->stamp.every_h == 0 || (now >= n->renewed_us && now - n->renewed_us < RENEW_EVERY_US))
		return;
	n->renewed_us = now;
	(void)stamping_renew(n->link, n->jail, &n->a, true);    /* what failed is still due */
}

/* ── witnesses ────────────────────────────────────────────────────────── */

static void
ask_witness(struct anchor *n, const struct store_partner *p, struct patience *patience)
{
	struct witness_room room = { .link = n->link, .jail = n->jail };
	struct arena        a;
	struct err          err;
	bool                good;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	good = fetch_create(&(struct fetch_options){ .allow = n->status.fetch_allow, .route = n->status.fetch_route }, &room.fetch, &err) == ERR_OK &&
	    witness_ask(&room, &a, p, &err) == ERR_OK;
	os_log(good ? LOG_LEVEL_INFO : LOG_LEVEL_WARN, "witness", "%s", good ? "our checkpoint was signed" : err.text);
	note_outcome(patience, good);
	fetch_destroy(room.fetch);
	arena_free(&a);
}

static void
look_at_witnesses(struct anchor *n)
{
	struct store_partner_page page;
	struct store_checkpoint   c;
	struct store_none         none = { 0 };
	struct err                err;

	if (store_ledger_newest(n->link, &n->a, &none, &c, &err) != ERR_OK || store_partner_list(n->link, &n->a, &none, &page, &err) != ERR_OK)
		return;
	for (size_t i = 0; i < page.partners.n && i < PARTNERS_N; i++) {
		const struct store_partner *p = &page.partners.v[i];

		if (!p->is_log && p->url.n > 0 && p->signed_size < c.size && may_ask(&n->witness[i]))
			ask_witness(n, p, &n->witness[i]);
	}
}

/* ── partners ─────────────────────────────────────────────────────────── */

static void
exchange(struct anchor *n, const struct store_pair *p, struct patience *patience)
{
	struct witness_room room = { .link = n->link, .jail = n->jail };
	struct arena        a;
	struct err          err;
	int64_t             matches;
	bool                good;

	arena_init(&a, 2 * LIMIT_MESSAGE_B, app_full, NULL);
	good = fetch_create(&(struct fetch_options){ .allow = n->status.fetch_allow, .route = n->status.fetch_route }, &room.fetch, &err) == ERR_OK &&
	    witness_exchange(&room, &a, p, &matches, &err) == ERR_OK;
	os_log(good ? LOG_LEVEL_INFO : LOG_LEVEL_WARN, "partner", "%s", good ? "told what was seen" : err.text);
	note_outcome(patience, good);
	fetch_destroy(room.fetch);
	arena_free(&a);
}

/* Each hour: what they captured later than we told them is found then. */
static void
look_at_partners(struct anchor *n)
{
	struct store_pair_page page;
	struct err             err;
	int64_t                now = os_now_us();

	if (store_pair_list(n->link, &n->a, &(struct store_none){ 0 }, &page, &err) != ERR_OK)
		return;
	for (size_t i = 0; i < page.pairs.n && i < PARTNERS_N; i++) {
		int64_t *told = &n->told_us[i];

		if (page.pairs.v[i].url.n == 0 || (*told != 0 && now >= *told && now - *told < TELL_EVERY_US) || !may_ask(&n->partner[i]))
			continue;
		exchange(n, &page.pairs.v[i], &n->partner[i]);
		*told = n->partner[i].failures == 0 ? now : 0;
	}
}

/* ── turns ────────────────────────────────────────────────────────────── */

static void
look(struct anchor *n)
{
	struct err err;

	arena_init(&n->a, 4 * LIMIT_MESSAGE_B, app_full, NULL);
	if (store_status(n->link, &n->a, &(struct store_none){ 0 }, &n->status, &err) == ERR_OK) {
		look_at_stamps(n);
		look_at_renewals(n);
		look_at_witnesses(n);
		look_at_partners(n);
		if (!n->status.is_read_only)
			fixity_turn(&n->fixity, n->link, n->jail, n->status.jobs_open > 0);
	} else {
		os_log(LOG_LEVEL_WARN, "anchor", "%s", err.text);
	}
	arena_free(&n->a);
}

int
anchor_run(struct store_link *link, struct jail *jail, const volatile sig_atomic_t *stop)
{
	struct anchor n = { .link = link, .jail = jail };

	while (!*stop && getppid() != 1) {
		look(&n);
		poll(NULL, 0, LOOK_MS);
	}
	return 0;
}
