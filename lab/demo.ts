import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine, type Engine } from './engine/engine';
import { type OperationName } from './engine/operation';
import { Stack } from './engine/stack';
import { currentLab, insideLab, labDown, labIsUp, labUp, runInside } from './lab';
import { note, step } from './progress';
import { type Endpoint, type Reach, reachMatrix } from './reach';

/**
 * `npm run demo`: boots the lab, puts examples/macvlan-trunk on its two hosts through the real engine, shows who reaches whom, and
 * takes all of it back; with `--keep` it leaves lab and stack up.
 */

const endpoints: Endpoint[] = [
  { host: 'n1', container: 'b1', address: '192.168.14.11' },
  { host: 'n2', container: 'b2', address: '192.168.14.12' },
  { host: 'n1', container: 'b3', address: '192.168.15.11' },
  { host: 'n2', container: 'b4', address: '192.168.15.12' },
];

function table(matrix: Reach[]): string {
  const cell = (text: string) => text.padEnd(6);
  const named = ({ container, host, address }: Endpoint) => `${container} on ${host}, ${address}`.padEnd(24);
  const head = `${' '.repeat(24)}${endpoints.map(({ container }) => cell(container)).join('')}`;
  const rows = endpoints.map((from) => {
    const cells = endpoints.map((to) => {
      const pair = matrix.find((one) => one.from === from && one.to === to);
      return cell(pair === undefined ? '.' : pair.reached ? 'yes' : 'no');
    });
    return named(from) + cells.join('');
  });
  return [head, ...rows].join('\n');
}

async function perform(stack: Stack, operation: OperationName): Promise<void> {
  note(`\n$ pulumi ${operation}`);
  const { ok, error } = await stack[operation]();
  if (!ok) throw new Error(`pulumi ${operation} failed: ${error ?? ''}`);
}

/** The part on the lab's wire, where the hosts' addresses are in reach. */
async function onTheWire(engine: Engine, folder: string, keep: boolean): Promise<void> {
  const { hosts, privateKeyFile } = currentLab();
  const config = hosts.map(({ name, address, hostKey }) => ({ name, address, hostKey, privateKeyFile }));
  const stack = new Stack({
    program: 'examples/macvlan-trunk/index.ts',
    project: 'macvlan-trunk',
    stack: 'lab',
    folder,
    config: { hosts: JSON.stringify(config) },
    engine,
    onOutput: (text) => process.stdout.write(text),
  });
  await perform(stack, 'preview');
  await perform(stack, 'up');
  const matrix = await step('pinging from every container to every other', () => reachMatrix(endpoints));
  note(`\nWho reaches whom, over both hosts (b1, b2: VLAN 50; b3, b4: VLAN 60):\n\n${table(matrix)}\n`);
  const right = matrix.every(
    ({ from, to, reached }) => reached === (from.address.slice(0, 10) === to.address.slice(0, 10)),
  );
  if (!right) throw new Error('that is not what was declared: only containers of one VLAN may reach each other');
  if (!keep) await perform(stack, 'destroy');
}

function howToGetIn(folder: string): string {
  return [
    'Lab and stack are up. To get in:',
    '  npm run lab ssh n1                             a shell on a host',
    '  npm run lab exec n1 -- docker ps               one command on a host',
    '  npm run lab exec n1 -- docker exec b1 ping -c 3 192.168.14.12',
    '  npm run lab capture n1 "vlan 50 and icmp"      the tagged frames, in a second terminal',
    '  npm run lab down                               end all of it',
    `The stack's state is in ${folder}.`,
  ].join('\n');
}

async function demo(keep: boolean): Promise<void> {
  if (insideLab()) {
    await onTheWire(await ensureEngine(), process.env.VLAN_TRUNK_DEMO ?? '', keep);
    return;
  }
  const engine = await ensureEngine();
  note(engine.line);
  // A lab that is already up is used, and stays up.
  const wasUp = labIsUp();
  const lab = await labUp({ hosts: 2 });
  const folder = keep ? join(lab.folder, 'demo') : mkdtempSync(join(tmpdir(), 'vlan-trunk-demo-'));
  try {
    const tsx = join(__dirname, '..', 'node_modules', '.bin', 'tsx');
    const code = await runInside([tsx, __filename, ...(keep ? ['--keep'] : [])], {
      ...process.env,
      VLAN_TRUNK_DEMO: folder,
    });
    if (code !== 0) throw new Error('the demo did not go as it should, see above');
    if (keep) note(howToGetIn(folder));
  } finally {
    if (!keep) {
      if (!wasUp) await labDown();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

demo(process.argv.includes('--keep')).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
