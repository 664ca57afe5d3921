import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../lab/command';
import { ProgramsOnPath } from '../programsOnPath';
import { type Dialect, dialectNames, dialects } from './dialect';

/** The program within links.sh, on each awk that a host may have. */

const host = join(__dirname, '../../src/host');
const script = ['session', 'links'].map((part) => readFileSync(join(host, `${part}.sh`), 'utf8')).join('');
const programs = new ProgramsOnPath();
let awks: Record<Dialect, string[]>;
beforeAll(async () => {
  awks = await dialects();
}, 300_000);

const links = String.raw`1: lo: <LOOPBACK,UP> mtu 65536\    link/loopback
2: eth1@if5: <UP> mtu 1500 master br0 state UP\    link/ether 52:54:00:00:00:02 promiscuity 1 \    veth \    bridge_slave state forwarding
3: plant@eth0: <UP> mtu 1500 \    vlan protocol 802.1ad id 50 <REORDER_HDR> addrgenmode eui64
      ingress-qos-map { 5:6 } addrgenmode eui64
4: br0: <UP> mtu 1500\    bridge forward_delay 1500 vlan_filtering 1 vlan_protocol 802.1ad bridge_id 8000 \    alias master x
5: br1: <UP> mtu 1500\    bridge forward_delay 1500 vlan_filtering 0 vlan_protocol 802.1Q bridge_id 8000
6: bond0: <UP> mtu 1500\    bond mode balance-tlb miimon 0
7: eth3: <UP> mtu 1500 master red state UP\    vrf_slave table 10`;

test.each(dialectNames)('%s', async (dialect) => {
  programs.make('awk', `exec ${awks[dialect].map((word) => `'${word}'`).join(' ')} "$@"`);
  programs.make('ip', `cat <<'IN'\n${links}\nIN`);
  programs.make('bridge', 'echo "[]"');
  const { stdout, stderr } = await run(['sh', '-c', script]);
  expect(stderr).toBe('');
  expect(stdout.replaceAll('vlan-trunk-probe ', '').trim().split('\n')).toEqual([
    'link lo',
    'link eth1 if5',
    'port eth1 br0 bridge',
    'link plant eth0',
    'vlan plant eth0 50 802.1ad',
    'link br0',
    'filter br0 802.1ad',
    'link br1',
    'link bond0',
    'bond bond0 balance-tlb',
    'link eth3',
    'port eth3 red vrf',
    'bridge-vlans []',
  ]);
});
