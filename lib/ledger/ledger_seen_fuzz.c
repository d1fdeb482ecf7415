/* A list of what another desk has seen: what is taken apart is written again in the same bytes, and a path of a tile has one spelling. */
#include "ledger/seen.h"
#include "ledger/tile.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str       text = { (const char *)data, n }, rest = text;
	struct buf       again = BUF_INIT(4 * 1024 * 1024);
	struct seen_head head;
	struct seen_line line;
	unsigned char    mac[SEEN_MAC_B];

	if (td_tile_path_is(text) && (!str_starts(text, STR("tile/")) || str_find(text, STR("..")) != STR_NONE))
		abort();
	if (td_seen_head(&rest, &head)) {
		td_seen_head_write(&again, &head);
		while (td_seen_line(&rest, &line))
			td_seen_line_write(&again, &line);
		if (td_seen_mac(&rest, mac) && rest.n == 0) {
			td_seen_mac_write(&again, mac);
			if (!again.failed && !str_eq(buf_str(&again), text))
				abort();
		}
	}
	buf_free(&again);
	return 0;
}
