import { createReadStream } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildOnce, contentKey } from '../lab/cache';
import { must } from '../lab/command';
import { fetchPackages } from '../lab/debianPackage';
import { type LabHost, type LabState, sshCommand } from '../lab/lab';

/** What Ansible's Docker modules need on a host, where the lab's hosts have no Python. */
const packages = ['python3', 'python3-requests'];

/** A tar of these packages and what they depend on, of the suite of the hosts themselves; fetched once. */
export async function hostPython(suite: string): Promise<string> {
  const folder = await buildOnce(
    contentKey(`host-python-${suite}`, ...packages),
    `${packages.join(', ')} of Debian ${suite} for the hosts`,
    1,
    async (work) => {
      const all = join(work, 'all.tar');
      await fetchPackages(suite, packages, all);
      await must(['gzip', '--fast', all]);
    },
  );
  return join(folder, 'all.tar.gz');
}

/** Unpacks it on a host; what is there already stays as it is. */
export function installPython(lab: LabState, host: LabHost, tar: string): Promise<void> {
  const unpack =
    'tar --extract --gzip --skip-old-files --exclude=./dev --exclude=./etc --directory / && python3 -c "import requests, json, ssl"';
  const [program = '', ...words] = sshCommand(lab, host);
  return new Promise((done, failed) => {
    const child = spawn(program, [...words, unpack], { stdio: ['pipe', 'inherit', 'inherit'] });
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(`no Python on ${host.name}`))));
    createReadStream(tar).pipe(child.stdin);
  });
}
