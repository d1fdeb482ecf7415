// The desk in a real browser: item, note, preview, save, publish state and add, with JavaScript off, in each language,
// on a phone and a desk; then every page through axe (which needs script: that pass alone has it, with CSP set aside).
//   TIDINGS_URL=http://127.0.0.1:8080 node walk.mjs [FOLDER FOR SCREENSHOTS]
// The desk must hold at least one article, and the sources of tools/sample-watch.c; TIDINGS_SITE serves data/samples,
// TIDINGS_EMPTY is a desk without sources, TIDINGS_MANY one with 300.  TAP on standard output.
import { readFileSync, mkdirSync } from "node:fs";

const base = process.env.TIDINGS_URL;
const { TIDINGS_SITE: site, TIDINGS_EMPTY: empty, TIDINGS_MANY: many } = process.env;
const shots = process.argv[2];
let n = 0, bad = 0;

function say(ok, name, why) {
	n++;
	if (!ok) {
		bad++;
		for (const line of String(why ?? "").split("\n")) console.log(`# ${line}`);
	}
	console.log(`${ok ? "ok" : "not ok"} ${n} - ${name}`);
}

function skip(why) {
	console.log(`1..0 # SKIP ${why}`);
	process.exit(0);
}

if (!base) skip("TIDINGS_URL names no desk");
const { chromium } = await import("playwright-core").catch(() => skip("playwright-core is not installed (npm ci)"));
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--no-first-run"],
}).catch((e) => skip(`chromium does not start: ${e.message.split("\n")[0]}`));
if (shots) mkdirSync(shots, { recursive: true });

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };

async function shot(page, name) {
	if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
		.catch(() => 0);
	say(wide <= 0, `${name}: nothing is wider than the screen`, `${wide} px too wide`);
}

async function walk(lang, size, scheme) {
	const tag = `${lang}-${size}-${scheme}`;
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: sizes[size], locale: lang,
		colorScheme: scheme });
	const page = await context.newPage();
	const outside = [];
	page.on("request", (r) => { if (!r.url().startsWith(base)) outside.push(r.url()); });

	await page.goto(`${base}/?lang=${lang}`);
	say(await page.locator("html").getAttribute("lang") === lang, `${tag}: the list is in the reader's language`);
	await shot(page, `${tag}-list`);
	await page.locator(".items h2 a").first().click();
	await shot(page, `${tag}-item`);
	const item = page.url();
	await page.locator("a.button.main").click();
	await page.locator("#heading").fill("한국어 <b>heading</b> \"quoted\"");
	await page.locator("#text").fill("Our *own* words. 우리 노트.");
	await page.locator("input[name=x]").first().check();
	await page.locator("#date").fill("27.6.2018");
	await page.locator("button[value=preview]").click();
	say(await page.locator("#date-error").count() === 1, `${tag}: a wrong date is explained beside its field`);
	say(await page.locator("#heading").inputValue() === "한국어 <b>heading</b> \"quoted\"", `${tag}: nothing typed is lost`);
	await page.locator("#date").fill("2018-06-27");
	await page.locator("button[value=preview]").click();
	say(await page.locator(".sheet h3").innerText() === "한국어 <b>heading</b> \"quoted\"", `${tag}: the preview shows the heading`);
	say(await page.locator(".sheet em").count() === 1, `${tag}: the preview shows the note's emphasis`);
	say(await page.locator(".sheet blockquote p").count() === 1, `${tag}: the preview shows the excerpt`);
	await shot(page, `${tag}-note`);
	await page.locator("input[name=status][value=published]").check();
	await page.locator("button[value=save]").click();
	say(await page.locator(".error").count() > 0, `${tag}: an unreviewed note is not published`);
	await page.locator("input[name=sensitivity][value=public]").check();
	await page.locator("button[value=save]").click();
	say(await page.locator(".good").count() === 1, `${tag}: the note is saved as published`);
	const note = page.url();
	await page.goto(`${base}/notes?status=published`);
	say(await page.locator(".state.published").count() > 0, `${tag}: the list of notes says so`);
	await shot(page, `${tag}-notes`);
	await page.goto(`${base}/search?q=%EC%82%AC%EB%AC%B4%EC%8B%A4`);
	await shot(page, `${tag}-search`);
	await page.goto(`${base}/`);
	await page.locator("#url").fill("not an address");
	await page.locator("form.add button").click();
	say(await page.locator("#url-error").count() === 1, `${tag}: what is no address is explained`);
	await shot(page, `${tag}-add`);
	await page.goto(`${base}/help`);
	await shot(page, `${tag}-help`);
	say(outside.length === 0, `${tag}: no request leaves the desk`, outside.join("\n"));
	await context.close();
	return [item, note].map((u) => u.slice(base.length).replace("?saved=1", ""));
}

// Sources and what they announced: found, shown, taken, set, decided about, taken back; with the keyboard where it matters.
async function watch(lang, size, scheme) {
	const tag = `${lang}-${size}-${scheme}`;
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: sizes[size], locale: lang,
		colorScheme: scheme });
	const page = await context.newPage();
	const outside = [];
	page.on("request", (r) => { if (!r.url().startsWith(base)) outside.push(r.url()); });

	await page.goto(`${base}/inbox?lang=${lang}`);
	await shot(page, `${tag}-inbox`);
	const first = await page.locator(".items h3").first().innerText();
	await page.locator("button[name=dismiss]").first().focus();
	await page.keyboard.press("Enter");
	await page.waitForURL(/did=dismissed/);
	say(await page.locator(".did").innerText().then((t) => t.includes(first)), `${tag}: what was dismissed is named`);
	say(await page.locator(".items h3").first().innerText() !== first, `${tag}: and is no longer among the new`);
	await page.locator("button[name=open]").first().focus();
	await page.keyboard.press("Enter");
	await page.waitForURL(/did=open/);
	say(await page.locator(".items h3").first().innerText() === first, `${tag}: undo brings it back`);
	await page.locator(".items h3 a").first().click();
	await shot(page, `${tag}-announced`);
	const item = page.url();
	await page.locator("button[name=keep]").click();
	say(page.url().includes("/inbox/i-") && page.url().split("?")[0] !== item.split("?")[0], `${tag}: from one item to the next`);
	say(await page.locator(".did").innerText().then((t) => t.includes(first)), `${tag}: what was kept is named`);
	await page.locator("button[name=open]").first().click();
	say(await page.locator("h1").innerText() === first, `${tag}: and can be taken back`);
	await page.goto(`${base}/news`);
	say(await page.locator(".news li").count() > 0, `${tag}: there is news of the sources`);
	await shot(page, `${tag}-news`);
	await page.goto(`${base}/sources`);
	await shot(page, `${tag}-sources`);
	await page.locator(".sources h3 a").first().click();
	await page.locator("#robots").fill("법으로 공개된 목록 <b>");
	await page.locator("#every").selectOption("3600");
	await page.locator("button[value=save]").click();
	say(await page.locator(".good").count() === 1 && await page.locator("#robots").inputValue() === "법으로 공개된 목록 <b>",
		`${tag}: a source's settings are saved`);
	await page.locator(".history summary").click();
	say(await page.locator(".history ins").allInnerTexts().then((t) => t.includes("법으로 공개된 목록 <b>")), `${tag}: with their history`);
	await shot(page, `${tag}-source`);
	const source = page.url();
	await page.locator("#robots").fill("");
	await page.locator("#every").selectOption("0");
	await page.locator("button[value=save]").click();
	await page.goto(`${base}/sources/add`);
	await page.locator("#source-url").fill("javascript:alert(1)");
	await page.locator(".sourceadd button").click();
	say(await page.locator("#source-error").count() === 1, `${tag}: what is no address is explained`);
	await page.locator("#source-url").fill(`${site}/feeds.html`);
	await page.locator(".sourceadd button").click();
	for (let i = 0; i < 20 && page.url().includes("/job/"); i++) await page.locator(".actions a").click();
	say(await page.locator(".samples li").count() === 3, `${tag}: a site's feed is found and shown before it is taken`);
	const found = page.url();
	await shot(page, `${tag}-found`);
	await page.goto(`${base}/sources/start`);
	await page.locator("details summary").first().click();
	await shot(page, `${tag}-start`);
	say(outside.length === 0, `${tag}: no request leaves the desk for it`, outside.join("\n"));
	await context.close();
	return [item, source, found].map((u) => u.slice(base.length).split("?")[0]);
}

// What was found is watched, and what it announces comes into the inbox by itself.
async function follow() {
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: sizes.desktop });
	const page = await context.newPage();

	await page.goto(`${base}/sources/add?lang=en`);
	await page.locator("#source-url").fill(`${site}/feed.xml`);
	await page.locator(".sourceadd button").click();
	for (let i = 0; i < 20 && page.url().includes("/job/"); i++) await page.locator(".actions a").click();
	await page.locator("#folder").fill("Monitors");
	await page.locator("form.found button").click();
	say(page.url().includes("/source/s-"), "what was ticked is watched", page.url());
	const source = page.url().split("?")[0];
	for (let i = 0; i < 100 && await page.locator(".lines li").count() === 0; i++) {
		await new Promise((done) => setTimeout(done, 300));
		await page.goto(source);
	}
	say(await page.locator(".lines li").count() === 3, "and what it announces comes in");
	await page.goto(`${base}/inbox?group=%3DMonitors`);
	say(await page.locator(".items h3").allInnerTexts().then((t) => t.includes("Tag <script> in a title is only text")),
		"as text, whatever it holds");
	await page.goto(source);
	await page.locator("button[value=remove]").click();
	say(await page.locator("button[value=resume]").count() === 1, "a source that was removed can be watched again");
	await page.goto(`${base}/sources/add`);
	await page.locator("#source-url").fill(`${site}/notices.html`);
	await page.locator(".sourceadd button").click();
	for (let i = 0; i < 20 && page.url().includes("/job/"); i++) await page.locator(".actions a").click();
	say(await page.locator(".samples li").count() === 6, "a page without a feed offers its links");
	await page.locator("form.found button").click();
	say(await page.locator("#selector").count() === 1, "and which links count can be set");
	await context.close();
}

// A desk without sources teaches; one with 300, Korean names and very long titles stays in shape.
async function extremes(lang, size, scheme) {
	const tag = `${lang}-${size}-${scheme}`;
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: sizes[size], locale: lang,
		colorScheme: scheme });
	const page = await context.newPage();

	await page.goto(`${empty}/sources?lang=${lang}`);
	say(await page.locator("#source-url").count() === 1, `${tag}: no sources: the page offers to add one`);
	await shot(page, `${tag}-empty-sources`);
	await page.goto(`${empty}/inbox`);
	await shot(page, `${tag}-empty-inbox`);
	await page.goto(`${many}/sources?lang=${lang}`);
	await shot(page, `${tag}-many-sources`);
	let rows = await page.locator(".sources li").count();
	while (await page.locator("a[rel=next]").count() > 0) {
		await page.locator("a[rel=next]").click();
		rows += await page.locator(".sources li").count();
	}
	say(rows === 300, `${tag}: all 300 sources are on its pages`, `${rows}`);
	await page.goto(`${many}/inbox?show=all`);
	await shot(page, `${tag}-many-inbox`);
	await page.locator("a[rel=next]").click();
	await shot(page, `${tag}-many-inbox-2`);
	await context.close();
}

async function look(lang, scheme, paths) {
	const context = await browser.newContext({ bypassCSP: true, viewport: sizes.desktop, locale: lang, colorScheme: scheme });
	const page = await context.newPage();

	for (const path of paths) {
		await page.goto(`${base}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
		await page.evaluate(axe);
		const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
		say(found.violations.length === 0, `axe ${lang} ${scheme} ${path.replace(/[anijs]-[0-9a-z]{10}/, "ID")}`,
			found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 150)} ${v.nodes[0].any[0]?.message ?? ""}`).join("\n"));
	}
	await context.close();
}

try {
	for (const lang of ["en", "ko"]) {
		const [item, note] = await walk(lang, "desktop", "light");
		await walk(lang, "phone", "dark");
		const [announced, source, found] = await watch(lang, "desktop", "light");
		await watch(lang, "phone", "dark");
		await extremes(lang, "desktop", "dark");
		await extremes(lang, "phone", "light");
		for (const scheme of ["light", "dark"])
			await look(lang, scheme, ["/", item, note, `/note/new?article=${item.slice(6)}`, "/notes", "/add", "/help",
				"/search?q=seoul", "/nothing", "/inbox", "/inbox?show=dismissed", announced, "/news", "/sources", source, "/sources/add",
				found, "/sources/start", `/life/${item.slice(6)}`]);
	}
	await follow();
} catch (e) {
	say(false, "the walk reaches its end", e.message);
}
await browser.close();
console.log(`1..${n}`);
process.exitCode = bad ? 1 : 0;
