import { remoteCommand, remoteInput, type TrunkAction } from '../../src/host/remoteScript';
import { renderTrunkSpec } from '../../src/host/trunkSpec';
import { planTrunk, type VlanSpec } from '../../src/plan/trunk';
import { onHost } from '../../lab/lab';

/** What the script printed, and how it ended. */
export interface Ran {
  code: number;
  text: string;
}

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
    await onHost(this.host, `ip link del ${this.name}; rm -f /var/lib/vlan-trunk/test+script+${this.name}*`);
  }

  /** Runs the script as the command provider would: the same command line, the same input. */
  async run(
    action: TrunkAction,
    vlans: VlanSpec[],
    { trunk = this.name, user = 'root', sudo = false } = {},
  ): Promise<Ran> {
    const owner = { project: 'test', stack: 'script', kind: 'trunk' as const, name: trunk, address: this.host };
    const spec = renderTrunkSpec(owner, planTrunk({ parentInterface: this.name, vlans }));
    const { code, stdout, stderr } = await onHost(this.host, remoteCommand(action, sudo), {
      stdin: remoteInput(spec),
      user,
    });
    return { code, text: stdout + stderr };
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

  /** The host's links of this NIC: which, how, and in what order they were made. */
  links(): Promise<string> {
    return this.sh(
      `ip -o -d link show | grep -F '${this.name}' | awk '{
        text = $1 " " $2 ($3 ~ /[<,]UP[,>]/ ? " up" : " down")
        for (i = 4; i <= NF; i++) if ($i == "mtu" || $i == "protocol" || $i == "id" || $i == "alias") text = text " " $i " " $(i + 1)
        print text }'`,
    );
  }

  /** One link, or the empty string. */
  link(suffix: string): Promise<string> {
    return this.sh(`ip -o -d link show dev ${this.name}${suffix} 2>/dev/null || true`);
  }

  addresses(suffix: string): Promise<string> {
    return this.sh(`ip -o -4 addr show dev ${this.name}${suffix} | awk '{ print $4 }'`);
  }

  records(): Promise<string> {
    return this.sh(`ls -A /var/lib/vlan-trunk 2>/dev/null | grep -F '+${this.name}' || true`);
  }
}
