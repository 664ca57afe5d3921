import { checkForeignContainers } from '../../../../src/plan/layout/foreignContainer';
import { lines } from '../text';

const web = { name: 'web', image: 'nginx:1.27', project: undefined };

test('a container that others have made keeps its name, and is named with what it is', () => {
  const foreign = [web, { ...web, name: 'db', project: 'shop' }];
  expect(lines(checkForeignContainers('web', foreign))).toEqual([
    'name: must differ from the container web (nginx:1.27), which is on the host and not of this stack, got "web"',
  ]);
  expect(lines(checkForeignContainers('db', foreign))).toEqual([
    'name: must differ from the container db (nginx:1.27, of the Compose project shop), which is on the host and not of this stack, got "db"',
  ]);
  expect(checkForeignContainers('we', foreign)).toEqual([]);
});
