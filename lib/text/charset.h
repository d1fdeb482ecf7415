/*
 * charset - a page's bytes as UTF-8, by the rules of the web.
 *
 * In this order: byte order mark; valid UTF-8 with something beyond ASCII in
 * it, which overrules a wrong label; the label of the transport; the page's
 * own <meta> (WHATWG HTML section 13.2.3.2, prescan); a guess by ICU.  Labels
 * go through the standard's table, never to a converter as they are: euc-kr is
 * windows-949, gb2312 and gbk are gb18030, iso-8859-1 is windows-1252.
 *
 * What can't be decoded is U+FFFD, NUL too.  Never fails; linear.
 */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/arena.h"

struct charset {
	const char *name;               /* the standard's: "EUC-KR" */
	const char *why;                /* "byte order mark", "valid UTF-8", "transport label", "meta", "guess" */
	size_t      replaced;           /* how many characters are U+FFFD because of bad bytes */
};

/* label: of Content-Type, "" for none.  The result lives in the arena or is `in` itself when that is clean UTF-8. */
struct str td_charset_decode(struct arena *, struct bytes in, struct str label, struct charset *ret);

/* The standard's name for a label (spaces and case ignored), or NULL. */
const char *td_charset_of_label(struct str);

/* Open every converter once, before a process is locked. */
void td_charset_warm_up(void);

#endif
