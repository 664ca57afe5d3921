import { TestNic } from './nic';

/** What the check says of network managers that also take our links. How they behave was seen in e2e/managers, and by hand for dhcpcd. */
const nic = new TestNic('n6', 'vm100');
const link = `${nic.name}.50`;
const check = (path?: string) => nic.run('check', [{ vlanId: 50 }, { vlanId: 60 }], path === undefined ? {} : { path });

beforeAll(() => nic.plug());
afterAll(() => nic.unplug());

test('a stanza of ifupdown', async () => {
  const path = `/run/${nic.name}-bin`;
  await nic.sh(`mkdir -p ${path}; printf '#!/bin/sh\n[ "$1" = ${link} ]\n' >${path}/ifquery; chmod +x ${path}/ifquery`);
  try {
    expect(await check(path)).toEqual({
      code: 0,
      text: `warning: ${link} is in /etc/network/interfaces too: ifdown and a restart of networking delete it under the containers on it\n`,
    });
  } finally {
    await nic.sh(`rm -r ${path}`);
  }
});

const words = (name: string) =>
  `warning: dhcpcd asks for an address and a default route on ${name} too: "denyinterfaces ${name}" in /etc/dhcpcd.conf keeps it from that\n`;

test.each([
  ['takes all', '', [link, `${nic.name}.60`]],
  ['leaves some', `denyinterfaces docker*,${nic.name}.5*`, [`${nic.name}.60`]],
  ['takes some', `allowinterfaces eth0 ${link}`, [link]],
])('dhcpcd, which %s', async (_, option, taken) => {
  await nic.sh(`mkdir -p /run/dhcpcd; touch /run/dhcpcd/pid; echo '${option}' >/etc/dhcpcd.conf`);
  try {
    expect(await check()).toEqual({ code: 0, text: taken.map(words).join('') });
  } finally {
    await nic.sh('rm -r /run/dhcpcd /etc/dhcpcd.conf');
  }
  expect(await check()).toEqual({ code: 0, text: '' });
});
