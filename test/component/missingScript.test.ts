import { bringScriptAgain } from '../../src/components/missingScript';
import { linkCommand } from '../../src/host/remoteScript';

/** What the engine does with the answer is on the lab, in e2e/hostScript. */

let staged = 0;
const stage = () => {
  staged++;
  return Promise.resolve();
};

beforeEach(() => (staged = 0));

/** As the command provider says it: the command line, and then what it printed. */
const failure = (printed: string) =>
  `Process exited with status 1: running ${JSON.stringify(linkCommand('apply', false, '-', 'owner'))}:\n${printed}`;
const missing = failure('vlan-trunk: /var/lib/vlan-trunk/.script/killed+lab+trunk is missing on this host\n');

const failed = (errors: string[]) => bringScriptAgain(errors, stage);

test('where the script is missing, it is put there, and the command is run again', async () => {
  expect(await failed([missing])).toBe(true);
  expect(staged).toBe(1);
});

test.each([
  ['another error', [failure('vlan-trunk: eth0.50 exists, and is another link\n')]],
  ['a program that is missing', [failure('vlan-trunk: ip is missing on this host (Debian packages: iproute2)\n')]],
  ['no word at all', [failure('')]],
  ['a second time', [missing, missing]],
])('%s is not tried again, and asks no host', async (_, errors) => {
  expect(await failed(errors)).toBe(false);
  expect(staged).toBe(0);
});

test('why it cannot be put there is the reason of the failure', async () => {
  const refused = () => Promise.reject(new Error('the disk is full'));
  await expect(bringScriptAgain([missing], refused)).rejects.toThrow('the disk is full');
});
