import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Competitor } from './competitor';
import type { HostLayout, Layout } from './layout';
import { plainSshConfig } from './sshConfig';

const table = ({ vlans }: HostLayout, containers: boolean) =>
  vlans
    .map(({ vlanId, link, network, subnet, gateway, ipRange, container, address }) =>
      [vlanId, link, ...(containers ? [network, subnet, gateway, ipRange, container, address] : [])].join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');

/** A shell script, written with care: `script/trunk.sh`. */
export const script: Competitor = {
  name: 'bash',
  title: 'bash, one ssh session a host',
  prepare(layout: Layout, folder: string) {
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write('hosts', layout.hosts.map(({ name, address }) => `${name} ${address}\n`).join(''));
    write('ssh_config', plainSshConfig(layout, folder));
    for (const host of layout.hosts) write(`${host.name}.vlans`, table(host, layout.containers));
    const program = join(__dirname, 'script', 'trunk.sh');
    return Promise.resolve({ command: (operation) => ({ argv: ['bash', program, operation, folder] }) });
  },
};
