import type { Scenario } from './scenario';

const on = (...parts: string[]) => parts.join('--\n');
const plan = ['spec', 'leaving', 'subnet', 'cutOff', 'plan'];
const check = { action: 'check' };
const spec = (mtu: string) => `owner p+s+t\nparent eth0.100 declared\nvlan eth0.100.50 50 802.1Q ${mtu}\n`;
const nic = 'link eth0 - - - 1500 up found\n';
const outer = `${nic}link eth0.100 eth0 vlan 100/802.1ad 1400 up made\n`;
const notes = 'note eth0.100.50 used\nnote eth0.100.50 made eth0.100/vlan/50\n';
const steps = (mtu: string) => `${notes}make link add link eth0.100 name eth0.100.50 type vlan protocol 802.1Q id 50
make link set dev eth0.100.50 alias vlan-trunk
make link set dev eth0.100.50 mtu ${mtu}
do link set dev eth0.100.50 up
`;

/** A VLAN on the VLAN of another trunk. */
export const nestedScenarios: Scenario[] = [
  {
    name: 'a VLAN on one that the same program makes, which is not there yet at the check',
    parts: plan,
    variables: check,
    input: on(spec('1450'), nic),
    output: `make link set dev eth0.100 up\nnote eth0.100 down\n${steps('1450')}`,
  },
  {
    name: 'and has to be there at the apply',
    parts: plan,
    variables: { action: 'apply' },
    input: on(spec('-'), nic),
    output: 'problem there is no interface eth0.100 on this host, it has eth0\n',
  },
  {
    name: 'an MTU up to that of the interface below, to which the outer VLAN may be raised before',
    parts: plan,
    variables: check,
    input: on(spec('1450'), outer),
    output: steps('1450'),
  },
  {
    name: 'an MTU that no outer VLAN can have there',
    parts: plan,
    variables: check,
    input: on(spec('1501'), outer),
    output: `problem eth0.100.50: MTU 1501 is above the 1400 of eth0.100\n${steps('1501')}`,
  },
  {
    name: 'an MTU above that of the outer VLAN at the apply',
    parts: plan,
    variables: { action: 'apply' },
    input: on(spec('1450'), outer),
    output: `problem eth0.100.50: MTU 1450 is above the 1400 of eth0.100\n${steps('1450')}`,
  },
  {
    name: 'a VLAN on a VLAN, which Docker does not make even where the outer one is there',
    parts: ['places'],
    variables: { present: ' lo eth0 eth0.100 ' },
    input: 'eth0.100.50 used\neth0.100.50 made eth0.100/vlan/50\neth0.60 made eth0/vlan/60\n',
    output: 'eth0.100.50\n',
  },
];
