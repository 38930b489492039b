// SPDX-License-Identifier: GPL-3.0-or-later
// Opens sheets of paper as HTML in a headless Chromium: every text on its sheet and off every other text, as the browser sets it,
// none too small to read, and as many printed pages as there are sheets, each of its size.
//
//	node sheets.mjs MODULES CHROMIUM [!]FILE.html[=WORDS.txt]...
import { judge, start } from './browse.mjs';

const [modules, chromium, ...inputs] = process.argv.slice(2);
const { browser, open, accessible, validate } = await start(modules, chromium);

// In millimetres of each sheet.
const measure = page => page.evaluate(() => {
	const faults = [];
	const sections = [...document.querySelectorAll('section')];
	const labels = new Set();
	for (const [index, section] of sections.entries()) {
		const svg = section.querySelector(':scope > svg');
		const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
		const name = `sheet ${index + 1}`;
		const label = section.getAttribute('aria-label');
		if (!label?.trim() || labels.has(label) || !svg.querySelector(':scope > title')?.textContent.trim())
			faults.push(`${name}: has no name of its own`);
		labels.add(label);
		const box = section.getBoundingClientRect();
		if (Math.abs(box.width - width * 96 / 25.4) > 1 || Math.abs(box.height - height * 96 / 25.4) > 1)
			faults.push(`${name}: is ${box.width} x ${box.height} pixels, not ${width} x ${height} mm`);
		const texts = [...svg.querySelectorAll(':scope > text')].map(text => {
			const { x, y, width: w, height: h } = text.getBBox();
			const size = Number(text.getAttribute('font-size'));
			const base = Number(text.getAttribute('y'));
			// What is drawn, not the line's height.
			return { x, y: base - 0.8 * size, right: x + w, bottom: base + 0.12 * size, size, said: text.textContent, h, y0: y };
		});
		for (const t of texts) {
			if (t.x < 2 || t.y < 2 || t.right > width - 2 || t.bottom > height - 2)
				faults.push(`${name}: '${t.said}' is not on it`);
			if (t.size < 2)
				faults.push(`${name}: '${t.said}' is ${t.size} mm high`);
		}
		for (let i = 0; i < texts.length; i++)
			for (let k = i + 1; k < texts.length; k++) {
				const a = texts[i], b = texts[k];
				if (Math.min(a.right, b.right) - Math.max(a.x, b.x) > 0.3 && Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > 0.3)
					faults.push(`${name}: '${a.said}' and '${b.said}' lie on each other`);
			}
		// Something on every sheet, and not only its frame.
		if (!texts.length)
			faults.push(`${name}: is empty`);
	}
	return { faults, sizes: sections.map(section => section.querySelector('svg').getAttribute('viewBox').split(' ').slice(2).map(Number)) };
});

// Sizes of the pages that come out of a printer, in millimetres.
async function printed(page) {
	const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');

	return [...pdf.matchAll(/\/Type \/Page\b[^s][\s\S]*?\/MediaBox \[([^\]]*)\]/g)]
		.map(match => match[1].trim().split(/\s+/).slice(2).map(x => Math.round(Number(x) * 25.4 / 72)));
}

async function examine(file) {
	const { page, noticed } = await open(file);
	const faults = [...noticed];

	await page.setViewport({ width: 390, height: 800 });
	if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
		faults.push('a narrow screen must be scrolled sideways');
	await page.setViewport({ width: 1700, height: 1300 });
	const { faults: found, sizes } = await measure(page);

	faults.push(...found);
	const papers = await printed(page);
	if (papers.length !== sizes.length)
		faults.push(`${sizes.length} sheets print as ${papers.length} pages`);
	for (let i = 0; i < Math.min(papers.length, sizes.length); i++)
		if (Math.abs(papers[i][0] - sizes[i][0]) > 1 || Math.abs(papers[i][1] - sizes[i][1]) > 1)
			faults.push(`page ${i + 1} is ${papers[i].join(' x ')} mm, not ${sizes[i].join(' x ')}`);
	faults.push(...await accessible(page));
	faults.push(...await validate(file));
	await page.close();
	return faults;
}

const bad = await judge(inputs, 2, examine);
await browser.close();
process.exit(bad ? 1 : 0);
