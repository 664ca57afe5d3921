import fc from 'fast-check';
import { normalCapability } from '../../src/plan/container/passThrough/capability';
import { normalCpus } from '../../src/plan/container/passThrough/cpus';
import { normalDuration } from '../../src/plan/container/passThrough/duration';
import { normalContainerArgs, normalForms } from '../../src/plan/container/passThrough/normalContainerArgs';
import { normalPath } from '../../src/plan/container/passThrough/workingDirectory';
import { garbage } from './arbitrary';

const kernel = fc.record({ memory: fc.boolean(), swap: fc.boolean(), cpuShares: fc.boolean(), cpuSet: fc.boolean() });
const names = [...new Set(normalForms.flatMap(({ rewrites, reads }) => [...rewrites, ...reads]))];
const capability = fc.constantFrom('NET_ADMIN', 'net_raw', 'CAP_SYS_TIME', 'cap_net_admin', 'all', 'ALL');
const duration = fc
  .tuple(fc.nat(5000), fc.constantFrom('ns', 'us', 'ms', 's', 'm', 'h'))
  .map(([count, unit]) => `${count}${unit}`);
const likely = fc.record(
  {
    capabilities: fc.record({ adds: fc.array(capability), drops: fc.array(capability) }, { requiredKeys: [] }),
    healthcheck: fc.record({ interval: duration, timeout: duration }, { requiredKeys: [] }),
    cpus: fc.tuple(fc.nat(200), fc.nat(1000)).map(([whole, part]) => `${whole}.${part}`),
    cpuSet: fc.constantFrom('0', '0-3'),
    cpuShares: fc.nat(1024),
    memory: fc.nat(512),
    memoryReservation: fc.nat(512),
    memorySwap: fc.integer({ min: -1, max: 1024 }),
    restart: fc.constantFrom('no', 'always', 'on-failure', 'on-failure:3'),
    maxRetryCount: fc.nat(5),
    devices: fc.array(
      fc.record(
        { hostPath: fc.constantFrom('/dev/a', '/dev/b'), containerPath: fc.constantFrom('', '/dev/a', '/dev/c') },
        { requiredKeys: ['hostPath'] },
      ),
    ),
    securityOpts: fc.array(fc.constantFrom('no-new-privileges', 'label=disable', 'label:disable')),
    privileged: fc.boolean(),
    pidMode: fc.constantFrom('host', 'container:x'),
    workingDir: fc.array(fc.constantFrom('/', 'a', '..', '.', 'b')).map((parts) => `/${parts.join('/')}`),
    dns: fc.array(fc.oneof(fc.ipV4(), fc.ipV6())),
    command: fc.array(fc.string()),
    entrypoints: fc.array(fc.string()),
    shmSize: fc.nat(3),
  },
  { requiredKeys: [] },
);

test('what is normal stays as it is, on each kernel', () => {
  fc.assert(
    fc.property(likely, kernel, (given, limits) => {
      const normal = normalContainerArgs(given, limits);
      expect(normalContainerArgs(normal, limits)).toEqual(normal);
    }),
  );
});

test('garbage does not throw, and stays as it is the second time', () => {
  const anything = fc.dictionary(fc.constantFrom(...names), garbage);
  fc.assert(
    fc.property(anything, kernel, (given, limits) => {
      const normal = normalContainerArgs(given, limits);
      expect(normalContainerArgs(normal, limits)).toEqual(normal);
    }),
  );
});

test('each spelling of a capability is one', () => {
  const name = fc.constantFrom('NET_ADMIN', 'SYS_TIME', 'BPF');
  fc.assert(
    fc.property(
      name,
      fc.boolean(),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      (bare, prefixed, small) => {
        const letters = Array.from(prefixed ? `CAP_${bare}` : bare);
        const given = letters.map((letter, index) => (small[index] === true ? letter.toLowerCase() : letter)).join('');
        expect(normalCapability(given)).toBe(`CAP_${bare}`);
      },
    ),
  );
});

/** What the provider does: it parses, and writes thousand millionths of a CPU as Go's big.Rat does. */
function readBackCpus(text: string): string {
  const [whole = '', part = ''] = text.split('.');
  const number = `${BigInt(whole || '0')}.${part.padEnd(9, '0')}`;
  if (number.split('0').length - 1 !== 9) return number.replace(/0+$/, '');
  return Number(number).toFixed(1);
}

test('a number of CPUs is what is read back, or has no such spelling', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(999), fc.nat(3), (whole, part, zeros) => {
      const given = `${whole}.${String(part).padStart(3, '0')}${'0'.repeat(zeros)}`;
      if (Number(given) === 0) return;
      const normal = normalCpus(given);
      expect(Number(normal)).toBe(Number(given));
      if (Number(readBackCpus(given)) === Number(given)) expect(normal).toBe(readBackCpus(given));
    }),
  );
});

/** Seconds of a duration that Go wrote. */
function secondsOf(text: string): number {
  const sizes: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, µs: 1e-6, ns: 1e-9 };
  return [...text.matchAll(/([\d.]+)(h|ms|m|s|µs|ns)/g)].reduce(
    (sum, [, count = '', unit = '']) => sum + Number(count) * (sizes[unit] ?? NaN),
    0,
  );
}

test('a duration keeps its length, in the form that Go writes', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(200), fc.nat(200), fc.nat(2000), (hours, minutes, seconds, milliseconds) => {
      const normal = normalDuration(`${milliseconds}ms${seconds}s${hours}h${minutes}m`);
      expect(normal).toMatch(/^(0s|\d+(\.\d+)?ms|(\d+h)?(\d+m)?\d+(\.\d+)?s)$/);
      const length = hours * 3600 + minutes * 60 + seconds + milliseconds / 1000;
      expect(secondsOf(normal)).toBeCloseTo(length, 6);
    }),
  );
});

test('a directory has neither dots nor empty names, and no slash at its end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('', '.', '..', 'a', 'b')), (parts) => {
      expect(normalPath(`/${parts.join('/')}`)).toMatch(/^\/$|^(\/[ab])+$/);
    }),
  );
});
