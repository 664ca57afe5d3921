import { must } from './command';
import { currentLab, hostOf, inside } from './namespace';
import { closeConnections } from './ssh';

async function setPort(name: string, words: (tap: string, bridge: string) => string[]): Promise<void> {
  const state = currentLab();
  await must(inside(state, words(hostOf(state, name).tap, state.bridge)));
}

/** Takes the host's cable out of the trunk: nothing it sends gets anywhere, nothing reaches it. */
export async function unplug(name: string): Promise<void> {
  const state = currentLab();
  await closeConnections(state, hostOf(state, name));
  await setPort(name, (tap) => ['ip', 'link', 'set', 'dev', tap, 'nomaster']);
}

/** Puts the cable back. */
export const plug = (name: string): Promise<void> =>
  setPort(name, (tap, bridge) => ['ip', 'link', 'set', 'dev', tap, 'master', bridge]);

/** Makes the host's port a reflective relay (802.1Qbg), as macvlan's vepa mode wants it, or an ordinary one again. */
export const setHairpin = (name: string, on: boolean): Promise<void> =>
  setPort(name, (tap) => ['bridge', 'link', 'set', 'dev', tap, 'hairpin', on ? 'on' : 'off']);

/** Lets no frame through to the port of another host that is set so: both reach this machine alone, as if no VLAN were carried between them. */
export const setPortIsolation = (name: string, on: boolean): Promise<void> =>
  setPort(name, (tap) => ['bridge', 'link', 'set', 'dev', tap, 'isolated', on ? 'on' : 'off']);

/** Lets frames of one MAC only in at the host's port, as a switch with port security does; or any again. */
export async function setPortSecurity(name: string, mac: string, on: boolean): Promise<void> {
  const entry = on ? 'static' : 'dynamic';
  await setPort(name, (tap) => ['bridge', 'fdb', 'replace', mac, 'dev', tap, 'master', entry]);
  const [locked, learning] = on ? ['on', 'off'] : ['off', 'on'];
  await setPort(name, (tap) => ['bridge', 'link', 'set', 'dev', tap, 'locked', locked, 'learning', learning]);
  // What the port has learned before would still be let in.
  await setPort(name, (tap) => ['ip', 'link', 'set', 'dev', tap, 'type', 'bridge_slave', 'fdb_flush']);
}

/**
 * Lets no larger frames out of the host's port than those of an MTU, as a link on the way that is narrower and says nothing; or all again. Connections
 * that are there already have settled on the size of their packets, so ours are ended.
 */
export async function setPathMtu(name: string, mtu: number): Promise<void> {
  const state = currentLab();
  await closeConnections(state, hostOf(state, name));
  // The bridge follows its narrowest port, unless it was given an MTU once.
  for (const own of ['1499', '1500'])
    await setPort(name, (_, bridge) => ['ip', 'link', 'set', 'dev', bridge, 'mtu', own]);
  await setPort(name, (tap) => ['ip', 'link', 'set', 'dev', tap, 'mtu', String(mtu)]);
}

/**
 * Has this machine send the host no larger packets than those of an MTU; without one, as its own link carries them. On a narrower path that says nothing,
 * ssh comes through by chance alone: only what the kernel sends in several segments at once passes the port.
 */
export async function setMtuTo(name: string, mtu?: number): Promise<void> {
  const state = currentLab();
  const { address } = hostOf(state, name);
  const route =
    mtu === undefined ? ['del', address] : ['replace', address, 'dev', state.bridge, 'mtu', 'lock', `${mtu}`];
  await must(inside(state, ['ip', 'route', ...route]));
}
