/*
 * Whatever the text, whatever its source's habits: a date that is found lies inside it, cuts no character and is a day of
 * the calendar; and written as ISO 8601 it is read back as itself (round trip); a date is a sign of at most one order.  First byte: order and language.
 */
#include <stdlib.h>

#include "article/date_habit.h"
#include "article/written_date.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
comes_back(const struct civil *c)
{
	static const struct date_ways ways = { DATE_DAY_FIRST, { "fa", 2 } };
	struct written_date           again;
	char                          shown[CIVIL_SHOWN], twice[CIVIL_SHOWN];
	struct str                    iso = str_of(civil_iso(c, shown));

	return td_written_find(iso, 0, &ways, &again) && again.from == 0 && again.to == iso.n &&
	    str_eq(iso, str_of(civil_iso(&again.when, twice)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const languages[] = { "", "fa", "hr", "ko" };
	struct date_ways         ways = { DATE_ORDER_UNKNOWN, { "", 0 } };
	struct date_signs        signs = { 0, 0 };
	struct written_date      w;
	struct str               s;

	if (size == 0)
		return 0;
	ways.order = (enum date_order)(data[0] % 3);
	ways.language = str_of(languages[data[0] / 3 % 4]);
	s = (struct str){ (const char *)data + 1, td_utf8_valid_prefix((struct bytes){ data + 1, size - 1 }) };
	td_date_sign(&signs, s, NULL);
	if (signs.day_first + signs.month_first > 1)
		abort();
	if (!td_written_find(s, 0, &ways, &w))
		return 0;
	if (w.from >= w.to || w.to > s.n || td_utf8_floor(s, w.to) != w.to || !civil_is_valid(&w.when) || w.when.precision < CIVIL_DAY ||
	    !comes_back(&w.when))
		abort();
	return 0;
}
