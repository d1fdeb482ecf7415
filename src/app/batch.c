#include "app/batch.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/rows.h"
#include "base/limits.h"
#include "os/clock.h"

enum { SLOTS_N = 64 };

/* One document on its way: taken in, being read, its line waiting for those before it. */
struct slot {
	struct source_document document;
	struct buf             line;
	struct err             err;
	bool                   is_done;
};

/* Slots head..next are being read or waiting to be printed, next..tail wait for a reader. */
struct batch {
	const struct batch_options *options;
	const struct source        *source;
	pthread_mutex_t             lock;
	pthread_cond_t              has_work, has_room;
	struct slot                 slot[SLOTS_N];
	size_t                      head, next, tail, bytes;
	bool                        is_closed;
	int64_t                     documents, faults, started_us, shown_us;
	int                         exit_code;
};

struct reader {
	struct batch *batch;
	struct jail  *jail;
	pthread_t     thread;
};

static volatile sig_atomic_t is_interrupted;

static void
interrupt(int sig)
{
	(void)sig;
	is_interrupted = 1;
}

/* An article that says why there is none, so that lines and documents stay in step. */
static void
print_fault(const struct batch *b, struct slot *s)
{
	struct str     sentence = str_of(s->err.text);
	struct article article = { .file = s->document.file, .url = s->document.ask.url, .kind = ARTICLE_EMPTY };

	article.warnings.v = &sentence;
	article.warnings.n = 1;
	if (b->options->format != EXTRACT_JSON)
		return;
	if (s->document.is_record)
		extract_print_record(&s->line, &article, &s->document.record);
	else
		extract_print(&s->line, &article, EXTRACT_JSON);
}

static void
read_document(const struct batch *b, struct jail *jail, struct slot *s)
{
	struct article article;
	struct arena   a;

	s->line = (struct buf)BUF_INIT(2 * LIMIT_MESSAGE_B);
	s->err = s->document.err;
	arena_init(&a, 4 * LIMIT_ANSWER_B, app_full, NULL);
	if (s->err.code == ERR_OK && extract_document(jail, &a, &s->document.ask, &article, &s->err) == ERR_OK) {
		article.file = s->document.file;
		if (s->document.is_record && b->options->format == EXTRACT_JSON)
			extract_print_record(&s->line, &article, &s->document.record);
		else
			extract_print(&s->line, &article, b->options->format);
		s->err.code = ERR_OK;
	} else {
		if (s->document.err.code == ERR_OK)
			(void)err_in(&s->err, "%.300s", s->document.is_record ? s->document.ask.url.p : s->document.file.p);
		print_fault(b, s);
	}
	arena_free(&a);
}

static void
show_progress(struct batch *b, bool is_end)
{
	const bool    is_terminal = isatty(STDERR_FILENO);
	const int64_t now_us = os_ticks_us(), every_us = is_terminal ? US_PER_S / 10 : 10 * US_PER_S;
	const double  mb = 1e-6 * (double)b->source->bytes, s = 1e-6 * (double)(now_us - b->started_us);
	char          of[32] = "";

	if (!b->options->shows_progress || (!is_end && now_us - b->shown_us < every_us))
		return;
	b->shown_us = now_us;
	if (b->options->total_b > 0)
		snprintf(of, sizeof(of), " of %.0f", 1e-6 * (double)b->options->total_b);
	fprintf(stderr, "%s%" PRId64 " documents, %.0f%s MB, %.1f MB/s, %" PRId64 " faults%s", is_terminal ? "\r\033[K" : "", b->documents,
	    mb, of, s > 0 ? mb / s : 0, b->faults + b->source->faults, is_end || !is_terminal ? "\n" : "");
}

/* The lock is held: lines leave in order. */
static void
print_done(struct batch *b)
{
	while (b->head < b->next && b->slot[b->head % SLOTS_N].is_done) {
		struct slot *s = &b->slot[b->head++ % SLOTS_N];

		fwrite(s->line.p, 1, s->line.n, stdout);
		if (s->err.code != ERR_OK) {
			int code = app_fail(&s->err);

			b->exit_code = code > b->exit_code ? code : b->exit_code;
			b->faults++;
		}
		b->documents++;
		b->bytes -= s->document.ask.body.n;
		arena_free(&s->document.arena);
		buf_free(&s->line);
		show_progress(b, false);
	}
	pthread_cond_signal(&b->has_room);
}

static void *
read_all(void *arg)
{
	struct reader *r = arg;
	struct batch  *b = r->batch;

	pthread_mutex_lock(&b->lock);
	for (;;) {
		struct slot *s;

		while (b->next == b->tail && !b->is_closed)
			pthread_cond_wait(&b->has_work, &b->lock);
		if (b->next == b->tail)
			break;
		s = &b->slot[b->next++ % SLOTS_N];
		pthread_mutex_unlock(&b->lock);
		read_document(b, r->jail, s);
		pthread_mutex_lock(&b->lock);
		s->is_done = true;
		print_done(b);
	}
	pthread_mutex_unlock(&b->lock);
	return NULL;
}

/* Waits for room; false: standard output takes no more. */
static bool
put(struct batch *b, const struct source_document *d)
{
	bool is_open;

	pthread_mutex_lock(&b->lock);
	while (b->tail - b->head == SLOTS_N || (b->tail > b->head && b->bytes + d->ask.body.n > LIMIT_BATCH_B))
		pthread_cond_wait(&b->has_room, &b->lock);
	b->slot[b->tail++ % SLOTS_N] = (struct slot){ .document = *d };
	b->bytes += d->ask.body.n;
	is_open = !ferror(stdout);
	pthread_cond_signal(&b->has_work);
	pthread_mutex_unlock(&b->lock);
	return is_open;
}

static void
take_in(struct batch *b, struct source *source)
{
	struct sigaction       on = { .sa_handler = interrupt, .sa_flags = SA_RESETHAND }, before;
	struct source_document d;

	sigaction(SIGINT, &on, &before);
	while (!is_interrupted && source_next(source, &d))
		if (!put(b, &d))
			break;
	pthread_mutex_lock(&b->lock);
	b->is_closed = true;
	pthread_cond_broadcast(&b->has_work);
	pthread_mutex_unlock(&b->lock);
	sigaction(SIGINT, &before, NULL);
}

/* Forkers are made by this thread, which outlives them (jail/jail.h); the program's own is the source's, for WARC files. */
static enum err_code
start_readers(struct batch *b, struct reader *reader, int n, struct err *err)
{
	for (int i = 0; i < n; i++) {
		reader[i] = (struct reader){ .batch = b };
		if (jail_start(app_jail_rows, &reader[i].jail, err) != ERR_OK)
			return err->code;
	}
	for (int i = 0; i < n; i++)
		if (pthread_create(&reader[i].thread, NULL, read_all, &reader[i]) != 0)
			abort();                /* no memory for a thread's stack at the start of a program */
	return ERR_OK;
}

int
batch_run(struct source *source, const struct batch_options *options)
{
	struct batch  *b = calloc(1, sizeof(*b));
	struct reader *reader = calloc((size_t)options->readers, sizeof(*reader));
	struct err     err;
	int            code;

	if (b == NULL || reader == NULL)
		app_full(NULL);
	*b = (struct batch){ .options = options, .source = source, .started_us = os_ticks_us() };
	b->shown_us = b->started_us;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->has_work, NULL);
	pthread_cond_init(&b->has_room, NULL);
	if (start_readers(b, reader, options->readers, &err) == ERR_OK) {
		take_in(b, source);
		for (int i = 0; i < options->readers; i++)
			pthread_join(reader[i].thread, NULL);
		show_progress(b, true);
		code = is_interrupted ? EXIT_STOPPED : b->exit_code == 0 && source->faults > 0 ? EXIT_FOUND : b->exit_code;
		if (is_interrupted)
			fprintf(stderr, "tidings: stopped after %" PRId64 " documents; their lines are whole\n", b->documents);
	} else {
		code = app_fail(&err);
	}
	for (int i = 0; i < options->readers; i++)
		jail_stop(reader[i].jail);
	free(reader);
	free(b);
	return code;
}
