/* Whatever the text: a date that is found lies inside it and is a day of the calendar. */
#include <stdlib.h>

#include "article/dates.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str   s = { (const char *)data, td_utf8_valid_prefix((struct bytes){ data, size }) };
	struct civil c;
	size_t       from, to;

	if (td_date_find(s, &c, &from, &to) && (from >= to || to > s.n || !civil_is_valid(&c) || c.precision < CIVIL_DAY))
		abort();
	return 0;
}
