#include "app/fixity.h"

#include <stdio.h>

#include "app/command.h"
#include "app/stamping.h"
#include "base/limits.h"
#include "os/clock.h"
#include "os/log.h"
#include "schedule/anchor.h"

void
tally_add(struct tally *t, const struct store_verify_found *found)
{
	if (t->first[0] == '\0' && found->findings.n > 0)
		snprintf(t->first, sizeof(t->first), "%" STR_FMT, STR_ARG(found->findings.v[0].where));
	t->erased += (int64_t)found->remarks.n;
	t->findings += (int64_t)found->findings.n;
	t->records += found->records;
	t->entries += found->entries;
}

/* ── while the desk is open ───────────────────────────────────────────── */

static void
log_findings(const struct store_verify_found *found)
{
	for (size_t i = 0; i < found->findings.n; i++)
		os_log(LOG_LEVEL_ERROR, "fixity", "%" STR_FMT ": %" STR_FMT, STR_ARG(found->findings.v[i].where), STR_ARG(found->findings.v[i].what));
}

/* Steps until the turn is over or all was read. */
static enum err_code
read_on(struct store_link *link, struct arena *a, struct store_verify_ask *ask, struct tally *t, bool *ret_done, struct err *err)
{
	int64_t                   until = os_ticks_us() + FIXITY_TURN_US;
	struct store_verify_found found = { 0 };

	while (!found.done && os_ticks_us() < until) {
		if (store_verify_step(link, a, ask, &found, err) != ERR_OK)
			return err->code;
		log_findings(&found);
		tally_add(t, &found);
		ask->step = found.step;
		ask->position = found.position;
	}
	*ret_done = found.done;
	return ERR_OK;
}

static enum err_code
end_run(struct store_link *link, struct jail *jail, struct arena *a, const struct store_fixity_run *run, struct err *err)
{
	struct store_fixity_new all = { .records = run->records, .entries = run->entries, .wrong = run->wrong, .first = run->first, .begun_us = run->begun_us };
	struct store_entered    done;
	int64_t                 tokens = 0;

	if (stamping_check(jail, link, &tokens, &all.wrong) != 0)
		return err_set(err, ERR_IO, "time stamps could not be read; everything else was");
	if (all.wrong > 0 && all.first.n == 0)
		all.first = STR("a time stamp");
	if (store_fixity_commit(link, a, &all, &done, err) == ERR_OK)
		os_log(all.wrong > 0 ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO, "fixity", "records=%lld entries=%lld wrong=%lld", (long long)all.records,
		    (long long)all.entries, (long long)all.wrong);
	return err->code;
}

static enum err_code
turn(struct store_link *link, struct jail *jail, struct arena *a, struct store_fixity_run *run, struct err *err)
{
	struct store_verify_ask ask = { .step = run->step, .position = run->position, .is_gentle = true };
	struct store_none       none;
	struct tally            t = { .records = run->records, .entries = run->entries, .findings = run->wrong };
	bool                    done = false;

	snprintf(t.first, sizeof(t.first), "%" STR_FMT, STR_ARG(run->first));
	if (read_on(link, a, &ask, &t, &done, err) != ERR_OK)
		return err->code;
	*run = (struct store_fixity_run){ run->begun_us != 0 ? run->begun_us : os_now_us(), ask.step, ask.position, t.records, t.entries, t.findings,
		arena_copy(a, str_of(t.first)) };
	return done ? end_run(link, jail, a, run, err) : store_fixity_hold(link, a, run, &none, err);
}

void
fixity_turn(struct fixity *f, struct store_link *link, struct jail *jail, bool is_busy)
{
	struct store_fixity now;
	struct fixity_state state;
	struct arena        a;
	struct err          err = { 0 };

	arena_init(&a, 16 * LIMIT_MESSAGE_B, app_full, NULL);
	if (store_fixity_newest(link, &a, &(struct store_none){ 0 }, &now, &err) == ERR_OK) {
		state = (struct fixity_state){ now.every_days, now.time_us, now.first_us, now.run.begun_us != 0, is_busy, f->failed_us, f->failures };
		if (td_fixity_is_due(&state, os_now_us())) {
			bool good = turn(link, jail, &a, &now.run, &err) == ERR_OK;

			f->failures = good ? 0 : f->failures + 1;
			f->failed_us = good ? 0 : os_now_us();
		}
	}
	if (err.code != ERR_OK)
		os_log(LOG_LEVEL_WARN, "fixity", "%s", err.text);
	arena_free(&a);
}
