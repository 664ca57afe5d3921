import type { CreateNetwork } from '../property/model/engine';
import { oldestEngine } from '../../src/plan/network/engine';
import { type EngineVersion, parseEngineVersion } from '../../src/plan/network/engineVersion';
import { sh } from '../e2e/facts';
import { inSoak } from '../e2e/soak';
import { onHost } from '../../lab/lab';
import { DockerApi } from './dockerApi';
import { filesOf, foundIn, type Found, readScript } from './procNet';

/**
 * Hosts of the lab whose Engines are asked: of the newest release; in the soak of the oldest that works and of the lab's usual one, too. What differs between
 * releases is distinguished by the Engine's version.
 */
export const engineHosts = inSoak ? ['n11', 'n10', 'n19'] : ['n19'];

/** Addresses that a container is attached with; what is left out, the Engine hands out. */
export interface Fixed {
  ipv4Address?: string;
  ipv6Address?: string;
}

/** A container's place on a network. */
export interface Endpoint extends Fixed {
  gwPriority?: number;
  macAddress?: string;
  aliases?: string[];
}

/** A running container, and its first process, through which the host reads its network. */
export interface Running {
  id: string;
  pid: number;
}

/** What a container is made with, as Docker's API takes it. */
export interface Container {
  network?: string;
  endpoint?: Endpoint;
  ports?: Record<string, number>;
  command?: string[];
}

const idleNetwork = 'idle';
const idleBlock = '198.18.255';

/** A lab host's Engine, with idle containers that are put on networks: a tenth of what it costs to start some. */
export class EngineHost {
  readonly idle: Running[] = [];
  #opened: { api: DockerApi; version: EngineVersion } | undefined;

  constructor(readonly name: string) {}

  /** To be closed afterwards, also where it fails half way. */
  async open(idleCount: number): Promise<void> {
    const api = await DockerApi.open(this.name);
    this.#opened = { api, version: oldestEngine };
    const { Version: version } = (await api.get('/version')) as { Version: string };
    this.#opened = { api, version: parseEngineVersion(version)! };
    await this.createNetwork({
      name: idleNetwork,
      driver: 'bridge',
      options: {},
      internal: true,
      ipv6: false,
      ipamConfigs: [{ subnet: `${idleBlock}.0/24` }],
    });
    for (let made = 0; made < idleCount; made += 1) this.idle.push(await this.start({ network: idleNetwork }));
  }

  async close(): Promise<void> {
    if (this.#opened === undefined) return;
    await Promise.all(this.idle.map(({ id }) => this.remove(id)));
    await this.removeNetwork(idleNetwork).catch(() => undefined);
    this.api.close();
  }

  /** The Engine's major version. */
  get release(): number {
    return this.version.major;
  }

  get version(): EngineVersion {
    return this.#running.version;
  }

  private get api(): DockerApi {
    return this.#running.api;
  }

  get #running(): { api: DockerApi; version: EngineVersion } {
    if (this.#opened === undefined) throw new Error(`the Engine of ${this.name} is not open`);
    return this.#opened;
  }

  /** A command line on the host that must succeed; gives what it printed. */
  sh(script: string): Promise<string> {
    return sh(this.name, script);
  }

  /** As the Docker provider asks for one. */
  async createNetwork({ name, driver, options, internal, ipv6, ipamConfigs }: CreateNetwork): Promise<void> {
    await this.api.post('/networks/create', {
      Name: name,
      Driver: driver,
      Options: options,
      Internal: internal,
      ...(ipv6 ? { EnableIPv6: true } : {}),
      IPAM: {
        Driver: 'default',
        Config: ipamConfigs.map(({ subnet, gateway, ipRange, auxAddress }) => ({
          Subnet: subnet,
          ...(gateway === undefined ? {} : { Gateway: gateway }),
          ...(ipRange === undefined ? {} : { IPRange: ipRange }),
          ...(auxAddress === undefined ? {} : { AuxiliaryAddresses: auxAddress }),
        })),
      },
    });
  }

  async removeNetwork(name: string): Promise<void> {
    await this.api.delete(`/networks/${encodeURIComponent(name)}`);
  }

  /** Takes a network away, with all that a failed example has left on it. */
  async clearNetwork(name: string): Promise<void> {
    const idle = new Set(this.idle.map(({ id }) => id));
    for (const id of (await this.given(name)).keys()) await (idle.has(id) ? this.detach(id, name) : this.remove(id));
    await this.removeNetwork(name);
  }

  /** Makes and starts a container. One that does not start is removed, so that it keeps no address. */
  async start({ network, endpoint = {}, ports, command }: Container): Promise<Running> {
    const bindings = Object.entries(ports ?? {}).map(
      ([inside, port]) => [inside, [{ HostPort: String(port) }]] as const,
    );
    const { Id: id } = (await this.api.post('/containers/create', {
      Image: 'busybox',
      Cmd: command ?? ['sleep', '3600'],
      ExposedPorts: Object.fromEntries(Object.keys(ports ?? {}).map((inside) => [inside, {}])),
      HostConfig: {
        ...(network === undefined ? {} : { NetworkMode: network }),
        PortBindings: Object.fromEntries(bindings),
      },
      NetworkingConfig: { EndpointsConfig: network === undefined ? {} : { [network]: endpointConfig(endpoint) } },
    })) as { Id: string };
    try {
      await this.api.post(`/containers/${id}/start`);
      const { State: state } = (await this.inspect(id)) as { State: { Pid: number } };
      return { id, pid: state.Pid };
    } catch (error) {
      await this.remove(id);
      throw error;
    }
  }

  inspect(id: string): Promise<unknown> {
    return this.api.get(`/containers/${id}/json`);
  }

  async remove(id: string): Promise<void> {
    await this.api.delete(`/containers/${id}?force=true`);
  }

  async attach(id: string, network: string, endpoint: Endpoint = {}): Promise<void> {
    const path = `/networks/${encodeURIComponent(network)}/connect`;
    await this.api.post(path, { Container: id, EndpointConfig: endpointConfig(endpoint) });
  }

  async detach(id: string, network: string): Promise<void> {
    await this.api.post(`/networks/${encodeURIComponent(network)}/disconnect`, { Container: id });
  }

  /** The addresses that the Engine reports, by container. */
  async given(network: string): Promise<Map<string, string[]>> {
    const { Containers: containers } = (await this.api.get(`/networks/${encodeURIComponent(network)}`)) as {
      Containers: Record<string, { IPv4Address: string; IPv6Address: string }>;
    };
    return new Map(
      Object.entries(containers).map(([id, { IPv4Address, IPv6Address }]) => [
        id,
        [IPv4Address, IPv6Address].filter((address) => address !== '').map((address) => address.replace(/\/.*/, '')),
      ]),
    );
  }

  /** Whether a ping from a container comes back. One that does ends the wait, so the five seconds are only the price of silence. */
  async pings({ pid }: Running, address: string): Promise<boolean> {
    return (await onHost(this.name, `nsenter -t ${pid} -n ping -c 1 -i 0.3 -w 5 ${address}`)).code === 0;
  }

  /** The addresses and routes of containers that the kernel reports, without those of the idle network. */
  async found(containers: readonly Running[]): Promise<Found[]> {
    const stdin = filesOf(containers.map(({ pid }) => pid));
    const { code, stdout, stderr } = await onHost(this.name, readScript, { stdin });
    if (code !== 0) throw new Error(`${this.name}: ${stderr}`);
    return containers.map(({ pid }) => {
      const { addresses, defaultRoutes } = foundIn(stdout, pid);
      return { addresses: addresses.filter((address) => !address.startsWith(`${idleBlock}.`)), defaultRoutes };
    });
  }
}

function endpointConfig({ ipv4Address, ipv6Address, gwPriority, macAddress, aliases }: Endpoint): object {
  return {
    IPAMConfig: {
      ...(ipv4Address === undefined ? {} : { IPv4Address: ipv4Address }),
      ...(ipv6Address === undefined ? {} : { IPv6Address: ipv6Address }),
    },
    ...(gwPriority === undefined ? {} : { GwPriority: gwPriority }),
    ...(macAddress === undefined ? {} : { MacAddress: macAddress }),
    ...(aliases === undefined ? {} : { Aliases: aliases }),
  };
}
