// Looks at pages in a browser as bench/serve_gzip.py sends them, and prints what a reader gets of each:
// requests, hosts, bytes over the wire, axe violations, overflow of a phone, words without scripts, A4 pages.
//   node measure.mjs AXE.js http://127.0.0.1:8790/reports/sfo/en/index.html …
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const [axe, ...pages] = process.argv.slice(2);
const source = readFileSync(axe, 'utf8');
const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const rest = (ms) => new Promise((done) => setTimeout(done, ms));

async function open(url, { width = 1280, scheme = 'light', script = true } = {}) {
	const context = await browser.createBrowserContext();
	const page = await context.newPage();
	await page.setViewport({ width, height: 900 });
	await page.setJavaScriptEnabled(script);
	await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
	const seen = { requests: 0, bytes: 0, hosts: new Set(), kinds: {} };
	const wire = await page.createCDPSession();
	const watched = new Set(), kinds = new Map();
	async function watch(session) { // the page and its workers
		if (watched.has(session)) return;
		watched.add(session);
		session.on('Network.requestWillBeSent', ({ requestId, request }) => {
			if (!request.url.startsWith('http') || kinds.has(requestId)) return;
			kinds.set(requestId, /\.(\w+)$/.exec(new URL(request.url).pathname)?.[1] ?? 'html');
			seen.requests++;
			seen.hosts.add(new URL(request.url).host);
		});
		session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
			const kind = kinds.get(requestId);
			seen.bytes += encodedDataLength;
			seen.kinds[kind] = (seen.kinds[kind] ?? 0) + encodedDataLength;
		});
		await session.send('Network.enable');
		if (session !== wire) await session.send('Runtime.runIfWaitingForDebugger');
	}
	await watch(wire);
	wire.on('sessionattached', (session) => watch(session).catch(() => {}));
	await wire.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
	await page.goto(url, { waitUntil: 'load', timeout: 120000 });
	await page.waitForNetworkIdle({ idleTime: 3000, timeout: 120000 }).catch(() => {});
	await rest(Number(process.env.WAIT ?? 1000)); // for what workers still compute
	return { page, seen, close: () => context.close() };
}

async function violations(url, scheme) {
	const { page, close } = await open(url, { scheme });
	await page.evaluate(source);
	const found = await page.evaluate(async () => (await window.axe.run()).violations.map((v) => `${v.id}×${v.nodes.length}`));
	await close();
	return found;
}

const words = () => ({
	letters: (document.querySelector('main') ?? document.body).innerText.replace(/\s+/g, ' ').length,
	tables: document.querySelectorAll('table').length,
	figures: document.querySelectorAll('figure svg, [_echarts_instance_], main svg[role=img]').length,
});

for (const url of pages) {
	const wide = await open(url);
	const with_script = await wide.page.evaluate(words);
	const pdf = Buffer.from(await wide.page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
	await wide.close();
	const phone = await open(url, { width: 390 });
	const overflow = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	await phone.close();
	const bare = await open(url, { script: false });
	const without_script = await bare.page.evaluate(words);
	await bare.close();
	console.log(JSON.stringify({
		url, requests: wide.seen.requests, hosts: [...wide.seen.hosts], kilobytes: Math.round(wide.seen.bytes / 1024),
		largest: Object.fromEntries(Object.entries(wide.seen.kinds).sort((a, b) => b[1] - a[1]).slice(0, 5).map(([k, v]) => [k, Math.round(v / 1024)])),
		axe_light: await violations(url, 'light'), axe_dark: await violations(url, 'dark'),
		overflow_at_390: overflow, with_script, without_script, a4_pages: (pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length,
	}, null, 1));
}
await browser.close();
