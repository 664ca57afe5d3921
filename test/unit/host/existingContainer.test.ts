import { readExistingContainer } from '../../../src/host/existingContainer';

test('a container has its own name, image, owner and Compose project', () => {
  const labels = { 'vlan-trunk.owner': 'id-1', 'com.docker.compose.project': 'shop' };
  expect(readExistingContainer({ Names: ['/web'], Image: 'nginx:1.27', Labels: labels })).toEqual({
    name: 'web',
    image: 'nginx:1.27',
    owner: 'id-1',
    project: 'shop',
    addresses: [],
  });
  // As Docker lists one that another container is linked to.
  expect(readExistingContainer({ Names: ['/front/db', '/db'], Image: 'postgres', Labels: null })).toEqual({
    name: 'db',
    image: 'postgres',
    owner: '',
    project: undefined,
    addresses: [],
  });
});

test('a container that runs has its addresses; one that does not is to have those that it was asked to have', () => {
  const of = (Networks: unknown) =>
    readExistingContainer({ Names: ['/plc'], Image: 'busybox', NetworkSettings: { Networks } })?.addresses;
  const asked = { IPv4Address: '10.0.0.5', IPv6Address: '2001:db8::5' };
  expect(
    of({
      lan: { IPAMConfig: asked, IPAddress: '10.0.0.5', GlobalIPv6Address: '2001:db8::5' },
      front: { IPAMConfig: null, IPAddress: '172.17.0.2', GlobalIPv6Address: '' },
    }),
  ).toEqual([
    { network: 'lan', text: '10.0.0.5', isHeld: true },
    { network: 'lan', text: '2001:db8::5', isHeld: true },
    { network: 'front', text: '172.17.0.2', isHeld: true },
  ]);
  expect(of({ lan: { IPAMConfig: asked, IPAddress: '', GlobalIPv6Address: '' }, front: { IPAddress: '' } })).toEqual([
    { network: 'lan', text: '10.0.0.5', isHeld: false },
    { network: 'lan', text: '2001:db8::5', isHeld: false },
  ]);
  expect(of(null)).toEqual([]);
  expect(of({ lan: null, front: 'x' })).toEqual([]);
});

test.each([undefined, null, 'web', [], {}, { Names: ['/front/db'], Image: 'postgres' }, { Names: [1], Image: 'x' }])(
  '%j is no container',
  (listed) => expect(readExistingContainer(listed)).toBeUndefined(),
);
