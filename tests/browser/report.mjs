// SPDX-License-Identifier: GPL-3.0-or-later
// Opens reports in a headless Chromium as their readers do, and says in TAP what they would stumble over; see look.mjs.
//
//	node report.mjs MODULES CHROMIUM [!]FILE[=TEXTS.txt]...
//
// TEXTS.txt: lines that must be read in the page; with '!' in front of a page that is wrong on purpose: in what is said of its faults.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inPage } from './look.mjs';

const [modules, chromium, ...inputs] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'resolve.js'));
const load = async name => import(pathToFileURL(require.resolve(name)).href);
const puppeteer = (await load('puppeteer-core')).default;
const { HtmlValidate } = await load('html-validate');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// A4 less the margins of the page, in CSS pixels.
const paper = { width: Math.floor((210 - 24) * 96 / 25.4), height: (297 - 24) * 96 / 25.4 };
const oneSheet = new Set(['handout', 'front', 'clerk']);
const views = [
	{ name: 'desktop', width: 1280, height: 900, smallest: 8, axe: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
	{ name: 'phone', width: 390, height: 844, smallest: 8 },
	{ name: 'dark', width: 1280, height: 900, smallest: 8, dark: true, axe: ['cat.color'] },
	{ name: 'A4', width: paper.width, height: Math.floor(paper.height), smallest: 6, print: true },
];

const validator = new HtmlValidate({
	extends: ['html-validate:recommended'],
	rules: {
		'void-style': ['error', { style: 'selfclose' }],   // well-formed XML too
		'heading-level': ['error', { allowMultipleH1: true, minInitialRank: 'h1' }], // one in each language
		'long-title': 'off',                               // the user's
		'no-inline-style': 'error',
		'svg-focusable': 'off',                            // of browsers that are no more
		'no-trailing-whitespace': 'off',
		'prefer-native-element': 'off',
		'attribute-boolean-style': 'off',                  // XML
	},
});

const browser = await puppeteer.launch({
	executablePath: chromium, headless: true,
	args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
		'--disable-sync', '--disable-extensions', '--disable-dev-shm-usage', '--hide-scrollbars'],
});

async function open(file) {
	const page = await browser.newPage();
	const noticed = [];
	const own = pathToFileURL(file).href;
	page.on('console', message => noticed.push(`console: ${message.text()}`));
	page.on('pageerror', error => noticed.push(`error: ${error}`));
	await page.setRequestInterception(true);
	page.on('request', request => {
		if (request.url().replace(/#.*/, '') === own)
			return request.continue();
		noticed.push(`asks for ${request.url()}`);
		return request.abort();
	});
	await page.setBypassCSP(false);
	await page.goto(own, { waitUntil: 'load' });
	await page.evaluate(inPage);
	return { page, noticed };
}

// Both at once: each of puppeteer's own calls forgets what the other said.
const sessions = new WeakMap(); // what is emulated ends with its session
async function emulate(page, { print = false, dark = false }) {
	if (!sessions.has(page))
		sessions.set(page, await page.createCDPSession());
	await sessions.get(page).send('Emulation.setEmulatedMedia', {
		media: print ? 'print' : 'screen', features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
	});
}

async function accessible(page, tags) {
	const faults = [];
	await page.evaluate(axe);
	const result = await page.evaluate(values => window.axe.run(document, {
		resultTypes: ['violations'], runOnly: { type: 'tag', values }, rules: { 'color-contrast-enhanced': { enabled: false } },
	}), tags);
	for (const { id, help, nodes } of result.violations)
		faults.push(`axe ${id}: ${help} (${nodes.length}, ${nodes[0].html.slice(0, 120)})`);
	return faults;
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
	const faults = [];
	const report = await validator.validateFile(file);
	for (const message of report.results.flatMap(result => result.messages))
		faults.push(`html-validate ${message.ruleId}: ${message.message} (${message.line}:${message.column})`);
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

const results = inputs.map(() => null);
console.log(`1..${inputs.length}`);
let next = 0;
async function work() {
	while (next < inputs.length) {
		const i = next++;
		const wrong = inputs[i].startsWith('!');
		const [file, texts] = inputs[i].slice(wrong ? 1 : 0).split('=');
		const faults = await examine(file, texts, wrong).catch(error => [String(error.message ?? error)]);
		const expected = wrong ? fs.readFileSync(texts, 'utf8').split('\n').filter(Boolean) : [];
		const bad = wrong ? !expected.every(words => faults.some(fault => fault.includes(words))) : faults.length > 0;
		results[i] = bad;
		for (const fault of bad ? faults.slice(0, 25) : [])
			console.log(`# ${i + 1}: ${fault.replaceAll('\n', ' ')}`);
		console.log(`${bad ? 'not ok' : 'ok'} ${i + 1} - ${path.basename(file, '.html')}${wrong ? ' is found to be wrong' : ''}`);
	}
}
await Promise.all([work(), work()]);
await browser.close();
process.exitCode = results.some(Boolean) ? 1 : 0;
