/* Whatever a name server says: no more addresses than there is room, and none from a reply that cannot hold them. */
#include <stdlib.h>

#include "dns/dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf       question = BUF_INIT(512);
	struct dns_reply reply;
	struct err       err;

	if (!td_dns_question(&question, 0x3412, STR("www.example.org"), DNS_A))
		abort();
	if (td_dns_reply((struct bytes){ data, size }, buf_bytes(&question), &reply, &err) == ERR_OK &&
	    (reply.n > DNS_ADDRESSES_N || reply.n * 16 + question.n > size))
		abort();
	buf_free(&question);
	return 0;
}
