// Peer for reading and base statistics: DuckDB counts, means, deviations by region, and all pairwise correlations.
//   npm i @duckdb/node-api && node duckdb.mjs responses.csv 40
import duckdb from '@duckdb/node-api';
const [file, items] = [process.argv[2], Number(process.argv[3] ?? 40)];
let at = performance.now(), cpu = process.cpuUsage();
function lap(step) { // seconds of the clock and of all processors
  const used = process.cpuUsage(cpu);
  console.log(step.padEnd(17), ((performance.now() - at) / 1e3).toFixed(3), 's, cpu', ((used.user + used.system) / 1e6).toFixed(3), 's');
  at = performance.now();
  cpu = process.cpuUsage();
}
const db = await duckdb.DuckDBInstance.create(':memory:');
const c = await db.connect();
const q = Array.from({ length: items }, (_, i) => `q${i + 1}`);
const columns = `{'_id':'VARCHAR','region':'VARCHAR','tenure':'VARCHAR',${q.map(x => `'${x}':'TINYINT'`).join(',')}}`;
await c.run(`create table r as select region, tenure, ${q.join(',')} from read_csv('${file}', header=true, columns=${columns})`);
const stats = q.map(x => `count(${x}), avg(${x}), stddev_samp(${x})`).join(',');
await c.runAndReadAll(`select region, count(*), ${stats} from r group by grouping sets ((), (region), (tenure))`);
for (const x of q) await c.runAndReadAll(`select ${x}, count(*) from r group by 1`);
lap('read and figures');
const pairs = [];
for (let i = 0; i < items; i++) for (let j = 0; j < i; j++) pairs.push(`corr(${q[i]}, ${q[j]})`);
await c.runAndReadAll(`select ${pairs.join(',')} from r`);
lap('correlations');
