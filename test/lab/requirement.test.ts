import { whyNot, type Machine } from '../../lab/requirement';

const fit: Machine = {
  platform: 'linux',
  architecture: 'x64',
  isRoot: true,
  userNamespaces: true,
  subordinateUsers: true,
  tun: 'usable',
  missingPackages: [],
  hasApt: true,
  canInstall: true,
};

test('a fit machine has nothing against it', () => {
  expect(whyNot(fit)).toBeUndefined();
});

test('packages that can be installed are no reason', () => {
  expect(whyNot({ ...fit, missingPackages: ['mmdebstrap'] })).toBeUndefined();
});

test.each<[string, Partial<Machine>, RegExp]>([
  ['not Linux', { platform: 'darwin' }, /needs Linux and this is darwin: run it in a Debian virtual machine/],
  ['another architecture', { architecture: 'arm64' }, /x86-64.*this is arm64/],
  ['no apt', { hasApt: false, missingPackages: ['mmdebstrap', 'tcpdump'] }, /no apt-get.*mmdebstrap, tcpdump/],
  ['no sudo', { canInstall: false, missingPackages: ['uidmap'] }, /`sudo apt-get install uidmap`/],
  ['no root and no user namespaces', { isRoot: false, userNamespaces: false }, /user namespaces or root.*sysctl/],
  ['no range of users', { isRoot: false, subordinateUsers: false }, /no range of subordinate users.*`sudo usermod/],
  ['no /dev/net/tun', { tun: 'missing' }, /no \/dev\/net\/tun.*`sudo modprobe tun`/],
  ['/dev/net/tun for root only', { tun: 'denied' }, /\/dev\/net\/tun cannot be opened.*`sudo chmod/],
])('%s: one sentence with the remedy', (_, difference, sentence) => {
  const reason = whyNot({ ...fit, ...difference });
  expect(reason).toMatch(sentence);
  expect(reason).not.toContain('\n');
});
