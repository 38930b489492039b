// SPDX-License-Identifier: GPL-3.0-or-later
// What runs inside a page to find what its reader would stumble over: text that is cut off, that leaves its box or lies on other
// text, that is too small or too pale (a copy in grey has the same contrast), a page that is wider than the screen. `window.look()`
// gives a list of faults. Measured on the text as the browser has set it, line by line.

export const inPage = () => {
	const shown = element => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.closest('.away, .skip');
	const some = text => text.trim().slice(0, 40).replaceAll(/\s+/g, ' ');
	const overlap = (a, b) => Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
	// The box of a line holds room above and below its letters (beside them, where it is upright).
	const core = (box, upright) => {
		const x = upright ? box.width * 0.27 : 1, y = upright ? 1 : box.height * 0.27;
		return { left: box.left + x, right: box.right - x, top: box.top + y, bottom: box.bottom - y };
	};
	// Turned by a quarter: its lines stand side by side.
	const isUpright = element => element.getScreenCTM && Math.abs(element.getScreenCTM().b) > Math.abs(element.getScreenCTM().a);

	// Every line of text: its box, its element.
	function lines(root) {
		const all = [];
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const element = node.parentElement;
			if (!node.data.trim() || element.closest('title, desc, style, script') || !shown(element))
				continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const box of range.getClientRects())
				if (box.width > 0.5 && box.height > 0.5)
					all.push({ box, element, text: some(node.data) });
		}
		return all;
	}

	// Pairs of boxes that lie on each other, by a sweep from top to bottom.
	function collisions(all) {
		const found = [];
		const sorted = all.map(line => ({ ...line, core: core(line.box, isUpright(line.element)) })).sort((a, b) => a.core.top - b.core.top);
		for (let i = 0; i < sorted.length; i++)
			for (let k = i + 1; k < sorted.length && sorted[k].core.top < sorted[i].core.bottom; k++)
				if (overlap(sorted[i].core, sorted[k].core) > 0.8)
					found.push(`'${sorted[i].text}' and '${sorted[k].text}' lie on each other`);
		return found;
	}

	function clipped(line, width) {
		const svg = line.element.closest('svg');
		const scroll = line.element.closest('.scroll');
		if (svg) {
			const around = svg.getBoundingClientRect();
			if (line.box.left < around.left - 1 || line.box.right > around.right + 1 || line.box.top < around.top - 3 || line.box.bottom > around.bottom + 3)
				return `'${line.text}' leaves its picture`;
		}
		if (!(scroll && getComputedStyle(scroll).overflowX === 'auto') && (line.box.left < -0.5 || line.box.right > width + 0.5))
			return `'${line.text}' leaves the page`;
		for (let element = line.element; element && !svg && element !== document.body; element = element.parentElement) {
			const style = getComputedStyle(element);
			const box = element.getBoundingClientRect();
			if (style.overflowX === 'hidden' && (line.box.right > box.right + 1 || line.box.left < box.left - 1))
				return `'${line.text}' is cut off`;
			if (style.overflowY === 'hidden' && (line.box.bottom > box.bottom + 1 || line.box.top < box.top - 1))
				return `'${line.text}' is cut off`;
			if (/^(TD|TH|LI|P|DD|DT|H\d|FOOTER|HEADER)$/.test(element.tagName) && (line.box.right > box.right + 1 || line.box.left < box.left - 1))
				return `'${line.text}' leaves its ${element.tagName.toLowerCase()}`;
		}
		return null;
	}

	// ---- contrast, by luminance: what a copy in grey keeps ----
	const channels = color => (color.match(/[\d.]+/g) ?? []).map(Number);
	const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
		.reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const over = (top, below) => {
		const alpha = top[3] ?? 1;
		return [0, 1, 2].map(i => top[i] * alpha + below[i] * (1 - alpha));
	};
	const pageColor = element => {
		for (let at = element; at; at = at.parentElement) {
			const color = channels(getComputedStyle(at).backgroundColor);
			if (color.length && (color[3] ?? 1) > 0)
				return color;
		}
		return [255, 255, 255];
	};
	const fillOf = (shape, style) => {
		const alpha = Number(style.fillOpacity) * Number(style.opacity);
		const color = channels(style.fill.startsWith('url') ? style.color : style.fill);
		return color.length < 3 ? null : [...color.slice(0, 3), (color[3] ?? 1) * alpha];
	};

	function paleTexts(svg) {
		const found = [];
		const shapes = [...svg.querySelectorAll('rect, circle, ellipse, polygon, path')].filter(shape => !shape.closest('pattern, marker, defs, clipPath'))
			.map(shape => ({ shape, style: getComputedStyle(shape), box: shape.getBoundingClientRect() })).filter(({ style }) => style.fill !== 'none');
		const ground = pageColor(svg);
		for (const text of svg.querySelectorAll('text')) {
			if (!shown(text) || !text.textContent.trim())
				continue;
			const box = text.getBoundingClientRect();
			const middle = new DOMPoint(box.left + box.width / 2, box.top + box.height / 2);
			let below = ground;
			for (const { shape, style, box: around } of shapes) {
				if (!(text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING) ||
				    middle.x < around.left || middle.x > around.right || middle.y < around.top || middle.y > around.bottom)
					continue;
				if (shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()))) {
					const fill = fillOf(shape, style);
					below = fill ? over(fill, below) : below;
				}
			}
			const style = getComputedStyle(text);
			const ink = over(fillOf(text, style) ?? [0, 0, 0, 1], below);
			const [high, low] = [luminance(ink), luminance(below)].sort((a, b) => b - a);
			const contrast = (high + 0.05) / (low + 0.05);
			if (contrast < 4.45)
				found.push(`'${some(text.textContent)}' is too pale: ${contrast.toFixed(2)} to 1`);
		}
		return found;
	}

	// A text in the middle of a shape must not be wider than it.
	function tightTexts(svg) {
		const found = [];
		const shapes = [...svg.querySelectorAll('rect')].filter(shape => !shape.closest('pattern, marker, defs, clipPath')).map(shape => shape.getBoundingClientRect());
		for (const text of svg.querySelectorAll('text')) {
			if (!shown(text) || getComputedStyle(text).textAnchor !== 'middle' || text.hasAttribute('transform'))
				continue;
			const box = text.getBoundingClientRect();
			const x = box.left + box.width / 2, y = box.top + box.height / 2;
			const around = shapes.filter(s => s.left <= x && x <= s.right && s.top <= y && y <= s.bottom).sort((a, b) => a.width * a.height - b.width * b.height)[0];
			if (around && around.height > box.height * 0.8 && (box.left < around.left - 1 || box.right > around.right + 1))
				found.push(`'${some(text.textContent)}' is wider than its box`);
		}
		return found;
	}

	// What stands furthest to the right.
	function widest(width) {
		const out = [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > width + 0.5)
			.sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0];
		return out ? `<${out.tagName.toLowerCase()} class="${out.getAttribute('class') ?? ''}"> ${some(out.textContent)}` : 'nothing that could be seen';
	}

	window.look = ({ smallest }) => {
		const faults = [];
		const width = document.documentElement.clientWidth;
		const all = lines(document.body);
		if (!all.length)
			faults.push('nothing is shown');
		if (document.documentElement.scrollWidth > width + 1)
			faults.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${width}: ${widest(width)}`);
		for (const line of all) {
			const fault = clipped(line, width);
			const size = parseFloat(getComputedStyle(line.element).fontSize);
			const scale = line.element.getScreenCTM ? Math.abs(line.element.getScreenCTM().a) || Math.abs(line.element.getScreenCTM().b) : 1;
			if (fault)
				faults.push(fault);
			if (size * scale < smallest - 0.01)
				faults.push(`'${line.text}' is ${(size * scale).toFixed(1)} px small`);
		}
		faults.push(...collisions(all.filter(line => !line.element.closest('svg'))));
		for (const svg of document.querySelectorAll('svg'))
			if (shown(svg))
				faults.push(...collisions(lines(svg)), ...paleTexts(svg), ...tightTexts(svg));
		return [...new Set(faults)];
	};

	// What a page must not have, whatever it says.
	window.foreign = () => {
		const faults = [];
		for (const element of document.querySelectorAll('script, img, iframe, object, embed, link, base, form, video, audio, foreignObject, animate, set'))
			faults.push(`<${element.tagName.toLowerCase()}> is in the page`);
		for (const element of document.querySelectorAll('*'))
			for (const { name, value } of element.attributes) {
				if (/^on/i.test(name))
					faults.push(`${name} is in the page`);
				if (/^(href|src|xlink:href|action|srcset)$/i.test(name) && !value.startsWith('#'))
					faults.push(`${name} leads to '${some(value)}'`);
				if (/url\(\s*['"]?(?!#)/i.test(value))
					faults.push(`${name} fetches '${some(value)}'`);
			}
		for (const style of document.querySelectorAll('style'))
			if (/@import|url\(\s*['"]?(?!#)/i.test(style.textContent))
				faults.push('the style sheet fetches something');
		if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.outerHTML))
			faults.push('a character turns or hides text');
		if (window.ran)
			faults.push('something of the input ran');
		return [...new Set(faults)];
	};

	// Heights of the parts as printed, in CSS pixels.
	window.parts = () => [...document.querySelectorAll('section.page')].filter(shown).map(part => ({ name: part.id.replace(/^.*-/, ''), height: part.getBoundingClientRect().height }));
};
