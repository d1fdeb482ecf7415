#include "text/decode.h"

#include "text/decode_private.h"

enum { CHUNK_B = 16 * 1024 };

struct decoder {
	const char *name;
	void      (*run)(struct decoding *);
	int         single;             /* enum index_single */
};

static const struct decoder decoders[] = {
	{ "EUC-KR", td_decode_euc_kr, 0 }, { "GBK", td_decode_gb18030, 0 }, { "gb18030", td_decode_gb18030, 0 },
	{ "Big5", td_decode_big5, 0 }, { "Shift_JIS", td_decode_shift_jis, 0 }, { "EUC-JP", td_decode_euc_jp, 0 },
	{ "ISO-2022-JP", td_decode_iso_2022_jp, 0 }, { "UTF-16LE", td_decode_utf16, 0 }, { "UTF-16BE", td_decode_utf16, 0 },
	{ "x-user-defined", td_decode_user_defined, 0 }, { "replacement", td_decode_replacement, 0 },
	{ "windows-1252", td_decode_single, INDEX_WINDOWS_1252 }, { "windows-1251", td_decode_single, INDEX_WINDOWS_1251 },
	{ "windows-1250", td_decode_single, INDEX_WINDOWS_1250 }, { "windows-1253", td_decode_single, INDEX_WINDOWS_1253 },
	{ "windows-1254", td_decode_single, INDEX_WINDOWS_1254 }, { "windows-1255", td_decode_single, INDEX_WINDOWS_1255 },
	{ "windows-1256", td_decode_single, INDEX_WINDOWS_1256 }, { "windows-1257", td_decode_single, INDEX_WINDOWS_1257 },
	{ "windows-1258", td_decode_single, INDEX_WINDOWS_1258 }, { "windows-874", td_decode_single, INDEX_WINDOWS_874 },
	{ "KOI8-R", td_decode_single, INDEX_KOI8_R }, { "KOI8-U", td_decode_single, INDEX_KOI8_U },
	{ "ISO-8859-2", td_decode_single, INDEX_ISO_8859_2 }, { "ISO-8859-3", td_decode_single, INDEX_ISO_8859_3 },
	{ "ISO-8859-4", td_decode_single, INDEX_ISO_8859_4 }, { "ISO-8859-5", td_decode_single, INDEX_ISO_8859_5 },
	{ "ISO-8859-6", td_decode_single, INDEX_ISO_8859_6 }, { "ISO-8859-7", td_decode_single, INDEX_ISO_8859_7 },
	{ "ISO-8859-8", td_decode_single, INDEX_ISO_8859_8 }, { "ISO-8859-8-I", td_decode_single, INDEX_ISO_8859_8 },
	{ "ISO-8859-10", td_decode_single, INDEX_ISO_8859_10 }, { "ISO-8859-13", td_decode_single, INDEX_ISO_8859_13 },
	{ "ISO-8859-14", td_decode_single, INDEX_ISO_8859_14 }, { "ISO-8859-15", td_decode_single, INDEX_ISO_8859_15 },
	{ "ISO-8859-16", td_decode_single, INDEX_ISO_8859_16 }, { "IBM866", td_decode_single, INDEX_IBM866 },
	{ "macintosh", td_decode_single, INDEX_MACINTOSH }, { "x-mac-cyrillic", td_decode_single, INDEX_X_MAC_CYRILLIC },
};

static const struct decoder *
decoder_of(const char *name)
{
	for (size_t i = 0; i < sizeof(decoders) / sizeof(*decoders); i++)
		if (strcmp(decoders[i].name, name) == 0)
			return &decoders[i];
	return NULL;
}

/* A chunk at a time, so that a decoder asks for room once and not for each character. */
static void
run(const struct decoder *with, struct bytes in, struct buf *out, size_t *replaced)
{
	struct decoding d = { .p = in.p, .end = in.p + in.n, .index = td_index_single[with->single],
		.big_endian = strcmp(with->name, "UTF-16BE") == 0 };

	while (d.p < d.end) {
		size_t n = (size_t)(d.end - d.p) < CHUNK_B ? (size_t)(d.end - d.p) : CHUNK_B;
		char  *room = buf_room(out, 3 * n + DECODE_SPARE);

		if (room == NULL)
			break;
		d.soft = d.p + n;
		d.out = (unsigned char *)room;
		with->run(&d);
		out->n += (size_t)((char *)d.out - room);
	}
	*replaced += d.errors;
}

/* Section 8.1.1: each maximal part of a sequence that cannot go on is one error. */
static void
run_utf8(struct bytes in, struct buf *out, size_t *replaced)
{
	while (in.n > 0) {
		size_t good = td_utf8_valid_prefix(in);

		buf_add_bytes(out, (struct bytes){ in.p, good });
		in = (struct bytes){ in.p + good, in.n - good };
		if (in.n == 0)
			break;
		td_utf8_add(out, UTF8_REPLACEMENT);
		++*replaced;
		good = td_utf8_bad_length(in);
		in = (struct bytes){ in.p + good, in.n - good };
	}
}

struct str
td_decode(struct arena *a, struct bytes in, const char *name, size_t *replaced)
{
	const struct decoder *with = decoder_of(name);
	struct buf            out = BUF_INIT(3 * in.n + CHUNK_B);

	if (with != NULL)
		run(with, in, &out, replaced);
	else if (td_utf8_is_valid(in))
		return bytes_as_str(in);
	else
		run_utf8(in, &out, replaced);
	return buf_keep(&out, a);
}
