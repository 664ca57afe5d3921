import { secondMacWarning } from '../../../../src/plan/link/machine';

const nothing = { vendor: '', product: '', assetTag: '', biosVersion: '' };

/** What public dmidecode listings and the vendors' documents say. */
test.each([
  ['VMware', { vendor: 'VMware, Inc.', product: 'VMware Virtual Platform' }, 'Forged transmits'],
  ['Hyper-V', { vendor: 'Microsoft Corporation', product: 'Virtual Machine' }, 'MacAddressSpoofing'],
  [
    'Azure',
    { vendor: 'Microsoft Corporation', product: 'Virtual Machine', assetTag: '7783-7084-3265-9085-8269-3286-77' },
    'ipvlan',
  ],
  ['VirtualBox', { vendor: 'innotek GmbH', product: 'VirtualBox' }, 'Promiscuous Mode'],
  ['Amazon EC2', { vendor: 'Amazon EC2', product: 'm5.large' }, 'ipvlan'],
  ['Amazon EC2', { vendor: 'Xen', product: 'HVM domU', biosVersion: '4.11.amazon' }, 'ipvlan'],
  ['Google Compute Engine', { vendor: 'Google', product: 'Google Compute Engine' }, 'ipvlan'],
  ['Oracle Cloud', { vendor: 'QEMU', product: 'Standard PC', assetTag: 'OracleCloud.com' }, 'ipvlan'],
  ['Hetzner', { vendor: 'Hetzner', product: 'vServer' }, 'ipvlan'],
  ['OpenStack', { vendor: 'OpenStack Foundation', product: 'OpenStack Nova' }, 'port security'],
  ['QEMU/KVM', { vendor: 'QEMU', product: 'Standard PC (Q35 + ICH9, 2009)' }, 'Proxmox'],
])('%s: %j', (name, machine, remedy) => {
  const warning = secondMacWarning({ ...nothing, ...machine });
  expect(warning).toContain(`is a virtual machine (${name}), `);
  expect(warning).toContain(remedy);
});

test.each([
  [{}],
  [{ vendor: 'Dell Inc.', product: 'PowerEdge R740' }],
  [{ vendor: 'Microsoft Corporation', product: 'Surface Pro' }],
  [{ vendor: 'Google', product: 'Panther' }],
])('a machine of which nothing of the kind is known: %j', (machine) =>
  expect(secondMacWarning({ ...nothing, ...machine })).toBeUndefined(),
);
