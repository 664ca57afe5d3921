/** What the firmware says of the machine (DMI, SMBIOS); empty texts where it says nothing. */
export interface Machine {
  readonly vendor: string;
  readonly product: string;
  readonly assetTag: string;
  readonly biosVersion: string;
}

/** A kind of virtual machine whose network may drop frames of a second MAC address. */
interface VirtualMachine {
  readonly name: string;
  /** What makes it let them through; absent where nothing does. */
  readonly setting?: string;
  readonly is: (machine: Machine) => boolean;
}

/** Vendors of clouds that let through the MAC address of the machine alone (names as in cloud-init's data sources). */
const clouds = [
  'Alibaba Cloud',
  'Akamai',
  'DigitalOcean',
  'Exoscale',
  'Hetzner',
  'Linode',
  'Scaleway',
  'UpCloud',
  'Vultr',
];

/** The first that fits is it: a cloud may be built of one that comes later. */
const virtualMachines: readonly VirtualMachine[] = [
  // The older instances are Xen guests.
  { name: 'Amazon EC2', is: ({ vendor, biosVersion }) => vendor === 'Amazon EC2' || /amazon/i.test(biosVersion) },
  { name: 'Google Compute Engine', is: ({ product }) => product === 'Google Compute Engine' },
  // Microsoft, "How to detect that an instance is an Azure VM".
  { name: 'Azure', is: ({ assetTag }) => assetTag === '7783-7084-3265-9085-8269-3286-77' },
  { name: 'Oracle Cloud', is: ({ assetTag }) => assetTag === 'OracleCloud.com' },
  { name: 'a cloud', is: ({ vendor }) => clouds.includes(vendor) },
  {
    name: 'OpenStack',
    setting: 'port security of its port is off, or their addresses are allowed address pairs there',
    is: ({ product }) => product.startsWith('OpenStack'),
  },
  {
    name: 'VMware',
    setting:
      'its port group has Promiscuous mode and Forged transmits on Accept (or MAC learning, on a distributed switch)',
    is: ({ vendor }) => vendor.startsWith('VMware'),
  },
  {
    name: 'Hyper-V',
    setting: 'its network adapter has MAC address spoofing enabled (`Set-VMNetworkAdapter -MacAddressSpoofing On`)',
    is: ({ vendor, product }) => vendor === 'Microsoft Corporation' && product === 'Virtual Machine',
  },
  {
    name: 'VirtualBox',
    setting: 'its adapter is bridged, with Promiscuous Mode on Allow All',
    is: ({ product }) => product === 'VirtualBox',
  },
  {
    name: 'QEMU/KVM',
    setting:
      'the MAC filter of its firewall is off on Proxmox, and trustGuestRxFilters is on where libvirt connects it by macvtap (a plain bridge lets them through)',
    is: ({ vendor, product }) => vendor === 'QEMU' || product === 'KVM',
  },
];

/** Why a machine may drop the frames of macvlan networks, and what helps; `undefined` where nothing of the kind is known. */
export function secondMacWarning(machine: Machine): string | undefined {
  const found = virtualMachines.find(({ is }) => is(machine));
  if (found === undefined) return undefined;
  const name = found.name === 'a cloud' ? machine.vendor : found.name;
  const subject = `is a virtual machine (${name}), where frames of further MAC addresses, such as those of macvlan networks, are dropped`;
  return found.setting === undefined
    ? `${subject}: take ipvlan networks, with addresses that the cloud has assigned to this machine`
    : `${subject} unless ${found.setting}; ipvlan networks need no further MAC address`;
}
