/* The store as everybody meets it: real desks in temporary folders, a real process at the other end of the link. */
#include "store/desk_check.h"

static void
what_was_captured_is_read_back(void)
{
	struct desk               d;
	struct store_capture_done done;
	struct store_capture      c;
	struct store_record_bytes r;
	struct store_desk_status  status;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, take(&d, STR("https://example.org/북한"), STR("HTTP body 북한 인권"), &done));
	CHECK_INT(0, done.ledger_seq);
	CHECK(reopen(&d));
	CHECK_INT(ERR_OK, store_capture_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_CAPTURE, &done.id), ID_ANY }, &c, &d.err));
	CHECK_INT(3, c.records.n);
	CHECK_STR(STR("https://example.org/북한"), c.url);
	CHECK_INT(ERR_OK, store_record_read(d.link, &d.arena, &(struct store_record_name){ c.id, 1 }, &r, &d.err));
	CHECK_STR(STR("HTTP body 북한 인권"), bytes_as_str(r.block));
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_STR(STR("Test Desk — 시험"), status.name);
	CHECK_INT(1, status.captures);
	CHECK_INT(1, status.ledger_size);
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_search_finds_korean_inside_compounds(void)
{
	struct desk            d;
	struct store_item_list l;

	if (!desk_begin(&d))
		return;
	add(&d, STR("https://a.example/1"), STR("대북한 지원"), STR("북한인권단체와 정부가 만났다. 예산이 삭감됐다."));
	add(&d, STR("https://a.example/2"), STR("Seoul cuts funding"), STR("The defector’s group lost its office in Seoul.\nKim Tae-hŭi said so."));
	CHECK_INT(1, hits(&d, STR("북한"), &l));
	CHECK_INT(1, hits(&d, STR("인권"), &l));
	CHECK(str_find(l.items.v[0].snippet, STR("북한\1인권\2단체와")) != STR_NONE);
	CHECK_INT(1, hits(&d, STR("북한인권단체"), &l));
	CHECK_INT(0, hits(&d, STR("북한단체"), &l));
	CHECK_INT(1, hits(&d, STR("권"), &l));
	CHECK_INT(1, hits(&d, STR("tae-hui"), &l));
	CHECK_INT(1, hits(&d, STR("\"lost its office\""), &l));
	CHECK_INT(0, hits(&d, STR("\"its lost office\""), &l));
	CHECK_INT(1, hits(&d, STR("office seoul"), &l));
	CHECK_INT(0, hits(&d, STR("office 북한"), &l));
	CHECK_INT(0, hits(&d, STR("seoul -office"), &l));
	CHECK_STR(STR("Seoul cuts funding"), (hits(&d, STR("SEOUL"), &l), l.items.v[0].title));
	desk_end(&d);
}

static void
no_query_is_a_syntax_error(void)
{
	static const char *const parts[] = { "\"", "-", "북한", "*", "(", ")", " AND ", " NEAR(", "^", ":", "title:", "'", "\\", "{", "+",
		" OR ", " NOT ", "“", "”", "a", " ", "\xc3\xa9", "--", "\"\"", "한" };
	struct desk            d;
	struct store_item_list l;

	if (!desk_begin(&d))
		return;
	add(&d, STR("https://a.example/1"), STR("북한"), STR("a 북한 é"));
	srand(7);
	for (int i = 0; i < 400; i++) {
		char   query[256] = "";
		size_t n = 0;

		for (int k = rand() % 12; k >= 0; k--)
			n += (size_t)snprintf(query + n, sizeof(query) - n, "%s", parts[(size_t)rand() % (sizeof(parts) / sizeof(*parts))]);
		CHECK(hits(&d, (struct str){ query, n }, &l) <= 1);
	}
	desk_end(&d);
}

static struct store_note
draft(const struct id *article)
{
	return (struct store_note){ .article = *article, .act = ACT_CREATE, .status = NOTE_DRAFT, .heading = STR("Seoul cuts funding, again"),
		.text = STR("Our **note**."), .country = STR("KP"), .language = STR("en"), .who = STR("editor") };
}

static void
a_note_is_saved_published_corrected_withdrawn(void)
{
	struct desk               d;
	struct store_article_done a;
	struct store_note_done    done;
	struct store_note         n, back;
	struct excerpt            excerpt = { .text = STR("lost  its 'office'") };
	struct store_contact      contact = { .name = STR("Gina Goh"), .email = STR("press@example.org"), .role = STR("manager") };

	if (!desk_begin(&d))
		return;
	a = add(&d, STR("https://a.example/2"), STR("Seoul"), STR("북한: the group lost its\n‘office’ in Seoul."));
	n = draft(&a.id);
	n.excerpts.v = &excerpt, n.excerpts.n = 1;
	n.contacts.v = &contact, n.contacts.n = 1;
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK_INT(-1, done.ledger_seq);
	CHECK_INT(ERR_OK, store_note_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_NOTE, &done.id), ID_ANY }, &back, &d.err));
	CHECK_STR(STR("lost its\n‘office’"), back.excerpts.v[0].text);
	CHECK_STR(STR("Gina Goh"), back.contacts.v[0].name);
	CHECK(str_starts(back.capture_hash, STR("sha256:")));
	n = back;
	n.act = ACT_EDIT;
	n.status = NOTE_PUBLISHED;
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK(done.ledger_seq > 0);
	CHECK(str_starts(done.slug, STR("seoul-cuts-funding-again-")));
	n.act = ACT_CORRECT;
	n.heading = STR("Seoul restores funding");
	CHECK_INT(ERR_FORMAT, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	n.why = STR("The sum was wrong.");
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK(str_starts(done.slug, STR("seoul-cuts-funding-again-")));
	CHECK_INT(3, done.version);
	n.act = ACT_WITHDRAW;
	n.status = NOTE_WITHDRAWN;
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	n.act = ACT_UPDATE;
	n.status = NOTE_PUBLISHED;
	CHECK_INT(ERR_DENIED, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
words_that_are_not_in_the_capture_are_refused(void)
{
	struct desk               d;
	struct store_article_done a;
	struct store_note_done    done;
	struct store_note         n;
	struct excerpt            excerpt = { .text = STR("북한은 아니다") };

	if (!desk_begin(&d))
		return;
	a = add(&d, STR("https://a.example/2"), STR("Seoul"), STR("북한이 그렇다."));
	n = draft(&a.id);
	n.excerpts.v = &excerpt, n.excerpts.n = 1;
	CHECK_INT(ERR_MISSING, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	CHECK_STR(STR("“북한은 아니다”: these words are not in the capture; the note was not saved"), str_of(d.err.text));
	excerpt = (struct excerpt){ .from = 1, .to = 3 };
	CHECK_INT(ERR_FORMAT, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	excerpt = (struct excerpt){ .from = 0, .to = 6 };
	CHECK_INT(ERR_OK, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	n.status = NOTE_PUBLISHED;
	n.sensitivity = SENSITIVITY_PROTECTED;
	CHECK_INT(ERR_DENIED, store_note_save(d.link, &d.arena, &(struct store_note_new){ n }, &done, &d.err));
	desk_end(&d);
}

static void
a_newer_extractor_replaces_what_it_said(void)
{
	struct desk               d;
	struct store_capture_done c;
	struct store_article_done a, again;
	struct store_article_view view;
	struct store_item_list    l;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, take(&d, STR("https://a.example/1"), STR("x"), &c));
	CHECK_INT(ERR_OK, extract(&d, &c.id, STR("Old"), STR("first words 북한"), &a));
	CHECK_INT(ERR_OK, extract(&d, &c.id, STR("New"), STR("other words"), &again));
	CHECK(id_eq(&a.id, &again.id));
	CHECK_INT(0, hits(&d, STR("북한"), &l));
	CHECK_INT(1, hits(&d, STR("other"), &l));
	CHECK_INT(ERR_OK, store_article_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_ARTICLE, &a.id), ID_ARTICLE }, &view, &d.err));
	CHECK_STR(STR("New"), view.article.title);
	CHECK_STR(STR("other words"), view.article.text);
	CHECK_INT(27, view.article.published.day);
	CHECK_INT(1, view.article.blocks.n);
	CHECK(id_eq(&c.id, &view.taken.id));
	desk_end(&d);
}

static void
two_clients_at_once_and_a_second_owner_is_refused(void)
{
	struct desk        d;
	struct store_link *second, *third;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, link_open(str_of(d.dir), LINK_WRITE, &second, &d.err));
	CHECK_INT(ERR_BUSY, link_open(str_of(d.dir), LINK_SERVE, &third, &d.err));
	add(&d, STR("https://a.example/1"), STR("one"), STR("one"));
	link_close(d.link);
	d.link = second;
	add(&d, STR("https://a.example/2"), STR("two"), STR("two"));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

static void
a_reader_may_not_write(void)
{
	struct desk               d;
	struct store_capture_done c;
	struct store_desk_status  status;
	struct store_link        *owner;
	int                       fd;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, link_spawn(d.link, ROLE_READER, &fd, &d.err));
	owner = d.link;
	d.link = link_from_fd(fd);
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	CHECK_INT(ERR_DENIED, take(&d, STR("https://a.example/1"), STR("x"), &c));
	CHECK_STR(STR("capture_commit: a reader may not do that"), str_of(d.err.text));
	link_close(d.link);
	d.link = owner;
	desk_end(&d);
}

static void
a_client_that_talks_nonsense_is_dropped(void)
{
	struct desk              d;
	struct store_desk_status status;
	char                     junk[64], byte;
	int                      fd;

	if (!desk_begin(&d))
		return;
	srand(3);
	for (int i = 0; i < 40; i++) {
		CHECK_INT(ERR_OK, link_spawn(d.link, ROLE_ALL, &fd, &d.err));
		for (size_t k = 0; k < sizeof(junk); k++)
			junk[k] = (char)rand();
		junk[3] = 0x7f;
		if (i % 2 == 0)
			memset(junk + 4, 0, 8);         /* a verb that is none, with no body */
		CHECK_INT(sizeof(junk), write(fd, junk, sizeof(junk)));
		while (read(fd, &byte, 1) == 1)
			;
		close(fd);
	}
	CHECK_INT(ERR_OK, store_status(d.link, &d.arena, &(struct store_none){ 0 }, &status, &d.err));
	desk_end(&d);
}

static void
an_id_is_found_by_its_beginning(void)
{
	struct desk               d;
	struct store_article_done a;
	struct store_found        found;

	if (!desk_begin(&d))
		return;
	a = add(&d, STR("https://a.example/1"), STR("one"), STR("one"));
	CHECK_INT(ERR_OK, store_find(d.link, &d.arena, &(struct store_name){ str_sub(shown(&d, ID_ARTICLE, &a.id), 0, 6), ID_ANY }, &found, &d.err));
	CHECK(found.kind == ID_ARTICLE && id_eq(&found.id, &a.id));
	CHECK_INT(ERR_MISSING, store_find(d.link, &d.arena, &(struct store_name){ STR("북한"), ID_ANY }, &found, &d.err));
	CHECK_INT(ERR_MISSING, store_find(d.link, &d.arena, &(struct store_name){ STR("n-000"), ID_ARTICLE }, &found, &d.err));
	CHECK_STR(STR("n-000 is not the id of an article"), str_of(d.err.text));
	for (int i = 0; i < 400; i++)
		add(&d, STR("https://a.example/1"), STR("one"), STR("one"));
	CHECK_INT(ERR_EXISTS, store_find(d.link, &d.arena, &(struct store_name){ str_sub(shown(&d, ID_ARTICLE, &a.id), 2, 3), ID_ANY }, &found, &d.err));
	desk_end(&d);
}

static void
a_job_is_leased_once_and_ends_once(void)
{
	struct desk      d;
	struct store_job job, leased, none;

	if (!desk_begin(&d))
		return;
	CHECK_INT(ERR_OK, store_job_add(d.link, &d.arena, &(struct store_job_new){ JOB_ADD_FILE, STR("북한.html"),
	    bytes_of(STR("<p>bytes")) }, &job, &d.err));
	CHECK_INT(ERR_OK, store_job_lease(d.link, &d.arena, &(struct store_job_lease_ask){ 60, 1 << JOB_ADD_FILE }, &leased, &d.err));
	CHECK(id_eq(&job.id, &leased.id));
	CHECK_STR(STR("<p>bytes"), bytes_as_str(leased.blob));
	CHECK_INT(ERR_OK, store_job_lease(d.link, &d.arena, &(struct store_job_lease_ask){ 60, 1 << JOB_ADD_FILE }, &none, &d.err));
	CHECK(id_is_none(&none.id));
	CHECK_INT(ERR_OK, store_job_end(d.link, &d.arena, &(struct store_job_end_ask){ .id = job.id, .fault = STR("gone"), .retry_s = 0 },
	    &(struct store_none){ 0 }, &d.err));
	CHECK_INT(ERR_OK, store_job_get(d.link, &d.arena, &(struct store_name){ shown(&d, ID_JOB, &job.id), ID_JOB }, &job, &d.err));
	CHECK_INT(JOB_FAILED, job.state);
	CHECK_STR(STR("gone"), job.last_err);
	desk_end(&d);
}

static void
a_backup_copy_is_a_desk_again(void)
{
	struct desk            d;
	struct store_file_list files;
	struct store_item_list l;
	char                   copy[128], line[400];

	if (!desk_begin(&d))
		return;
	add(&d, STR("https://a.example/1"), STR("북한"), STR("북한 인권"));
	snprintf(copy, sizeof(copy), "%s/trash", d.dir);
	CHECK_INT(ERR_OK, store_backup_files(d.link, &d.arena, &(struct store_backup_ask){ str_of(copy) }, &files, &d.err));
	CHECK(files.files.n >= 4);
	CHECK_INT(ERR_OK, store_backup_commit(d.link, &d.arena, &(struct store_backup_new){ str_of(copy), 1, 4, 5 }, &(struct store_none){ 0 }, &d.err));
	link_close(d.link);
	d.link = NULL;
	snprintf(line, sizeof(line), "%s/trash/tidings.db", d.dir);
	snprintf(copy, sizeof(copy), "%s/tidings.db", d.dir);
	CHECK_INT(0, rename(line, copy));
	CHECK(reopen(&d));
	CHECK_INT(1, hits(&d, STR("인권"), &l));
	CHECK_INT(0, unexpected(&d));
	desk_end(&d);
}

TESTS(
	TEST(what_was_captured_is_read_back),
	TEST(a_search_finds_korean_inside_compounds),
	TEST(no_query_is_a_syntax_error),
	TEST(a_note_is_saved_published_corrected_withdrawn),
	TEST(words_that_are_not_in_the_capture_are_refused),
	TEST(a_newer_extractor_replaces_what_it_said),
	TEST(two_clients_at_once_and_a_second_owner_is_refused),
	TEST(a_reader_may_not_write),
	TEST(a_client_that_talks_nonsense_is_dropped),
	TEST(an_id_is_found_by_its_beginning),
	TEST(a_job_is_leased_once_and_ends_once),
	TEST(a_backup_copy_is_a_desk_again))
