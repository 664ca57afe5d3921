import { recordDeclarations } from './declare';

recordDeclarations();

import { Host, MacvlanNetwork, NetworkContainer } from 'vlan-trunk';

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGz5ZC0XkFYxQ1J0nWfXr1hT4Zb3y2Vg7h8k9l0m1n2o';
const host = new Host('n1', { address: '192.0.2.1', hostKey });

/** How many stack traces with frames are made meanwhile, each of which costs a program its mapping to the sources. */
function tracesOf(declare: () => unknown): number {
  let count = 0;
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace') ?? { value: undefined };
  Error.prepareStackTrace = (error, frames) => {
    if (frames.length > 0) count++;
    return String(error);
  };
  try {
    declare();
  } finally {
    Object.defineProperty(Error, 'prepareStackTrace', before);
  }
  return count;
}

test('the 80 outputs of a container, and those of a network, cost no stack traces', () => {
  let network: MacvlanNetwork | undefined;
  const ofNetwork = tracesOf(() => {
    network = new MacvlanNetwork('lan', {
      host,
      parentInterface: 'eth0.50',
      subnets: [{ subnet: '192.168.50.0/24', gateway: '192.168.50.1' }],
    });
  });
  const ofContainer = tracesOf(
    () => network && new NetworkContainer('web', { image: 'busybox', attachments: [{ network }] }),
  );
  // Those of the components themselves. With those of the docker provider's resources, 114 and 378: four for each output.
  for (const count of [ofNetwork, ofContainer]) {
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(100);
  }
});
