/* idna - domain names in any script as the ASCII that the network uses: UTS 46, non-transitional. */
#ifndef TEXT_IDNA_H
#define TEXT_IDNA_H

#include "base/buf.h"

/*
 * Append the ASCII form of a domain (UTF-8).  false: it is no domain name.
 * CheckBidi and CheckJoiners are on; CheckHyphens, UseSTD3ASCIIRules and
 * VerifyDnsLength are off, as the URL standard's "domain to ASCII" has it when
 * not strict.  The caller looks for forbidden ASCII and for an empty result.
 */
bool td_idna_to_ascii(struct str domain, struct buf *out);

#endif
