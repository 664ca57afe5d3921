import type { ContainerSpec } from '../../../../src/plan/container/container';
import type { NetworkSpec } from '../../../../src/plan/network/network';
import { checkAttachments } from '../../../../src/plan/container/container';
import { readTrunk } from '../../../../src/plan/link/trunk';
import { checkNetwork } from '../../../../src/plan/network/network';
import { readShim } from '../../../../src/plan/shim/shim';
import { checkSshHost, type SshHostSpec } from '../../../../src/plan/ssh/sshHost';
import { lines } from '../text';
import { problemsWith } from '../../../readWith';

/** What a program that the type checker does not see may give in place of a list, an object or a component. */
const garbage: [unknown, string][] = [
  [undefined, 'nothing'],
  [null, 'null'],
  ['x', '"x"'],
  [5, '5'],
];

test.each(garbage)('%p in place of what decides the tree is a problem with its path', (value, found) => {
  expect(lines(problemsWith(readTrunk, { parentInterface: 'eth0', vlans: value }))).toEqual([
    `vlans: must be a list, got ${found}`,
  ]);
  expect(lines(problemsWith(readTrunk, { parentInterface: 'eth0', vlans: [value] }))).toEqual([
    `vlans[0]: must be an object, got ${found}`,
  ]);
  expect(lines(checkNetwork({ driver: 'macvlan', subnets: value } as NetworkSpec))).toEqual([
    `subnets: must be a list, got ${found}`,
  ]);
  expect(lines(checkNetwork({ driver: 'macvlan', subnets: [value] } as NetworkSpec))).toEqual([
    `subnets[0]: must be an object, got ${found}`,
  ]);
  expect(lines(checkAttachments({ attachments: value } as ContainerSpec))).toEqual([
    `attachments: must be a list, got ${found}`,
  ]);
  expect(lines(checkAttachments({ attachments: [value] } as ContainerSpec))).toEqual([
    `attachments[0]: must be an object, got ${found}`,
  ]);
  expect(lines(checkAttachments({ attachments: [{ network: value }] } as ContainerSpec))).toEqual([
    `attachments[0].network: must be a network, got ${found}`,
  ]);
  expect(lines(problemsWith(readShim, { network: value, addresses: ['10.0.0.9'] }))).toEqual([
    `network: must be a network, got ${found}`,
  ]);
  for (const check of [checkNetwork, checkAttachments, checkSshHost] as const) {
    const problems = (check as (value: unknown) => ReturnType<typeof checkNetwork>)(value);
    expect(lines(problems)).toEqual([`: must be an object, got ${found}`]);
  }
  for (const read of [readTrunk, readShim]) {
    expect(lines(problemsWith(read, value))).toEqual([`: must be an object, got ${found}`]);
  }
});

test.each(garbage.slice(1))('%p in place of a jump host, too', (value, found) => {
  const host = { address: '10.0.0.1', acceptAnyHostKey: true, proxy: value };
  expect(lines(checkSshHost(host as SshHostSpec))).toEqual([`proxy: must be an object, got ${found}`]);
});
