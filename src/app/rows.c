#include "app/rows.h"

#include "base/limits.h"
#include "capture/capture.h"
#include "crypto/tsp.h"
#include "extract/split.h"
#include "read/read.h"
#include "stamp/stamp.h"
#include "witness/proof.h"
#include "witness/witness.h"

const struct jail_row app_jail_rows[JAIL_KIND__COUNT] = {
	[JAIL_EXTRACT] = { "the page", extract_warm_up, extract_work },
	[JAIL_PDF] = { .name = "the PDF", .warm_up = extract_warm_up, .program = &extract_pdf_program, .work_with = extract_pdf_work,
		.wall_ms = 2 * LIMIT_JAIL_WALL_MS },
	[JAIL_SPLIT] = { "a piece of the WARC file", extract_split_warm_up, extract_split_work },
	[JAIL_REFS] = { "the page's list of files", extract_warm_up, capture_refs_work },
	[JAIL_FEED] = { "the feed", NULL, read_feed_work, .cpu_s = 4 },
	[JAIL_ROBOTS] = { "the robots.txt", NULL, read_robots_work, .cpu_s = 4 },
	[JAIL_TOKEN] = { "the time stamp", td_tsp_warm_up, stamp_work },
	[JAIL_NOTE] = { "the text of another log", NULL, witness_work },
	[JAIL_PROOF] = { "the proof", NULL, witness_proof_work },
	[JAIL_WARC] = { "the WARC file", capture_warc_warm_up, capture_warc_work },
};
