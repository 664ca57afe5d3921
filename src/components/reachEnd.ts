import * as pulumi from '@pulumi/pulumi';
import type { Problems } from '../plan/argument/problem';
import { readAddress } from '../plan/ip/addressReader';
import { Host } from './host';
import { HostShim } from './hostShim';
import { NetworkContainer } from './networkContainer';

/** Where packets come from. */
export type ReachSource = NetworkContainer | Host;

/** Where packets go: a container by all of its addresses, a host, a shim, or an IP address. */
export type ReachTarget = NetworkContainer | Host | HostShim | pulumi.Input<string>;

/** One end of a way, once what is made of it is known. */
export interface ReachEnd {
  /** How messages name it. */
  readonly name: string;
  /** Name of its `Host`; absent for an address that is given as such. */
  readonly host?: string;
  /** Docker's name of the container; absent for a host. */
  readonly container?: string;
  /** With prefix length where that is known. */
  readonly addresses: string[];
  /** Changes whenever it is made anew. */
  readonly id: string;
}

/** The components among the ends, which packets wait for. */
export const isEndComponent = (end: unknown): end is ReachSource | HostShim =>
  end instanceof NetworkContainer || end instanceof Host || end instanceof HostShim;

export function checkSource(problems: Problems, end: unknown): void {
  if (!(end instanceof NetworkContainer || end instanceof Host))
    problems.add('must be a NetworkContainer or a Host', end);
  else if (hostOfEnd(end) === undefined) problems.addMessage('is on no host');
}

/** @param end - a component, or the value of what is none, as far as it is known. */
export function checkTarget(problems: Problems, end: unknown): void {
  if (isEndComponent(end)) return;
  if (typeof end === 'string') readAddress(problems, end);
  else problems.add('must be a NetworkContainer, a Host, a HostShim or an IP address', end);
}

/** The host that an end is on. */
export function hostOfEnd(end: unknown): Host | undefined {
  if (end instanceof Host) return end;
  return end instanceof NetworkContainer || end instanceof HostShim ? end.host : undefined;
}

export function resolveEnd(end: ReachSource | ReachTarget): pulumi.Output<ReachEnd> {
  if (end instanceof NetworkContainer) return containerEnd(end);
  if (end instanceof Host)
    return pulumi
      .all([end.address, end.urn])
      .apply(([address, urn]) => ({ name: nameOf(end), host: nameOf(end), addresses: [address], id: urn }));
  if (end instanceof HostShim)
    return pulumi.all([end.addresses, end.urn]).apply(([addresses, urn]) => {
      const host = nameOf(end.host);
      return { name: `${end.interfaceName} of ${host}`, host, addresses, id: urn };
    });
  return pulumi.output(end).apply((address) => ({ name: address, addresses: [address], id: address }));
}

function containerEnd(end: NetworkContainer): pulumi.Output<ReachEnd> {
  const { name, id } = end.container;
  const { networkDatas } = end.namespace.container;
  return pulumi.all([name, id, networkDatas]).apply(([container, made, networks]) => ({
    name: container,
    host: nameOf(end.host),
    container,
    addresses: networks.flatMap((one) => [
      ...withPrefix(one.ipAddress, one.ipPrefixLength),
      ...withPrefix(one.globalIpv6Address, one.globalIpv6PrefixLength),
    ]),
    id: made,
  }));
}

const withPrefix = (address: string | undefined, length: number | undefined): string[] =>
  address === undefined || address === '' ? [] : [`${address}/${length ?? 0}`];

const nameOf = (host: Host | undefined): string => host?.check.component.name ?? '';
