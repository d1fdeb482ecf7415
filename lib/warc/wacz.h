/*
 * wacz - the WARC files in a web archive collection (WACZ 1.1.1: a ZIP file).
 *
 * Only what stands under archive/ and only uncompressed, as the format asks
 * (section 4): nothing is unpacked or copied, *ret points into the file.  The
 * central directory says where the files are; it is read once, forwards.
 *
 *     struct wacz w;
 *     if (td_wacz_open(&w, file))
 *             while (td_wacz_next(&w, &warc))
 *                     ...
 */
#ifndef WARC_WACZ_H
#define WARC_WACZ_H

#include "base/str.h"

struct wacz {
	struct bytes file;
	size_t       at, end;           /* in the central directory */
	size_t       left_out_n;        /* WARC files that are packed, or not where the directory says */
};

/* false: no ZIP file with an end. */
bool td_wacz_open(struct wacz *, struct bytes file);
/* The next WARC file. */
bool td_wacz_next(struct wacz *, struct bytes *ret);

#endif
