/* store_private - what the files of the store share; nobody else includes it. */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include <limits.h>

#include "ledger/entry.h"
#include "store/blob.h"
#include "store/conf.h"
#include "store/db.h"
#include "store/verbs.h"

struct store {
	struct str       dir;
	struct db        db;
	struct blobs     blobs;
	struct desk_conf conf;
	struct buf       conf_text;      /* conf points into it */
	int64_t          conf_stamp;     /* the file's time when it was read */
	bool             read_only;
	bool             is_crowded;     /* many wait for this transaction: records are packed fast rather than small */
	bool             erasure_is_due; /* an erasure is part of this transaction; the disk's turn comes after it */
	bool             key_is_due;     /* a new key of the log is part of this transaction */
	bool             spool_is_stale; /* a job with a file in spool/ has ended in this transaction */
	int64_t          log_waiting;    /* entries that no checkpoint covers */
	int64_t          log_since_us;   /* the first of them */
	bool             log_published;  /* ledger/checkpoint is as it should be */
	unsigned         role;           /* of whom we serve right now */
	char             path[PATH_MAX];
};

/* dir is the desk's folder, locked by us.  Cuts off what was never acknowledged. */
enum err_code store_open(struct store *, struct str dir, enum link_mode, struct err *) MUST_USE;
void          store_close(struct store *);
/* One message of a client with these roles: its answer, or the sentence why not. */
struct question {
	unsigned     roles;
	uint32_t     verb;
	struct bytes ask;
	struct buf   reply;             /* with its limit set; freed by whoever asked */
	struct err   err;
};
/* All of them in one transaction, with one sync of the segment, if it can be; else one by one. */
void          store_answer(struct store *, struct question *, size_t n);
/* Serve a desk until the last link is closed; fd is the founder's.  The process's exit code. */
int           store_serve(struct str dir, enum link_mode, int fd);

/* A folder that a program copies elsewhere, by its name or a file in it: that program's name, or NULL. */
const char   *desk_synced_by(struct str dir);
/* Is there a desk?  ERR_MISSING, ERR_DENIED with a sentence. */
enum err_code desk_check(struct str dir, struct err *) MUST_USE;

/* "captures/x" below the desk, valid until the next call. */
struct str    desk_path(struct store *, const char *folder, const char *name);

/* One row more in the ledger, within the running transaction; its seq. */
int64_t       ledger_add(struct store *, enum ledger_kind, int64_t time_us, const struct ledger_line *, size_t n);

/* The same for what no other row tells: its lines are kept beside it. */
int64_t       ledger_act(struct store *, enum ledger_kind, const struct ledger_line *, size_t n);
/* A number as the value of a line. */
struct str    ledger_number(struct arena *, int64_t);
/* "name value" of an act's lines, as it was given; "": there is none. */
struct str    act_value(struct arena *, struct str lines, struct str name);
/* At the start, and after each commit: checkpoints that are due, files in ledger/ that follow (store/log.h). */
void          log_open(struct store *);
void          log_tend(struct store *, bool is_closing);

/* The newest run of verify over everything: when it ended (0: there is none), how much it found wrong, the first of that. */
int64_t       fixity_newest(struct store *, struct arena *, int64_t *ret_wrong, struct str *ret_first);
/* At a start for writing: a folder that is a backup becomes a desk, and the ledger says so (acts.c). */
enum err_code restore_note(struct store *, struct err *) MUST_USE;
/* At the start, and after a commit with an erasure in it: what is due on the disk (erase.c). */
void          erase_finish(struct store *);

/* The work that a capture leaves behind, and its end; within the running transaction. */
void          job_add_extract(struct store *, const struct id *capture, bool at_once);
void          job_end_extract(struct store *, const struct id *capture, const struct id *article);
/* Unless the page was announced by another item of late: then it is, or will be, theirs too. */
void          page_want(struct store *, int64_t item_seq, const struct id *item, struct str page);
/* The item's page is in this capture. */
void          page_taken(struct store *, const struct id *item, int64_t capture_seq);
/* An article was read: if it is a story that we fetched, its page will be looked at again. */
void          page_watch(struct store *, int64_t article_seq);
/* A note about it changed: what it shows is looked at soon. */
void          page_look_soon(struct store *, int64_t article_seq);

/* Rows that several verbs need.  0 / false: not there; the db's failure is sticky. */
int64_t       capture_seq(struct store *, const struct id *);
/* ERR_MISSING: it was erased, when and why. */
enum err_code article_check(struct store *, struct arena *, int64_t article_seq, struct err *) MUST_USE;
enum err_code capture_check(struct store *, struct arena *, const struct id *, struct err *) MUST_USE;
bool          capture_load(struct store *, struct arena *, int64_t seq, struct store_capture *ret);
/* The lines of a capture's statement; how many. */
size_t        capture_lines(struct arena *, const struct store_capture *, struct ledger_line **ret);
/* The same; of a capture with many records the closing one stands for all. */
size_t        capture_statement(struct arena *, const struct store_capture *, struct ledger_line **ret);
struct store_capture capture_as_row(struct arena *, const struct id *, const struct store_capture_new *,
	const struct blob_place *places);
/* All rows of a capture whose records stand in their places, within the running transaction; its ledger entry's seq. */
int64_t       capture_insert(struct store *, struct arena *, const struct id *, const struct store_capture_new *,
	const struct blob_place *places);
/* What stands in captures/ and no row knows: brought in when it is whole, else moved to trash/. */
enum err_code recover_captures(struct store *, struct err *) MUST_USE;
struct str    capture_document_hash(struct store *, struct arena *, int64_t seq);
int64_t       article_seq(struct store *, const struct id *);
/* Its search terms and what the extractor read, before its text row goes or is replaced. */
void          article_forget(struct store *, struct arena *, int64_t seq);
struct str    article_text(struct store *, struct arena *, int64_t seq);
int64_t       source_seq(struct store *, const struct id *);
int64_t       item_seq(struct store *, const struct id *);
bool          source_load(struct store *, struct arena *, int64_t seq, struct store_source *ret);
/* The sources whose places a query gives, at most `limit`; one row more says that there is more. */
size_t        source_load_all(struct store *, struct arena *, struct query *, size_t limit, struct store_source **ret, bool *ret_more);
/* Puts the health in the place of the one that was. */
void          source_put_health(struct store *, int64_t seq, const struct store_source_health *);
/* Sets the article beside those of its host; after its fields are in. */
void          health_note(struct store *, struct arena *, int64_t article_seq);
void          news_add(struct store *, int64_t source_seq, const struct store_news_new *);
/* Files in spool/ of jobs that are over. */
void          job_sweep(struct store *, struct arena *);
/* An id as typed, of this kind: ERR_MISSING, ERR_EXISTS in words. */
enum err_code find_one(struct store *, const struct store_name *, enum id_kind, struct id *ret, struct err *) MUST_USE;

#define MESSAGE_HEAD_B 12        /* verb or code: 4 bytes, length of the body: 8 bytes, little-endian */
#define VERB_HELLO     0xffffu   /* the first message of a link: its mode, roles and build */

struct store_hello {
	int64_t    mode, roles;
	struct str build;
};
extern const struct wire_desc store_hello_desc;
/* Both ends of a link must be of one build. */
struct str store_build(char out[64]);

struct store_verb_row {
	const char             *name;
	unsigned                roles;
	const struct wire_desc *ask, *reply;
};
extern const struct store_verb_row store_verb_table[VERB__COUNT];

#endif
