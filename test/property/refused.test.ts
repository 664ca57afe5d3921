import { ModelEngine } from './model/engine';
import { problemsOf, refused, unchecked } from './refused';

describe.each(refused)('$rule', (example) => {
  test('is refused by the checks', () => {
    expect(problemsOf(example).length).toBeGreaterThan(0);
  });

  test.each([26, 27, 28, 29])('fails on Engine %i when pushed past them', (release) => {
    const engine = new ModelEngine(release);
    expect(() => {
      const networks = example.networks.map((spec, index) => unchecked(spec, index));
      for (const network of networks) engine.createNetwork(network);
      for (const [network, ipv4, ipv6] of example.containers) engine.run(networks[network]!.name, ipv4, ipv6);
    }).toThrow();
  });
});
