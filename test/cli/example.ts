import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answering, answeringHost } from '../../lab/reach';
import { hostFacts } from '../e2e/facts';
import { hostConfigs } from '../e2e/stack';
import { Project, succeeds } from './project';

/** A ping that must be answered, from a container or from a host itself. */
export interface Ping {
  host: string;
  container?: string;
  to: string[];
  /** Addresses that must stay silent. */
  notTo?: string[];
}

/** Types are checked by a project's first preview; once is enough, and it is the slowest part. */
export const typesChecked = { PULUMI_NODEJS_TRANSPILE_ONLY: 'true' };

/** An example as its README says to run it, on these hosts, by the CLI alone. */
export async function runExample(name: string, hosts: string[], pings: Ping[]): Promise<void> {
  const configs = hostConfigs(...hosts);
  const config = hosts.length > 1 ? { [`${name}:hosts`]: configs } : { [`${name}:host`]: configs[0] };
  const project = await Project.copyOf(`examples/${name}`).configure(config);
  await runProject(project, hosts, pings, (preview) => expectAsInReadme(name, preview));
}

/** The resources that an example's README shows are those of its preview, and each number of resources is theirs. */
function expectAsInReadme(name: string, preview: string): void {
  const readme = readFileSync(join(__dirname, '../../examples', name, 'README.md'), 'utf8');
  const rows = (text: string) =>
    (text.match(/^ +\+ .* create *$/gm) ?? []).map((row) =>
      row
        .replaceAll(/[+│├└─]/g, ' ')
        .trim()
        .replaceAll(/ +/g, ' '),
    );
  const shown = rows(readme.replaceAll(`${name}-home`, `${name}-lab`));
  const real = rows(preview);
  expect({ name, rows: shown.filter((row) => !real.includes(row)) }).toEqual({ name, rows: [] });
  const [, count] = /^ *\+ (\d+) to create$/m.exec(preview) ?? [];
  const counts = [...readme.matchAll(/(\d+) (?:to create|created|unchanged|deleted)/g)].map(([, number]) => number);
  expect({ name, counts: [...new Set(counts)] }).toEqual({ name, counts: [count] });
}

/**
 * Preview, up, a preview that must find nothing, destroy: each ends with 0, packets pass, and the hosts are as they were.
 * @param seen - gets what the first preview printed.
 */
export async function runProject(
  project: Project,
  hosts: string[],
  pings: Ping[],
  seen: (preview: string) => void = () => undefined,
): Promise<void> {
  const facts = () => Promise.all(hosts.map(hostFacts));
  const before = await facts();
  const { diagnostics, text } = await succeeds(project.preview());
  expect(diagnostics).not.toMatch(/error:|could be checked/);
  seen(text);
  expect(await facts()).toEqual(before);

  const again = project.with(typesChecked);
  await succeeds(again.up('--skip-preview'));
  for (const { host, container, to, notTo = [] } of pings) {
    const all = [...to, ...notTo];
    const answers = await (container === undefined
      ? answeringHost(host, all)
      : answering({ host, container, address: '' }, all));
    expect([container ?? host, ...answers].sort()).toEqual([container ?? host, ...to].sort());
  }
  await succeeds(again.preview('--expect-no-changes'));
  await succeeds(again.destroy());
  expect(await facts()).toEqual(before);
}
