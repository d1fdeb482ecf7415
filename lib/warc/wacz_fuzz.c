/* Whatever the file: each WARC in it lies inside the file, and the walk ends. */
#include <stdlib.h>

#include "warc/wacz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wacz  w;
	struct bytes b;
	size_t       n = 0;

	if (!td_wacz_open(&w, (struct bytes){ data, size }))
		return 0;
	while (td_wacz_next(&w, &b))
		if (b.p < data || b.n > size || (size_t)(b.p - data) > size - b.n || ++n > size)
			abort();
	return 0;
}
