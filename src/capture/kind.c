#include "capture/capture_private.h"

#include <stdio.h>

static const struct magic {
	struct str  bytes;
	const char *type, *what;
} magic[] = {
	{ { "\xff\xd8\xff", 3 }, "image/jpeg", "an image" }, { { "\x89PNG\r\n\x1a\n", 8 }, "image/png", "an image" },
	{ { "GIF8", 4 }, "image/gif", "an image" }, { { "%PDF-", 5 }, "application/pdf", "a PDF" },
	{ { "PK\3\4", 4 }, "application/zip", "a ZIP file or office document" },
	{ { "\xd0\xcf\x11\xe0", 4 }, "application/x-ole-storage", "an old office document" },
	{ { "\x1f\x8b", 2 }, "application/gzip", "a gzip file" }, { { "ID3", 3 }, "audio/mpeg", "a sound" },
	{ { "OggS", 4 }, "application/ogg", "a sound or film" },
};

bool
kind_is_warc(struct bytes b)
{
	/* A gzip file is asked in the jail what is in it: nothing is unpacked here. */
	return str_starts(bytes_as_str(b), STR("WARC/")) || str_starts(bytes_as_str(b), STR("\x1f\x8b"));
}

static struct str
say(struct arena *a, const char *what, const char *type)
{
	char text[256];

	snprintf(text, sizeof(text), "%s (%s), kept as evidence; there is no text to read", what, type);
	return arena_copy(a, str_of(text));
}

static bool
looks_like_html(struct str s)
{
	s = str_sub(s, 0, 1024);
	return str_find_nocase(s, STR("<!doctype html")) != STR_NONE || str_find_nocase(s, STR("<html")) != STR_NONE ||
	    str_find_nocase(s, STR("<head")) != STR_NONE || str_find_nocase(s, STR("<body")) != STR_NONE ||
	    str_find_nocase(s, STR("<p")) != STR_NONE;
}

static bool
is_html_type(struct str type)
{
	return str_eq(type, STR("text/html")) || str_eq(type, STR("application/xhtml+xml"));
}

enum document_kind
kind_of(struct arena *a, struct bytes b, struct str *media_type, struct str coding, struct str *ret_said)
{
	struct str s = bytes_as_str(b);
	bool       is_wide = str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff"));

	*ret_said = STR("");
	if (coding.n > 0)
		return is_html_type(*media_type) || media_type->n == 0 ? DOCUMENT_HTML :
		    str_starts(*media_type, STR("text/")) ? DOCUMENT_TEXT : DOCUMENT_OTHER;
	for (size_t i = 0; i < sizeof(magic) / sizeof(*magic); i++)
		if (str_starts(s, magic[i].bytes)) {
			*media_type = str_of(magic[i].type);
			*ret_said = say(a, magic[i].what, magic[i].type);
			return DOCUMENT_OTHER;
		}
	if (!is_wide && s.n > 0 && memchr(s.p, '\0', s.n < 4096 ? s.n : 4096) != NULL) {
		*ret_said = say(a, "a file that is no text", "application/octet-stream");
		return DOCUMENT_OTHER;
	}
	if (is_html_type(*media_type) || (media_type->n == 0 && looks_like_html(s))) {
		*media_type = media_type->n > 0 ? *media_type : STR("text/html");
		return DOCUMENT_HTML;
	}
	if (media_type->n == 0)
		*media_type = STR("text/plain");
	return str_starts(*media_type, STR("text/")) && looks_like_html(s) && !str_eq(*media_type, STR("text/plain")) ?
	    DOCUMENT_HTML : DOCUMENT_TEXT;
}
