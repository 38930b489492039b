// SPDX-License-Identifier: GPL-3.0-or-later
// Opens reports in a headless Chromium as their readers do, and says in TAP what they would stumble over; see look.mjs.
//
//	node report.mjs MODULES CHROMIUM [!]FILE[=TEXTS.txt]...
//
// TEXTS.txt: lines that must be read in the page; with '!' in front of a page that is wrong on purpose: in what is said of its faults.
import fs from 'node:fs';
import { axeTags, judge, start } from './browse.mjs';

const [modules, chromium, ...inputs] = process.argv.slice(2);
const { browser, open, accessible, validate } = await start(modules, chromium);

// A4 less the margins of the page, in CSS pixels.
const paper = { width: Math.floor((210 - 24) * 96 / 25.4), height: (297 - 24) * 96 / 25.4 };
const oneSheet = new Set(['handout', 'front', 'clerk']);
const views = [
	{ name: 'desktop', width: 1280, height: 900, smallest: 8, axe: axeTags },
	{ name: 'phone', width: 390, height: 844, smallest: 8 },
	{ name: 'dark', width: 1280, height: 900, smallest: 8, dark: true, axe: ['cat.color'] },
	{ name: 'A4', width: paper.width, height: Math.floor(paper.height), smallest: 6, print: true },
];

// Both at once: each of puppeteer's own calls forgets what the other said.
const sessions = new WeakMap(); // what is emulated ends with its session
async function emulate(page, { print = false, dark = false }) {
	if (!sessions.has(page))
		sessions.set(page, await page.createCDPSession());
	await sessions.get(page).send('Emulation.setEmulatedMedia', {
		media: print ? 'print' : 'screen', features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
	});
}

async function lookAt(page, view, language) {
	await emulate(page, view);
	await page.setViewport({ width: view.width, height: view.height });
	const faults = await page.evaluate(options => window.look(options), { smallest: view.smallest });
	if (view.axe)
		faults.push(...await accessible(page, view.axe));
	if (view.print)
		for (const { name, height } of await page.evaluate(() => window.parts()))
			if (oneSheet.has(name) && height > paper.height)
				faults.push(`part ${name} is ${(height / paper.height).toFixed(2)} sheets high`);
	return faults.map(fault => `${view.name}${language}: ${fault}`);
}

// Sheets of the printed page against the heights of its parts: none is lost, none stays empty.
async function print(page) {
	await emulate(page, { print: true });
	const data = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
	const sheets = (data.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
	await page.setViewport({ width: paper.width, height: Math.floor(paper.height) });
	const parts = await page.evaluate(() => window.parts());
	const least = parts.reduce((sum, part) => sum + Math.max(1, Math.ceil((part.height - 4) / paper.height)), 0);
	const long = parts.reduce((sum, part) => sum + Math.max(0, Math.ceil(part.height / paper.height) - 1), 0);
	return sheets < least || sheets > least + Math.ceil(long / 2) + 1 ? [`print: ${sheets} sheets, expected ${least} or little more`] : [];
}

async function examine(file, texts, wrong) {
	const { page, noticed } = await open(file);
	const faults = await validate(file);
	faults.push(...await page.evaluate(() => window.foreign()));
	const languages = await page.$$eval('.bar label', labels => labels.map(label => label.getAttribute('for')));
	for (const language of languages.length ? languages : ['']) {
		if (language)
			await page.evaluate(id => document.getElementById(id).click(), language);
		for (const view of views)
			faults.push(...await lookAt(page, view, language && ` ${language}`));
		if (language) {
			const others = await page.$$eval('main > div[lang]', (parts, id) => parts.filter(part => part.checkVisibility() !== (`lang-${part.lang}` === id)).length, language);
			if (others)
				faults.push(`${language}: another language is shown, or this one is not`);
		}
		faults.push(...await print(page));
	}
	if (texts && !wrong) {
		const text = await page.evaluate(() => document.body.textContent);
		for (const line of fs.readFileSync(texts, 'utf8').split('\n').filter(Boolean))
			if (!text.includes(line))
				faults.push(`'${line.slice(0, 60)}' is not to be read`);
	}
	faults.push(...await page.evaluate(() => window.foreign()), ...noticed);
	await page.close();
	return [...new Set(faults)];
}

const bad = await judge(inputs, 2, examine);
await browser.close();
process.exitCode = bad ? 1 : 0;
