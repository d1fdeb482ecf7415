/*
 * prescan - which encoding the front of a page names, before it is parsed.
 *
 * "Prescan a byte stream to determine its encoding" and "get an XML encoding"
 * of the HTML standard, section 13.2.3.2, over 1024 bytes.  When they find
 * nothing, the scan goes on for a while: a tree builder that meets the
 * <meta> later changes the encoding there and then (13.2.3.4), and we have the
 * whole page.  NULL: nothing is named, or only an unknown label.
 */
#ifndef TEXT_PRESCAN_H
#define TEXT_PRESCAN_H

#include "base/str.h"

const char *td_prescan(struct bytes in);

#endif
