import type { ContainerSpec } from '../../src/plan/container';
import { checkAttachments } from '../../src/plan/container';
import { checkHostNetworks } from '../../src/plan/hostNetwork';
import { checkNetwork, planNetwork } from '../../src/plan/network';
import { planHost } from '../../src/plan/placement';
import { ModelEngine } from './model/engine';
import { refused, unchecked } from './refused';

describe.each(refused)('$rule', ({ networks, containers }) => {
  test('is refused by the checks', () => {
    const plans = networks.map((spec) => planNetwork(spec));
    const attached: ContainerSpec[] = containers.map(([network, ipv4Address]) => ({
      attachments: [{ network: plans[network]!, ...(ipv4Address === undefined ? {} : { ipv4Address }) }],
    }));
    const problems = [
      ...networks.flatMap((spec) => checkNetwork(spec)),
      ...attached.flatMap((container) => checkAttachments(container)),
      ...checkHostNetworks(planHost(plans, attached)),
    ];
    expect(problems.length).toBeGreaterThan(0);
  });

  test.each([26, 27, 28, 29])('fails on Engine %i when pushed past them', (release) => {
    const engine = new ModelEngine(release);
    expect(() => {
      networks.forEach((spec, index) => engine.createNetwork(unchecked(spec, `net${index}`)));
      for (const [network, ipv4Address] of containers) engine.run(`net${network}`, ipv4Address, undefined);
    }).toThrow();
  });
});
