#include "app/standing.h"

#include <inttypes.h>

bool
standing_witnesses(const struct store_standing *s, FILE *out)
{
	fprintf(out, "%" PRId64 " of %" PRId64 " witness%s", s->cosigned, s->witnesses, s->witnesses == 1 ? "" : "es");
	return s->cosigned >= s->quorum;
}

void
standing_say(const struct store_standing *s, FILE *out)
{
	bool has_quorum = true;

	if (s->size == 0 || (s->witnesses == 0 && s->quorum == 0 && s->authorities == 0))
		return;
	fprintf(out, "checkpoint of %" PRId64 " entries: ", s->size);
	if (s->witnesses > 0 || s->quorum > 0)
		has_quorum = standing_witnesses(s, out);
	if (s->authorities > 0)
		fprintf(out, "%s%" PRId64 " of %" PRId64 " time authorities", s->witnesses > 0 || s->quorum > 0 ? ", " : "", s->stamped, s->authorities);
	fputc('\n', out);
	if (!has_quorum && s->witnessed_size > 0)
		fprintf(out, "this desk asks for %" PRId64 " witnesses: this checkpoint is not witnessed; the newest that is has %" PRId64 " entries\n",
		    s->quorum, s->witnessed_size);
	else if (!has_quorum)
		fprintf(out, "this desk asks for %" PRId64 " witnesses: this checkpoint is not witnessed, and none before it\n", s->quorum);
	if (s->authorities == 1)
		fprintf(out, "one time authority can be wrong or be leaned on: name two of different countries (time.authorities)\n");
}
