import { planHosts } from '../../lab/plan';

test('two hosts by default, each with its own place on the wire', () => {
  const ordinary = { withoutDocker: false, image: 'forky' };
  expect(planHosts({})).toEqual([
    { name: 'n1', address: '10.88.0.11', tap: 'tap-n1', mac: '52:54:00:88:00:01', ...ordinary },
    { name: 'n2', address: '10.88.0.12', tap: 'tap-n2', mac: '52:54:00:88:00:02', ...ordinary },
  ]);
});

test('addresses and MAC addresses stay distinct and well-formed for the largest lab', () => {
  const hosts = planHosts({ hosts: 64 });
  expect(new Set(hosts.map(({ address }) => address)).size).toBe(64);
  expect(new Set(hosts.map(({ mac }) => mac)).size).toBe(64);
  expect(hosts.every(({ mac }) => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac))).toBe(true);
});

test.each([0, 65, 1.5, Number.NaN])('%p hosts are refused', (hosts) => {
  expect(() => planHosts({ hosts })).toThrow(`hosts: must be an integer from 1 to 64, got ${hosts}`);
});

test('hosts by their names are the same ones as in a larger lab', () => {
  const all = planHosts({ hosts: 9 });
  expect(planHosts({ hosts: ['n9', 'n2', 'n9'] })).toEqual([all[8], all[1]]);
});

test.each([
  [[], 'hosts: must name at least one host'],
  [['n1', 'x2'], 'hosts: must be n1 to n64, got "x2"'],
  [['n65'], 'hosts: must be n1 to n64, got "n65"'],
])('hosts %j are refused', (hosts, problem) => {
  expect(() => planHosts({ hosts })).toThrow(problem);
});

test('a host without Docker must be one of the lab', () => {
  expect(planHosts({ withoutDocker: ['n2'] })[1]?.withoutDocker).toBe(true);
  expect(() => planHosts({ withoutDocker: ['n3'] })).toThrow('withoutDocker: no host "n3" in a lab of n1, n2');
});

test('a host boots the image that is named for it, and the others none but the usual one', () => {
  const planned = planHosts({ hosts: 3, images: { n2: 'trixie' } });
  expect(planned.map(({ image }) => image)).toEqual(['forky', 'trixie', 'forky']);
});

test.each([
  [{ n1: 'potato' }, 'images.n1: must be forky, engine29 or trixie, got "potato"'],
  [{ n2: 'constructor' }, 'images.n2: must be forky, engine29 or trixie, got "constructor"'],
  [{ n3: 'trixie' }, 'images: no host "n3" in a lab of n1, n2'],
])('images %j are refused', (images, problem) => {
  expect(() => planHosts({ images })).toThrow(problem);
});
