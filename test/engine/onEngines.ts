import { hostFacts } from '../e2e/facts';
import { EngineHost, engineHosts } from './engineHost';

/** What a file's tests need of each host. */
export interface Setup {
  /** How many idle containers. */
  idle: number;
  /** Command lines that make the links they are tried on, and that take these away. */
  plug?: string;
  unplug?: string;
}

/** A file's tests on each host with an Engine, which is left as it was found. */
export function onEngines(
  title: string,
  { idle, plug = 'true', unplug = 'true' }: Setup,
  tests: (engine: EngineHost) => void,
): void {
  describe.each(engineHosts)(title, (name) => {
    const engine = new EngineHost(name);
    let untouched: string;
    beforeAll(async () => {
      untouched = await hostFacts(name);
      await engine.open(idle);
      await engine.sh(plug);
    });
    afterAll(async () => {
      try {
        await engine.sh(unplug);
      } finally {
        await engine.close();
      }
      expect(await hostFacts(name)).toBe(untouched);
    });
    tests(engine);
  });
}
