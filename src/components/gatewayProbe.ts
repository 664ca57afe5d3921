import type { DockerReport } from '../host/dockerReport';
import { askGateways } from '../host/gateways';
import type { SshTarget } from '../host/sshOption';
import type { UsedGateway } from '../plan/container/usedGateway';
import { type Address, sameAddress } from '../plan/ip/address';
import type { NetworkPlan } from '../plan/network/network';
import { describeSilentGateways, type EndFacts } from '../plan/reach/diagnosis';

/** How many go in one session, which has a time limit. */
const mostAtOnce = 100;
/** How long it waits at most for containers that the engine has not made yet. */
const patienceMilliseconds = 60_000;

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
 * session for all containers of the host, once they are made; nothing waits for it but the end of the program.
 */
export class GatewayProbe {
  private readonly registering = new Set<Promise<unknown>>();
  private waiting: Asked[] = [];
  private isBusy = false;
  /** Gateways that have answered or not, or that nothing asks for. */
  private readonly settled = new Set<string>();

  constructor(private readonly host: ContainerHost) {}

  /** @param registered - settles when the engine has made, changed or left a container of the host. */
  awaits(registered: Promise<unknown>): void {
    const settled: Promise<unknown> = registered.catch(() => undefined).then(() => this.registering.delete(settled));
    this.registering.add(settled);
  }

  /** @param container - Docker's name of one that has been made or changed. */
  made(container: string, gateways: readonly UsedGateway[]): void {
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

  /** Waits for all containers that the program declares on the host, so that one session does for an `up`. One that fails may never settle. */
  private async gather(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise((resolve) => {
      timer = setTimeout(resolve, patienceMilliseconds);
    });
    const all = async () => {
      while (this.registering.size > 0) await Promise.all(this.registering);
    };
    await Promise.race([end, all()]);
    clearTimeout(timer);
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
