/* Whatever answer comes, without a root there is no time; and a second reading says the same. */
#include <stdlib.h>

#include "base/limits.h"
#include "crypto/tsp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
full(void *arg)
{
	(void)arg;
	abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char sha256[32] = { 1 };
	struct arena     a;
	struct tsp_token t;
	struct err       one = { 0 }, two = { 0 };

	arena_init(&a, MiB, full, NULL);
	if (td_tsp_read(&a, (struct bytes){ data, size }, sha256, NULL, STR(""), -1, &t, &one) == ERR_OK)
		abort();
	if (td_tsp_read(&a, (struct bytes){ data, size }, sha256, NULL, STR(""), -1, &t, &two) != one.code)
		abort();
	arena_free(&a);
	return 0;
}
