/*
 * publish - the desk's public site: a folder of plain files for any host, or for a USB stick.
 *
 * One page a note (notes/SLUG.html; its address never changes), pages of
 * notes, a page a country, RSS, Atom, 404.html, style.css, robots.txt,
 * sitemap.xml (when the site's address is known) and manifest.txt, which
 * `sha256sum -c manifest.txt` checks.  HTML without script and without third
 * parties; links are relative.
 *
 * Dates come from the notes, never from the clock: publishing again without a
 * change writes nothing.  Each file is replaced whole and only if it differs,
 * in an order without dead links: pages, indexes, feeds, manifest.  What is no
 * longer wanted goes last, and only if an earlier manifest of ours lists it.
 * publishing.txt stands in the folder while that goes on; the next run
 * finishes what was interrupted.
 *
 * Nothing is written if one note is not marked public, or was published and is
 * a draft again (ERR_DENIED names it), if the folder holds files but no
 * manifest of ours (ERR_EXISTS), or if it lies in the desk or around it
 * (ERR_DENIED).
 */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include "store/link.h"

struct publish_done {
	size_t notes, files, written, removed;
};

/* base_url: where the site will be read ("https://desk.example/"), or empty; now_us is for the log, no page depends on it. */
enum err_code publish_site(struct store_link *, struct str out_dir, struct str base_url, int64_t now_us,
	struct publish_done *ret, struct err *) MUST_USE;

#endif
