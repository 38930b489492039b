// SPDX-License-Identifier: GPL-3.0-or-later
// Opens BPMN files in bpmn-js in a headless Chromium, without a network, and says in TAP what a user of a modeller would
// stumble over: warnings, elements that are not drawn, shapes on top of each other, arrows that end nowhere.
//
//	node open.mjs MODULES CHROMIUM [!]FILE[=COUNTS.json]...
//
// MODULES holds node_modules; COUNTS.json is what `bpr check -v --format json` says of FILE; '!' in front of a file that
// is wrong on purpose: faults must be found.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, chromium, ...inputs] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'resolve.js'));
const load = async name => import(pathToFileURL(require.resolve(name)).href);

// What runs inside the page. Everything is measured on the elements as bpmn-js made them.
const inPage = () => {
	// Order of children (BPMN 2.0.2, Semantic.xsd, BPMNDI.xsd); '|' between those that share a place.
	const flowElements = '*';
	const node = 'documentation extensionElements incoming outgoing';
	const activity = `${node} ioSpecification property dataInputAssociation dataOutputAssociation ` +
		'performer|resourceRole|humanPerformer|potentialOwner standardLoopCharacteristics|multiInstanceLoopCharacteristics';
	const order = {
		collaboration: 'documentation extensionElements participant messageFlow textAnnotation|association|group',
		process: `documentation extensionElements property laneSet ${flowElements}`,
		subProcess: `${activity} laneSet ${flowElements}`, transaction: `${activity} laneSet ${flowElements}`,
		adHocSubProcess: `${activity} laneSet ${flowElements}`,
		laneSet: 'documentation extensionElements lane',
		lane: 'documentation extensionElements partitionElement flowNodeRef childLaneSet',
		sequenceFlow: 'documentation extensionElements conditionExpression',
		BPMNShape: 'Bounds BPMNLabel', BPMNEdge: 'waypoint BPMNLabel',
	};
	for (const name of ['task', 'userTask', 'manualTask', 'serviceTask', 'scriptTask', 'sendTask', 'receiveTask', 'businessRuleTask', 'callActivity'])
		order[name] = activity;
	for (const name of ['exclusive', 'parallel', 'inclusive', 'complex', 'eventBased'])
		order[name + 'Gateway'] = node;
	for (const name of ['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent'])
		order[name] = `${node} property dataOutput|dataInput dataOutputAssociation|dataInputAssociation ${flowElements}`;
	const required = {
		definitions: ['targetNamespace'], participant: ['id'], process: ['id'], sequenceFlow: ['id', 'sourceRef', 'targetRef'],
		messageFlow: ['id', 'sourceRef', 'targetRef'], boundaryEvent: ['id', 'attachedToRef'], BPMNPlane: ['bpmnElement'],
		BPMNShape: ['id', 'bpmnElement'], BPMNEdge: ['id', 'bpmnElement'], Bounds: ['x', 'y', 'width', 'height'], waypoint: ['x', 'y'],
	};

	function structure(xml) {
		const faults = [];
		const ids = new Set();
		const doc = new DOMParser().parseFromString(xml, 'application/xml');
		for (const element of doc.getElementsByTagName('*')) {
			if (!element.namespaceURI?.startsWith('http://www.omg.org/spec/'))
				continue;
			const name = element.localName;
			const id = element.getAttribute('id');
			if (id !== null && (!/^[A-Za-z_][\w.-]*$/.test(id) || ids.has(id)))
				faults.push(`id '${id}' of ${name} is no NCName or is used twice`);
			if (id !== null)
				ids.add(id);
			for (const attribute of required[name] ?? [])
				if (!element.hasAttribute(attribute))
					faults.push(`${name} ${id} has no ${attribute}`);
			const places = order[name]?.split(' ');
			let at = 0;
			for (const child of places ? element.children : []) {
				const next = places.findIndex((place, i) => i >= at && (place === '*' || place.split('|').includes(child.localName)));
				if (next < 0)
					faults.push(`${child.localName} stands in the wrong place in ${name} ${id}`);
				else
					at = next;
			}
		}
		for (const ref of doc.querySelectorAll('[bpmnElement], [sourceRef], [targetRef], [attachedToRef], [processRef]'))
			for (const name of ['bpmnElement', 'sourceRef', 'targetRef', 'attachedToRef', 'processRef'])
				if (ref.hasAttribute(name) && !ids.has(ref.getAttribute(name)))
					faults.push(`${ref.localName} refers to '${ref.getAttribute(name)}', which is not there`);
		return faults;
	}

	const is = (element, ...types) => types.some(type => element.type === 'bpmn:' + type);
	const flowNode = element => element.businessObject?.$instanceOf?.('bpmn:FlowNode');
	const center = box => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
	const holds = (box, point, slack) => point.x >= box.x - slack && point.x <= box.x + box.width + slack &&
		point.y >= box.y - slack && point.y <= box.y + box.height + slack;
	const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
	const onBorder = (box, point, slack) => holds(box, point, slack) &&
		!(point.x > box.x + slack && point.x < box.x + box.width - slack && point.y > box.y + slack && point.y < box.y + box.height - slack);
	// A piece of an arrow (they are horizontal or vertical, but any piece is taken by its box) through the inside of a node.
	const through = (box, a, b) => {
		for (let i = 0; i <= 50; i++) {
			const point = { x: a.x + (b.x - a.x) * i / 50, y: a.y + (b.y - a.y) * i / 50 };
			if (holds(box, point, -3))
				return true;
		}
		return false;
	};

	function shapes(all) {
		const faults = [];
		const nodes = all.filter(element => flowNode(element) && !element.labelTarget);
		for (const shape of all.filter(element => !element.waypoints && !element.labelTarget && element.parent && element.width !== undefined)) {
			if (!(shape.width > 0 && shape.height > 0 && Number.isFinite(shape.x) && Number.isFinite(shape.y)))
				faults.push(`${shape.id} has no size`);
			const around = shape.parent;
			if (around.width !== undefined && !shape.host && !is(shape, 'TextAnnotation', 'Group') &&
			    !(holds(around, shape, 1) && holds(around, { x: shape.x + shape.width, y: shape.y + shape.height }, 1)))
				faults.push(`${shape.id} is outside of ${around.id}`);
			if (shape.host && !onBorder(shape.host, center(shape), 3))
				faults.push(`${shape.id} is not on the border of ${shape.host.id}`);
		}
		for (let i = 0; i < nodes.length; i++)
			for (let k = i + 1; k < nodes.length; k++)
				if (nodes[i].parent === nodes[k].parent && !nodes[i].host && !nodes[k].host && overlap(nodes[i], nodes[k]))
					faults.push(`${nodes[i].id} and ${nodes[k].id} are on top of each other`);
		for (const lane of all.filter(element => is(element, 'Lane') && !element.businessObject.childLaneSet))
			for (const member of lane.businessObject.flowNodeRef ?? []) {
				const shape = nodes.find(element => element.businessObject === member);
				if (shape && !shape.host && is(shape.parent, 'Participant', 'Lane') && !holds(lane, center(shape), 1))
					faults.push(`${shape.id} is outside of its lane ${lane.id}`);
			}
		return faults;
	}

	function arrows(all) {
		const faults = [];
		const nodes = all.filter(element => flowNode(element) && !element.labelTarget && !element.host);
		for (const arrow of all.filter(element => element.waypoints)) {
			const points = arrow.waypoints;
			if (points.length < 2)
				faults.push(`${arrow.id} has no way`);
			if (!holds(arrow.source, points[0], 3) || !holds(arrow.target, points[points.length - 1], 3))
				faults.push(`${arrow.id} does not end at what it joins`);
			for (let i = 0; is(arrow, 'SequenceFlow') && i + 1 < points.length; i++)
				for (const shape of nodes)
					if (shape !== arrow.source && shape !== arrow.target && shape !== arrow.source.host && shape !== arrow.target.host &&
					    shape.parent === arrow.parent && through(shape, points[i], points[i + 1]))
						faults.push(`${arrow.id} goes through ${shape.id}`);
		}
		return faults;
	}

	window.look = async xml => {
		const canvas = document.getElementById('canvas');
		canvas.replaceChildren();
		const viewer = new window.BpmnJS({ container: canvas });
		const faults = structure(xml);
		const counts = {};
		try {
			const first = await viewer.importXML(xml);
			const warnings = [...first.warnings];
			for (const diagram of viewer.getDefinitions().diagrams) {
				warnings.push(...(await viewer.open(diagram)).warnings);
				const all = viewer.get('elementRegistry').getAll().filter(element => !/^__implicitroot/.test(element.id));
				faults.push(...shapes(all), ...arrows(all));
				for (const element of all)
					if (!element.labelTarget && element.parent && element.type.startsWith('bpmn:'))
						counts[element.type.slice(5)] = (counts[element.type.slice(5)] ?? 0) + 1;
			}
			faults.push(...warnings.map(warning => 'bpmn-js: ' + String(warning.message ?? warning)));
		} catch (error) {
			faults.push('bpmn-js refuses it: ' + String(error.message ?? error));
		}
		viewer.destroy();
		return { faults: [...new Set(faults)], counts };
	};
};

// bpr's own count against bpmn-js: of everything that bpmn-js drew, and of every flow node and arrow of the file.
function compare(counts, inventory) {
	const faults = [];
	const drawn = /^(task|.*Task|.*Event|.*Gateway|subProcess|transaction|adHocSubProcess|callActivity|sequenceFlow|messageFlow|lane|participant|dataObjectReference|dataStoreReference|textAnnotation)$/;
	const names = new Set(Object.keys(inventory).filter(name => drawn.test(name)));
	for (const type of Object.keys(counts))
		names.add(type[0].toLowerCase() + type.slice(1));
	for (const name of names) {
		const here = counts[name[0].toUpperCase() + name.slice(1)] ?? 0;
		if (here !== (inventory[name] ?? 0))
			faults.push(`${name}: ${here} in bpmn-js, ${inventory[name] ?? 0} in the file`);
	}
	return faults;
}

function inventory(file) {
	const report = JSON.parse(fs.readFileSync(file, 'utf8'));
	return (Array.isArray(report) ? report : [report]).find(part => part.inventory)?.inventory;
}

const puppeteer = (await load('puppeteer-core')).default;
const { BpmnModdle } = await load('bpmn-moddle');
const script = fs.readFileSync(path.join(path.dirname(require.resolve('bpmn-js/package.json')), 'dist/bpmn-viewer.production.min.js'), 'utf8');
const browser = await puppeteer.launch({
	executablePath: chromium, headless: true,
	args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
		'--disable-sync', '--disable-extensions', '--disable-dev-shm-usage'],
});
const page = await browser.newPage();
await page.setRequestInterception(true);
page.on('request', request => /^(data|about|blob):/.test(request.url()) ? request.continue() : request.abort());
await page.setContent('<!doctype html><meta charset="utf-8"><div id="canvas" style="width:1600px;height:1000px"></div>');
await page.addScriptTag({ content: script });
await page.evaluate(inPage);

console.log(`1..${inputs.length}`);
let failed = 0;
for (const [i, input] of inputs.entries()) {
	const wrong = input.startsWith('!');
	const [file, counts] = input.slice(wrong ? 1 : 0).split('=');
	const xml = fs.readFileSync(file, 'utf8');
	let result;
	try {
		result = await page.evaluate(text => window.look(text), xml);
		const { warnings } = await new BpmnModdle().fromXML(xml);
		result.faults.push(...warnings.map(warning => 'bpmn-moddle: ' + warning.message));
		if (counts)
			result.faults.push(...compare(result.counts, inventory(counts)));
	} catch (error) {
		result = { faults: [String(error.message ?? error)] };
	}
	for (const fault of wrong ? [] : result.faults.slice(0, 20))
		console.log('# ' + fault.replaceAll('\n', ' '));
	const bad = wrong === (result.faults.length === 0);
	failed += bad;
	console.log(`${bad ? 'not ok' : 'ok'} ${i + 1} - ${path.basename(file)}${wrong ? ' is found to be wrong' : ''}`);
}
await browser.close();
process.exitCode = failed ? 1 : 0;
