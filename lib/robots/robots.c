#include "robots/robots.h"

#include <string.h>

#include "base/limits.h"
#include "text/charset.h"

#define DAY_S  INT64_C(86400)
#define DAY_MS (DAY_S * 1000)

struct rules {
	struct robots_rule *v;
	size_t              n, cap;
	int64_t             delay_ms;
};

struct reader {
	struct arena  *arena;
	struct str     agent;
	struct rules   ours, everybodys;
	bool           in_ours, in_everybodys;  /* who the group that is being read is for */
	bool           group_has_rules;         /* the next user-agent line begins another group */
	bool           named;
	struct robots *out;
};

enum line { LINE_AGENT, LINE_ALLOW, LINE_DISALLOW, LINE_SITEMAP, LINE_DELAY, LINE_OTHER };

/* A name counts by its beginning ("Disallow-All" is a disallow), as sites have come to rely on. */
static enum line
line_kind(struct str key)
{
	static const struct { enum line kind; const char *name; } names[] = {
		{ LINE_AGENT, "user-agent" }, { LINE_AGENT, "useragent" }, { LINE_AGENT, "user agent" },
		{ LINE_ALLOW, "allow" }, { LINE_DISALLOW, "disallow" }, { LINE_DISALLOW, "dissallow" }, { LINE_DISALLOW, "dissalow" },
		{ LINE_DISALLOW, "disalow" }, { LINE_DISALLOW, "diasllow" }, { LINE_DISALLOW, "disallaw" },
		{ LINE_SITEMAP, "sitemap" }, { LINE_SITEMAP, "site-map" }, { LINE_DELAY, "crawl-delay" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_starts_nocase(key, str_of(names[i].name)))
			return names[i].kind;
	return LINE_OTHER;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/* "key: value # comment"; without a colon exactly two words are taken too. */
static bool
split(struct str line, struct str *ret_key, struct str *ret_value)
{
	size_t at;

	line = str_trim(str_sub(line, 0, str_find_char(line, '#')));
	at = str_find_char(line, ':');
	if (at == STR_NONE) {
		for (at = 0; at < line.n && !is_blank(line.p[at]); at++)
			;
		*ret_value = str_trim(str_sub(line, at, line.n));
		for (size_t i = 0; i < ret_value->n; i++)
			if (is_blank(ret_value->p[i]))
				return false;
	} else {
		*ret_value = str_trim(str_sub(line, at + 1, line.n));
	}
	*ret_key = str_trim(str_sub(line, 0, at));
	return at < line.n && ret_key->n > 0;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static char
upper(char c)
{
	return (char)(c >= 'a' && c <= 'f' ? c - ('a' - 'A') : c);
}

/* Section 2.2.2: octets outside of ASCII are compared percent-encoded. */
static struct str
encoded(struct arena *a, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t            more = 0, n = 0;
	char             *out;

	for (size_t i = 0; i < s.n; i++)
		more += (unsigned char)s.p[i] >= 0x80 ? 2 : s.p[i] == '%' ? 1 : 0;
	if (more == 0)
		return s;
	out = arena_take(a, s.n + more);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0x80) {
			out[n++] = '%';
			out[n++] = digits[c >> 4];
			out[n++] = digits[c & 15];
		} else if (c == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2])) {
			out[n++] = '%';
			out[n++] = upper(s.p[++i]);
			out[n++] = upper(s.p[++i]);
		} else {
			out[n++] = (char)c;
		}
	}
	return (struct str){ out, n };
}

static void
add_rule(struct arena *a, struct rules *to, struct robots_rule rule)
{
	if (to->n == to->cap) {
		size_t              cap = to->cap > 0 ? 2 * to->cap : 16;
		struct robots_rule *v = arena_array(a, cap, struct robots_rule);

		if (to->n > 0)
			memcpy(v, to->v, to->n * sizeof(*v));
		to->v = v;
		to->cap = cap;
	}
	to->v[to->n++] = rule;
}

/* Letters, - and _ name a product; what follows is its version or a mistake. */
static struct str
product_of(struct str value)
{
	size_t n = 0;

	while (n < value.n && ((value.p[n] >= 'a' && value.p[n] <= 'z') || (value.p[n] >= 'A' && value.p[n] <= 'Z') ||
	    value.p[n] == '-' || value.p[n] == '_'))
		n++;
	return str_sub(value, 0, n);
}

static void
read_agent(struct reader *r, struct str value)
{
	if (r->group_has_rules)
		r->in_ours = r->in_everybodys = r->group_has_rules = false;
	if (value.n > 0 && value.p[0] == '*' && (value.n == 1 || is_blank(value.p[1]))) {
		r->in_everybodys = true;
	} else if (str_eq_nocase(product_of(value), r->agent)) {
		r->in_ours = true;
		r->named = true;
	}
}

/* Seconds, perhaps with a fraction; nonsense is no delay. */
static int64_t
delay_ms(struct str s)
{
	int64_t ms = 0, unit = 1000;
	bool    in_fraction = false;

	if (s.n == 0)
		return ROBOTS_NO_DELAY;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && !in_fraction) {
			in_fraction = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return ROBOTS_NO_DELAY;
		if (in_fraction)
			unit /= 10;
		ms = in_fraction ? ms + (s.p[i] - '0') * unit : ms * 10 + (s.p[i] - '0') * 1000;
		if (ms > DAY_MS)
			return DAY_MS;
	}
	return ms;
}

static void
read_rule(struct reader *r, enum line kind, struct str value)
{
	struct rules      *to = r->in_ours ? &r->ours : &r->everybodys;
	struct robots_rule rule = { .allow = kind == LINE_ALLOW };

	if (!r->in_ours && !r->in_everybodys)
		return;
	if (kind == LINE_DELAY) {
		int64_t ms = delay_ms(value);

		to->delay_ms = ms > to->delay_ms ? ms : to->delay_ms;
		return;
	}
	r->group_has_rules = true;
	rule.pattern = encoded(r->arena, value);
	add_rule(r->arena, to, rule);
}

static void
read_line(struct reader *r, struct str line)
{
	struct str key, value;
	enum line  kind;

	if (!split(str_sub(line, 0, LIMIT_ROBOTS_LINE_B), &key, &value))
		return;
	kind = line_kind(key);
	if (kind == LINE_AGENT)
		read_agent(r, value);
	else if (kind == LINE_SITEMAP && value.n > 0 && r->out->sitemaps.n < LIMIT_LIST_N)
		r->out->sitemaps.v[r->out->sitemaps.n++] = value;
	else if (kind == LINE_ALLOW || kind == LINE_DISALLOW || kind == LINE_DELAY)
		read_rule(r, kind, value);
}

/* A byte order mark, or what an editor left of one. */
static struct str
without_mark(struct arena *a, struct bytes in)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct str        s = bytes_as_str(in);
	size_t            n = 0;

	if (in.n >= 2 && ((in.p[0] == 0xff && in.p[1] == 0xfe) || (in.p[0] == 0xfe && in.p[1] == 0xff))) {
		struct charset charset;

		return td_charset_decode(a, in, STR(""), &charset);
	}
	while (n < 3 && n < s.n && s.p[n] == mark[n])
		n++;
	return str_sub(s, n, s.n);
}

void
td_robots_parse(struct arena *a, struct bytes in, struct str agent, struct robots *ret)
{
	struct reader r = { .arena = a, .agent = agent, .out = ret, .ours.delay_ms = ROBOTS_NO_DELAY,
		.everybodys.delay_ms = ROBOTS_NO_DELAY };
	struct rules *binding;
	struct str    s;

	*ret = (struct robots){ .cut = in.n > LIMIT_ROBOTS_B };
	ret->sitemaps.v = arena_array(a, LIMIT_LIST_N, struct str);
	in.n = ret->cut ? LIMIT_ROBOTS_B : in.n;
	s = without_mark(a, in);
	for (size_t at = 0, from = 0; at <= s.n; at++) {
		if (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
			continue;
		if (at < s.n || !ret->cut)      /* half a line may say the opposite of the whole */
			read_line(&r, str_sub(s, from, at));
		from = at + 1;
	}
	ret->named = r.named;
	binding = r.named ? &r.ours : &r.everybodys;
	ret->rules.v = binding->v;
	ret->rules.n = binding->n;
	ret->crawl_delay_ms = binding->delay_ms;
}

/* Leftmost is enough: where a piece fits earlier, whatever follows has more room. */
static bool
matches(struct str pattern, bool to_end, struct str path)
{
	struct str rest = pattern, piece;
	size_t     at = 0;
	bool       first = true;

	while (str_cut(&rest, '*', &piece)) {
		struct str left = str_sub(path, at, path.n);
		size_t     where;

		if (rest.p == NULL && to_end)
			return first ? str_eq(left, piece) : str_ends(left, piece);
		where = first ? (str_starts(left, piece) ? 0 : STR_NONE) : str_find(left, piece);
		if (where == STR_NONE)
			return false;
		at += where + piece.n;
		first = false;
	}
	return true;
}

/* "/news/index.html" allowed allows "/news/" itself; how much that weighs. */
static size_t
folder_weight(struct str pattern, struct str path)
{
	size_t slash = pattern.n;

	while (slash > 0 && pattern.p[slash - 1] != '/')
		slash--;
	if (slash == 0 || !str_starts(str_sub(pattern, slash - 1, pattern.n), STR("/index.htm")))
		return 0;
	return matches(str_sub(pattern, 0, slash), true, path) ? slash + 1 : 0;
}

static size_t
find_any(struct str s, const char *set, size_t from)
{
	for (size_t i = from; i < s.n; i++)
		if (strchr(set, s.p[i]) != NULL && s.p[i] != '\0')
			return i;
	return s.n;
}

/* What is sent of an address; "/" stands in front when the address has none of its own. */
static struct str
path_of(struct str url, bool *ret_lacks_slash)
{
	size_t scheme = str_find(url, STR("://")), from = str_starts(url, STR("//")) ? 2 : 0, start, end;

	*ret_lacks_slash = false;
	if (scheme != STR_NONE && scheme < find_any(url, "/?;", from))
		from = scheme + 3;
	start = find_any(url, "/?;", from);
	end = str_find_char(url, '#');
	end = end == STR_NONE ? url.n : end;
	if (start >= end)
		return STR("/");
	*ret_lacks_slash = url.p[start] != '/';
	return str_sub(url, start, end);
}

/* How much a matching rule weighs; 0: it does not match, or says nothing. */
static size_t
weight(const struct robots_rule *rule, struct str path, bool lacks_slash)
{
	struct str pattern = rule->pattern;
	bool       to_end = str_ends(pattern, STR("$"));

	pattern = str_sub(pattern, 0, pattern.n - to_end);
	if (lacks_slash && pattern.n > 0 && pattern.p[0] != '*') {      /* "/?q" is compared from its second octet on */
		if (pattern.p[0] != '/')
			return 0;
		pattern = str_sub(pattern, 1, pattern.n);
	}
	if (matches(pattern, to_end, path))
		return rule->pattern.n;
	return rule->allow && !lacks_slash ? folder_weight(rule->pattern, path) : 0;
}

bool
td_robots_allow(const struct robots *r, struct str url)
{
	size_t     allow = 0, disallow = 0;
	bool       lacks_slash;
	struct str path = path_of(url, &lacks_slash);

	for (size_t i = 0; i < r->rules.n; i++) {
		size_t *best = r->rules.v[i].allow ? &allow : &disallow;
		size_t  w = r->rules.v[i].pattern.n + 2 > *best ? weight(&r->rules.v[i], path, lacks_slash) : 0;

		*best = w > *best ? w : *best;
	}
	return allow >= disallow;
}

enum robots_verdict
td_robots_verdict(int status, int64_t unreachable_s)
{
	if (status >= 200 && status < 300)
		return ROBOTS_READ;
	if (status >= 300 && status < 500 && status != 429)
		return ROBOTS_ALLOW_ALL;
	return unreachable_s < 30 * DAY_S ? ROBOTS_DENY_ALL : ROBOTS_ALLOW_ALL;
}
