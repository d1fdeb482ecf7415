/* What the makers of pages call their parts, by first letter.  Private to furniture.c and its test. */
#ifndef ARTICLE_FURNITURE_WORDS_H
#define ARTICLE_FURNITURE_WORDS_H

#include <stdint.h>

/*
 * What the makers of pages call the parts that are not the story.  Chosen by counting: of the words in the class
 * and id names of the development pages, those that stand over text of the story on less than one site in fifteen
 * (hard) or in six (soft), on at least a dozen sites; and their sisters in other languages.  '*': and what begins so.
 */
static const char *const hard_words[26] = {
	['a' - 'a'] = "account addthis", ['b' - 'a'] = "breadcrumb* burger",
	['c' - 'a'] = "colophon coment* comment* consent* cookie* copyright", ['d' - 'a'] = "disclaimer disqus* dropdown",
	['f' - 'a'] = "feedback flyout follow foot footer*", ['g' - 'a'] = "gdpr", ['k' - 'a'] = "koment* komment*",
	['l' - 'a'] = "login", ['m' - 'a'] = "masthead mega megamenu menu",
	['n' - 'a'] = "nav navbar navigation newsletter* nocontent", ['o' - 'a'] = "outbrain",
	['p' - 'a'] = "pager pagination pingback pinglun popover popup privacy",
	['r' - 'a'] = "reactie* recentcomments recommend* relacionad* related* respond",
	['s' - 'a'] = "share sharebar sharedaddy sharing signup social submenu subnav subscribe subscription",
	['t' - 'a'] = "taboola tagcloud textwidget tooltip trackback trending", ['v' - 'a'] = "verwandt*",
	['w' - 'a'] = "widgets", ['y' - 'a'] = "yorum*"
};
static const char *const soft_words[26] = {
	['a' - 'a'] = "actions ad ads advert* aside author authors avatar",
	['b' - 'a'] = "banner* bio blind btn button buttons byline",
	['c' - 'a'] = "carousel cart categories close contact credit credits cta", ['d' - 'a'] = "download",
	['e' - 'a'] = "email", ['f' - 'a'] = "form", ['h' - 'a'] = "header hidden hide", ['i' - 'a'] = "icon icons infobox",
	['l' - 'a'] = "latest like link links logo", ['m' - 'a'] = "meta metadata mobile modal more most",
	['n' - 'a'] = "notice", ['o' - 'a'] = "overlay", ['p' - 'a'] = "policy popular preview print promo",
	['r' - 'a'] = "rating recent reviews", ['s' - 'a'] = "search secondary sidebar* sponsor* sr sub",
	['t' - 'a'] = "tags taxonomy teaser* thumb toc toolbar tools topbar", ['u' - 'a'] = "url utility",
	['v' - 'a'] = "visually", ['w' - 'a'] = "widget"
};

/* What they call the posts of a discussion, and things for sale. */
static const char *const post_words[26] = {
	['a' - 'a'] = "answer answers", ['f' - 'a'] = "forum forums", ['m' - 'a'] = "message messages",
	['r' - 'a'] = "replies reply", ['t' - 'a'] = "thread threads topic"
};
static const char *const goods_words[26] = {
	['b' - 'a'] = "basket buy", ['c' - 'a'] = "cart checkout", ['p' - 'a'] = "price prices pricing product products",
	['s' - 'a'] = "shop sku", ['v' - 'a'] = "variant variants", ['w' - 'a'] = "wishlist"
};

/* The second letters of all words above, by first letter, bit 0 for a: most names of pages are none of ours, and end here. */
static const uint32_t second_letters[26] = {
	['a' - 'a'] = 0x034200c, ['b' - 'a'] = 0x11a0901, ['c' - 'a'] = 0x00a4881, ['d' - 'a'] = 0x0024100,
	['e' - 'a'] = 0x0001000, ['f' - 'a'] = 0x0004810, ['g' - 'a'] = 0x0000008, ['h' - 'a'] = 0x0000110,
	['i' - 'a'] = 0x0002004, ['k' - 'a'] = 0x0004000, ['l' - 'a'] = 0x0004101, ['m' - 'a'] = 0x0004011,
	['n' - 'a'] = 0x0004011, ['o' - 'a'] = 0x0300000, ['p' - 'a'] = 0x0024101, ['r' - 'a'] = 0x0000011,
	['s' - 'a'] = 0x012c590, ['t' - 'a'] = 0x0024091, ['u' - 'a'] = 0x00a0000, ['v' - 'a'] = 0x0000111,
	['w' - 'a'] = 0x0000100, ['y' - 'a'] = 0x0004000
};

#endif
