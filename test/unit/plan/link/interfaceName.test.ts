import { defaultInterfaceName, readInterfaceName } from '../../../../src/plan/link/interfaceName';
import { Problems } from '../../../../src/plan/argument/problem';
import { lines } from '../text';

const read = (value: unknown): string[] => {
  const problems = new Problems('name');
  readInterfaceName(problems, value);
  return lines(problems.list);
};

test('the default name', () => expect(defaultInterfaceName('eth0', 50)).toBe('eth0.50'));

test.each(['eth0', 'eth0.50', 'eth0.100.200', 'eth0.0050', 'br-lan', 'bond_0', 'enx001122334455', 'a', '0'])(
  'accepts %s',
  (name) => expect(read(name)).toEqual([]),
);

const letters = "must be an interface name of letters, digits, '.', '_' and '-', a letter or digit first";
const afterDot = 'must have a VLAN ID from 1 to 4094 after each dot, like eth0.50';

test.each([
  ['', letters],
  ['.', letters],
  ['..', letters],
  ['.10', letters],
  ['-eth0', letters],
  ['eth0:1', letters],
  ['eth/0', letters],
  ['eth 0', letters],
  ['eth0\n', letters],
  ['eth0;reboot', letters],
  ['$(id)', letters],
  ['ethé', letters],
  ['eth0@if2', letters],
  ['abcdefghijklmnop', 'must be at most 15 bytes'],
  ['all', 'must not be the name of a kernel setting'],
  ['default', 'must not be the name of a kernel setting'],
  ['eth0.', afterDot],
  ['eth0.0', afterDot],
  ['eth0.4095', afterDot],
  ['eth0..10', afterDot],
  ['eth0.lan', afterDot],
])('refuses %p', (name, expected) => expect(read(name)).toEqual([`name: ${expected}, got ${JSON.stringify(name)}`]));

test.each([[5], [null], [undefined], [['eth0']]])('refuses %p', (value) =>
  expect(read(value)[0]).toContain(`name: ${letters}, got`),
);
