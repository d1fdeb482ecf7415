#include "app/source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "base/limits.h"
#include "os/file.h"

enum { FAULTS_TOLD_N = 20 };

void
source_open(struct source *s, char *const *words, int words_n, struct str url, struct jail *jail)
{
	*s = (struct source){ .words = words, .words_n = words_n, .url = url, .jail = jail };
	s->warc.fd = -1;
}

static void
close_warc(struct source *s)
{
	struct source_warc *w = &s->warc;

	if (w->told > FAULTS_TOLD_N)
		fprintf(stderr, "tidings: %" STR_FMT ": %" PRId64 " faults in all\n", STR_ARG(s->path), w->told);
	if (w->fd > STDIN_FILENO)
		close(w->fd);
	arena_free(&w->arena);
	buf_free(&w->window);
	*w = (struct source_warc){ .fd = -1 };
}

void
source_close(struct source *s)
{
	close_warc(s);
	if (s->folder != NULL)
		fts_close(s->folder);
	s->folder = NULL;
}

static void
tell(struct source *s, int64_t at, struct str what)
{
	s->faults++;
	if (++s->warc.told <= FAULTS_TOLD_N)
		fprintf(stderr, "tidings: %" STR_FMT " at %" PRId64 ": %" STR_FMT "\n", STR_ARG(s->path), at, STR_ARG(what));
}

/* ── WARC files ── */

/* At least want_b bytes in the window, unless the file ends before; false: it cannot be read. */
static bool
fill(struct source *s, size_t want_b)
{
	struct source_warc *w = &s->warc;

	while (w->window.n < want_b && !w->at_end) {
		char   *room = buf_room(&w->window, want_b - w->window.n);
		ssize_t n = room != NULL ? read(w->fd, room, want_b - w->window.n) : -1;

		if (n < 0 && errno == EINTR)
			return false;
		if (n < 0) {
			tell(s, w->base, str_of(strerror(errno)));
			return false;
		}
		w->at_end = n == 0;
		w->window.n += (size_t)n;
		s->bytes += n;
	}
	return true;
}

/* The window moved on by used_b bytes, which may be more than it holds. */
static bool
advance(struct source *s, int64_t used_b)
{
	struct source_warc *w = &s->warc;

	while (used_b > 0) {
		size_t n = (int64_t)w->window.n < used_b ? w->window.n : (size_t)used_b;

		buf_drop_front(&w->window, n);
		w->base += (int64_t)n;
		used_b -= (int64_t)n;
		if (used_b > 0 && (w->at_end || !fill(s, SPLIT_PIECE_B)))
			return false;
	}
	return true;
}

/* The next piece that holds documents; false: the file is at its end. */
static bool
next_piece(struct source *s)
{
	struct source_warc *w = &s->warc;
	struct err          err;

	do {
		if (!fill(s, w->piece_b) || w->window.n == 0)
			return false;
		arena_free(&w->arena);
		arena_init(&w->arena, 4 * LIMIT_ANSWER_B, app_full, NULL);
		w->next = 0;
		w->ask.piece = buf_bytes(&w->window);
		w->ask.piece.n = w->ask.piece.n > w->piece_b ? w->piece_b : w->ask.piece.n;
		w->ask.is_last = w->at_end && w->ask.piece.n == w->window.n;
		if (extract_split(s->jail, &w->arena, &w->ask, &w->split, &err) != ERR_OK) {
			tell(s, w->base, str_of(err.text));
			w->split = (struct split){ .used = (int64_t)w->ask.piece.n, .is_lost = true };
		}
		if (w->split.wants_more) {
			w->piece_b = 2 * w->piece_b > SPLIT_PIECE_MAX_B ? SPLIT_PIECE_MAX_B : 2 * w->piece_b;
			continue;
		}
		for (size_t i = 0; i < w->split.faults.n; i++)
			tell(s, w->base + w->split.faults.v[i].at, w->split.faults.v[i].what);
		for (size_t i = 0; i < w->split.found.n; i++)
			w->split.found.v[i].record.offset += w->base;
		w->ask.skip = w->split.skip;
		w->ask.is_lost = w->split.is_lost;
		w->piece_b = SPLIT_PIECE_B;
		if (!advance(s, w->split.used))
			return w->split.found.n > 0;
	} while (w->split.wants_more || w->split.found.n == 0);
	return true;
}

static void
start_document(struct source *s, struct source_document *d)
{
	*d = (struct source_document){ .err = { .code = ERR_OK } };
	arena_init(&d->arena, LIMIT_BODY_B + MiB, app_full, NULL);
	d->file = arena_copy(&d->arena, s->path);
}

/* false: the file is at its end. */
static bool
next_record(struct source *s, struct source_document *d)
{
	struct source_warc *w = &s->warc;
	struct split_found  found;

	if (w->next == w->split.found.n && !next_piece(s)) {
		close_warc(s);
		return false;
	}
	start_document(s, d);
	d->is_record = true;
	td_wire_copy(&d->arena, &split_found_desc, &w->split.found.v[w->next++], &found);
	d->ask = found.ask;
	d->record = found.record;
	return true;
}

static void
open_warc(struct source *s, int fd, const struct buf *front)
{
	s->warc = (struct source_warc){ .fd = fd, .piece_b = SPLIT_PIECE_B, .window = BUF_INIT(2 * SPLIT_PIECE_MAX_B) };
	if (front != NULL)
		buf_add(&s->warc.window, buf_str(front));
}

/* ── files and folders ── */

static bool
is_warc_name(struct str path)
{
	return str_ends(path, STR(".warc")) || str_ends(path, STR(".warc.gz"));
}

/* Standard input, or a file that is no WARC. */
static bool
next_plain(struct source *s, bool is_from_folder, struct source_document *d)
{
	const bool is_stdin = str_eq(s->path, STR("-"));
	struct buf bytes = BUF_INIT(LIMIT_BODY_B);
	char      *room = NULL;
	ssize_t    n = 1;

	start_document(s, d);
	d->ask = (struct extract_ask){ .file = d->file, .url = s->url, .media_type = STR(""), .charset = STR(""), .content_encoding = STR("") };
	if (!is_stdin && os_read_file(s->path, &bytes, &d->err) == ERR_OK)
		d->err.code = ERR_OK;           /* else the document carries the error to its place in the answers */
	while (is_stdin && n > 0 && (room = buf_room(&bytes, 64 * KiB)) != NULL && (n = read(STDIN_FILENO, room, 64 * KiB)) > 0)
		bytes.n += (size_t)n;
	if (is_stdin && room == NULL)
		(void)err_set(&d->err, ERR_LIMIT, "standard input: more than the %zu MB limit; not read", LIMIT_BODY_B / MiB);
	s->bytes += (int64_t)bytes.n;
	if (d->err.code == ERR_OK && is_from_folder && !extract_is_document(buf_bytes(&bytes), s->path)) {
		buf_free(&bytes);
		arena_free(&d->arena);
		return false;
	}
	d->ask.body = bytes_of(buf_keep(&bytes, &d->arena));
	buf_free(&bytes);
	return true;
}

/* A plain WARC file needs no name to be known by. */
static bool
begins_as_warc(int fd, struct buf *front)
{
	char   *room = buf_room(front, 8);
	ssize_t n;

	while (room != NULL && front->n < 8 && (n = read(fd, front->p + front->n, 8 - front->n)) > 0)
		front->n += (size_t)n;
	return str_starts(buf_str(front), STR("WARC/"));
}

/* false: no document of s->path is to come (any more). */
static bool
next_of_file(struct source *s, bool is_from_folder, struct source_document *d)
{
	struct buf front = BUF_INIT(8);
	bool       is_warc = false;
	int        fd = open(s->path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd >= 0)
		is_warc = begins_as_warc(fd, &front) || is_warc_name(s->path);
	if (!is_warc) {
		if (fd >= 0)
			close(fd);
		buf_free(&front);
		return next_plain(s, is_from_folder, d);
	}
	open_warc(s, fd, &front);
	buf_free(&front);
	return next_record(s, d);
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* The next file of the folder that is being walked; false: there is none. */
static bool
next_in_folder(struct source *s)
{
	FTSENT *e;

	while ((e = fts_read(s->folder)) != NULL) {
		if (e->fts_level > 0 && e->fts_name[0] == '.') {
			(void)fts_set(s->folder, e, FTS_SKIP);
			continue;
		}
		if (e->fts_info == FTS_F) {
			s->path = (struct str){ e->fts_path, e->fts_pathlen };
			return true;
		}
		if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS) {
			fprintf(stderr, "tidings: %s: %s; left out\n", e->fts_path, strerror(e->fts_errno));
			s->faults++;
		}
	}
	fts_close(s->folder);
	s->folder = NULL;
	return false;
}

/* The next word; a folder is opened and true says that there is no document yet. */
static bool
next_word(struct source *s, struct source_document *d, bool *ret_has)
{
	char *const roots[] = { s->words[s->at], NULL };

	s->path = str_of(s->words[s->at++]);
	if (str_eq(s->path, STR("-")) || !os_is_dir(s->path)) {
		*ret_has = str_eq(s->path, STR("-")) ? next_plain(s, false, d) : next_of_file(s, false, d);
		return true;
	}
	*ret_has = false;
	s->folder = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	return s->folder != NULL;
}

bool
source_next(struct source *s, struct source_document *ret)
{
	for (;;) {
		bool has;

		if (s->warc.fd >= 0) {
			if (next_record(s, ret))
				return true;
		} else if (s->folder != NULL) {
			if (next_in_folder(s) && next_of_file(s, true, ret))
				return true;
		} else if (s->at == s->words_n) {
			return false;
		} else if (!next_word(s, ret, &has)) {
			fprintf(stderr, "tidings: %s: %s; left out\n", s->words[s->at - 1], strerror(errno));
			s->faults++;
		} else if (has) {
			return true;
		}
	}
}
