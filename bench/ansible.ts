import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Competitor, Operation } from './competitor';
import { plainSshOptions } from './sshConfig';

const playbooks: Record<Operation, string> = { up: 'up.yml', noop: 'up.yml', destroy: 'destroy.yml' };

/** As Ansible's own guide to speed says: pipelining, and a connection that is kept. */
const settings = (folder: string) => `[defaults]
host_key_checking = true
interpreter_python = /usr/bin/python3
home = ${join(folder, 'home')}
[connection]
pipelining = true
[ssh_connection]
pipelining = true
control_path_dir = ${join(folder, 'cp')}
ssh_args = -F ${join(folder, 'ssh_config')} -o ControlMaster=auto -o ControlPersist=60s
`;

/** Ansible with the modules that roles for Docker hosts are written with. */
export const ansible = (installed: string): Competitor => ({
  name: 'ansible',
  title: 'Ansible, pipelining and ControlPersist',
  onceAt: 'vlans100',
  prepare(layout, folder) {
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    const options = Object.entries(plainSshOptions(layout, folder)).map(([key, value]) => `${key} ${value}\n`);
    write('ssh_config', options.join(''));
    write('ansible.cfg', settings(folder));
    const hosts = Object.fromEntries(
      layout.hosts.map(({ name, address, vlans }) => [name, { ansible_host: address, vlans }]),
    );
    const vars = {
      ansible_user: 'root',
      parent_interface: layout.parentInterface,
      image: layout.image,
      containers: layout.containers,
    };
    // JSON is YAML.
    write('inventory.yml', JSON.stringify({ trunk: { vars, hosts } }));
    return Promise.resolve({
      command: (operation) => ({
        argv: [
          ...['python3', '-m', 'ansible', 'playbook', '--inventory', join(folder, 'inventory.yml')],
          join(__dirname, 'ansible', playbooks[operation]),
        ],
        // Its exit code is 0 as well where a second run changes something.
        ...(operation === 'noop' ? { refuse: /changed=[1-9]/ } : {}),
        env: { PYTHONPATH: installed, ANSIBLE_CONFIG: join(folder, 'ansible.cfg'), LC_ALL: 'C.UTF-8' },
      }),
    });
  },
});
