/* labels - what pages call their encodings: the WHATWG Encoding Standard's table, sorted by label. */
#ifndef TEXT_LABELS_H
#define TEXT_LABELS_H

#include <stddef.h>

struct charset_label {
	const char *label, *name;       /* "ks_c_5601-1987", "EUC-KR" */
};

extern const struct charset_label charset_labels[];
extern const size_t               charset_labels_n;

#endif
