import { bitsOf, blockBits } from './bits';

/** A network, as `docker network create` takes it. */
export interface CreateNetwork {
  name: string;
  driver: string;
  options: Record<string, string>;
  internal: boolean;
  ipv6: boolean;
  ipamConfigs: { subnet: string; gateway?: string; ipRange?: string; auxAddress?: Record<string, string> }[];
}

/** Addresses of one subnet, shared by all networks that have this subnet. */
interface Pool {
  readonly bits: string;
  readonly width: number;
  readonly taken: Set<string>;
  readonly ranges: Set<string>;
}

interface Subnet {
  readonly pool: Pool;
  readonly range: string;
  readonly gateway: string | undefined;
}

interface Network {
  readonly spec: CreateNetwork;
  readonly subnets: Subnet[];
  containers: number;
}

/** Thrown where an Engine has no address left; what the containers could have had is for the test to know. */
export class NoAddressLeft extends Error {}

/**
 * What a Docker Engine does with networks of these two drivers, of the releases 26 to 29: written from Docker's
 * documents and from how its address management behaves, to be asked whether it would take what the checks accept.
 */
export class ModelEngine {
  readonly #networks = new Map<string, Network>();
  readonly #pools = new Map<string, Pool>();

  constructor(readonly release: number) {}

  createNetwork(spec: CreateNetwork): void {
    if (spec.name === '') throw new Error('name is empty');
    if (['bridge', 'host', 'none', 'default'].includes(spec.name))
      throw new Error('not permitted on predefined network');
    if (this.#networks.has(spec.name)) throw new Error(`network with name ${spec.name} already exists`);
    this.#checkOptions(spec);
    this.#checkParent(spec);
    const has4 = spec.ipamConfigs.some(({ subnet }) => !subnet.includes(':'));
    const wants4 = spec.options['com.docker.network.enable_ipv4'] !== 'false' || this.release < 28;
    if (wants4 && !has4) throw new Error('an IPv4 subnet of Docker’s own choice is added');
    if (spec.ipamConfigs.some(({ subnet }) => subnet.includes(':')) !== spec.ipv6)
      throw new Error('IPv6 is not enabled');
    const subnets = spec.ipamConfigs.map((config) => this.#allocate(spec, config));
    this.#networks.set(spec.name, { spec, subnets, containers: 0 });
  }

  /** The addresses that the container gets, and whether it gets an IPv4 default route by this network. */
  run(
    name: string,
    ipv4: string | undefined,
    ipv6: string | undefined,
  ): { addresses: string[]; defaultRoute: boolean } {
    const network = this.#networks.get(name);
    if (network === undefined) throw new Error(`network ${name} not found`);
    network.containers += 1;
    // The kernel lets only one of the two drivers have a parent, from the first interface on it to the last.
    for (const { spec, containers } of this.#networks.values()) {
      const { driver, options } = network.spec;
      if (
        options.parent !== undefined &&
        spec.options.parent === options.parent &&
        spec.driver !== driver &&
        containers > 0
      )
        throw new Error('device or resource busy');
    }
    if (network.spec.options.macvlan_mode === 'passthru' && network.containers > 1) throw new Error('device is busy');
    const addresses: string[] = [];
    let defaultRoute = false;
    for (const [width, wanted] of [
      [32, ipv4],
      [128, ipv6],
    ] as const) {
      const subnets = network.subnets.filter(({ pool }) => pool.width === width);
      if (subnets.length === 0) {
        if (wanted !== undefined) throw new Error('no such subnet');
        continue;
      }
      const { address, subnet } = wanted === undefined ? firstFree(subnets) : fixed(subnets, bitsOf(wanted));
      addresses.push(address);
      if (width === 32) defaultRoute = this.#routes(network.spec, subnet);
    }
    return { addresses, defaultRoute };
  }

  #routes(spec: CreateNetwork, subnet: Subnet): boolean {
    if (spec.internal) return false;
    if (spec.options.ipvlan_mode?.startsWith('l3') === true) return true;
    return subnet.gateway !== undefined;
  }

  #checkOptions({ driver, options, ipamConfigs }: CreateNetwork): void {
    if (!['macvlan', 'ipvlan'].includes(driver)) throw new Error(`plugin "${driver}" not found`);
    const known: Record<string, string[]> = {
      macvlan_mode: ['bridge', 'private', 'vepa', 'passthru'],
      ipvlan_mode: ['l2', 'l3', 'l3s'],
      ipvlan_flag: ['bridge', 'private', 'vepa'],
      'com.docker.network.enable_ipv4': ['false'],
    };
    for (const [option, value] of Object.entries(options)) {
      if (option === 'parent') continue;
      if (known[option]?.includes(value) !== true) throw new Error(`${option}=${value} is not valid`);
      if (option.includes('vlan') && !option.startsWith(driver)) throw new Error(`${option} is ignored in silence`);
    }
    for (const { subnet, gateway, ipRange, auxAddress } of ipamConfigs) {
      const { bits, width } = blockBits(subnet);
      for (const address of [gateway, ...Object.values(auxAddress ?? {})]) {
        if (address === undefined) continue;
        const all = bitsOf(address);
        if (all.length !== width || !all.startsWith(bits)) throw new Error(`${subnet} doesn't contain ${address}`);
      }
      if (ipRange === undefined) continue;
      const range = blockBits(ipRange);
      if (range.width !== width || !range.bits.startsWith(bits))
        throw new Error(`${subnet} doesn't contain ${ipRange}`);
    }
  }

  #checkParent({ driver, options }: CreateNetwork): void {
    if (options.parent === undefined) return;
    if (options.parent === 'lo') throw new Error('loopback interface is not a valid parent link');
    const id = /\.([^.]*)$/.exec(options.parent)?.[1];
    if (id !== undefined && !(Number(id) >= 1 && Number(id) <= 4094)) throw new Error('vlan id must be between 1-4094');
    // IFNAMSIZ of the kernel, less the closing NUL.
    if (options.parent.length > 15) throw new Error('numerical result out of range');
    for (const { spec: other } of this.#networks.values()) {
      if (other.options.parent !== options.parent || other.driver !== driver) continue;
      if (driver === 'ipvlan' || this.release < 27) throw new Error('is already using parent interface');
      const modes = [other.options.macvlan_mode, options.macvlan_mode];
      if (modes.includes('passthru')) throw new Error('cannot use mode passthru');
    }
  }

  #allocate(spec: CreateNetwork, config: CreateNetwork['ipamConfigs'][number]): Subnet {
    const { bits, width } = blockBits(config.subnet);
    const range = config.ipRange === undefined ? undefined : blockBits(config.ipRange).bits;
    const key = `${width} ${bits}`;
    const clashes = [...this.#pools.values()].some((pool) => pool.width === width && overlap(pool.bits, bits));
    let pool = this.#pools.get(key);
    if (range === undefined ? clashes : pool?.ranges.has(range) === true) throw new Error('Pool overlaps');
    pool ??= newPool(bits, width);
    this.#pools.set(key, pool);
    if (range !== undefined) pool.ranges.add(range);
    const subnet = { pool, range: range ?? bits, gateway: undefined };
    const gateway =
      config.gateway !== undefined
        ? fixed([subnet], bitsOf(config.gateway)).address
        : this.#inventsGateway(spec)
          ? firstFree([subnet]).address
          : undefined;
    for (const address of Object.values(config.auxAddress ?? {})) fixed([subnet], bitsOf(address));
    return { ...subnet, gateway };
  }

  #inventsGateway(spec: CreateNetwork): boolean {
    if (this.release >= 29) return false;
    if (this.release < 28) return true;
    return !spec.internal && spec.options.ipvlan_mode?.startsWith('l3') !== true;
  }
}

function newPool(bits: string, width: number): Pool {
  const taken = new Set<string>();
  const host = width - bits.length;
  if (width === 128 || host > 1) taken.add(bits.padEnd(width, '0'));
  if (width === 32 && host > 1) taken.add(bits.padEnd(width, '1'));
  return { bits, width, taken, ranges: new Set() };
}

function overlap(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

function fixed(subnets: readonly Subnet[], address: string): { address: string; subnet: Subnet } {
  const subnet = subnets.find(({ pool }) => pool.width === address.length && address.startsWith(pool.bits));
  if (subnet === undefined) throw new Error('no configured subnet contains the address');
  if (subnet.pool.taken.has(address)) throw new Error('Address already in use');
  subnet.pool.taken.add(address);
  return { address, subnet };
}

function firstFree(subnets: readonly Subnet[]): { address: string; subnet: Subnet } {
  for (const subnet of subnets) {
    const { pool, range } = subnet;
    const host = pool.width - range.length;
    // More than are ever taken in a test, and never more than there are.
    const count = Math.min(2 ** Math.min(host, 16), 4096);
    for (let number = 0; number < count; number += 1) {
      const address = range + (host === 0 ? '' : number.toString(2).padStart(host, '0'));
      if (pool.taken.has(address)) continue;
      pool.taken.add(address);
      return { address, subnet };
    }
  }
  throw new NoAddressLeft('no available IPv4 addresses on this network’s address pools');
}
