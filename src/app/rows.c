#include "app/rows.h"

#include "capture/capture.h"
#include "extract/extract.h"

const struct jail_row app_jail_rows[JAIL_KIND__COUNT] = {
	[JAIL_EXTRACT] = { "the page", extract_warm_up, extract_work },
	[JAIL_WARC] = { "the WARC file", capture_warc_warm_up, capture_warc_work },
};
