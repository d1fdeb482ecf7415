/* Whatever the bytes: every record lies inside what was unpacked, offsets never go back, every view can be read. */
#include <stdlib.h>

#include "base/arena.h"
#include "crypto/sha256.h"
#include "warc/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct warc_reader r;
	struct warc_record record;
	unsigned char      sum[SHA256_B];
	size_t             last = 0;

	td_warc_open(&r, (struct bytes){ data, size }, 4 * MiB);
	while (td_warc_next(&r, &record)) {
		if (record.at < last || record.at >= size || record.payload_at < 0 ||
		    (size_t)record.payload_at > record.block.n || record.fields_n > WARC_FIELDS_N)
			abort();
		last = record.at;
		td_sha256(record.block, sum);
		for (size_t i = 0; i < record.fields_n; i++)
			td_sha256(bytes_of(record.fields[i].value), sum);
	}
	if (r.findings_n > r.faults_n + r.notes_n || (r.records_n == 0 && r.faults_n == 0))
		abort();
	td_warc_close(&r);
	return 0;
}
