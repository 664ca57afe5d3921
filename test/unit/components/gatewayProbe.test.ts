import { GatewayProbe } from '../../../src/components/gatewayProbe';
import type { DockerReport } from '../../../src/host/dockerReport';
import { askGateways } from '../../../src/host/gateways';
import type { SshTarget } from '../../../src/host/sshOption';
import type { UsedGateway } from '../../../src/plan/container/usedGateway';
import { parseAddress } from '../../../src/plan/ip/address';
import { nothingRead } from '../../../src/plan/network/network';

jest.mock('../../../src/host/gateways', () => ({ askGateways: jest.fn() }));
const sessions = jest.mocked(askGateways);
const target = { address: '192.0.2.1' } as SshTarget;
const near = { container: 'running', parent: 'eth0.50', state: 'up', vlan: '50' };
const warnings: string[] = [];
let ended: Promise<undefined>[] = [];

const gateway = (name: string, address: string): UsedGateway => ({
  name,
  network: nothingRead,
  address: parseAddress(address)!,
});
const lan = gateway('lan', '10.0.0.1');
const six = gateway('lan', '2001:db8::1');
const dmz = gateway('dmz', '10.0.0.1');

function probe({ own, isGiven = false }: { own?: string; isGiven?: boolean } = {}): GatewayProbe {
  const addresses = own === undefined ? [] : [{ link: 'eth0', address: parseAddress(own)! }];
  return new GatewayProbe({
    name: 'n1',
    report: () => Promise.resolve({ addresses } as unknown as DockerReport),
    target: () => target,
    sudo: true,
    gives: () => isGiven,
    warn: (text) => Promise.resolve(void warnings.push(text)),
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      ended.push(promise);
      return () => resolve(undefined);
    },
  });
}
const end = () => Promise.all(ended);
const later = () => new Promise(setImmediate);
/** A container that the engine has not made yet. */
function registering(all: GatewayProbe) {
  const made = Promise.withResolvers<undefined>();
  all.awaits(made.promise);
  return made;
}
const answering = { answers: true } as const;
const silent = { answers: false, near } as const;

beforeEach(() => {
  warnings.length = 0;
  ended = [];
  sessions.mockReset();
  sessions.mockImplementation((_, __, asked) => Promise.resolve(asked.map(() => answering)));
});

test('all containers of the program ask in one session, each gateway by the first that comes', async () => {
  const all = probe();
  const [settle, fail] = [registering(all), registering(all)];
  all.made('web', [lan, six]);
  all.made('db', [lan]);
  await later();
  settle.resolve(undefined);
  await later();
  all.made('mail', [dmz]);
  await later();
  expect(sessions).not.toHaveBeenCalled();
  fail.reject(new Error('no such image'));
  await end();
  expect(sessions.mock.calls).toEqual([
    [
      target,
      true,
      [
        { container: 'web', address: '10.0.0.1' },
        { container: 'web', address: '2001:db8::1' },
        { container: 'mail', address: '10.0.0.1' },
      ],
    ],
  ]);
  all.made('late', [lan, dmz]);
  await end();
  expect(sessions).toHaveBeenCalledTimes(1);
  expect(warnings).toEqual([]);
});

test('one warning for each network, and no second one', async () => {
  sessions.mockResolvedValueOnce([silent, silent, answering]);
  const all = probe();
  all.made('web', [lan, six]);
  all.made('db', [lan, dmz]);
  await end();
  all.made('mail', [lan, six, dmz]);
  await end();
  expect(sessions).toHaveBeenCalledTimes(1);
  expect(warnings).toEqual([
    expect.stringMatching(/^network lan: its gateways 10.0.0.1 and 2001:db8::1 do not answer container web: .*VLAN 50/),
  ]);
});

test('what the host cannot find out is no warning, and the next container asks again', async () => {
  sessions.mockResolvedValueOnce([undefined]).mockRejectedValueOnce(new Error('x'));
  const all = probe();
  for (const name of ['web', 'db', 'mail']) {
    all.made(name, [lan]);
    await end();
  }
  expect(sessions).toHaveBeenCalledTimes(3);
  expect(warnings).toEqual([]);
});

test('an address of the host or of the program is not asked for, and no session is opened', async () => {
  probe({ own: '10.0.0.1' }).made('web', [lan]);
  probe({ isGiven: true }).made('web', [lan]);
  probe().made('web', []);
  await end();
  expect(sessions).not.toHaveBeenCalled();
});

test('a container that the engine never settles holds nothing up for ever', async () => {
  jest.useFakeTimers();
  const all = probe();
  registering(all);
  all.made('web', [lan]);
  await jest.advanceTimersByTimeAsync(59_000);
  expect(sessions).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(2000);
  expect(sessions).toHaveBeenCalledTimes(1);
  jest.useRealTimers();
  await end();
});
