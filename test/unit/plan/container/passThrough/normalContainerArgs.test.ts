import { normalContainerArgs, normalForms } from '../../../../../src/plan/container/passThrough/normalContainerArgs';

test('each argument is rewritten by one rule at most', () => {
  const rewritten = normalForms.flatMap(({ rewrites }) => rewrites);
  expect(rewritten).toEqual([...new Set(rewritten)]);
});

test('no rule reads what another one rewrites', () => {
  const rewritten = new Set(normalForms.flatMap(({ rewrites }) => rewrites));
  expect(normalForms.flatMap(({ reads }) => reads.filter((name) => rewritten.has(name)))).toEqual([]);
});

test('what no rule knows stays, and nothing is added that has no need of it', () => {
  const given = { image: 'busybox', labels: [{ label: 'b', value: '1' }], privileged: true, hosts: [] };
  expect(normalContainerArgs(given)).toEqual(given);
});

test('what is given is rewritten', () => {
  expect(
    normalContainerArgs({
      image: 'busybox',
      capabilities: { adds: ['NET_ADMIN'] },
      cpus: '2',
      healthcheck: { interval: '60s' },
      memory: 64,
      restart: 'on-failure:3',
      workingDir: '/srv/',
    }),
  ).toEqual({
    image: 'busybox',
    capabilities: { adds: ['CAP_NET_ADMIN'] },
    cpus: '2.0',
    healthcheck: { interval: '1m0s' },
    memory: 64,
    memorySwap: 128,
    restart: 'on-failure',
    maxRetryCount: 3,
    workingDir: '/srv',
  });
});
