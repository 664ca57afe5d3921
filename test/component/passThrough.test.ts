import * as pulumi from '@pulumi/pulumi';
import { normalPassThrough, type PassThroughArgs } from '../../src/components/passThrough';
import { recordDeclarations } from './declare';

recordDeclarations();

const image = 'busybox';
const normal = (args: Omit<PassThroughArgs, 'image'>) =>
  normalPassThrough('NetworkContainer c', { image, ...args }, undefined);
/** An output's value, and whether it is a secret and known. */
const seen = (value: unknown) =>
  new Promise((resolve) => {
    const output = pulumi.output(value) as pulumi.Output<unknown> & {
      isKnown: Promise<boolean>;
      isSecret: Promise<boolean>;
    };
    void Promise.all([output.isKnown, output.isSecret]).then(([isKnown, isSecret]) => {
      if (!isKnown) {
        resolve({ isKnown, isSecret });
        return;
      }
      return output.apply((known) => resolve({ isKnown, isSecret, value: known }));
    });
  });
const plain = { isKnown: true, isSecret: false };

test('an output takes its normal form once it is known, also inside of a list', async () => {
  const args = normal({ capabilities: { adds: [pulumi.output('net_admin')] }, memory: pulumi.output(64) });
  expect(await seen(args.capabilities)).toEqual({ ...plain, value: { adds: ['CAP_NET_ADMIN'] } });
  expect(await seen(args.memorySwap)).toEqual({ ...plain, value: 128 });
});

test('a secret stays one, and makes none of what has nothing to do with it', async () => {
  const args = normal({ healthcheck: pulumi.secret({ interval: '60s' }), cpus: '2' });
  expect(await seen(args.healthcheck)).toEqual({ isKnown: true, isSecret: true, value: { interval: '1m0s' } });
  expect(await seen(args.cpus)).toEqual({ ...plain, value: '2.0' });
});

test('what is not known stays so', async () => {
  const later = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;
  const args = normal({ workingDir: later, cpus: '2' });
  expect(await seen(args.workingDir)).toMatchObject({ isKnown: false });
  expect(await seen(args.cpus)).toEqual({ ...plain, value: '2.0' });
});

test('what has one form is passed on untouched, and nothing is added', () => {
  const labels = pulumi.output([{ label: 'a', value: 'b' }]);
  const args = normal({ labels, privileged: true });
  expect(Object.keys(args).sort()).toEqual(['image', 'labels', 'privileged']);
  expect(args.labels).toBe(labels);
});
