/*
 * charset - a page's bytes as UTF-8, by the rules of the web.
 *
 * In this order: byte order mark; valid UTF-8 with something beyond ASCII in
 * it, which overrules a wrong label; the label of the transport; the page's
 * own <meta> or XML declaration (text/prescan.h); a guess (text/guess.h).  A
 * label that the bytes make out of the question yields to the guess too.
 * Labels go through the standard's table (WHATWG Encoding, section 4.2):
 * euc-kr is windows-949, gb2312 is GBK, iso-8859-1 is windows-1252.
 *
 * What can't be decoded is U+FFFD, U+0000 too where text is wanted.  Never fails; linear.
 */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/arena.h"

struct charset {
	const char *name;               /* the standard's: "EUC-KR" */
	const char *why;                /* "byte order mark", "valid UTF-8", "NULs", "transport label", "meta", "guess", "guess against the label" */
	size_t      replaced;           /* how many characters are U+FFFD because of bad bytes */
};

/* label: of Content-Type, "" for none.  The result lives in the arena or is `in` itself when that is clean UTF-8. */
struct str td_charset_decode(struct arena *, struct bytes in, struct str label, struct charset *ret);

/* The same for a parser of HTML, to which U+0000 means something: it stays (section 13.2.5; mostly it is dropped). */
struct str td_charset_decode_markup(struct arena *, struct bytes in, struct str label, struct charset *ret);

/* U+FFFD for U+0000. */
struct str td_charset_without_nul(struct arena *, struct str);

/* The standard's name for a label (spaces and case ignored), or NULL. */
const char *td_charset_of_label(struct str);

#endif
