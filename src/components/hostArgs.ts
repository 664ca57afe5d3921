import type * as pulumi from '@pulumi/pulumi';
import { type Problem, Problems } from '../plan/argument/problem';
import { optional, readBoolean, readString } from '../plan/argument/reader';
import { readConfirmTimeout } from '../plan/link/confirmTimeout';
import { type Persistence, readPersistence } from '../plan/link/persistence';
import { type OnUnreachable, readOnUnreachable } from '../plan/ssh/onUnreachable';
import { isArgsObject, requirePlainObject } from './componentArgs';
import { routeInputs } from './hostConnection';
import { isLate } from './knownNow';
import type { RegistryArgs } from './registries';
import type { RouteArgs } from './sshArgs';

/** Arguments of `Host`. */
export interface HostArgs extends RouteArgs {
  /** Runs what needs root through `sudo -n`, for a user who is not root. The user must be in the group `docker` as well. Default: false. */
  sudo?: boolean;
  /**
   * Name of the switched network that the host is plugged into, where its trunks and networks name no other by `physicalNetwork`. Hosts of one site
   * that have a VLAN in common are checked together: no two may give out one address on it. Default: all hosts of the program are at one site.
   */
  site?: string;
  /**
   * Probes the host over one shared connection, at preview and before `up` changes it, and refuses what would fail there. Default: true.
   * Set it to false for a host that the same program still has to set up.
   */
  preflight?: boolean;
  /**
   * What brings VLANs and shims back after a reboot: `unit`, a systemd service that makes them before Docker starts; `networkd` or
   * `networkmanager`, the same, but VLANs are made by systemd-networkd or NetworkManager, which must have their parent interface; or `none`. Default:
   * `unit`. A host without systemd, NixOS and OpenWrt are refused, unless it is `none`.
   */
  persistence?: Persistence;
  /**
   * What `up` does if the host does not answer: `fail` for what is on it, or `skip`, which leaves all of it as the state has it, with a warning, until a
   * run that reaches the host. What would be new on it, or has left the program, fails with both. Default: `fail`.
   */
  onUnreachable?: OnUnreachable;
  /**
   * Seconds after which the host takes back a change of the parent interface, of addresses or of routes that was not confirmed over a new
   * connection, 10 to 600. Default: 60.
   */
  confirmTimeout?: number;
  /**
   * Confirms such changes of this host's trunks together with those of all other hosts that have this: only when all of them are made and reached.
   * Where one fails, all of them go back. Default: false: no host waits for another one. See docs/operations.md.
   */
  rollBackTogether?: boolean;
  /**
   * Registries that ask for a login before they let an image be pulled, for the images of this host's containers; each once. The docker provider sends
   * it with each pull; nothing of it is kept on the host. Default: none.
   */
  registries?: RegistryArgs[];
}

/** Problems of the arguments that the constructor itself uses, and that are no outputs for that reason. */
export function checkPlainArgs(args: HostArgs): Problem[] {
  const { proxy, privateKeyFile, sudo, site, preflight, persistence, onUnreachable, confirmTimeout, rollBackTogether } =
    args;
  const problems = new Problems();
  if (isLate(proxy)) requirePlainObject(problems.at('proxy'), proxy);
  if (isLate(privateKeyFile)) readString(problems.at('privateKeyFile'), privateKeyFile);
  const inProxy = isArgsObject(proxy) ? proxy.privateKeyFile : undefined;
  if (isLate(inProxy)) readString(problems.at('proxy').at('privateKeyFile'), inProxy);
  optional(sudo, (given) => readBoolean(problems.at('sudo'), given));
  optional(site, (given) => readString(problems.at('site'), given));
  optional(preflight, (given) => readBoolean(problems.at('preflight'), given));
  optional(persistence, (given) => readPersistence(problems.at('persistence'), given));
  optional(onUnreachable, (given) => readOnUnreachable(problems.at('onUnreachable'), given, preflight));
  optional(confirmTimeout, (given) => readConfirmTimeout(problems.at('confirmTimeout'), given));
  optional(rollBackTogether, (given) => readBoolean(problems.at('rollBackTogether'), given));
  return problems.list;
}

/** The inputs that the engine shows: no private key, and no path of this machine. */
export function shownInputs({ sudo, site, ...route }: HostArgs): pulumi.Inputs {
  return { ...routeInputs(route), sudo, site };
}
