/* The whole way: a real desk, its notes, a folder. */
#include "publish/publish.h"

#include "store/desk_check.h"

struct press {
	struct desk         desk;
	struct str          out;
	struct publish_done done;
};

static bool
press_begin(struct press *p)
{
	char dir[] = "/tmp/tidings-site-XXXXXX";

	if (!desk_begin(&p->desk) || mkdtemp(dir) == NULL)
		return false;
	p->out = arena_copy(&p->desk.arena, str_of(dir));
	return true;
}

static void
press_end(struct press *p)
{
	CHECK_INT(ERR_OK, os_remove_tree(p->out, &p->desk.err));
	desk_end(&p->desk);
}

static enum err_code
run(struct press *p)
{
	enum err_code code = publish_site(p->desk.link, p->out, STR("https://desk.example"), 0, &p->done, &p->desk.err);

	if (code != ERR_OK)
		fprintf(stderr, "# %s\n", p->desk.err.text);
	return code;
}

static struct store_note_done
save(struct press *p, struct store_note n)
{
	struct store_note_done done = { 0 };

	CHECK_INT(ERR_OK, store_note_save(p->desk.link, &p->desk.arena, &(struct store_note_new){ n }, &done, &p->desk.err));
	return done;
}

static struct store_note
note_about(struct press *p, struct str heading)
{
	struct store_article_done a = add(&p->desk, STR("https://wire.example/1"), heading,
	    STR("First sentence. 둘째 문장.\n\nAnother paragraph.\n\nLeft out.\n\nThe end."));
	struct excerpt           *v = arena_array(&p->desk.arena, 2, struct excerpt);

	v[0] = (struct excerpt){ .text = STR("First sentence.") };
	v[1] = (struct excerpt){ .text = STR("The end.") };
	return (struct store_note){ .article = a.id, .act = ACT_CREATE, .status = NOTE_PUBLISHED, .heading = heading,
		.text = STR("Our *note*."), .language = STR("en"), .country = STR("KP"), .carrier = STR("Wire"),
		.full_story = STR("https://wire.example/1"), .who = STR("lena"), .excerpts = { v, 2 } };
}

static struct str
contents(struct press *p, const char *before, struct str name, const char *after)
{
	struct buf path = BUF_INIT(4096), b = BUF_INIT(MiB);
	struct str s;

	buf_add(&path, p->out);
	buf_add(&path, str_of(before));
	buf_add(&path, name);
	buf_add(&path, str_of(after));
	if (os_read_file(buf_str(&path), &b, &p->desk.err) != ERR_OK)
		buf_reset(&b);          /* not there: empty */
	s = arena_copy(&p->desk.arena, buf_str(&b));
	buf_free(&path);
	buf_free(&b);
	return s;
}

static void
a_note_becomes_a_page_and_publishing_again_writes_nothing(void)
{
	struct press           p;
	struct store_note_done n;
	struct str             page;

	if (!press_begin(&p))
		return;
	n = save(&p, note_about(&p, STR("Seoul cuts funding")));
	CHECK_INT(ERR_OK, run(&p));
	CHECK_INT(1, p.done.notes);
	CHECK_INT(p.done.files, p.done.written);
	page = contents(&p, "/notes/", n.slug, ".html");
	CHECK(str_find(page, STR("<p>First sentence.</p>\n<p class=\"cut\">[…]</p>\n<p>The end.</p>")) != STR_NONE);
	CHECK(str_find(page, STR("Test Desk — 시험 Note:")) != STR_NONE);
	CHECK(str_find(contents(&p, "/index.html", STR(""), ""), STR("Seoul cuts funding")) != STR_NONE);
	CHECK(str_find(contents(&p, "/manifest.txt", STR(""), ""), STR("  notes/")) != STR_NONE);
	CHECK(contents(&p, "/publishing.txt", STR(""), "").n == 0);
	CHECK_INT(ERR_OK, run(&p));
	CHECK_INT(0, p.done.written);
	CHECK_INT(0, p.done.removed);
	press_end(&p);
}

static void
what_is_withdrawn_keeps_its_address(void)
{
	struct press           p;
	struct store_note_done done;
	struct store_note      n;
	struct str             page;

	if (!press_begin(&p))
		return;
	n = note_about(&p, STR("Seoul cuts funding"));
	done = save(&p, n);
	CHECK_INT(ERR_OK, run(&p));
	n.id = done.id, n.act = ACT_WITHDRAW, n.status = NOTE_WITHDRAWN, n.why = STR("It was wrong.");
	save(&p, n);
	CHECK_INT(ERR_OK, run(&p));
	CHECK_INT(0, p.done.notes);
	page = contents(&p, "/notes/", done.slug, ".html");
	CHECK(str_find(page, STR("It was wrong.")) != STR_NONE && str_find(page, STR("Seoul cuts")) == STR_NONE);
	CHECK(contents(&p, "/country/kp.html", STR(""), "").n == 0);
	CHECK_INT(1, p.done.removed);
	press_end(&p);
}

static void
a_published_note_does_not_vanish_because_it_is_a_draft_again(void)
{
	struct press           p;
	struct store_note_done done;
	struct store_note      n;

	if (!press_begin(&p))
		return;
	n = note_about(&p, STR("Seoul cuts funding"));
	done = save(&p, n);
	CHECK_INT(ERR_OK, run(&p));
	n.id = done.id, n.act = ACT_EDIT, n.status = NOTE_DRAFT;
	save(&p, n);
	CHECK_INT(ERR_DENIED, run(&p));
	CHECK(contents(&p, "/notes/", done.slug, ".html").n > 0);
	press_end(&p);
}

static void
a_strangers_file_is_never_touched(void)
{
	struct press p;
	struct str   own;

	if (!press_begin(&p))
		return;
	own = os_join(&p.desk.arena, p.out, STR("thesis.txt"));
	CHECK_INT(ERR_OK, os_replace_file(own, STR("mine"), &p.desk.err));
	CHECK_INT(ERR_EXISTS, run(&p));
	CHECK_INT(ERR_OK, os_remove_tree(own, &p.desk.err));
	CHECK_INT(ERR_OK, run(&p));
	CHECK_INT(ERR_OK, os_replace_file(own, STR("mine"), &p.desk.err));
	save(&p, note_about(&p, STR("One")));
	CHECK_INT(ERR_OK, run(&p));
	CHECK_STR(STR("mine"), contents(&p, "/thesis.txt", STR(""), ""));
	press_end(&p);
}

/* What a power cut leaves: the journal, no manifest, half a page, and a page that nobody wants any more. */
static void
an_interrupted_publish_is_finished_at_the_next_run(void)
{
	struct press p;
	struct str   manifest, dir;

	if (!press_begin(&p))
		return;
	save(&p, note_about(&p, STR("One")));
	CHECK_INT(ERR_OK, run(&p));
	manifest = contents(&p, "/manifest.txt", STR(""), "");
	dir = p.out;
	CHECK_INT(ERR_OK, os_replace_file(os_join(&p.desk.arena, dir, STR("gone.html")), STR("old"), &p.desk.err));
	CHECK_INT(ERR_OK, os_replace_file(os_join(&p.desk.arena, dir, STR("index.html")), STR("<!doc"), &p.desk.err));
	CHECK_INT(ERR_OK, os_replace_file(os_join(&p.desk.arena, dir, STR("publishing.txt")),
	    STR("# Tidings site, manifest 1; check with: sha256sum -c manifest.txt\n"
	    "0000000000000000000000000000000000000000000000000000000000000000  gone.html\n"
	    "0000000000000000000000000000000000000000000000000000000000000000  ../outside\n"), &p.desk.err));
	CHECK_INT(ERR_OK, os_remove_tree(os_join(&p.desk.arena, dir, STR("manifest.txt")), &p.desk.err));
	CHECK_INT(ERR_OK, run(&p));
	CHECK_INT(2, p.done.written);
	CHECK_INT(1, p.done.removed);
	CHECK_STR(manifest, contents(&p, "/manifest.txt", STR(""), ""));
	CHECK(contents(&p, "/publishing.txt", STR(""), "").n == 0);
	press_end(&p);
}

static void
the_site_and_the_desk_stay_apart(void)
{
	struct press p;
	struct str   real;

	if (!press_begin(&p))
		return;
	real = p.out;
	p.out = os_join(&p.desk.arena, str_of(p.desk.dir), STR("site"));
	CHECK_INT(ERR_DENIED, run(&p));
	CHECK(!os_exists(p.out));
	p.out = str_of(p.desk.dir);
	CHECK_INT(ERR_DENIED, run(&p));
	p.out = STR("/tmp");
	CHECK_INT(ERR_DENIED, run(&p));
	p.out = real;
	press_end(&p);
}

TESTS(
	TEST(a_note_becomes_a_page_and_publishing_again_writes_nothing),
	TEST(what_is_withdrawn_keeps_its_address),
	TEST(a_published_note_does_not_vanish_because_it_is_a_draft_again),
	TEST(a_strangers_file_is_never_touched),
	TEST(an_interrupted_publish_is_finished_at_the_next_run),
	TEST(the_site_and_the_desk_stay_apart))
