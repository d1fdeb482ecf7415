/* log - one line per event to stderr: key=value, ids not names.  lib/ never logs. */
#ifndef OS_LOG_H
#define OS_LOG_H

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARN = 4, LOG_LEVEL_INFO = 6, LOG_LEVEL_DEBUG = 7 };

/* TIDINGS_LOG=debug|info|warn|error; info for `serve`, warn for other commands. */
void os_log_start(enum log_level);
void os_log(enum log_level, const char *room, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
