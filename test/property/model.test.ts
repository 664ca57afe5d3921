import fc from 'fast-check';
import { planDockerNetwork } from '../../src/plan/network/dockerNetwork';
import { sharedParentEngine } from '../../src/plan/network/engine';
import { engine, isAtLeast, newestEngine } from '../../src/plan/network/engineVersion';
import { planNetwork } from '../../src/plan/network/network';
import { offersDefaultRoute } from '../../src/plan/network/route';
import { freeAddressCount } from '../../src/plan/network/subnet';
import { ModelEngine } from './model/engine';
import { accepted, host, isAccepted, startRounds, worldOf } from './world';

const releases = [26, 27, 28, 29];

test('one network that is accepted is created by every Engine from its minimum on', () => {
  fc.assert(
    fc.property(accepted, (spec) => {
      const plan = planDockerNetwork({ ...spec, name: 'net' });
      for (const release of releases.filter((each) => isAtLeast(engine(each), plan.minimumEngine))) {
        const docker = new ModelEngine(release);
        docker.createNetwork({ ...plan, name: 'net' });
        // Containers get the default route that was declared, on every Engine.
        const network = planNetwork(spec);
        const hasRoom = network.subnets.every(
          (subnet) => freeAddressCount(subnet, subnet.ipRange ?? subnet.block) > 0n,
        );
        if (!hasRoom || network.subnets.filter(({ block }) => block.family === 4).length > 1) continue;
        expect(docker.run('net', undefined, undefined).defaultRoute).toBe(offersDefaultRoute(network, 4));
      }
    }),
    { numRuns: 1000 },
  );
});

test('what is accepted on a host is created, and its containers run, on every Engine, in any order', () => {
  let reached = 0;
  fc.assert(
    fc.property(host, (generated) => {
      const world = worldOf(generated);
      fc.pre(isAccepted(world));
      const plans = world.specs.map((spec) => planDockerNetwork(spec));
      const oldest = newestEngine(sharedParentEngine(world.plans), ...plans.map(({ minimumEngine }) => minimumEngine));
      for (const release of releases.filter((each) => isAtLeast(engine(each), oldest))) {
        for (const order of [plans, [...plans].reverse()]) {
          const docker = new ModelEngine(release);
          for (const plan of order) docker.createNetwork({ ...plan, name: plan.name! });
          for (const { network, ipv4Address, ipv6Address } of startRounds(generated).flat()) {
            docker.run(plans[network]!.name!, ipv4Address as string | undefined, ipv6Address as string | undefined);
          }
          reached += 1;
        }
      }
    }),
    { numRuns: 1000, maxSkipsPerRun: 100 },
  );
  expect(reached).toBeGreaterThan(500);
});
