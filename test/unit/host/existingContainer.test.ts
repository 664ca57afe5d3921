import { readExistingContainer } from '../../../src/host/existingContainer';

test('a container has its own name, image, owner and Compose project', () => {
  const labels = { 'vlan-trunk.owner': 'id-1', 'com.docker.compose.project': 'shop' };
  expect(readExistingContainer({ Names: ['/web'], Image: 'nginx:1.27', Labels: labels })).toEqual({
    name: 'web',
    image: 'nginx:1.27',
    owner: 'id-1',
    project: 'shop',
  });
  // As Docker lists one that another container is linked to.
  expect(readExistingContainer({ Names: ['/front/db', '/db'], Image: 'postgres', Labels: null })).toEqual({
    name: 'db',
    image: 'postgres',
    owner: '',
    project: undefined,
  });
});

test.each([undefined, null, 'web', [], {}, { Names: ['/front/db'], Image: 'postgres' }, { Names: [1], Image: 'x' }])(
  '%j is no container',
  (listed) => expect(readExistingContainer(listed)).toBeUndefined(),
);
