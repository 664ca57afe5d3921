import { type ArmedAction, type HostQuestion, sessionCommand, sessionInput } from '../../src/host/hostSession';
import { factValues, readProbeFacts } from '../../src/host/probeFact';
import { type LinkAction, linkCommand } from '../../src/host/remoteScript';
import { renderOwner, renderRemoval, renderShimSpec, renderTrunkSpec } from '../../src/host/trunkSpec';
import { type NetworkSpec, planNetwork } from '../../src/plan/network/network';
import { readShim, type ShimSpec } from '../../src/plan/shim/shim';
import type { Persistence } from '../../src/plan/link/persistence';
import { readTrunk, type VlanSpec } from '../../src/plan/link/trunk';
import { onHost } from '../../lab/lab';
import { linkList } from '../linkList';
import { planWith } from '../readWith';

/** What the script printed, and how it ended. */
export interface Ran {
  code: number;
  text: string;
}

/** Who runs the script, and from where. */
export interface How {
  user?: string;
  sudo?: boolean;
  /** The address that sshd says the connection comes from. Default: what it is. */
  peer?: string;
  /** A folder on the host in front of the PATH. */
  path?: string;
  /** True: not yet where the script is staged. */
  isStagedBefore?: true;
  /** Default: `none`. */
  persistence?: Persistence;
  /** Seconds. Default: 60, as for users. */
  confirmTimeout?: number;
  /** Whether a change that is armed is confirmed. Default: true. */
  confirms?: boolean;
}

const handling = ({ persistence = 'none', confirmTimeout }: How) => ({ persistence, confirmTimeout });

/** A NIC of a lab host that one test has for itself, with a cable into nowhere. */
export class TestNic {
  constructor(
    readonly host: string,
    readonly name: string,
  ) {}

  async plug(): Promise<void> {
    const { name } = this;
    await this.sh(
      `ip link add ${name} type veth peer name ${name}x && ip link set ${name} up && ip link set ${name}x up`,
    );
  }

  async unplug(): Promise<void> {
    // The script goes with its last owner, as it does without a test.
    await onHost(
      this.host,
      `ip link del ${this.name}
       cd /var/lib/vlan-trunk && for folder in . .revision .revert; do rm -f $folder/test+script+*${this.name}*; done
       for folder in /var/lib/vlan-trunk/.script /var/run/vlan-trunk; do
         [ -d $folder ] || continue
         rm -f $folder/*${this.name}*
         [ -n "$(find $folder -type l)" ] || rm -rf $folder
       done
       rmdir /var/lib/vlan-trunk/.revision /var/lib/vlan-trunk/.revert /var/lib/vlan-trunk`,
    );
  }

  /** Checks as the gate does, and applies and sweeps as the command provider does, with the script that the gate has staged. */
  async run(
    action: 'check' | 'apply' | 'sweep',
    vlans: VlanSpec[],
    { trunk = this.name, ...how }: { trunk?: string } & How = {},
  ): Promise<Ran> {
    const plan = planWith(readTrunk, { parentInterface: this.name, vlans });
    const spec = renderTrunkSpec(this.owner('trunk', trunk), plan, handling(how));
    return this.runSpec(action, spec, how);
  }

  /** Removes all of a trunk, as `destroy` does: by what the host holds. With the networks on it that have the owner label, where one is given. */
  async remove({ trunk = this.name, label, ...how }: { trunk?: string; label?: string } & How = {}): Promise<Ran> {
    const owner = this.owner('trunk', trunk);
    return this.command('remove', label === undefined ? renderOwner(owner) : renderRemoval(owner, label), how);
  }

  /** The same for a shim. */
  async runShim(
    action: 'check' | 'apply',
    { network, ...shim }: Omit<ShimSpec, 'network'> & { network: NetworkSpec },
    { owner = this.name, isParentDeclared = false, ...how }: { owner?: string; isParentDeclared?: boolean } & How = {},
  ): Promise<Ran> {
    const plan = planWith(readShim, { ...shim, network: planNetwork(network) });
    const spec = renderShimSpec(this.owner('shim', owner), plan, { isParentDeclared, ...handling(how) });
    return this.runSpec(action, spec, how);
  }

  async removeShim({ owner = this.name, ...how }: { owner?: string } & How = {}): Promise<Ran> {
    return this.command('remove', renderOwner(this.owner('shim', owner)), how);
  }

  private owner(kind: 'trunk' | 'shim', name: string) {
    return { project: 'test', stack: 'script', kind, name };
  }

  private async runSpec(
    action: 'check' | 'apply' | 'sweep',
    spec: string,
    { isStagedBefore, ...how }: How,
  ): Promise<Ran> {
    if (action === 'sweep') return this.command(action, spec, how);
    const { path, ...apart } = how;
    const stages = isStagedBefore || path === undefined ? apart : how;
    const asked = await this.ask(action === 'check' ? 'check' : 'stage', spec, stages);
    if (action === 'check' || asked.code !== 0) return asked;
    const { text, ...ran } = await this.command(action, spec, how);
    const change = /^armed (\S+)\n/m.exec(text);
    if (change?.[1] === undefined || how.confirms === false) return { ...ran, text };
    const confirmed = await this.ask({ armed: 'confirm', change: change[1] }, spec, how);
    if (confirmed.code !== 0) throw new Error(confirmed.text);
    return { ...ran, text: text.replace(change[0], '') };
  }

  /** Confirms a change, as the controller does over a new connection. */
  confirm(change: string, { trunk = this.name, ...how }: { trunk?: string } & How = {}): Promise<Ran> {
    return this.settle('confirm', change, { trunk, ...how });
  }

  /** What becomes of a change that is armed. */
  settle(
    armed: ArmedAction,
    change: string,
    { trunk = this.name, ...how }: { trunk?: string } & How = {},
  ): Promise<Ran> {
    return this.ask({ armed, change }, renderOwner(this.owner('trunk', trunk)), how);
  }

  private async ask(links: HostQuestion['links'], spec: string, { sudo = false, ...how }: How): Promise<Ran> {
    const question = { report: false, specs: [spec], sudo, links };
    const { stdout, stderr } = await this.onHost(sessionCommand, sessionInput(question), how);
    const facts = readProbeFacts(stdout);
    if (facts === undefined) throw new Error(`the session did not end: ${stdout}${stderr}`);
    // How the links stand to the last apply has tests of its own.
    const words = factValues(facts, 'words').flatMap((line) =>
      /^\d+ (revision|healed|manager|drift) /.test(line) ? [] : [`${line.slice(2)}\n`],
    );
    return { code: Number(factValues(facts, 'links')[0]?.split(' ')[1]), text: words.join('') };
  }

  private async command(action: LinkAction, spec: string, { sudo = false, ...how }: How): Promise<Ran> {
    const { code, stdout, stderr } = await this.onHost(linkCommand(action, sudo), spec, how);
    return { code, text: stdout + stderr };
  }

  private onHost(command: string, stdin: string, { user = 'root', peer, path }: How) {
    const connection = peer === undefined ? '' : `export SSH_CONNECTION='${peer} 50000 192.0.2.1 22'; `;
    const search = path === undefined ? '' : `export PATH='${path}':"$PATH"; `;
    return onHost(this.host, `${search}${connection}${command}`, { stdin, user });
  }

  /** A network on this NIC, or on a VLAN of it, whose subnet it has for itself. */
  network(suffix = '', more: Partial<NetworkSpec> = {}): NetworkSpec {
    const prefix = this.address(0).replace(/\.0\/24$/, '');
    return {
      driver: 'macvlan',
      parentInterface: `${this.name}${suffix}`,
      subnets: [
        {
          subnet: `${prefix}.0/24`,
          gateway: `${prefix}.254`,
          ipRange: `${prefix}.64/26`,
          auxiliaryAddresses: { shim: `${prefix}.250`, 'shim-2': `${prefix}.251` },
        },
        {
          subnet: `fd77:${prefix.split('.')[2]}::/64`,
          gateway: `fd77:${prefix.split('.')[2]}::254`,
          ipRange: `fd77:${prefix.split('.')[2]}::1:0/112`,
          auxiliaryAddresses: { shim: `fd77:${prefix.split('.')[2]}::fa` },
        },
      ],
      ...more,
    };
  }

  /** Runs a command line on the host that must succeed, and gives what it printed. */
  async sh(script: string): Promise<string> {
    const { code, stdout, stderr } = await onHost(this.host, script);
    if (code !== 0) throw new Error(`${script}: ${stdout}${stderr}`);
    return stdout.trim();
  }

  /** An address of the subnet that this NIC has for itself. */
  address(last: number): string {
    return `10.77.${this.name.replace(/\D/g, '')}.${last}/24`;
  }

  /** A block that is routed over this NIC alone: `0/25` gives `10.78.<n>.0/25`. */
  behind(rest: string): string {
    return `10.78.${this.name.replace(/\D/g, '')}.${rest}`;
  }

  /** The host's links of this NIC: which, how, and in what order they were made. */
  links(): Promise<string> {
    return this.sh(`${linkList} | awk 'index($0, "${this.name}")'`);
  }

  /** One link, or the empty string. */
  link(suffix: string): Promise<string> {
    return this.sh(`ip -o -d link show dev ${this.name}${suffix} 2>/dev/null || true`);
  }

  addresses(suffix: string): Promise<string> {
    return this.sh(`ip -o -4 addr show dev ${this.name}${suffix} | awk '{ print $4 }'`);
  }

  /** All routes over the links of this NIC, as their maker would have to give them again. */
  routes(): Promise<string> {
    return this.sh(
      `{ ip -o route show table main; ip -6 -o route show table main; } | grep -F ' ${this.name}' | grep -v 'proto kernel' | sed 's/ linkdown//; s/ *$//'` +
        ' || true',
    );
  }

  /** A kernel setting of one link. */
  sysctl(suffix: string, name: string): Promise<string> {
    const [family, key] = name.split('.');
    return this.sh(`cat /proc/sys/net/${family}/conf/${this.name}${suffix}/${key}`);
  }

  records(): Promise<string> {
    return this.sh(`ls -A /var/lib/vlan-trunk 2>/dev/null | grep -F '+${this.name}' || true`);
  }
}
