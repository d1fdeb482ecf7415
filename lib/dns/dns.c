#include "dns/dns.h"

enum { HEAD_B = 12, NAME_B = 256, CNAME = 5, ALIASES_N = 8, RECORDS_N = 64 };

struct record {
	unsigned char name[NAME_B];     /* wire form, lower case, no pointers */
	size_t        name_b, data_at, data_b;
	unsigned      type;
	uint32_t      ttl_s;
};

static unsigned
two(struct bytes in, size_t at)
{
	return (unsigned)in.p[at] << 8 | in.p[at + 1];
}

bool
td_dns_question(struct buf *out, uint16_t id, struct str name, int type)
{
	const char head[HEAD_B] = { (char)(id >> 8), (char)id, 1, 0, 0, 1 };
	const char tail[] = { 0, (char)(type >> 8), (char)type, 0, 1 };
	struct str label;

	if (str_ends(name, STR(".")))
		name.n--;
	if (name.n == 0 || name.n > 253)
		return false;
	buf_add(out, (struct str){ head, sizeof(head) });
	while (str_cut(&name, '.', &label)) {
		if (label.n == 0 || label.n > 63)
			return false;
		buf_add_char(out, (char)label.n);
		for (size_t i = 0; i < label.n; i++)
			buf_add_char(out, (char)(label.p[i] >= 'A' && label.p[i] <= 'Z' ? label.p[i] | 0x20 : label.p[i]));
	}
	buf_add(out, (struct str){ tail, sizeof(tail) });
	return !out->failed;
}

/* A name at *at, pointers followed backwards only, so that it ends. */
static bool
take_name(struct bytes in, size_t *at, unsigned char name[NAME_B], size_t *ret_n)
{
	size_t i = *at, lowest = *at, n = 0;
	bool   jumped = false;

	for (;;) {
		unsigned len;

		if (i >= in.n)
			return false;
		len = in.p[i];
		if (len >= 0xc0) {
			if (i + 1 >= in.n || (two(in, i) & 0x3fff) >= lowest)
				return false;
			if (!jumped)
				*at = i + 2;
			jumped = true;
			i = lowest = two(in, i) & 0x3fff;
			continue;
		}
		if (len > 63 || i + 1 + len > in.n || n + 1 + len > NAME_B - 1)
			return false;
		for (unsigned k = 0; k <= len; k++) {
			unsigned char c = in.p[i + k];

			name[n++] = k > 0 && c >= 'A' && c <= 'Z' ? c | 0x20 : c;
		}
		i += 1 + len;
		if (len == 0)
			break;
	}
	if (!jumped)
		*at = i;
	*ret_n = n;
	return true;
}

static bool
take_record(struct bytes in, size_t *at, struct record *r)
{
	if (!take_name(in, at, r->name, &r->name_b) || in.n - *at < 10)
		return false;
	r->type = two(in, *at + 2) == 1 ? two(in, *at) : 0;
	r->ttl_s = (uint32_t)two(in, *at + 4) << 16 | two(in, *at + 6);
	r->data_b = two(in, *at + 8);
	r->data_at = *at + 10;
	if (in.n - r->data_at < r->data_b)
		return false;
	*at = r->data_at + r->data_b;
	return true;
}

static void
use_address(struct bytes in, const struct record *r, struct dns_reply *reply)
{
	if (reply->n == DNS_ADDRESSES_N)
		return;
	memcpy(reply->address[reply->n++], in.p + r->data_at, r->data_b);
	if (reply->ttl_s > r->ttl_s)
		reply->ttl_s = r->ttl_s;
}

/* One walk over the answers: addresses of `name`, or its alias put in its place. */
static bool
walk(struct bytes in, size_t at, unsigned type, struct record *name, struct dns_reply *reply, bool *ret_alias)
{
	const size_t  want = type == DNS_A ? 4 : 16;
	unsigned      count = two(in, 6);
	struct record r, alias = { 0 };

	*ret_alias = false;
	for (unsigned i = 0; i < count && i < RECORDS_N; i++) {
		if (!take_record(in, &at, &r))
			return false;
		if (r.name_b != name->name_b || memcmp(r.name, name->name, r.name_b) != 0)
			continue;
		if (r.type == type && r.data_b == want)
			use_address(in, &r, reply);
		else if (r.type == CNAME) {
			size_t target = r.data_at;

			if (!take_name(in, &target, alias.name, &alias.name_b))
				return false;
			*ret_alias = true;
		}
	}
	if (*ret_alias)
		*name = alias;
	return true;
}

enum err_code
td_dns_reply(struct bytes in, struct bytes question, struct dns_reply *ret, struct err *err)
{
	struct dns_reply reply = { .ttl_s = 86400 };
	struct record    name;
	size_t           at = HEAD_B;
	unsigned         type = two(question, question.n - 4);
	bool             alias = true;

	if (in.n < question.n || memcmp(in.p, question.p, 2) != 0 || (in.p[2] & 0xf8) != 0x80 || two(in, 4) != 1)
		return err_set(err, ERR_FORMAT, "a name server's reply is not the reply to our question");
	if (!take_name(in, &at, name.name, &name.name_b) || at + 4 != question.n ||
	    memcmp(name.name, question.p + HEAD_B, name.name_b) != 0 ||
	    memcmp(in.p + at, question.p + question.n - 4, 4) != 0)
		return err_set(err, ERR_FORMAT, "a name server's reply answers another question");
	at += 4;
	reply.is_cut = (in.p[2] & 2) != 0;
	reply.is_no_name = (in.p[3] & 15) == 3;
	if ((in.p[3] & 15) != 0 && !reply.is_no_name)
		return err_set(err, ERR_NET, "the name server failed (code %d)", in.p[3] & 15);
	for (int i = 0; i < ALIASES_N && alias && reply.n == 0 && !reply.is_cut; i++)
		if (!walk(in, at, type, &name, &reply, &alias))
			return err_set(err, ERR_FORMAT, "a name server's reply is broken");
	*ret = reply;
	return ERR_OK;
}
