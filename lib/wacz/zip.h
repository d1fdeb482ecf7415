/*
 * zip - a ZIP file of stored files, as WACZ wants it (APPNOTE 6.3, method 0).
 *
 * Nothing is packed, so that readers can fetch parts of it by range; times are
 * 1980-01-01 and names UTF-8: equal files make equal bytes.  Below 4 GB and
 * 65,535 files, which the limit of the buf sees to.
 *
 *     struct zip z = { .out = BUF_INIT(512 * MiB), .central = BUF_INIT(MiB) };
 *     td_zip_add(&z, STR("datapackage.json"), bytes);
 *     td_zip_end(&z);                 // z.out, unless z.out.failed
 *     td_zip_free(&z);
 */
#ifndef WACZ_ZIP_H
#define WACZ_ZIP_H

#include "base/buf.h"

struct zip {
	struct buf out, central;
	unsigned   n;
};

void td_zip_add(struct zip *, struct str name, struct bytes contents);
void td_zip_end(struct zip *);
void td_zip_free(struct zip *);

#endif
