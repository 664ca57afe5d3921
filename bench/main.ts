import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine } from '../lab/engine/engine';
import { insideLab, labDown, labIsUp, labUp, runInside } from '../lab/lab';
import { ansibleFolder, ansibleVersion } from './ansibleInstall';
import { gatewayHosts } from './gateway';
import { fetchPython } from './hostPython';
import { BenchOnWire, type Tools } from './onWire';
import { readOptions } from './option';
import { summarize } from './summary';
import { tables } from './table';

/** `npm run bench`: how long this package takes beside a shell script, Ansible and the obvious Pulumi program. See README.md. */

// A lab of its own, so that one that is in use is not disturbed.
process.env.VLAN_TRUNK_LAB ??= 'bench';

const words = process.argv.slice(2);
const options = readOptions(words);

async function onTheWire(toolsFile: string): Promise<void> {
  const tools = JSON.parse(readFileSync(toolsFile, 'utf8')) as Tools;
  const findings = await new BenchOnWire(options, tools).run();
  console.log(tables(findings));
  const summary = JSON.stringify(summarize(findings));
  console.log(options.json ? summary : `\n\`\`\`json\n${summary}\n\`\`\``);
}

async function bench(): Promise<void> {
  const toolsFile = process.env.VLAN_TRUNK_BENCH;
  if (insideLab() && toolsFile !== undefined) return onTheWire(toolsFile);
  const engine = await ensureEngine();
  const tools: Tools = { engine, ansible: await ansibleFolder() };
  await fetchPython();
  // Before the lab itself is load: others' work on the machine is in every figure in seconds.
  const load = loadavg()[0] ?? NaN;
  const wasUp = labIsUp();
  await labUp({ hosts: 2 + gatewayHosts });
  console.log(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Node.js ${process.version}, load ${load.toFixed(1)} before`,
  );
  console.log(`${engine.line}; ${ansibleVersion}; ${options.runs} runs`);
  const folder = mkdtempSync(join(tmpdir(), 'vlan-trunk-bench-'));
  try {
    const file = join(folder, 'tools.json');
    writeFileSync(file, JSON.stringify(tools));
    const tsx = join(__dirname, '..', 'node_modules', '.bin', 'tsx');
    const code = await runInside([tsx, __filename, ...words], { ...process.env, VLAN_TRUNK_BENCH: file });
    if (code !== 0) throw new Error('the bench did not go as it should, see above');
  } finally {
    if (!wasUp) await labDown();
    rmSync(folder, { recursive: true, force: true });
  }
}

bench().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
