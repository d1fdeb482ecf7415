/* What the files that gather an export share. */
#ifndef EXPORT_GATHER_H
#define EXPORT_GATHER_H

#include "export/export.h"

#define WARC_NAME      "data.warc.gz"
#define UNCHANGED_NAME "unchanged.warc.gz"      /* 304s: a replay that comes by one answers "not modified" and shows nothing */

/* Bytes that a revisit stands for, and which the export must hold too. */
struct wanted {
	struct str digest, url;
	int64_t    date_us;
};

/* A record that is in the export. */
struct held {
	struct id  uuid;
	struct str digest;                   /* of its payload, as in the index */
};

struct gather {
	struct store_link     *link;
	struct arena          *a;
	struct export_package *p;
	struct buf             warc, unchanged, pages;
	int64_t                size;         /* of the checkpoint that all is proved under; 0: the newest */
	struct store_token_page tokens;      /* over it */
	struct { struct str *v; size_t n; } lines;       /* of the index */
	struct { struct held *v; size_t n; } held;
	struct { struct wanted *v; size_t n; } wanted;
};

/* The captures and their parts, each once, without their records; when the newest was held and what covers it. */
enum err_code gather_captures(struct gather *, const struct id *, size_t n, struct err *) MUST_USE;
/* Their records, proofs, index lines and pages; then the originals of revisits that are not among them. */
enum err_code gather_records(struct gather *, struct err *) MUST_USE;

/*
 * What others said about the checkpoint that all is proved under: tokens of time authorities, and those that carried these on before
 * their certificates ended; cosignatures, and the keys of the witnesses who made them.
 */
enum err_code gather_vouchers(struct gather *, struct err *) MUST_USE;

/* The list of a page's files out of its inventory; for the sheet. */
void          gather_parts(const struct gather *, struct str inventory, struct export_capture *);

/* A named field of a record's own header, or of an HTTP head; "": it has none. */
struct str    gather_field(struct str header, const char *name);

#endif
