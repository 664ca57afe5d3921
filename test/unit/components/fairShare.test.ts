import * as pulumi from '@pulumi/pulumi';
import { FairShare, type TurnKind } from '../../../src/components/fairShare';

/** A resource that waits for its turn, and what it waits for before and is made by. */
function declare(share: FairShare, name: string, begun: string[], inputs: unknown = {}, kind: TurnKind = 'network') {
  let made = (): void => undefined;
  const id = new Promise<string>((resolve) => (made = () => resolve(name)));
  const turn = share.turn(kind, inputs);
  turn.before(pulumi.output(name)).apply((value) => begun.push(value));
  turn.until({ id: pulumi.output(id) } as unknown as pulumi.CustomResource);
  return { made };
}

/** Time for all promises that can resolve now. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

test('as many at a time as the limit says, and the next in order as one is there', async () => {
  const begun: string[] = [];
  const share = new FairShare(() => 2);
  const [a, b, c] = ['a', 'b', 'c', 'd'].map((name) => declare(share, name, begun));
  await settle();
  expect(begun).toEqual(['a', 'b']);
  b?.made();
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
  a?.made();
  c?.made();
  await settle();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('one whose inputs are not there yet holds up no other, also where it waits for that other', async () => {
  const begun: string[] = [];
  const share = new FairShare(() => 1);
  let resolve!: (image: string) => void;
  const late = pulumi.output(new Promise<string>((done) => (resolve = done)));
  declare(share, 'late', begun, { image: late });
  const other = declare(share, 'other', begun);
  await settle();
  expect(begun).toEqual(['other']);
  resolve('busybox');
  await settle();
  expect(begun).toEqual(['other']);
  other.made();
  await settle();
  expect(begun).toEqual(['other', 'late']);
});

test('a limit below 1 is 1, and each host has a share of its own', async () => {
  const begun: string[] = [];
  for (const host of ['n1', 'n2']) {
    const share = new FairShare(() => 0);
    for (const name of ['a', 'b']) declare(share, `${host}.${name}`, begun);
  }
  await settle();
  expect(begun).toEqual(['n1.a', 'n2.a']);
});

test('networks leave a quarter of the share to the containers that are to come, and all of it where none is', async () => {
  const begun: string[] = [];
  const share = new FairShare(() => 4);
  const networks = ['n1', 'n2', 'n3', 'n4', 'n5'].map((name) => ({
    name,
    network: declare(share, name, begun),
    container: declare(share, `on ${name}`, begun, { name: new Promise(() => undefined) }, 'container'),
  }));
  await settle();
  expect(begun).toEqual(['n1', 'n2', 'n3']);
  networks[0]?.network.made();
  await settle();
  expect(begun).toEqual(['n1', 'n2', 'n3', 'n4']);
});

test('a container that waits comes before networks that wait, and networks before a second container', async () => {
  const begun: string[] = [];
  const share = new FairShare(() => 4);
  const [first] = ['n1', 'n2', 'n3', 'n4'].map((name) => declare(share, name, begun));
  const containers = ['c1', 'c2', 'c3', 'c4'].map((name) => declare(share, name, begun, {}, 'container'));
  await settle();
  expect(begun).toEqual(['n1', 'n2', 'n3', 'c1']);
  containers[0]?.made();
  await settle();
  expect(begun).toEqual(['n1', 'n2', 'n3', 'c1', 'c2']);
  first?.made();
  await settle();
  expect(begun).toEqual(['n1', 'n2', 'n3', 'c1', 'c2', 'n4']);
  containers[1]?.made();
  await settle();
  expect(begun).toEqual(['n1', 'n2', 'n3', 'c1', 'c2', 'n4', 'c3']);
});
