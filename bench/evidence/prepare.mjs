// Writes the two sources of the Evidence report from what manyi publishes and exports of the airport demo:
// items.csv, one row a wave and item; passengers.csv, one row a passenger with labels of the segments.
//   node prepare.mjs PATH-OF-MANYI ROOT-OF-THE-REPOSITORY
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const [manyi, root] = process.argv.slice(2);
const survey = parse(readFileSync(`${root}/surveys/sfo/survey.yaml`, 'utf8'));
const results = JSON.parse(readFileSync(`${root}/site/reports/sfo/results.json`, 'utf8'));

const labels = new Map();
for (const question of survey.pages.flatMap((page) => page.questions)) {
	labels.set(question.id, question.label.en);
	for (const row of question.rows ?? []) labels.set(`${question.id}_${row.id}`, `${question.label.en}: ${row.label.en}`);
}
const cell = (v) => (/[",\n]/.test(v ?? '') ? `"${v.replaceAll('"', '""')}"` : (v ?? ''));
const save = (name, rows) => writeFileSync(`sources/sfo/${name}.csv`, rows.map((row) => row.map(cell).join(',')).join('\n') + '\n');
mkdirSync('sources/sfo', { recursive: true });

const items = [['wave', 'item', 'label', 'mean', 'low', 'high', 'n', 'top', 'c1', 'c2', 'c3', 'c4', 'c5']];
for (const [wave, { questions }] of Object.entries(results.by_wave)) {
	for (const [item, q] of Object.entries(questions)) {
		if (q.mean === undefined) continue;
		const shares = [1, 2, 3, 4, 5].map((code) => String(q.weighted[code]));
		items.push([wave, item, labels.get(item), String(q.mean), ...q.ci95.map(String), String(q.n), String(q.top.share), ...shares]);
	}
}
save('items', items);

const lines = execFileSync(manyi, ['export', 'sfo', '--to', 'csv', '--computed', '--labels', '--in', 'en', '--out', '-', root], { maxBuffer: 1 << 28 })
	.toString().trim().split('\n');
const split = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1].replace(/^"|"$/g, ''));
const [head, ...rows] = lines.map(split);
const kept = ['wave_', 'area', 'age', 'gender', 'purpose', 'strata', 'destgeo', 'overall', 'clean_all', 'weight_'];
const passengers = rows.map((row) => kept.map((name) => row[head.indexOf(name)]));
save('passengers', [kept.map((name) => name.replace(/_$/, '')), ...passengers]);
