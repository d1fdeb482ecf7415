/* The tree of parts, walked once from the outside in: what is text to be read, what is attached. */
#include "mail/mail_private.h"

#include "base/limits.h"

struct walk {
	struct arena *arena;
	struct mail  *mail;
};

static struct mail_part *
add_part(struct walk *w)
{
	struct mail *m = w->mail;

	if (m->parts.n == MAIL_PARTS_N) {
		m->cut = true;
		return NULL;
	}
	if (m->parts.v == NULL)
		m->parts.v = arena_array(w->arena, MAIL_PARTS_N, struct mail_part);
	return &m->parts.v[m->parts.n++];
}

static struct bytes
field(struct walk *w, const struct mail_head *h, struct str name)
{
	struct bytes v = { NULL, 0 };

	(void)td_mail_field(w->arena, h, name, 0, &v);
	return v;
}

/* A line that is "--boundary" or "--boundary--"; how it goes on is left to white space. */
static bool
is_boundary(struct str line, struct str boundary, bool *ret_last)
{
	if (!str_starts(line, STR("--")) || !str_starts(str_sub(line, 2, line.n), boundary))
		return false;
	line = str_trim(str_sub(line, 2 + boundary.n, line.n));
	*ret_last = str_eq(line, STR("--"));
	return line.n == 0 || *ret_last;
}

/* Without a boundary that was said: the first line that looks like one. */
static struct str
guess_boundary(struct bytes body)
{
	struct str rest = str_sub(bytes_as_str(body), 0, 64 * KiB), line;

	while (str_cut(&rest, '\n', &line))
		if (str_starts(line, STR("--")) && str_trim(line).n > 10 && str_find_char(str_trim(line), ' ') == STR_NONE)
			return str_sub(str_trim(line), 2, str_trim(line).n);
	return STR("");
}

/* The line end before a boundary is the boundary's. */
static struct bytes
before_boundary(const char *from, const char *to)
{
	to -= to > from && to[-1] == '\n';
	to -= to > from && to[-1] == '\r';
	return (struct bytes){ (const unsigned char *)from, (size_t)(to - from) };
}

static void walk_part(struct walk *, struct bytes part, int depth, int messages, bool in_digest);

/* Of what has come since `from`, the last readable text of its message stays body; before it stand plainer forms. */
static void
choose(struct mail *m, size_t from)
{
	size_t best = STR_NONE;

	for (size_t i = from; i < m->parts.n; i++)
		if (m->parts.v[i].role == MAIL_BODY && (best == STR_NONE || str_eq(m->parts.v[i].type, STR("text/html")) ||
		    !str_eq(m->parts.v[best].type, STR("text/html"))))
			best = i;
	for (size_t i = from; i < m->parts.n; i++)
		if (m->parts.v[i].role == MAIL_BODY && i != best)
			m->parts.v[i].role = MAIL_LESSER;
}

static void
walk_multipart(struct walk *w, struct str type, struct bytes body, struct str boundary, int depth, int messages)
{
	struct str rest = bytes_as_str(body), line;
	size_t     first = w->mail->parts.n;
	const char *from = NULL;
	bool       last = false;

	if (boundary.n == 0)
		boundary = guess_boundary(body);
	while (!last && rest.p != NULL && str_cut(&rest, '\n', &line)) {
		if (boundary.n == 0 || !is_boundary(line, boundary, &last))
			continue;
		if (from != NULL)
			walk_part(w, before_boundary(from, line.p), depth, messages, str_eq(type, STR("multipart/digest")));
		from = line.p + line.n + (rest.p != NULL);
	}
	if (from == NULL)                       /* no boundary is there: it is all one text */
		from = bytes_as_str(body).p;
	if (!last && from != NULL)              /* the end is missing */
		walk_part(w, (struct bytes){ (const unsigned char *)from, (size_t)((const char *)body.p + body.n - from) }, depth, messages, false);
	if (str_eq(type, STR("multipart/alternative")))
		choose(w->mail, first);
}

static void
take_person_and_date(struct walk *w, const struct mail_head *h, struct mail *m)
{
	struct bytes v;

	m->subject = td_mail_words(w->arena, field(w, h, STR("Subject")));
	if (td_mail_field(w->arena, h, STR("From"), 0, &v) || td_mail_field(w->arena, h, STR("Sender"), 0, &v))
		m->from = td_mail_person(w->arena, v);
	m->date_text = td_mail_words(w->arena, field(w, h, STR("Date")));
	(void)civil_parse_rfc822(m->date_text, &m->date);
	m->location = td_mail_words(w->arena, field(w, h, STR("Snapshot-Content-Location")));
	if (m->location.n == 0)
		m->location = td_mail_words(w->arena, field(w, h, STR("Content-Location")));
	m->is_list = td_mail_field(w->arena, h, STR("List-Id"), 0, &v) || td_mail_field(w->arena, h, STR("List-Unsubscribe"), 0, &v) ||
	    (td_mail_field(w->arena, h, STR("Precedence"), 0, &v) && !str_eq_nocase(bytes_as_str(v), STR("first-class")));
}

static void
walk_message(struct walk *w, struct bytes body, int depth, int messages)
{
	struct mail_head  h = { { NULL, 0 } };
	struct bytes      inner;
	struct mail_part *p = add_part(w);

	if (p == NULL)
		return;
	td_mail_split(body, &h, &inner);
	*p = (struct mail_part){ .role = MAIL_MESSAGE, .type = STR("message/rfc822"), .size_b = body.n, .depth = messages,
		.name = td_mail_words(w->arena, field(w, &h, STR("Subject"))) };
	walk_part(w, body, depth, messages + 1, false);
}

static enum mail_role
role_of(struct str type, struct bytes disposition, struct str name)
{
	bool is_text = str_eq(type, STR("text/plain")) || str_eq(type, STR("text/html")) || str_eq(type, STR("text/markdown"));

	if (!is_text || str_starts_nocase(bytes_as_str(disposition), STR("attachment")))
		return MAIL_ATTACHED;
	return name.n > 0 && !str_starts_nocase(bytes_as_str(disposition), STR("inline")) ? MAIL_ATTACHED : MAIL_BODY;
}

static void
add_leaf(struct walk *w, const struct mail_head *h, struct bytes content_type, struct str type, struct bytes body, int messages)
{
	struct bytes      disposition = field(w, h, STR("Content-Disposition"));
	struct str        encoding = td_mail_essence(w->arena, field(w, h, STR("Content-Transfer-Encoding")));
	struct mail_part *p = add_part(w);

	if (p == NULL)
		return;
	*p = (struct mail_part){ .type = type, .depth = messages, .charset = td_mail_param(w->arena, content_type, STR("charset")),
		.name = td_mail_param(w->arena, disposition, STR("filename")) };
	if (p->name.n == 0)
		p->name = td_mail_param(w->arena, content_type, STR("name"));
	p->role = role_of(type, disposition, p->name);
	/* Attachments are measured, not unpacked: four letters of base64 are three bytes. */
	p->size_b = str_eq(encoding, STR("base64")) ? body.n / 4 * 3 : body.n;
	if (p->role != MAIL_BODY)
		return;
	p->body = td_mail_decode(w->arena, body, encoding);
	p->size_b = p->body.n;
	p->is_flowed = str_eq_nocase(td_mail_param(w->arena, content_type, STR("format")), STR("flowed"));
	p->is_delsp = str_eq_nocase(td_mail_param(w->arena, content_type, STR("delsp")), STR("yes"));
}

static void
walk_part(struct walk *w, struct bytes part, int depth, int messages, bool in_digest)
{
	struct mail_head h = { { NULL, 0 } };
	struct bytes     body, content_type;
	struct str       type;

	td_mail_split(part, &h, &body);
	content_type = field(w, &h, STR("Content-Type"));
	type = td_mail_essence(w->arena, content_type);
	if (str_find_char(type, '/') == STR_NONE)
		type = in_digest ? STR("message/rfc822") : STR("text/plain");
	if (depth == MAIL_DEPTH_N) {
		w->mail->cut = true;
		return;
	}
	if (str_starts(type, STR("multipart/")))
		walk_multipart(w, type, body, td_mail_param(w->arena, content_type, STR("boundary")), depth + 1, messages);
	else if (str_eq(type, STR("message/rfc822")) || str_eq(type, STR("message/global")))
		walk_message(w, td_mail_decode(w->arena, body, td_mail_essence(w->arena, field(w, &h, STR("Content-Transfer-Encoding")))),
		    depth + 1, messages);
	else
		add_leaf(w, &h, content_type, type, body, messages);
}

void
td_mail_read(struct arena *a, struct bytes in, struct mail *ret)
{
	struct walk      w = { .arena = a, .mail = ret };
	struct mail_head h = { { NULL, 0 } };
	struct bytes     body;

	*ret = (struct mail){ 0 };
	while (in.n > 0 && (in.p[0] == '\n' || in.p[0] == '\r'))
		in = (struct bytes){ in.p + 1, in.n - 1 };
	td_mail_split(in, &h, &body);
	take_person_and_date(&w, &h, ret);
	walk_part(&w, in, 0, 0, false);
}
