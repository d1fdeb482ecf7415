/*
 * store-10k [N] - how long an editor waits for the store: N articles of our own
 * words, every third in Korean, added one by one (capture and article, each
 * durable), then searches.  Prints milliseconds: median, 99 of 100, worst.
 */
#include "store/desk_check.h"

static const char *const english[] = { "the", "office", "of", "a", "coalition", "that", "documents", "rights", "was", "closed",
	"after", "its", "funding", "ended", "in", "Seoul", "police", "and", "ministry", "said", "defector", "border", "report",
	"witness", "camp", "letter", "church", "family", "river", "winter", "radio", "broadcast", "balloon", "law", "court" };
static const char *const korean[] = { "북한", "인권", "단체", "정부", "예산", "삭감", "대북", "전단", "탈북민", "서울", "통일부", "경찰",
	"기자", "밝혔다", "지원", "중단", "사무실", "보고서", "증언", "수용소", "국경", "가족", "방송", "법원", "편지", "교회", "겨울" };
static const char *const josa[] = { "", "은", "의", "이", "을", "에서", "단체", "과" };

static int
compare(const void *a, const void *b)
{
	return (*(const int64_t *)a > *(const int64_t *)b) - (*(const int64_t *)a < *(const int64_t *)b);
}

static void
report(const char *what, int64_t *us, size_t n)
{
	qsort(us, n, sizeof(*us), compare);
	printf("%-34s n=%-6zu median %7.2f ms   p99 %7.2f ms   worst %7.2f ms\n", what, n, us[n / 2] / 1e3, us[n * 99 / 100] / 1e3,
	    us[n - 1] / 1e3);
}

static size_t
write_text(char *out, size_t cap, int i)
{
	size_t n = 0;

	for (int w = 0; w < 300; w++)
		n += i % 3 == 0 ?
		    (size_t)snprintf(out + n, cap - n, "%s%s%s", korean[rand() % 27], josa[rand() % 8], w % 12 == 11 ? ".\n" : " ") :
		    (size_t)snprintf(out + n, cap - n, "%s%s", english[rand() % 35], w % 14 == 13 ? ".\n" : " ");
	n += (size_t)snprintf(out + n, cap - n, "number%d", i);
	return n;
}

int
main(int argc, char *argv[])
{
	static const char *const queries[] = { "북한", "인권 정부", "북한인권", "office seoul", "\"defector border\"", "number77", "camp -police",
		"권", "대북전단" };
	int         n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 10000;
	int64_t    *add_us = calloc((size_t)n, sizeof(*add_us)), search_us[20 * 9];
	static char text[65536];
	struct desk d;

	if (n < 1 || !desk_begin(&d))
		return EXIT_FAILURE;
	srand(1);
	for (int i = 0; i < n; i++) {
		char    url[64], title[64];
		size_t  len = write_text(text, sizeof(text), i);
		int64_t from = os_ticks_us();

		snprintf(url, sizeof(url), "https://a.example/%d", i);
		snprintf(title, sizeof(title), "%s %d", i % 3 == 0 ? "북한 소식" : "News", i);
		add(&d, str_of(url), str_of(title), (struct str){ text, len });
		add_us[i] = os_ticks_us() - from;
		arena_free(&d.arena);
	}
	/* report() sorts: the last ones first, while they still stand last. */
	report("add, the last tenth", add_us + n - n / 10 - 1, (size_t)(n / 10 + 1));
	report("add (capture + article)", add_us, (size_t)n);
	for (size_t q = 0; q < 9; q++) {
		struct store_item_list l;

		for (size_t k = 0; k < 20; k++) {
			int64_t from = os_ticks_us();

			(void)hits(&d, str_of(queries[q]), &l);
			search_us[k] = os_ticks_us() - from;
		}
		report(queries[q], search_us, 20);
		arena_free(&d.arena);
	}
	free(add_us);
	desk_end(&d);
	return EXIT_SUCCESS;
}
