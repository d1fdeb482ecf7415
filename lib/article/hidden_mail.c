#include "article/hidden_mail.h"

#include "text/utf8.h"

enum { DIGITS_MAX = 2 * 320 };

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str
td_hidden_mail(struct arena *a, struct str digits)
{
	char  *p;
	size_t n = 0;
	int    key = 0;

	if (digits.n < 10 || digits.n > DIGITS_MAX || digits.n % 2 != 0)
		return STR("");
	p = arena_take(a, digits.n / 2);
	for (size_t i = 0; i < digits.n; i += 2) {
		int high = hex(digits.p[i]), low = hex(digits.p[i + 1]);

		if (high < 0 || low < 0)
			return STR("");
		if (i == 0)
			key = high << 4 | low;
		else
			p[n++] = (char)((high << 4 | low) ^ key);
	}
	if (!td_utf8_is_valid((struct bytes){ (const unsigned char *)p, n }) || memchr(p, '@', n) == NULL || memchr(p, '\0', n) != NULL)
		return STR("");
	return (struct str){ p, n };
}

static struct html_attr *
attr(struct html_node *e, struct str name)
{
	for (size_t i = 0; i < e->attrs_n; i++)
		if (str_eq(e->attrs[i].name, name))
			return &e->attrs[i];
	return NULL;
}

static struct str
as_link(struct arena *a, struct str address)
{
	char *p = arena_take(a, address.n + 7);

	memcpy(p, "mailto:", 7);
	memcpy(p + 7, address.p, address.n);
	return (struct str){ p, address.n + 7 };
}

static void
show(struct arena *a, struct html_node *e)
{
	struct html_attr *digits = attr(e, STR("data-cfemail")), *href = attr(e, STR("href"));
	struct str        address = digits != NULL ? td_hidden_mail(a, digits->value) : STR("");
	size_t            at = href != NULL ? str_find(href->value, STR("/cdn-cgi/l/email-protection")) : STR_NONE, mark;

	if (address.n > 0 && e->first != NULL && e->first->kind == HTML_TEXT)
		e->first->text = address;
	if (at == STR_NONE)
		return;
	if (address.n == 0 && (mark = str_find_char(href->value, '#')) != STR_NONE)
		address = td_hidden_mail(a, str_sub(href->value, mark + 1, href->value.n));
	if (address.n > 0)
		href->value = as_link(a, address);
}

void
td_hidden_mail_show(struct arena *a, struct html_tree *tree)
{
	for (struct html_node *n = tree->document; n != NULL; n = td_html_next(n, tree->document))
		if (n->kind == HTML_ELEMENT && n->attrs_n > 0)
			show(a, n);
}
