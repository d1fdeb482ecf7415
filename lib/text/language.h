/*
 * language - in what language a text is written.
 *
 *     struct language_guess g;
 *     td_language_guess(text, &g);
 *     if (g.code[0] != '\0' && g.is_sure) ...         // "ko"
 *
 * The script decides where one language of the news has it for itself; elsewhere quadgrams do (CLD2 with its full
 * tables, 160 languages); what it confuses (hr/bs/sr, id/ms, bg/sr, da/no) is told apart by small words and letters.
 * At most LANGUAGE_LOOK_B bytes are read.  No global state; CLD2 takes about 100 kB while it works, and ends the
 * program when even that cannot be had.
 */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include "base/arena.h"
#include "base/str.h"

#define LANGUAGE_LOOK_B 1200

struct language_guess {
	const char *code;       /* BCP 47, constant: "ko", "zh-Hant"; "" when nothing can be said */
	bool        is_sure;    /* else the best guess of a text that is short or mixed */
	const char *why;        /* "its script", "its letters", "its words"; constant */
};

/* text: valid UTF-8. */
void td_language_guess(struct str text, struct language_guess *ret);

enum language_near {
	LANGUAGES_APART,
	LANGUAGES_NEAR,         /* cousins that a short text does not tell apart: da and no, hi and ne, fa and ar */
	LANGUAGES_ALIKE         /* one language, or two that not even a long text need tell apart: no and nb, hr and bs, id and ms */
};
/* Codes as above; ASCII case, and what stands behind the first '-', do not count. */
enum language_near td_languages_near(struct str, struct str);

/* The name of a language in another (CLDR): "ko" in "en" is "Korean".  What has no name there is its code; in the arena or `code`. */
struct str td_language_name(struct arena *, struct str code, struct str in);

#endif
