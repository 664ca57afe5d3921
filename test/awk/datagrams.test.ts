import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../lab/command';

/** Datagrams that reachability.sh sends, and what it says of their far end: in a network namespace of this machine, over lo. */

const part = (name: string) => readFileSync(join(__dirname, `../../src/host/${name}.sh`), 'utf8');
const script = ['session', 'namespace', 'reachability'].map(part).join('');

/** Sockets of perl: 8600 is read, for both IP versions; 8601 drops all by a filter; 8602 is never read; 8603 answers. */
const sockets = `
  perl -e 'socket(S,10,2,0); bind(S,pack("SnNx16N",10,8600,0,0)) or die; recv(S,$x,9,0) while 1' & one=$!
  perl -e 'socket(S,2,2,0); bind(S,pack("Snx12",2,8601)) or die; $f=pack("SCCL",6,0,0,0); setsockopt(S,1,26,pack("Sx6P",1,$f)) or die; sleep 99' & two=$!
  perl -e 'socket(S,2,2,0); bind(S,pack("Snx12",2,8602)) or die; sleep 99' & three=$!
  perl -e 'socket(S,2,2,0); bind(S,pack("Snx12",2,8603)) or die; while ($who=recv(S,$x,9,0)) { send(S,"\\0",0,$who) }' & four=$!
  trap 'kill $one $two $three $four' EXIT; sleep 1`;

/** What the script says of each number, without its marker. */
async function said(...lines: string[]): Promise<Map<string, string>> {
  const all = ['-', '-- vlan-trunk data', 'wait 1', ...lines].map((line) => `#${line}`).join('\n');
  // The script waits for its own children alone.
  const body = `ip link set lo up; ${sockets}; sh -c "$script"`;
  const words = ['env', `all=${all}`, `script=${script}`, 'unshare', '--map-root-user', '--net', 'sh', '-c', body];
  const { stdout } = await run(words);
  const facts = stdout
    .split('\n')
    .flatMap((line) => /^vlan-trunk-probe (\S+ \d+) +(.*)$/.exec(line)?.slice(1, 3) ?? []);
  return new Map(Array.from({ length: facts.length / 2 }, (_, index) => [facts[2 * index]!, facts[2 * index + 1]!]));
}

test('silent, refused and answered', async () => {
  const probe = (number: number, address: string, port: number) => `probe ${number} no - ${address} udp ${port} -`;
  const facts = await said(
    ...[probe(0, '::1', 8600), probe(1, '127.0.0.1', 8603), probe(2, '127.0.0.1', 8609), probe(3, '::1', 8609)],
    'knock 4 - 127.0.0.1 8603 0',
  );
  expect([0, 1, 2, 3].map((number) => facts.get(`reach ${number}`))).toEqual([
    'silent',
    'passed',
    'refused',
    'refused',
  ]);
  expect(facts.get('end_of_way 4')).toBe('sent=answered');
});

test('what comes to a socket is counted in each IP version; what is dropped is not, and what waits to be read is seen', async () => {
  const way = (number: number, address: string, port: number, turn: number) => [
    `knock 1${number} - ${address} ${port} ${turn}`,
    `end ${number} - ${address} ${address} ${port} ${turn}`,
  ];
  const facts = await said(
    ...way(0, '::1', 8600, 0),
    ...way(1, '127.0.0.1', 8601, 0),
    ...way(2, '127.0.0.1', 8600, 1),
    ...way(3, '127.0.0.1', 8602, 2),
    ...way(4, '::1', 8609, 1),
    // A socket of IPv4 alone.
    ...way(5, '::1', 8602, 2),
  );
  const far = (number: number) => /quiet=.*listens=[a-z]+/.exec(facts.get(`end_of_way ${number}`) ?? '')?.[0];
  expect([0, 1, 2, 3, 4, 5].map(far)).toEqual([
    'quiet=0 peak=100 queued= listens=yes',
    'quiet=0 peak=0 queued= listens=yes',
    'quiet=0 peak=100 queued= listens=yes',
    'quiet=0 peak=0 queued=yes listens=yes',
    'quiet=0 peak=0 queued= listens=no',
    'quiet=0 peak=0 queued= listens=no',
  ]);
  expect(facts.get('end_of_way 10')).toBe('sent=silent');
  expect(facts.get('end_of_way 14')).toBe('sent=refused');
}, 60_000);
