import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../lab/cache';
import { pruneImages } from '../../lab/prune';
import { labFolder, writeState, type LabHost, type LabState } from '../../lab/state';

let cache: string;
const build = (name: string) => join(cacheFolder(), 'build', name);

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'vlan-trunk-cache-'));
  process.env.XDG_CACHE_HOME = cache;
  process.env.VLAN_TRUNK_LAB = 'pruned';
});

afterEach(() => rmSync(cache, { recursive: true }));

/** A lab whose hosts boot these. */
async function labWith(...images: string[]): Promise<void> {
  const host: LabHost = {
    name: 'n1',
    address: '10.88.0.11',
    port: 22,
    hostKey: 'ssh-ed25519 AAAA',
    tap: 'tap-n1',
    withoutDocker: false,
    image: 'forky',
    imageFolder: '',
  };
  const nobody = { pid: 0, startTime: '' };
  const state: LabState = {
    folder: labFolder(),
    privateKeyFile: '',
    managementAddress: '10.88.0.1',
    bridge: 'br0',
    hosts: images.map((name) => ({ ...host, imageFolder: build(name) })),
    holder: nobody,
    init: nobody,
    networkNamespace: '',
  };
  mkdirSync(labFolder(), { recursive: true });
  await writeState(state);
}

test('a new image takes the place of the old ones of its kind, save those that some host of a lab boots', async () => {
  const images = ['image-old-1', 'image-old-2', 'image-old-3', 'image-other-1', 'image-other-2'];
  for (const name of [...images, 'image-old-4.building.1', 'root-old-1']) mkdirSync(build(name), { recursive: true });
  await labWith('image-other-1', 'image-old-2');
  await pruneImages(build('image-old-3'), 'image-old');
  expect(readdirSync(build('')).sort()).toEqual([
    'image-old-2',
    'image-old-3',
    'image-old-4.building.1',
    'image-other-1',
    'image-other-2',
    'root-old-1',
  ]);
});

test('where there is no lab, only the new one is kept', async () => {
  for (const name of ['image-old-1', 'image-old-2']) mkdirSync(build(name), { recursive: true });
  await pruneImages(build('image-old-2'), 'image-old');
  expect(readdirSync(build(''))).toEqual(['image-old-2']);
});
