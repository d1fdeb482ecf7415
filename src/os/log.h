/*
 * log - one line per event to stderr: key=value, ids not names.  lib/ never logs.
 *
 *     os_log(LOG_LEVEL_INFO, "fetch", "source=%s status=%d", shown, status);
 *     2018-06-27T00:30:00Z info fetch source=s-4k7zq0m2vd status=404
 *
 * Each line is one write(2), so lines of several processes do not mix; control
 * characters in it become '?', so that nothing fetched can forge a line.  Under
 * systemd (JOURNAL_STREAM) the time is left to the journal and <6> says the
 * level.  Any thread may call os_log().
 */
#ifndef OS_LOG_H
#define OS_LOG_H

#define LOG_LINE_B 1024         /* longer lines are cut */

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARN = 4, LOG_LEVEL_INFO = 6, LOG_LEVEL_DEBUG = 7 };

/* TIDINGS_LOG=debug|info|warn|error wins over the level given: info for `serve`, warn for other commands. */
void os_log_start(enum log_level);
void os_log(enum log_level, const char *room, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
