/*
 * index - from pointer to code point: the indexes of the WHATWG Encoding Standard, section 5.
 *
 * A pointer is the place of a byte sequence in its table, as the decoder of
 * section 8 to 14 computes it; 0 says that nothing stands there.  About 190 KB,
 * read only, shared by all processes.  index_table.c is made by
 * tools/make-encodings.py.
 */
#ifndef TEXT_INDEX_H
#define TEXT_INDEX_H

#include <stdint.h>

enum index_single { INDEX_IBM866, INDEX_ISO_8859_2, INDEX_ISO_8859_3, INDEX_ISO_8859_4, INDEX_ISO_8859_5, INDEX_ISO_8859_6,
	INDEX_ISO_8859_7, INDEX_ISO_8859_8, INDEX_ISO_8859_10, INDEX_ISO_8859_13, INDEX_ISO_8859_14, INDEX_ISO_8859_15,
	INDEX_ISO_8859_16, INDEX_KOI8_R, INDEX_KOI8_U, INDEX_MACINTOSH, INDEX_WINDOWS_874, INDEX_WINDOWS_1250,
	INDEX_WINDOWS_1251, INDEX_WINDOWS_1252, INDEX_WINDOWS_1253, INDEX_WINDOWS_1254, INDEX_WINDOWS_1255,
	INDEX_WINDOWS_1256, INDEX_WINDOWS_1257, INDEX_WINDOWS_1258, INDEX_X_MAC_CYRILLIC, INDEX_SINGLE__COUNT };

/* By byte - 0x80. */
extern const uint16_t td_index_single[INDEX_SINGLE__COUNT][128];

enum { INDEX_EUC_KR_N = 23750, INDEX_GB18030_N = 23940, INDEX_BIG5_N = 19782, INDEX_JIS0208_N = 11104, INDEX_JIS0212_N = 7211,
	INDEX_RANGES_N = 206 };

extern const uint16_t td_index_euc_kr[INDEX_EUC_KR_N];
extern const uint16_t td_index_gb18030[INDEX_GB18030_N];
extern const uint16_t td_index_jis0208[INDEX_JIS0208_N];
extern const uint16_t td_index_jis0212[INDEX_JIS0212_N];

/* The low 16 bits; a bit in _plane2 adds 0x20000. */
extern const uint16_t td_index_big5[INDEX_BIG5_N];
extern const uint8_t  td_index_big5_plane2[(INDEX_BIG5_N + 7) / 8];

/* Four-byte sequences of the basic plane: from this pointer on, code points count up from `code`. */
struct index_range {
	uint32_t pointer;
	uint16_t code;
};
extern const struct index_range td_index_gb18030_ranges[INDEX_RANGES_N];

#endif
