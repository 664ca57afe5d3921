import { currentLab } from '../lab/lab';
import { Router, type RouterVlans } from '../test/e2e/router';
import type { Layout } from './layout';

/** Where the gateways are: behind the hosts that are measured. */
export const gatewayHosts = 1;

/** Puts the gateways of all networks on the wire, as every site has them: on the last host of the lab. Returns what takes them away. */
export async function putGateways({ networks, hosts }: Layout): Promise<() => Promise<void>> {
  const last = currentLab().hosts.at(-1);
  if (!networks || last === undefined) return () => Promise.resolve();
  const vlans: RouterVlans = {};
  for (const { vlanId, gateway, subnet } of hosts.flatMap((host) => host.vlans))
    vlans[vlanId] = [`${gateway}/${subnet.split('/')[1] ?? ''}`];
  const router = await Router.start(last.name, vlans);
  return () => router.stop();
}
