/* An entry made for a statement is accepted only when the statement's opening agrees, and never for another statement. */
#include <stdlib.h>

#include "base/buf.h"
#include "ledger/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes statement = { data, size };
	struct buf   entry = BUF_INIT(4096), other = BUF_INIT(size + 1);
	struct err   err;

	td_ledger_entry(&entry, LEDGER_CAPTURE, 1530091800000000, statement);
	if (td_ledger_check(buf_bytes(&entry), statement, &err) == ERR_OK &&
	    (!str_starts(bytes_as_str(statement), STR("tidings-statement/1\nkind capture\ntime 2018-06-27T09:30:00.000000Z\n")) ||
	    data[size - 1] != '\n'))
		abort();
	buf_add_bytes(&other, statement);
	buf_add_char(&other, '\n');
	if (td_ledger_check(buf_bytes(&entry), buf_bytes(&other), &err) == ERR_OK ||
	    td_ledger_check(statement, statement, &err) == ERR_OK)
		abort();
	buf_free(&entry);
	buf_free(&other);
	return 0;
}
