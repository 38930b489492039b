// SPDX-License-Identifier: GPL-3.0-or-later
// Opens what `bpr draw` writes in a headless Chromium: the page to move about in, by its buttons, keys, wheel and pointer, with and
// without its script; a picture as it is, and its texts as the browser sets them.
//
//	node draw.mjs MODULES CHROMIUM [!]FILE.html|FILE.svg[=WORDS.txt]...
import fs from 'node:fs';
import { judge, start } from './browse.mjs';
import { inPage } from './look.mjs';

const [modules, chromium, ...inputs] = process.argv.slice(2);
const { browser, open, accessible, validate } = await start(modules, chromium);
const near = (a, b, slack = 1.5) => Math.abs(a - b) <= slack;

// Where the picture lies, how large, and what is seen of it.
const state = page => page.evaluate(() => {
	const stage = document.getElementById('stage');
	const around = stage.getBoundingClientRect();
	const box = stage.querySelector('svg').getBoundingClientRect();
	return {
		left: around.left, top: around.top, width: stage.clientWidth, height: stage.clientHeight, x: stage.scrollLeft, y: stage.scrollTop,
		picture: { left: box.left, top: box.top, width: box.width, height: box.height },
		most: { x: stage.scrollWidth - stage.clientWidth, y: stage.scrollHeight - stage.clientHeight },
		told: document.getElementById('size').textContent, tools: document.getElementById('tools').checkVisibility(),
		page: { width: document.documentElement.scrollWidth, of: document.documentElement.clientWidth },
	};
});

// `act`, then the picture is `times` as large, and the number beside the buttons says so.
async function grows(page, name, act, times, full) {
	const before = await state(page);
	await act();
	const after = await state(page);
	const faults = [];
	if (!near(after.picture.width, before.picture.width * times, 2) || !near(after.picture.height, before.picture.height * times, 2))
		faults.push(`${name}: ${before.picture.width} wide, then ${after.picture.width}`);
	if (after.told !== `${Math.round(after.picture.width / full * 100)}%`)
		faults.push(`${name}: told ${after.told}`);
	return faults;
}

const press = (page, act) => () => page.click(`button[data-do=${act}]`);

async function buttons(page, full) {
	const faults = [];
	faults.push(...await grows(page, 'button larger', press(page, 'in'), 1.25, full));
	faults.push(...await grows(page, 'button larger', press(page, 'in'), 1.25, full));
	faults.push(...await grows(page, 'button smaller', press(page, 'out'), 0.8, full));
	await page.click('button[data-do=whole]');
	let now = await state(page);
	if (now.picture.width > now.width || now.picture.height > now.height || (!near(now.picture.width, now.width, now.width * 0.02) &&
	    !near(now.picture.height, now.height, now.height * 0.02)))
		faults.push(`button all of it: ${now.picture.width} x ${now.picture.height} on ${now.width} x ${now.height}`);
	await page.click('button[data-do=one]');
	now = await state(page);
	if (!near(now.picture.width, full, 0.5) || now.told !== '100%')
		faults.push(`button full size: ${now.picture.width} of ${full}`);
	for (let i = 0; i < 40; i++)
		await page.click('button[data-do=out]');
	now = await state(page);
	if (now.picture.width < 10)
		faults.push('the picture can be made to vanish');
	return faults;
}

// With the keyboard alone: the picture is reached, grows, moves.
async function keys(page, full) {
	const faults = [];
	await page.evaluate(() => document.activeElement.blur());
	for (let i = 0; i < 8 && await page.evaluate(() => document.activeElement.id) !== 'stage'; i++)
		await page.keyboard.press('Tab');
	if (await page.evaluate(() => document.activeElement.id) !== 'stage')
		return ['the picture cannot be reached with the keyboard'];
	await page.keyboard.press('0');
	for (let i = 0; i < 7; i++)
		faults.push(...await grows(page, 'key +', () => page.keyboard.press('+'), 1.25, full));
	faults.push(...await grows(page, 'key -', () => page.keyboard.press('-'), 0.8, full));
	for (const [key, axis] of [['ArrowRight', 'x'], ['ArrowDown', 'y']]) {
		const before = await state(page);
		if (before[axis] >= before.most[axis])
			continue; // all of it is shown that way
		await page.keyboard.press(key);
		await page.waitForFunction((name, was) => document.getElementById('stage')[name] > was, { timeout: 3000 },
			axis === 'x' ? 'scrollLeft' : 'scrollTop', before[axis]).catch(() => faults.push(`key ${key} does not move the picture`));
	}
	await page.keyboard.press('f');
	const whole = await state(page);
	if (whole.picture.width > whole.width || whole.picture.height > whole.height)
		faults.push('key f: not all of it is shown');
	return faults;
}

// Scrolling by keys is animated: it has come to rest when nothing moved for six frames.
const settled = page => page.evaluate(() => new Promise(done => {
	const stage = document.getElementById('stage');
	let x = -1, y = -1, frames = 0;
	const look = () => {
		frames = stage.scrollLeft === x && stage.scrollTop === y ? frames + 1 : 0;
		x = stage.scrollLeft;
		y = stage.scrollTop;
		if (frames < 6)
			requestAnimationFrame(look);
		else
			done();
	};
	look();
}));

// The wheel with Ctrl: what is under the pointer stays there. The pointer drags.
async function pointer(page) {
	const faults = [];
	await page.click('button[data-do=one]');
	for (let i = 0; i < 6; i++)
		await page.click('button[data-do=in]');
	await settled(page);
	let before = await state(page);
	const x = before.left + before.width * 0.6, y = before.top + before.height * 0.4;
	await page.mouse.move(x, y);
	await page.keyboard.down('Control');
	await page.mouse.wheel({ deltaY: -120 });
	await page.waitForFunction(was => document.querySelector('#stage svg').getBoundingClientRect().width > was, { timeout: 3000 }, before.picture.width)
		.catch(() => faults.push('Ctrl and the wheel do not change the size'));
	await page.keyboard.up('Control');
	await settled(page);
	let after = await state(page);
	const times = after.picture.width / before.picture.width;
	if (!near((x - after.picture.left) / times, x - before.picture.left) || !near((y - after.picture.top) / times, y - before.picture.top))
		faults.push('Ctrl and the wheel: another place comes under the pointer');
	before = after;
	await page.mouse.down();
	await page.mouse.move(x - 70, y - 40, { steps: 4 });
	await page.mouse.up();
	after = await state(page);
	if (!near(after.x - before.x, Math.min(70, before.most.x - before.x)) || !near(after.y - before.y, Math.min(40, before.most.y - before.y)))
		faults.push(`dragged by 70, 40: moved by ${after.x - before.x}, ${after.y - before.y}`);
	await page.mouse.move(x + 30, y + 30, { steps: 2 });
	const still = await state(page);
	if (still.x !== after.x || still.y !== after.y)
		faults.push('the picture follows a pointer that let go');
	return faults;
}

// Two fingers move apart: twice as large.
async function pinch(page) {
	const before = await state(page);
	const session = await page.createCDPSession();
	const x = before.left + before.width / 2, y = before.top + before.height / 2;
	const touch = (type, apart) => session.send('Input.dispatchTouchEvent', {
		type, touchPoints: apart ? [{ x: x - apart, y, id: 0 }, { x: x + apart, y, id: 1 }] : [],
	});
	await touch('touchStart', 40);
	for (const apart of [50, 60, 70, 80])
		await touch('touchMove', apart);
	await touch('touchEnd', 0);
	const after = await state(page);
	return near(after.picture.width / before.picture.width, 2, 0.05) ? [] : [`two fingers: ${before.picture.width} wide, then ${after.picture.width}`];
}

// What else would run is refused, and so is every request.
async function policy(page) {
	const faults = [];
	const result = await page.evaluate(async () => {
		const refused = [];
		document.addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
		const script = document.createElement('script');
		script.textContent = 'window.strange = 1';
		document.body.append(script);
		const image = document.createElement('img');
		image.src = 'http://example.test/a.png';
		document.body.append(image);
		await fetch('http://example.test/b').catch(() => null);
		await new Promise(resolve => setTimeout(resolve, 50));
		return { strange: window.strange === 1, refused };
	});
	if (result.strange)
		faults.push('another script runs');
	for (const directive of ['script-src-elem', 'img-src', 'connect-src'])
		if (!result.refused.includes(directive))
			faults.push(`the policy does not refuse ${directive}`);
	return faults;
}

async function withoutScript(file, full) {
	const { page, noticed } = await open(file, { script: false });
	await page.setViewport({ width: 1280, height: 900 });
	const now = await state(page);
	const faults = [];
	if (now.tools)
		faults.push('without script: buttons that do nothing');
	if (!near(now.picture.width, full, 0.5) || now.picture.top > 300 || now.height < 300)
		faults.push('without script: the picture is not shown');
	const shown = await page.$$eval('#stage svg text', texts => texts.filter(text => text.checkVisibility() && text.getBoundingClientRect().width > 0).length);
	if (!shown)
		faults.push('without script: no text is shown');
	await page.close();
	// A refused script of one's own is what was asked for.
	return [...faults, ...noticed];
}

async function examinePage(file) {
	const { page, noticed } = await open(file);
	const faults = await validate(file);
	faults.push(...(await page.evaluate(() => window.foreign())).filter(fault => fault !== '<script> is in the page'));
	if (await page.$$eval('script', all => all.length) !== 1)
		faults.push('more than its own script is in the page');
	const full = await page.$eval('#stage svg', svg => Number(svg.getAttribute('width')));
	for (const [width, height] of [[390, 844], [1280, 900]]) {
		await page.setViewport({ width, height });
		faults.push(...await accessible(page));
		const now = await state(page);
		if (now.page.width > now.page.of + 1)
			faults.push(`the page is ${now.page.width} wide on a screen of ${width}`);
		if (now.height < 300)
			faults.push(`${now.height} are left for the picture on a screen of ${height}`);
	}
	if ((await state(page)).tools) {
		faults.push(...await buttons(page, full), ...await keys(page, full), ...await pointer(page));
		await page.setViewport({ width: 390, height: 844, hasTouch: true, isMobile: true });
		await page.click('button[data-do=one]');
		faults.push(...await pinch(page));
	} else {
		faults.push('the buttons are not shown');
	}
	faults.push(...noticed.splice(0), ...await policy(page));
	await page.close();
	return [...faults, ...await withoutScript(file, full)];
}

// As a file of its own; then within a page, where its texts are looked at.
async function examinePicture(file) {
	const { page, noticed } = await open(file);
	const faults = [];
	const size = await page.evaluate(() => {
		const root = document.documentElement;
		const box = root.getBoundingClientRect();
		return { name: root.localName, error: document.querySelector('parsererror')?.textContent, width: box.width, wanted: Number(root.getAttribute('width')) };
	});
	if (size.name !== 'svg' || size.error || !near(size.width, size.wanted))
		faults.push(`no picture: <${size.name}> ${size.error ?? ''}, ${size.width} of ${size.wanted} wide`);
	await page.close();
	const other = await browser.newPage();
	await other.setViewport({ width: Math.ceil(size.wanted) + 40, height: 900 });
	await other.setContent(`<!doctype html><html lang="en"><title>picture</title><main><h1>Picture</h1>${fs.readFileSync(file, 'utf8').replace(/^<\?xml.*?\?>/, '')}</main></html>`);
	await other.evaluate(inPage);
	faults.push(...await other.evaluate(() => [...window.foreign(), ...window.look({ smallest: 8 })]), ...await accessible(other));
	await other.close();
	return [...faults, ...noticed];
}

const bad = await judge(inputs, 1, async file => [...new Set(await (file.endsWith('.svg') ? examinePicture(file) : examinePage(file)))]);
await browser.close();
process.exitCode = bad ? 1 : 0;
