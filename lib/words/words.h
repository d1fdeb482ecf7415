/*
 * words - the sentences of the program, in the languages it speaks.
 *
 * Sentences live in po/LANG.po under ids ("desk.add.label"); the build makes
 * one sorted table of them (tools/potab.c), so one process can serve an
 * English and a Korean reader at once.  An id that is missing in a language
 * does not build; an id that nobody uses fails the test words/ids.
 *
 *     enum words_lang lang = td_words_choose(accept_language, offered);
 *     struct str label = td_words(lang, STR("desk.add.label"));
 *     struct str line = td_words_fill(&arena, td_words(lang, STR("desk.foot.ledger")), &size, 1);
 */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include "base/arena.h"

enum words_lang { WORDS_EN, WORDS_KO, WORDS_LANG__COUNT };

struct str td_words_tag(enum words_lang);       /* BCP 47: "en" */
struct str td_words_name(enum words_lang);      /* as its readers write it: "한국어" */

/* "ko", "KO-kr" and "ko_KR" are WORDS_KO; false when we do not speak it. */
bool       td_words_lang(struct str tag, enum words_lang *ret);

/* The sentence, in English when there is none; empty when nobody knows the id. */
struct str td_words(enum words_lang, struct str id);

/* {1} … {9} of a sentence replaced by args[0] …; a place without an argument stays as it is. */
struct str td_words_fill(struct arena *, struct str sentence, const struct str *args, size_t n);

/*
 * The best of the offered languages (a bit for each, at least one) for an
 * Accept-Language field, RFC 9110 section 12.5.4.  Without a match: English if
 * offered, else the first that is.
 */
enum words_lang td_words_choose(struct str accept_language, unsigned offered);

#endif
