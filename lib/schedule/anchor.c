#include "schedule/anchor.h"

#include "base/civil.h"

#define MINUTE_US (60 * US_PER_S)
#define HOUR_US   (60 * MINUTE_US)
#define CALM_US   MINUTE_US             /* so long nothing was taken in: the desk is at rest */
#define LONGEST_US HOUR_US              /* a desk that never rests is not waited for longer */

int64_t
td_anchor_rest(int failures)
{
	int64_t rest = 15 * MINUTE_US;

	if (failures <= 0)
		return 0;
	while (--failures > 0 && rest < 6 * HOUR_US)
		rest *= 2;
	return rest < 6 * HOUR_US ? rest : 6 * HOUR_US;
}

static int64_t
since(int64_t then_us, int64_t now_us)
{
	/* A clock that was set back must not silence anything. */
	return then_us == 0 || now_us < then_us ? INT64_MAX : now_us - then_us;
}

bool
td_anchor_is_due(const struct anchor_state *s, int64_t now_us)
{
	int64_t every_us = s->every_h * HOUR_US, last = since(s->stamped_us, now_us);
	bool    lacks = s->stamped_size > 0 && s->stamped_n < s->authorities;
	bool    is_new = s->entries > s->stamped_size && last >= every_us;

	if (s->authorities == 0 || s->every_h == 0 || s->entries == 0 || since(s->failed_us, now_us) < td_anchor_rest(s->failures))
		return false;
	if (lacks || !is_new)
		return lacks;
	if (s->new_us != 0 && since(s->new_us, now_us) >= LONGEST_US)
		return true;
	return !s->is_busy && since(s->busy_us, now_us) >= CALM_US;
}

bool
td_fixity_is_due(const struct fixity_state *s, int64_t now_us)
{
	int64_t last_us = s->newest_us != 0 ? s->newest_us : s->first_us;

	if (s->every_days == 0 || s->first_us == 0 || s->is_busy || since(s->failed_us, now_us) < td_anchor_rest(s->failures))
		return false;
	return s->is_under_way || since(last_us, now_us) >= s->every_days * 24 * HOUR_US;
}
