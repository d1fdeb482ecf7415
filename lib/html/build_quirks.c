#include "html/build_private.h"

/* Which doctype means quirks: the lists of section 13.2.6.4.1. */

static const char *const quirky[] = { "+//Silmaril//dtd html Pro v0r11 19970101//", "-//AS//DTD HTML 3.0 asWedit + extensions//",
	"-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//", "-//IETF//DTD HTML 2.0 Level 1//",
	"-//IETF//DTD HTML 2.0 Level 2//", "-//IETF//DTD HTML 2.0 Strict Level 1//", "-//IETF//DTD HTML 2.0 Strict Level 2//",
	"-//IETF//DTD HTML 2.0 Strict//", "-//IETF//DTD HTML 2.0//", "-//IETF//DTD HTML 2.1E//", "-//IETF//DTD HTML 3.0//",
	"-//IETF//DTD HTML 3.2 Final//", "-//IETF//DTD HTML 3.2//", "-//IETF//DTD HTML 3//", "-//IETF//DTD HTML Level 0//",
	"-//IETF//DTD HTML Level 1//", "-//IETF//DTD HTML Level 2//", "-//IETF//DTD HTML Level 3//",
	"-//IETF//DTD HTML Strict Level 0//", "-//IETF//DTD HTML Strict Level 1//", "-//IETF//DTD HTML Strict Level 2//",
	"-//IETF//DTD HTML Strict Level 3//", "-//IETF//DTD HTML Strict//", "-//IETF//DTD HTML//",
	"-//Metrius//DTD Metrius Presentational//", "-//Microsoft//DTD Internet Explorer 2.0 HTML Strict//",
	"-//Microsoft//DTD Internet Explorer 2.0 HTML//", "-//Microsoft//DTD Internet Explorer 2.0 Tables//",
	"-//Microsoft//DTD Internet Explorer 3.0 HTML Strict//", "-//Microsoft//DTD Internet Explorer 3.0 HTML//",
	"-//Microsoft//DTD Internet Explorer 3.0 Tables//", "-//Netscape Comm. Corp.//DTD HTML//",
	"-//Netscape Comm. Corp.//DTD Strict HTML//", "-//O'Reilly and Associates//DTD HTML 2.0//",
	"-//O'Reilly and Associates//DTD HTML Extended 1.0//", "-//O'Reilly and Associates//DTD HTML Extended Relaxed 1.0//",
	"-//SQ//DTD HTML 2.0 HoTMetaL + extensions//", "-//SoftQuad Software//DTD HoTMetaL PRO 6.0::19990601::extensions to HTML 4.0//",
	"-//SoftQuad//DTD HoTMetaL PRO 4.0::19971010::extensions to HTML 4.0//", "-//Spyglass//DTD HTML 2.0 Extended//",
	"-//Sun Microsystems Corp.//DTD HotJava HTML//", "-//Sun Microsystems Corp.//DTD HotJava Strict HTML//",
	"-//W3C//DTD HTML 3 1995-03-24//", "-//W3C//DTD HTML 3.2 Draft//", "-//W3C//DTD HTML 3.2 Final//",
	"-//W3C//DTD HTML 3.2//", "-//W3C//DTD HTML 3.2S Draft//", "-//W3C//DTD HTML 4.0 Frameset//",
	"-//W3C//DTD HTML 4.0 Transitional//", "-//W3C//DTD HTML Experimental 19960712//",
	"-//W3C//DTD HTML Experimental 970421//", "-//W3C//DTD W3 HTML//", "-//W3O//DTD W3 HTML 3.0//",
	"-//WebTechs//DTD Mozilla HTML 2.0//", "-//WebTechs//DTD Mozilla HTML//" };

static bool
starts(struct str id, const char *with)
{
	return str_starts_nocase(id, str_of(with));
}

static bool
is_quirky(struct str id)
{
	for (size_t i = 0; i < sizeof(quirky) / sizeof(*quirky); i++)
		if (starts(id, quirky[i]))
			return true;
	return str_eq_nocase(id, STR("-//W3O//DTD W3 HTML Strict 3.0//EN//")) ||
	    str_eq_nocase(id, STR("-/W3C/DTD HTML 4.0 Transitional/EN")) || str_eq_nocase(id, STR("HTML"));
}

static bool
is_html_401(struct str id)
{
	return starts(id, "-//W3C//DTD HTML 4.01 Frameset//") || starts(id, "-//W3C//DTD HTML 4.01 Transitional//");
}

enum html_quirks
td_quirks_of(const struct token *tok)
{
	struct str id = tok->public_id;

	if (tok->force_quirks || !str_eq(tok->name, STR("html")) || is_quirky(id) ||
	    str_eq_nocase(tok->system_id, STR("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")))
		return QUIRKS_YES;
	if (is_html_401(id))
		return tok->system_id.p == NULL ? QUIRKS_YES : QUIRKS_LIMITED;
	if (starts(id, "-//W3C//DTD XHTML 1.0 Frameset//") || starts(id, "-//W3C//DTD XHTML 1.0 Transitional//"))
		return QUIRKS_LIMITED;
	return QUIRKS_NO;
}
