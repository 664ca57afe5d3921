import type { Stack } from '../../lab/engine/stack';
import { setMtuTo, setPathMtu, setPortIsolation, setPortSecurity } from '../../lab/lab';
import { hostFacts, sh } from './facts';
import { configured, doings, forgetStacks, hostConfigs, newStack, succeeds } from './stack';

/** Packets that an `up` sends at its end, and what it says of each that is lost. */

const names: [string, string] = ['n11', 'n8'];
const [, two] = names;
const hosts = hostConfigs(...names);
let untouched: string[];
let stack: Stack;
let tries = 0;
beforeAll(async () => {
  untouched = await Promise.all(names.map(hostFacts));
  stack = await newStack('test/e2e/programs/connectivity.ts', 'connectivity', { hosts, broken: {}, trigger: '0' });
  await succeeds(stack.up());
});
afterAll(async () => {
  await forgetStacks();
  expect(await Promise.all(names.map(hostFacts))).toEqual(untouched);
});

/** What an `up` that must fail says of each way. */
async function lost(broken: object = {}): Promise<string[]> {
  tries += 1;
  const result = await configured(stack, { hosts, broken, trigger: String(tries) }).up();
  expect(result.ok).toBe(false);
  const lines = (result.error ?? '').split('\n');
  return lines.flatMap((line) => /^ +(\S+ to .*)/.exec(line)?.slice(1) ?? []).sort();
}

/** The same while a host, or the switch, is not as the program has left it. */
async function lostWhile(breaking: () => Promise<unknown>, mending: () => Promise<unknown>): Promise<string[]> {
  await breaking();
  try {
    return await lost();
  } finally {
    await mending();
  }
}

/** What it is likely to be where the next machine on the way is silent. */
const notCarried = (what = 'a switch port on the way does not carry VLAN 161') =>
  `${what}, or port security or a hypervisor drops frames of a second MAC address`;

const inContainer = (host: string, container: string, words: string) =>
  sh(host, `nsenter --target "$(docker inspect -f '{{.State.Pid}}' ${container})" --net ${words}`);

test('what is declared passes, and is not tried again while nothing changes', async () => {
  expect(doings(await succeeds(stack.up()))).toEqual([]);
});

test('each wrong expectation is said with its cause', async () => {
  expect(await lost({ isMore: true })).toEqual([
    'n11 to n11-c161 (192.168.161.11): no answer: no host reaches the containers on its own interface (eth0.161): declare a HostShim for the network of n11-c161',
    `n11-c161 to 10.99.0.1: no answer: the gateway 192.168.161.1 does not answer n11-c161: it is not there, or ${notCarried()}`,
    `n11-c161 to 192.168.161.1: no answer: nobody has 192.168.161.1 on the network of n11-c161, or ${notCarried()}`,
    `n11-c161 to 192.168.161.99: no answer: nobody has 192.168.161.99 on the network of n11-c161, or ${notCarried()}`,
    'n11-c161 to n8-c161 (192.168.161.12): is reached, and must not be',
    'n8-c161 to server (192.168.161.21, TCP port 8555): no answer: server answers, and nothing listens on its TCP port 8555',
  ]);
});

test('packets that are too large', async () => {
  expect(await lost({ packetSize: 1501 })).toEqual([
    'n11-c161 to n8-c161 (192.168.161.12, 1501 bytes): no answer: packets of up to 1500 bytes pass, and none of 1501: the MTU of eth0 at its beginning is 1500',
    'n11-c161 to server (192.168.161.21, 1501 bytes): no answer: packets of up to 1500 bytes pass, and none of 1501: the MTU of eth0 at its beginning is 1500',
    'server to n8-c161 (192.168.161.12, 1501 bytes): no answer: packets of up to 1500 bytes pass, and none of 1501: the MTU of eth0 at its beginning is 1500',
  ]);
});

test('switch ports that do not carry the VLAN, although each end has heard of the other a moment ago', async () => {
  const set = async (on: boolean) => {
    const seconds = on ? 600 : 30;
    for (const name of names)
      await inContainer(name, `${name}-c161`, `sysctl -qw net.ipv4.neigh.eth0.base_reachable_time_ms=${seconds}000`);
    if (on) await inContainer('n11', 'n11-c161', 'ping -c 1 -W 2 192.168.161.12');
    await Promise.all(names.map((name) => setPortIsolation(name, on)));
  };
  const said = await lostWhile(
    () => set(true),
    () => set(false),
  );
  // Not of eth0, where frames of other hosts come in as well.
  expect(said.filter((line) => !line.startsWith('n11 to n8 '))).toEqual([
    `n11-c161 to n8-c161 (192.168.161.12, 1500 bytes): no answer: frames leave eth0.161 of n11, and none comes in at eth0.161 of n8: ${notCarried()}`,
    `n8-c161 to server (192.168.161.21, TCP port 8554): no answer: frames leave eth0.161 of n8, and none comes in at eth0.161 of n11: ${notCarried()}`,
    `server to n8-c161 (192.168.161.12, 1500 bytes): no answer: frames leave eth0.161 of n11, and none comes in at eth0.161 of n8: ${notCarried()}`,
  ]);
});

test('port security that lets in the host’s own MAC address alone', async () => {
  const mac = await sh(two, 'cat /sys/class/net/eth0/address');
  const said = await lostWhile(
    () => setPortSecurity(two, mac, true),
    () => setPortSecurity(two, mac, false),
  );
  expect(said).toEqual([
    'n11-c161 to n8-c161 (192.168.161.12, 1500 bytes): no answer: frames come in at eth0.161 of n8, and no answer of n8-c161 comes back: a filter on n8, or port security or a hypervisor that drops frames of a second MAC address',
    `n8-c161 to server (192.168.161.21, TCP port 8554): no answer: frames leave eth0.161 of n8, and none comes in at eth0.161 of n11: ${notCarried()}`,
    'server to n8-c161 (192.168.161.12, 1500 bytes): no answer: frames come in at eth0.161 of n8, and no answer of n8-c161 comes back: a filter on n8, or port security or a hypervisor that drops frames of a second MAC address',
  ]);
});

// The kernel's bridge does not count the tag: 1404 of 1400.
test('a link on the way that is narrower than both ends', async () => {
  const said = await lostWhile(
    () => setMtuTo(two, 1300).then(() => setPathMtu(two, 1400)),
    () => setPathMtu(two, 1500).then(() => setMtuTo(two)),
  );
  expect(said).toEqual([
    'n11-c161 to n8-c161 (192.168.161.12, 1500 bytes): no answer: packets of up to 1404 bytes pass, and none of 1500: the MTU of eth0 at its beginning is 1500, so that of a link, a switch or a gateway on the way is smaller',
    'server to n8-c161 (192.168.161.12, 1500 bytes): no answer: packets of up to 1404 bytes pass, and none of 1500: the MTU of eth0 at its beginning is 1500, so that of a link, a switch or a gateway on the way is smaller',
  ]);
});

test('an address that somebody has taken from a container', async () => {
  const said = await lostWhile(
    () => inContainer(two, `${two}-c161`, 'ip addr del 192.168.161.12/24 dev eth0'),
    () => inContainer(two, `${two}-c161`, 'ip addr add 192.168.161.12/24 dev eth0'),
  );
  expect(said).toEqual([
    'n11-c161 to n8-c161 (192.168.161.12, 1500 bytes): no answer: n8-c161 does not have the address 192.168.161.12',
    'n8-c161 to server (192.168.161.21, TCP port 8554): no answer: n8-c161 has no route to 192.168.161.21: it is on no network with that subnet, and has no gateway for that IP version',
    'server to n8-c161 (192.168.161.12, 1500 bytes): no answer: n8-c161 does not have the address 192.168.161.12',
  ]);
});

describe('UDP', () => {
  // In the namespace of the server: 8601 reads and does not answer, 8602 answers, 8603 drops all by a filter, as a firewall would.
  const sockets = {
    8601: 'recv(S,$x,9,0) while 1',
    8602: 'while ($who=recv(S,$x,9,0)) { send(S,"x",0,$who) }',
    8603: '$f=pack("SCCL",6,0,0,0); setsockopt(S,1,26,pack("Sx6P",1,$f)) or die; sleep 9999',
  };
  const perl = (port: string, program: string) =>
    `perl -e 'socket(S,2,2,0); bind(S,pack("Snx12",2,${port})) or die; ${program}' </dev/null >/dev/null 2>&1 & echo $! >>/tmp/udp-sockets`;
  const inServer = (script: string) =>
    sh(
      'n11',
      `pid=$(docker inspect -f '{{.State.Pid}}' server); cat >/tmp/udp.sh <<'IN'
${script}
IN
nsenter --target "$pid" --net sh /tmp/udp.sh`,
    );
  beforeAll(() =>
    inServer(
      Object.entries(sockets)
        .map((one) => perl(...one))
        .join('\n'),
    ),
  );
  afterAll(() => sh('n11', 'kill $(cat /tmp/udp-sockets); rm /tmp/udp-sockets /tmp/udp.sh'));

  test('is reached where it is answered, and where datagrams come to a socket without an answer; not where they may not', async () => {
    tries += 1;
    const udp = [
      { from: 'recorder', to: 'server', port: 8601 },
      { from: 'camera', to: 'server', port: 8601 },
      { from: 'recorder', to: 'server', port: 8602 },
      { from: 'recorder', to: 'server', port: 8603, reachable: false },
      { from: 'guest', to: 'server', port: 8601, reachable: false },
      { from: 'guest', to: '192.168.161.21', port: 8601, reachable: false },
    ];
    await succeeds(configured(stack, { hosts, broken: { udp }, trigger: String(tries) }).up());
  });

  test('what is refused or dropped, what comes in and must not, and what cannot be seen', async () => {
    const udp = [
      { from: 'recorder', to: 'server', port: 8609 },
      { from: 'recorder', to: 'server', port: 8603 },
      { from: 'recorder', to: 'server', port: 8609, reachable: false },
      { from: 'recorder', to: 'server', port: 8601, reachable: false },
      { from: 'camera', to: 'server', port: 8602, reachable: false },
      { from: 'recorder', to: '192.168.161.21', port: 8601 },
    ];
    expect(await lost({ udp })).toEqual([
      'n11-c161 to server (192.168.161.21, UDP port 8602): is reached, and must not be',
      expect.stringMatching(
        /^n8-c161 to 192[.]168[.]161[.]21 [(]UDP port 8601[)]: no answer: that tells nothing of UDP, which a program need not answer/,
      ),
      'n8-c161 to server (192.168.161.21, UDP port 8601): is reached, and must not be',
      'n8-c161 to server (192.168.161.21, UDP port 8603): no answer: server answers a ping: a firewall on the way drops UDP port 8603',
      'n8-c161 to server (192.168.161.21, UDP port 8609): is reached, and must not be',
      'n8-c161 to server (192.168.161.21, UDP port 8609): no answer: server answers, and nothing listens on its UDP port 8609',
    ]);
  });

  test('where others send too many, it cannot be told', async () => {
    await inServer(
      `perl -e 'socket(S,2,2,0); while (1) { send(S,"x",0,pack("SnC4x8",2,8601,127,0,0,1)); select(undef,undef,undef,0.005) }' </dev/null >/dev/null 2>&1 & echo $! >>/tmp/udp-sockets`,
    );
    expect(await lost({ udp: [{ from: 'recorder', to: 'server', port: 8601 }] })).toEqual([
      expect.stringMatching(
        /^n8-c161 to server [(]192[.]168[.]161[.]21, UDP port 8601[)]: no answer, and it cannot be told whether datagrams come in: \d+ others come to server in two seconds$/,
      ),
    ]);
  });
});

test('all right again, it passes', async () => {
  tries += 1;
  await succeeds(configured(stack, { hosts, broken: {}, trigger: String(tries) }).up());
});

test('hosts with different VLAN IDs, and vepa on a switch port that does not reflect', async () => {
  expect(await lost({ vlanId: 163, mode: 'vepa' })).toEqual([
    'n11-c161 to n8-c161 (192.168.161.12, 1500 bytes): no answer: eth0.161 is on VLAN 161, and eth0.163 of n8 on VLAN 163',
    'n11-c161 to server (192.168.161.21, 1500 bytes): no answer: n11-c161 and server are on a network of mode vepa: the switch port of n11 does not reflect frames (IEEE 802.1Qbg)',
    'n8-c161 to server (192.168.161.21, TCP port 8554): no answer: eth0.163 is on VLAN 163, and eth0.161 of n11 on VLAN 161',
    'server to n8-c161 (192.168.161.12, 1500 bytes): no answer: eth0.161 is on VLAN 161, and eth0.163 of n8 on VLAN 163',
  ]);
});
