/*
 * What a name means (RFC 1035).
 *
 *   hNNNNN.test        127.1.0.0 + NNNNN, stands for a public address
 *   NAME.test          127.2.x.y by a hash of the name, unless it is one of these:
 *   private.test 10.0.0.1 · metadata.test 169.254.169.254 · loopback.test 127.0.0.1 · six.test ::1 · mapped.test ::ffff:127.0.0.1
 *   unique-local.test fd00::1 · two.test a public and a private address · rebind.test public, then 127.0.0.1, in turn, time to live 0
 *   nobody.test no such name · empty.test no address · servfail.test a failing server · silent.test no answer
 *   alias.test a CNAME of h00001.test · circle.test a CNAME of itself · long.test truncated over UDP, whole over TCP
 *   forged.test an answer with a wrong id
 * Any name that does not end in .test does not exist.
 */
#include "netd.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TYPE_A = 1, TYPE_CNAME = 5, TYPE_AAAA = 28, RCODE_SERVFAIL = 2, RCODE_NXDOMAIN = 3, NAME_B = 256, TTL_S = 300, LONG_N = 60 };

enum manner { MANNER_PLAIN, MANNER_NOBODY, MANNER_EMPTY, MANNER_SERVFAIL, MANNER_SILENT, MANNER_ALIAS, MANNER_CIRCLE, MANNER_LONG,
	MANNER_FORGED, MANNER_REBIND, MANNER_TWO };

struct special {
	const char   *name;
	enum manner   manner;
	uint32_t      v4;               /* 0: none */
	unsigned char v6[16];
};

#define V4(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static const struct special specials[] = {
	{ "private.test", MANNER_PLAIN, V4(10, 0, 0, 1), { 0 } },
	{ "metadata.test", MANNER_PLAIN, V4(169, 254, 169, 254), { 0 } },
	{ "loopback.test", MANNER_PLAIN, V4(127, 0, 0, 1), { 0 } },
	{ "six.test", MANNER_PLAIN, 0, { [15] = 1 } },
	{ "mapped.test", MANNER_PLAIN, 0, { [10] = 0xff, 0xff, 127, 0, 0, 1 } },
	{ "unique-local.test", MANNER_PLAIN, 0, { 0xfd, [15] = 1 } },
	{ "two.test", MANNER_TWO, V4(127, 2, 0, 2), { 0 } },
	{ "rebind.test", MANNER_REBIND, V4(127, 2, 0, 3), { 0 } },
	{ "nobody.test", MANNER_NOBODY, 0, { 0 } },
	{ "empty.test", MANNER_EMPTY, 0, { 0 } },
	{ "servfail.test", MANNER_SERVFAIL, 0, { 0 } },
	{ "silent.test", MANNER_SILENT, 0, { 0 } },
	{ "alias.test", MANNER_ALIAS, 0, { 0 } },
	{ "circle.test", MANNER_CIRCLE, 0, { 0 } },
	{ "long.test", MANNER_LONG, V4(127, 2, 0, 4), { 0 } },
	{ "forged.test", MANNER_FORGED, V4(127, 2, 0, 5), { 0 } },
};

static const struct special *
special_of(const char *name)
{
	for (size_t i = 0; i < sizeof(specials) / sizeof(*specials); i++)
		if (strcmp(specials[i].name, name) == 0)
			return &specials[i];
	return NULL;
}

static bool
is_test_name(const char *name)
{
	size_t n = strlen(name);

	return n > 5 && strcmp(name + n - 5, ".test") == 0;
}

uint32_t
host_address(const char *name)
{
	const struct special *s = special_of(name);
	uint32_t              h = 2166136261u;
	char                 *rest;

	if (s != NULL)
		return s->v4;
	if (!is_test_name(name))
		return 0;
	if (name[0] == 'h' && isdigit((unsigned char)name[1])) {
		unsigned long n = strtoul(name + 1, &rest, 10);

		if (strcmp(rest, ".test") == 0 && n < 1 << 16)
			return V4(127, 1, 0, 0) + (uint32_t)n;
	}
	for (const char *p = name; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	return V4(127, 2, 1, 0) + h % 0xfe00u;
}

/* ---- writing an answer ---- */

struct out {
	unsigned char *p;
	size_t         n, room;
	bool           full;
};

static void
put(struct out *o, const void *p, size_t n)
{
	if (o->full || o->n + n > o->room) {
		o->full = true;
		return;
	}
	memcpy(o->p + o->n, p, n);
	o->n += n;
}

static void
put16(struct out *o, unsigned v)
{
	put(o, (unsigned char[]){ (unsigned char)(v >> 8), (unsigned char)v }, 2);
}

/* One record of the question's name (a pointer to byte 12). */
static void
put_record(struct out *o, unsigned type, unsigned ttl, const void *rdata, size_t n)
{
	size_t before = o->n;

	put16(o, 0xc00c);
	put16(o, type);
	put16(o, 1);
	put16(o, 0);
	put16(o, ttl);
	put16(o, (unsigned)n);
	put(o, rdata, n);
	if (o->full)
		o->n = before;
}

static void
put_v4(struct out *o, uint32_t v4, unsigned ttl)
{
	unsigned char b[4] = { (unsigned char)(v4 >> 24), (unsigned char)(v4 >> 16), (unsigned char)(v4 >> 8), (unsigned char)v4 };

	put_record(o, TYPE_A, ttl, b, 4);
}

/* ---- reading a question ---- */

/* The name at byte 12 in lower case; returns the byte after it, 0: not a question that we read. */
static size_t
read_name(const unsigned char *q, size_t n, char name[NAME_B])
{
	size_t at = 12, len = 0;

	while (at < n && q[at] != 0) {
		size_t label = q[at];

		if (label > 63 || at + 1 + label >= n || len + label + 2 > NAME_B)
			return 0;
		if (len > 0)
			name[len++] = '.';
		for (size_t i = 0; i < label; i++)
			name[len++] = (char)tolower(q[at + 1 + i]);
		at += label + 1;
	}
	name[len] = '\0';
	return at + 5 <= n ? at + 1 : 0;
}

/* The records of an answer; how many. */
static unsigned
put_answers(struct out *o, const char *name, const struct special *s, unsigned type, bool tcp)
{
	static unsigned      asked;
	static const char    alias[] = "\6h00001\4test";
	static const uint8_t none[16];
	enum manner          manner = s == NULL ? MANNER_PLAIN : s->manner;
	uint32_t             v4 = host_address(name);
	unsigned             n = 0;

	if (manner == MANNER_ALIAS || manner == MANNER_CIRCLE) {
		put_record(o, TYPE_CNAME, TTL_S, manner == MANNER_ALIAS ? alias : "\6circle\4test", manner == MANNER_ALIAS ? sizeof(alias) : 13);
		n++;
		v4 = manner == MANNER_ALIAS ? host_address("h00001.test") : 0;
	}
	if (manner == MANNER_REBIND && type == TYPE_A && asked++ % 2 == 1)
		v4 = V4(127, 0, 0, 1);
	if (type == TYPE_A && v4 != 0 && (manner != MANNER_LONG || tcp))
		for (int i = 0; i < (manner == MANNER_LONG ? LONG_N : 1); i++, n++)
			put_v4(o, v4, manner == MANNER_REBIND ? 0 : TTL_S);
	if (type == TYPE_A && manner == MANNER_TWO) {
		put_v4(o, V4(10, 0, 0, 1), TTL_S);
		n++;
	}
	if (type == TYPE_AAAA && s != NULL && memcmp(s->v6, none, 16) != 0) {
		put_record(o, TYPE_AAAA, TTL_S, s->v6, 16);
		n++;
	}
	return n;
}

size_t
dns_answer(const unsigned char *q, size_t n, bool tcp, unsigned char *out, size_t room)
{
	struct out            o = { .p = out, .room = room };
	char                  name[NAME_B];
	size_t                after = n < 17 ? 0 : read_name(q, n, name);
	const struct special *s = after == 0 ? NULL : special_of(name);
	unsigned              rcode = 0, answers, type;

	if (after == 0 || (s != NULL && s->manner == MANNER_SILENT))
		return 0;
	type = (unsigned)(q[after] << 8 | q[after + 1]);
	if (!is_test_name(name) || (s != NULL && s->manner == MANNER_NOBODY))
		rcode = RCODE_NXDOMAIN;
	else if (s != NULL && s->manner == MANNER_SERVFAIL)
		rcode = RCODE_SERVFAIL;
	put(&o, q, after + 4);
	answers = rcode == 0 ? put_answers(&o, name, s, type, tcp) : 0;
	out[2] = (unsigned char)(0x84 | (q[2] & 1) | (s != NULL && s->manner == MANNER_LONG && !tcp ? 2 : 0));
	out[3] = (unsigned char)(0x80 | rcode);
	out[5] = 1;
	out[6] = (unsigned char)(answers >> 8);
	out[7] = (unsigned char)answers;
	memset(out + 8, 0, 4);
	if (s != NULL && s->manner == MANNER_FORGED)
		out[0] ^= 0x55;
	return o.n;
}
