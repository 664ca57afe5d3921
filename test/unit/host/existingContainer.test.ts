import { readExistingContainer } from '../../../src/host/existingContainer';

test('a container has its own name, image, owner and Compose project', () => {
  expect(readExistingContainer('["web","nginx:1.27","id-1","shop"]')).toEqual({
    name: 'web',
    image: 'nginx:1.27',
    owner: 'id-1',
    project: 'shop',
  });
  // As Docker lists one that another container is linked to.
  expect(readExistingContainer('["front/db,db","postgres","",""]')).toEqual({
    name: 'db',
    image: 'postgres',
    owner: '',
    project: undefined,
  });
});

test.each(['', 'null', '{}', '["x"]', '["front/db","postgres","",""]', '[1,2,3,4]'])('%j is no container', (fact) =>
  expect(readExistingContainer(fact)).toBeUndefined(),
);
