#include "ledger/seen.h"

#include "crypto/base64.h"

static bool
take_bytes(struct str text, unsigned char *to, size_t n)
{
	size_t got = 0;

	return td_base64_read(text, to, n, &got) && got == n;
}

/* A line that ends in LF and begins with `name`; what stands behind that. */
static bool
take_field(struct str *rest, struct str name, struct str *ret)
{
	size_t end = str_find_char(*rest, '\n');

	if (end == STR_NONE || !str_starts(str_sub(*rest, 0, end), name))
		return false;
	*ret = str_sub(*rest, name.n, end);
	*rest = str_sub(*rest, end + 1, rest->n);
	return true;
}

bool
td_seen_head(struct str *rest, struct seen_head *ret)
{
	struct str what, pair;

	if (!take_field(rest, STR("tidings-seen/1 "), &what) || !take_field(rest, STR("from "), &ret->from) ||
	    !take_field(rest, STR("pair "), &pair))
		return false;
	ret->is_answer = str_eq(what, STR("answer"));
	return (ret->is_answer || str_eq(what, STR("ask"))) && ret->from.n < SEEN_NAME_B && take_bytes(pair, ret->pair, SEEN_PAIR_B);
}

bool
td_seen_line(struct str *rest, struct seen_line *ret)
{
	struct str after = *rest, line;
	size_t     at;

	if (str_starts(after, STR("mac ")) || !take_field(&after, STR(""), &line) || (at = str_find_char(line, ' ')) == STR_NONE ||
	    !take_bytes(str_sub(line, 0, at), ret->tag, SEEN_TAG_B) || !take_bytes(str_sub(line, at + 1, line.n), ret->box, SEEN_BOX_B))
		return false;
	*rest = after;
	return true;
}

bool
td_seen_mac(struct str *rest, unsigned char ret[SEEN_MAC_B])
{
	struct str mac;

	return take_field(rest, STR("mac "), &mac) && take_bytes(mac, ret, SEEN_MAC_B);
}

void
td_seen_head_write(struct buf *out, const struct seen_head *h)
{
	buf_addf(out, "tidings-seen/1 %s\nfrom %" STR_FMT "\npair ", h->is_answer ? "answer" : "ask", STR_ARG(h->from));
	td_base64_write(out, (struct bytes){ h->pair, SEEN_PAIR_B });
	buf_add_char(out, '\n');
}

void
td_seen_line_write(struct buf *out, const struct seen_line *l)
{
	td_base64_write(out, (struct bytes){ l->tag, SEEN_TAG_B });
	buf_add_char(out, ' ');
	td_base64_write(out, (struct bytes){ l->box, SEEN_BOX_B });
	buf_add_char(out, '\n');
}

void
td_seen_mac_write(struct buf *out, const unsigned char mac[SEEN_MAC_B])
{
	buf_add(out, STR("mac "));
	td_base64_write(out, (struct bytes){ mac, SEEN_MAC_B });
	buf_add_char(out, '\n');
}
