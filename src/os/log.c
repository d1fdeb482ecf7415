#include "os/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "os/clock.h"

static const char *const level_name[] = {
	[LOG_LEVEL_ERROR] = "error", [LOG_LEVEL_WARN] = "warn", [LOG_LEVEL_INFO] = "info", [LOG_LEVEL_DEBUG] = "debug",
};
static enum log_level loudest = LOG_LEVEL_WARN;
static bool           journal;

static size_t
write_head(char line[LOG_LINE_B], enum log_level level, const char *room)
{
	char when[CIVIL_SHOWN];
	int  n;

	if (journal)
		n = snprintf(line, LOG_LINE_B, "<%d>%s ", (int)level, room);
	else
		n = snprintf(line, LOG_LINE_B, "%s %s %s ", instant_iso(os_now_us(), when), level_name[level], room);
	return n < 0 ? 0 : (size_t)n < LOG_LINE_B ? (size_t)n : LOG_LINE_B - 1;
}

void
os_log_start(enum log_level level)
{
	const char *wish = getenv("TIDINGS_LOG");

	loudest = level;
	journal = getenv("JOURNAL_STREAM") != NULL;
	for (size_t i = 0; wish != NULL && i < sizeof(level_name) / sizeof(*level_name); i++)
		if (level_name[i] != NULL && strcmp(wish, level_name[i]) == 0)
			loudest = (enum log_level)i;
}

void
os_log(enum log_level level, const char *room, const char *fmt, ...)
{
	char    line[LOG_LINE_B];
	size_t  n;
	va_list args;
	int     more;

	if (level > loudest)
		return;
	n = write_head(line, level, room);
	va_start(args, fmt);
	more = vsnprintf(line + n, sizeof(line) - n, fmt, args);
	va_end(args);
	if (more > 0)
		n += (size_t)more < sizeof(line) - n ? (size_t)more : sizeof(line) - n - 1;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, n) < 0)
		return;         /* there is nobody left to tell */
}
