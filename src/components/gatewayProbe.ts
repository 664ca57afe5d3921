import type { DockerReport } from '../host/dockerReport';
import { askGateways } from '../host/gateways';
import type { SshTarget } from '../host/sshOption';
import type { UsedGateway } from '../plan/container/usedGateway';
import { type Address, sameAddress } from '../plan/ip/address';
import type { NetworkPlan } from '../plan/network/network';
import { describeSilentGateways, type EndFacts } from '../plan/reach/diagnosis';

/** How many go in one session, which has a time limit. */
const mostAtOnce = 100;
/** How long it waits for further containers: at least, and at most while one is still being made. */
const gatherMilliseconds = { least: 200, most: 10_000 };

/** What is asked of the host that containers are on. */
interface ContainerHost {
  readonly name: string;
  report(): Promise<DockerReport | undefined>;
  target(): SshTarget | undefined;
  readonly sudo: boolean;
  /** True for an address that the program itself gives to a machine on the network's VLAN. */
  gives(network: NetworkPlan, address: Address): boolean;
  warn(text: string): Promise<void>;
  /** Keeps the program from ending until the function that it returns is called. */
  hold(): () => void;
}

interface Asked extends UsedGateway {
  /** Docker's name. */
  readonly container: string;
}

/**
 * Asks for the gateways of networks from the first container of each that an `up` makes or changes, and warns of those that do not answer. One ssh
 * session for all containers of the host that are made at a time; nothing waits for it but the end of the program.
 */
export class GatewayProbe {
  private readonly beingMade = new Set<string>();
  private waiting: Asked[] = [];
  private isBusy = false;
  /** Gateways that have answered or not, or that nothing asks for. */
  private readonly settled = new Set<string>();

  constructor(private readonly host: ContainerHost) {}

  /** @param component - of a container that is going to be made or changed. */
  begins(component: string): void {
    this.beingMade.add(component);
  }

  /**
   * @param component - the one that has begun.
   * @param container - Docker's name of it, which has been made or changed.
   */
  made(component: string, container: string, gateways: readonly UsedGateway[]): void {
    this.beingMade.delete(component);
    const open = gateways.filter((one) => !this.settled.has(keyOf(one)));
    this.waiting.push(...open.map((one) => ({ ...one, container })));
    if (this.isBusy || this.waiting.length === 0) return;
    const release = this.host.hold();
    this.isBusy = true;
    // What the host cannot find out is no trouble of the program.
    void this.work()
      .catch(() => undefined)
      .finally(() => {
        this.isBusy = false;
        release();
      });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.gather();
      const all = await this.firstOfEach(this.waiting.splice(0));
      for (let from = 0; from < all.length; from += mostAtOnce) await this.ask(all.slice(from, from + mostAtOnce));
    }
  }

  /** Waits for the containers that are being made. One that fails is never made. */
  private async gather(): Promise<void> {
    const end = Date.now() + gatherMilliseconds.most;
    do await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds.least));
    while (this.beingMade.size > 0 && Date.now() < end);
  }

  /** Each gateway once. What the host or the program has as an address of its own may not be there yet, or not for containers of the host. */
  private async firstOfEach(all: readonly Asked[]): Promise<Asked[]> {
    const own = (await this.host.report())?.addresses ?? [];
    const first = new Map<string, Asked>();
    for (const one of all) {
      const { network, address } = one;
      const key = keyOf(one);
      if (first.has(key) || this.settled.has(key)) continue;
      if (own.some((of) => sameAddress(of.address, address)) || this.host.gives(network, address))
        this.settled.add(key);
      else first.set(key, one);
    }
    return [...first.values()];
  }

  private async ask(all: readonly Asked[]): Promise<void> {
    const target = this.host.target();
    if (target === undefined) return;
    const asked = all.map(({ container, address }) => ({ container, address: address.text }));
    const answers = await askGateways(target, this.host.sudo, asked);
    const silent = new Map<string, { container: string; addresses: string[]; near: EndFacts }>();
    for (const [index, one] of all.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      this.settled.add(keyOf(one));
      if (answer.answers) continue;
      const before = silent.get(one.name);
      const addresses = [...(before?.addresses ?? []), one.address.text];
      silent.set(one.name, { container: one.container, near: answer.near, ...before, addresses });
    }
    for (const [network, what] of silent)
      await this.host.warn(describeSilentGateways({ network, host: this.host.name, ...what }));
  }
}

const keyOf = ({ name, address }: UsedGateway) => `${name} ${address.text}`;
