// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests in a browser share: a headless Chromium without a network, pages that tell what they say and ask for, axe-core and
// html-validate.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inPage } from './look.mjs';

export const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function start(modules, chromium) {
	const require = createRequire(path.join(modules, 'resolve.js'));
	const load = async name => import(pathToFileURL(require.resolve(name)).href);
	const puppeteer = (await load('puppeteer-core')).default;
	const { HtmlValidate } = await load('html-validate');
	const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

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

	// `script` false: as where scripts are switched off.
	async function open(file, { script = true } = {}) {
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
		await page.setJavaScriptEnabled(script);
		await page.goto(own, { waitUntil: 'load' });
		await page.evaluate(inPage);
		return { page, noticed };
	}

	async function accessible(page, tags = axeTags) {
		const faults = [];
		await page.evaluate(axe);
		const result = await page.evaluate(values => window.axe.run(document, {
			resultTypes: ['violations'], runOnly: { type: 'tag', values }, rules: { 'color-contrast-enhanced': { enabled: false } },
		}), tags);
		for (const { id, help, nodes } of result.violations)
			faults.push(`axe ${id}: ${help} (${nodes.length}, ${nodes[0].html.slice(0, 120)})`);
		return faults;
	}

	async function validate(file) {
		const report = await validator.validateFile(file);
		return report.results.flatMap(result => result.messages)
			.map(({ ruleId, message, line, column }) => `html-validate ${ruleId}: ${message} (${line}:${column})`);
	}

	return { browser, open, accessible, validate };
}

// TAP of `[!]FILE[=WORDS.txt]`: `!` in front of one that is wrong on purpose, whose faults must have the lines of WORDS in them.
export async function judge(inputs, workers, examine) {
	const results = inputs.map(() => null);
	let next = 0, told = 0;
	async function work() {
		while (next < inputs.length) {
			const i = next++;
			const wrong = inputs[i].startsWith('!');
			const [file, texts] = inputs[i].slice(wrong ? 1 : 0).split('=');
			const faults = await examine(file, texts, wrong).catch(error => [String(error.message ?? error)]);
			const expected = wrong ? fs.readFileSync(texts, 'utf8').split('\n').filter(Boolean) : [];
			const bad = wrong ? !expected.every(words => faults.some(fault => fault.includes(words))) : faults.length > 0;
			results[i] = { bad, lines: [...(bad ? faults.slice(0, 25) : []).map(fault => `# ${i + 1}: ${fault.replaceAll('\n', ' ')}`),
				`${bad ? 'not ok' : 'ok'} ${i + 1} - ${path.basename(file)}${wrong ? ' is found to be wrong' : ''}`] };
			// Points in their order, however many workers there are.
			for (; told < inputs.length && results[told]; told++)
				console.log(results[told].lines.join('\n'));
		}
	}
	console.log(`1..${inputs.length}`);
	await Promise.all(Array.from({ length: workers }, work));
	return results.some(result => result.bad);
}
