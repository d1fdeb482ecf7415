#include "text/idna.h"

#include <unicode/uidna.h>

/* Of these the URL standard says that they do not matter: names as DNS has them, not as registrars like them. */
#define FORGIVEN (UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG | \
	UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4)

bool
td_idna_to_ascii(struct str domain, struct buf *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo  info = UIDNA_INFO_INITIALIZER;
	UIDNA     *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, &status);
	size_t     room = 8 * domain.n + 64;
	char      *to = U_SUCCESS(status) ? buf_room(out, room) : NULL;
	int32_t    n;

	if (to == NULL) {
		uidna_close(idna);
		return false;
	}
	n = uidna_nameToASCII_UTF8(idna, domain.p, (int32_t)domain.n, to, (int32_t)room, &info, &status);
	uidna_close(idna);
	if (U_FAILURE(status) || (info.errors & ~(uint32_t)FORGIVEN) != 0)
		return false;
	out->n += (size_t)n;
	return true;
}
