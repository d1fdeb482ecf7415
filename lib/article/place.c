#include <stdlib.h>

#include "article/parts.h"
#include "article/places.h"

enum { NAME_B = 96 };

static int
compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct place_row *)row)->name);
}

/* The whole name, in lower case (ASCII; the table's other letters have no case or stand as written). */
static const char *
look_up(struct str s)
{
	const struct place_row *found;
	char low[NAME_B];

	s = str_trim(s);
	if (s.n == 0 || s.n >= sizeof(low))
		return NULL;
	for (size_t i = 0; i < s.n; i++)
		low[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
	low[s.n] = '\0';
	found = bsearch(low, places, places_n, sizeof(*places), compare);
	return found != NULL ? found->country : NULL;
}

struct str
td_place_country(struct str place)
{
	const char *code = look_up(place);
	struct str  rest = place, one, last = STR("");

	/* "Tizi-Ouzou, Algeria": the last part decides, then the first. */
	while (code == NULL && str_cut(&rest, ',', &one))
		last = one;
	if (code == NULL)
		code = look_up(last);
	rest = place;
	if (code == NULL && str_cut(&rest, ',', &one))
		code = look_up(one);
	/* "Seoul/Pyongyang" names two; neither is guessed. */
	return str_of(code != NULL ? code : "");
}
