// A WACZ in ReplayWeb.page: is its text there, are its stored images shown, is its signature good, does nothing leave the machine?
//   node replay.mjs FILE.wacz URL TIMESTAMP WORDS IMAGES      TAP on standard output
// The viewer is served from its package on loopback; every request of the browser is counted by host.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [file, url, ts, words, images] = process.argv.slice(2);
const viewer = new URL("./node_modules/replaywebpage/", import.meta.url).pathname;
const types = { js: "text/javascript", html: "text/html", wacz: "application/wacz" };

const shell = `<!DOCTYPE html><meta charset="utf-8"><style>html, body, replay-web-page { height: 100%; margin: 0; display: block }</style><script src="/ui.js"></script>
<replay-web-page source="/it.wacz" url="${url}" ts="${ts}" embed="default" replayBase="/replay/" deepLink></replay-web-page>`;

const server = createServer((ask, reply) => {
	const path = new URL(ask.url, "http://x").pathname;
	const send = (body, type, status = 200, more = {}) => {
		reply.writeHead(status, { "Content-Type": type, "Content-Length": body.length, "Accept-Ranges": "bytes", ...more });
		reply.end(ask.method === "HEAD" ? undefined : body);
	};
	if (path === "/") return send(Buffer.from(shell), types.html);
	if (path === "/ui.js") return send(readFileSync(viewer + "ui.js"), types.js);
	if (path === "/replay/sw.js") return send(readFileSync(viewer + "sw.js"), types.js, 200, { "Service-Worker-Allowed": "/" });
	if (path === "/it.wacz") {
		const body = readFileSync(file), range = /^bytes=(\d*)-(\d*)$/.exec(ask.headers.range ?? "");
		if (!range) return send(body, types.wacz);
		const from = range[1] === "" ? Math.max(0, body.length - Number(range[2])) : Number(range[1]);
		const to = range[1] === "" || range[2] === "" ? body.length - 1 : Math.min(Number(range[2]), body.length - 1);
		return send(body.subarray(from, to + 1), types.wacz, 206, { "Content-Range": `bytes ${from}-${to}/${body.length}` });
	}
	return send(Buffer.from("none"), "text/plain", 404);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const home = `127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"] });
const context = await browser.newContext();
const outside = new Set();
context.on("request", (r) => {
	const u = new URL(r.url());
	// What the service worker answers from the package carries the captured address inside the viewer's own.
	if (u.protocol.startsWith("http") && u.host !== home) outside.add(u.href);
});
const page = await context.newPage();
await page.goto(`http://${home}/`);

async function framed() {
	for (let i = 0; i < 150; i++) {
		for (const f of page.frames()) {
			const text = await f.evaluate(() => document.body?.innerText ?? "").catch(() => "");
			if (f !== page.mainFrame() && text.includes(words)) return f;
		}
		await page.waitForTimeout(200);
	}
	return null;
}

const frame = await framed();
let n = 0, bad = 0;
function say(ok, name, why) {
	console.log(`${ok ? "ok" : "not ok"} ${++n} - ${name}`);
	if (!ok) bad++, console.log(`# ${why}`);
}
console.log("1..4");
say(frame !== null, "the text of the page is there", page.frames().map((f) => f.url()).join(" "));
const shown = frame === null ? -1 : await frame.evaluate(async () => {
	await Promise.all([...document.images].map((i) => i.decode().catch(() => 0)));
	return [...document.images].map((i) => [i.alt, i.naturalWidth]);
});
say(shown !== -1 && shown.length === Number(images) && shown.every(([, width]) => width > 0), "every stored image is shown",
	`${JSON.stringify(shown)} of ${images}`);
const colls = await page.evaluate(async () => {
	const found = [];
	for (const db of await indexedDB.databases()) {
		const open = await new Promise((done) => { const r = indexedDB.open(db.name); r.onsuccess = () => done(r.result); r.onerror = () => done(null); });
		if (open && [...open.objectStoreNames].includes("verification"))
			found.push(...await new Promise((done) => { const r = open.transaction("verification").objectStore("verification").getAll(); r.onsuccess = () => done(r.result); r.onerror = () => done([]); }));
		open?.close();
	}
	return found;
});
const signature = colls.find((v) => String(v.id).endsWith("signature"));
// Of the files' hashes this version of the viewer says "false" for every package, the specification's own examples too.
say(signature?.matched === true, "the viewer finds the signature good", JSON.stringify(colls));
say(outside.size === 0, "no request leaves the machine", [...outside].join(" "));
if (process.env.SHOTS) await page.screenshot({ path: process.env.SHOTS + "/replaywebpage.png" });
await browser.close();
server.close();
process.exit(bad ? 1 : 0);
