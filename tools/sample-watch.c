/*
 * sample-watch DESK [--many SOURCES ITEMS] - sources of our own inventing, and what they announced in the last weeks.
 *
 * The sample desk asks nobody, so its sources' past is played here: the store
 * is the real one, its clock is turned by hand, and lib/schedule learns from
 * the answers as it would.  --many makes a large desk for tests and for
 * looking at: Korean and English titles, some of them very long.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "schedule/schedule.h"
#include "store/verbs.h"

#define HOUR_US (3600 * US_PER_S)
#define EVENTS_N 600

struct sample {
	const char      *url, *home, *title, *folder, *language, *country, *reliability;
	int              every_h, quiet_h;      /* hours between two items; hours since the last */
	enum answer_kind trouble;               /* of its last answers; ANSWER_NEWS: none */
	const char      *said;                  /* the trouble in the watch's words */
	int              trouble_h;             /* for how long */
	enum source_state state;
	const char *const *titles, *const *texts;       /* texts: of the first ones; NULL: none */
	int              n;
};

static const char *const wire_titles[] = {
	"Ministry declines to say why rights group lost its office", "Court hears appeal of three balloon activists",
	"Parliament debates budget for resettlement of defectors", "Police ask newspaper for names of its sources",
	"Report: fewer crossings at the northern river this winter", "Church aid group says its account was frozen",
	"UN envoy asks for access to detained fishermen", "Archive of testimonies looks for a new home",
	"Broadcaster ends its night programme for listeners in the North", "Two officials dismissed after questions about lists" };
static const char *const wire_texts[] = {
	"The ministry said on Tuesday that it would not comment on single cases. The group had been told in March that its lease would end.",
	"The three were fined in the first instance for launching leaflets.", "",
	"Editors said they would not hand over anything without a warrant." };
static const char *const korean_titles[] = {
	"통일부, 북한인권단체 사무실 이전 요구에 “확인해 줄 수 없다”", "대북전단 활동가 3명 항소심 첫 공판 열려", "탈북민 정착지원 예산 삭감안 국회 상임위 통과",
	"국경 지역 주민 “올겨울 강을 건넌 사람 거의 없어”", "증언 기록 보관소, 새 사무실 구하지 못해 이삿짐 창고로", "유엔 특별보고관, 억류 선원 접견 허용 촉구",
	"대북 라디오 방송 심야 프로그램 이달 말 종료", "교회 구호단체 계좌 동결에 이의 신청" };
static const char *const korean_texts[] = {
	"통일부는 25일 개별 사안에 대해서는 확인해 줄 수 없다고 밝혔다. 이 단체는 지난 3월 임대 계약이 연장되지 않는다는 통보를 받았다고 말했다.",
	"활동가들은 1심에서 벌금형을 받았다.", "" };
static const char *const bulletin_titles[] = { "Weekly bulletin: prisons", "Weekly bulletin: courts", "Weekly bulletin: press" };
static const char *const long_titles[] = {
	("Statement of the preparatory committee of the coalition of organisations for the documentation of enforced disappearances on the "
	 "occasion of the day of remembrance, with the names of the organisations that have signed it and those that will sign it later"),
	"https://registry.example/very/long/address/without/a/single/space/that/must/break/somewhere/or/push/the/page/wide?id=0123456789abcdef",
	"북한이탈주민의보호및정착지원에관한법률일부개정법률안에대한공동의견서및서명단체명단그리고향후일정안내문" };

static const struct sample samples[] = {
	{ "https://wire.example/feed.xml", "https://wire.example/", "Sample Wire", "Korea", "en", "KR", "Invented for this sample.", 7, 3,
	  ANSWER_NEWS, "", 0, SOURCE_ACTIVE, wire_titles, wire_texts, 10 },
	{ "https://soshik.example/rss", "https://soshik.example/", "견본 통신", "한국어", "ko", "KR", "이 견본을 위해 지어낸 출처입니다.", 9, 2,
	  ANSWER_NEWS, "", 0, SOURCE_ACTIVE, korean_titles, korean_texts, 8 },
	{ "https://bulletin.example/atom.xml", "https://bulletin.example/", "Quiet Bulletin", "Korea", "en", "", "", 24, 9 * 24,
	  ANSWER_NEWS, "", 0, SOURCE_ACTIVE, bulletin_titles, NULL, 3 },
	{ "https://gazette.example/news.rss", "https://gazette.example/", "Gone Gazette", "Korea", "en", "", "", 48, 10 * 24,
	  ANSWER_GONE, "the server answered 410", 8 * 24, SOURCE_ACTIVE, bulletin_titles, NULL, 3 },
	{ "https://gate.example/feed", "https://gate.example/", "Shut Gate", "", "en", "", "", 24, 4 * 24, ANSWER_ROBOTS,
	  "the site's robots.txt asks us to stay away; it was not asked (say why it should be, and it will be)", 3 * 24, SOURCE_ACTIVE,
	  bulletin_titles, NULL, 3 },
	{ "https://registry.example/opinions.json", "https://registry.example/", "국가인권기구설립및운영에관한시민사회공동대응모임 소식지", "한국어", "ko", "KR",
	  "", 60, 20, ANSWER_NEWS, "", 0, SOURCE_ACTIVE, long_titles, NULL, 3 },
	{ "https://rest.example/feed", "https://rest.example/", "Resting Review", "", "en", "", "", 24, 5 * 24, ANSWER_NEWS, "", 0,
	  SOURCE_PAUSED, bulletin_titles, NULL, 3 },
};
#define SAMPLES_N (int)(sizeof(samples) / sizeof(*samples))

/* An answer of a source; item: the number of what is new in it, -1: nothing. */
struct event {
	int64_t at_us;
	int     source, item;
};

struct played {
	struct store_source    saved;
	struct schedule_memory memory;
	struct schedule_policy policy;
};

static int64_t          *face, now_us;
static struct store_link *link_;
static struct arena      arena;
static struct err        err;

static void
stop(const char *what)
{
	fprintf(stderr, "sample-watch: %s: %s\n", what, err.text);
	exit(EXIT_FAILURE);
}

static void
full(void *arg)
{
	(void)arg;
	stop("out of memory");
}

/* The store's clock, turned by hand; before anything asks for the time. */
static void
map_clock(void)
{
	char            path[] = "/tmp/tidings-sample-XXXXXX";
	struct timespec t;
	int             fd = mkstemp(path);
	void           *p = fd < 0 || ftruncate(fd, sizeof(int64_t)) != 0 ? MAP_FAILED :
	    mmap(NULL, sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED || clock_gettime(CLOCK_REALTIME, &t) != 0)
		stop(path);
	now_us = (int64_t)t.tv_sec * US_PER_S;
	face = p;
	*face = now_us - 21 * 24 * HOUR_US;
	setenv("TIDINGS_CLOCK", path, 1);
}

static void
unmap_clock(void)
{
	(void)unlink(getenv("TIDINGS_CLOCK"));
}

static struct str
text(const char *before, int n, const char *after)
{
	char line[256];

	snprintf(line, sizeof(line), "%s%d%s", before, n, after);
	return arena_copy(&arena, str_of(line));
}

static void
save(struct store_source *s)
{
	struct store_source ask = *s;

	if (store_source_save(link_, &arena, &ask, s, &err) != ERR_OK)
		stop(ask.url.p);
}

static void
add_source(const struct sample *s, struct played *ret)
{
	*ret = (struct played){ .saved = { .url = str_of(s->url), .given_url = str_of(s->home), .home_url = str_of(s->home),
		.title = str_of(s->title), .folder = str_of(s->folder), .language = str_of(s->language), .country = str_of(s->country),
		.reliability = str_of(s->reliability) } };
	save(&ret->saved);
	ret->policy.seed = ret->saved.id.b[0];
}

static int
plan(const struct sample *s, int source, struct event *e, int n)
{
	int     item = 0;
	int64_t last = now_us - s->quiet_h * HOUR_US;

	for (int64_t at = last - 16 * 24 * HOUR_US; at <= last && n < EVENTS_N; at += s->every_h * HOUR_US)
		e[n++] = (struct event){ at, source, item++ };
	for (int64_t at = last + 12 * HOUR_US; at < now_us && n < EVENTS_N; at += 12 * HOUR_US)
		e[n++] = (struct event){ at, source, -1 };
	return n;
}

static int
by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	return (x->at_us > y->at_us) - (x->at_us < y->at_us);
}

static struct store_item_new
item_of(const struct sample *s, const struct event *e, int of)
{
	int                   k = (of - 1 - e->item) % s->n;    /* the newest bears the first title */
	struct store_item_new i = { .key = text("item-", e->item, ""), .title = str_of(s->titles[k]), .published_us = e->at_us - HOUR_US / 4 };

	char                  front[128];

	snprintf(front, sizeof(front), "%sstory-", s->home);
	i.url = text(front, e->item, ".html");
	i.summary = s->texts != NULL && k < 3 ? str_of(s->texts[k]) : STR("");
	return i;
}

/* The news as src/watch words it for the desk. */
static struct store_news_new
news_of(const struct schedule_told *t)
{
	static const enum news_kind kinds[SCHEDULE_NEWS__COUNT] = { [SCHEDULE_SILENT] = NEWS_SILENT, [SCHEDULE_FAILING] = NEWS_FAILING,
		[SCHEDULE_GONE] = NEWS_GONE, [SCHEDULE_BACK] = NEWS_BACK, [SCHEDULE_WALL] = NEWS_WALL, [SCHEDULE_CERTIFICATE] = NEWS_CERTIFICATE,
		[SCHEDULE_GAP] = NEWS_GAP };
	char facts[256];

	snprintf(facts, sizeof(facts), "lasted_s=%lld\nusual_s=%lld\nfrom_us=%lld\nto_us=%lld\ntrouble=%s", (long long)t->lasted_s,
	    (long long)t->usual_s, (long long)t->from_us, (long long)t->to_us, answer_kind_name[t->trouble]);
	return (struct store_news_new){ .kind = kinds[t->kind], .facts = arena_copy(&arena, str_of(facts)) };
}

static void
commit(const struct sample *s, struct played *p, const struct event *e, const struct schedule_answer *answer, struct store_item_new *item)
{
	struct schedule_verdict v = { 0 };
	struct store_news_new   news[sizeof(v.told) / sizeof(*v.told)];
	struct store_poll       poll = { .source = p->saved.id };
	struct store_poll_done  done;
	struct buf              memory = BUF_INIT(LIMIT_PLAN_B);
	bool                    is_good = answer->kind == ANSWER_NEWS || answer->kind == ANSWER_SAME;

	td_schedule_next(&p->policy, &p->memory, answer, &v);
	td_wire_put(&memory, &schedule_memory_desc, &p->memory);
	poll.health = (struct store_source_health){ .next_us = v.next_us > now_us + HOUR_US ? v.next_us : now_us + HOUR_US, .asked_us = e->at_us,
		.answered_us = is_good ? e->at_us : 0, .newest_us = p->memory.newest_us, .plan = buf_bytes(&memory), .is_silent = td_schedule_is_silent(&p->memory),
		.trouble = is_good ? STR("") : str_of(s->said) };
	for (size_t i = 0; i < v.told_n; i++)
		news[i] = news_of(&v.told[i]);
	poll.news.v = news, poll.news.n = v.told_n;
	poll.items.v = item, poll.items.n = item != NULL;
	*face = e->at_us;
	if (store_poll_commit(link_, &arena, &poll, &done, &err) != ERR_OK)
		stop(s->url);
	buf_free(&memory);
}

static void
play(struct played *played, const struct event *e, const int *of)
{
	const struct sample   *s = &samples[e->source];
	struct schedule_answer answer = { .kind = e->item >= 0 ? ANSWER_NEWS : ANSWER_SAME, .at_us = e->at_us, .items_n = 10,
		.fresh_n = e->item >= 0, .latest_us = e->at_us };
	struct store_item_new  item;

	if (e->item >= 0)
		item = item_of(s, e, of[e->source]);
	else if (e->at_us > now_us - s->trouble_h * HOUR_US && s->trouble != ANSWER_NEWS)
		answer.kind = s->trouble;
	commit(s, &played[e->source], e, &answer, e->item >= 0 ? &item : NULL);
}

static void
sample_desk(void)
{
	static struct event events[EVENTS_N];
	struct played       played[SAMPLES_N];
	int                 n = 0, of[SAMPLES_N];

	for (int i = 0; i < SAMPLES_N; i++) {
		int from = n;

		add_source(&samples[i], &played[i]);
		n = plan(&samples[i], i, events, n);
		of[i] = 0;
		for (int k = from; k < n; k++)
			of[i] += events[k].item >= 0;
	}
	qsort(events, (size_t)n, sizeof(*events), by_time);
	for (int i = 0; i < n; i++)
		play(played, &events[i], of);
	*face = now_us;
	for (int i = 0; i < SAMPLES_N; i++)
		if (samples[i].state != SOURCE_ACTIVE) {
			played[i].saved.state = samples[i].state;
			save(&played[i].saved);
		}
}

/* ── many ─────────────────────────────────────────────────────────────── */

static void
many_items(const struct store_source *s, int source, int from, int n)
{
	struct store_poll      poll = { .source = s->id, .health = { .asked_us = *face, .next_us = now_us + 24 * HOUR_US, .newest_us = *face } };
	struct store_poll_done done;

	poll.items.v = arena_array(&arena, (size_t)n, struct store_item_new);
	for (int i = 0; i < n; i++) {
		int k = from + i;

		poll.items.v[i] = (struct store_item_new){ .key = text("k-", k, ""), .published_us = *face - i * 60 * US_PER_S,
			.url = text("https://many.example/story-", k, ""), .summary = str_of(k % 3 == 0 ? wire_texts[0] : korean_texts[0]),
			.title = str_of(k % 50 == 7 ? long_titles[k % 3] : source % 3 == 0 ? wire_titles[k % 10] : korean_titles[k % 8]) };
	}
	poll.items.n = (size_t)n;
	if (store_poll_commit(link_, &arena, &poll, &done, &err) != ERR_OK)
		stop("many items");
}

static void
many(int sources_n, int items_n)
{
	static const char *const folders[] = { "", "Seoul / Courts", "서울 언론", "Geneva", "중국·일본", "A group whose name is much longer than names of groups are" };
	struct store_source     *sources = arena_array(&arena, (size_t)sources_n, struct store_source);
	const int                each = 500;

	for (int i = 0; i < sources_n; i++) {
		sources[i] = (struct store_source){ .url = text("https://s", i, ".example/feed"), .home_url = text("https://s", i, ".example/"),
			.folder = str_of(folders[i % 6]), .language = str_of(i % 3 == 0 ? "en" : "ko"),
			.title = i % 40 == 3 ? str_of(long_titles[i % 3]) : i % 3 == 0 ? text("Bulletin of region ", i, "") : text("지역 인권 소식 ", i, "호") };
		sources[i].given_url = sources[i].home_url;
		save(&sources[i]);
	}
	for (int i = 0; i < items_n; i += each) {
		struct arena kept = arena;
		int          s = i / each % sources_n;

		arena_init(&arena, LIMIT_MESSAGE_B, full, NULL);
		*face = now_us - (int64_t)(items_n - i) * 21 * 24 * HOUR_US / items_n;
		many_items(&sources[s], s, i, items_n - i < each ? items_n - i : each);
		arena_free(&arena);
		arena = kept;
	}
}

int
main(int argc, char *argv[])
{
	if (argc != 2 && !(argc == 5 && strcmp(argv[2], "--many") == 0)) {
		fprintf(stderr, "usage: sample-watch DESK [--many SOURCES ITEMS]\n");
		return 2;
	}
	map_clock();
	arena_init(&arena, 4 * (size_t)LIMIT_MESSAGE_B, full, NULL);
	if (link_open(str_of(argv[1]), LINK_WRITE, &link_, &err) != ERR_OK)
		stop(argv[1]);
	if (argc == 2)
		sample_desk();
	else
		many((int)strtol(argv[3], NULL, 10), (int)strtol(argv[4], NULL, 10));
	link_close(link_);
	unmap_clock();
	arena_free(&arena);
	return 0;
}
