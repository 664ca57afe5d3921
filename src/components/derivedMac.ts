import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import { unknown } from '../plan/argument/known';
import { derived, macAddressOf } from '../plan/container/macAddress';

/**
 * The MAC address of an attachment as it is given, or made from project, stack, host, container and network: the same at each run, and another one for
 * each of them.
 * @param names - of the `Host`, the container and the network; `unknown` while one is not known.
 */
export function resolveMac(given: unknown, names: readonly unknown[]): unknown {
  if (given !== derived) return given;
  if (!names.every((name) => typeof name === 'string')) return unknown;
  const words = [pulumi.getProject(), pulumi.getStack(), ...names];
  return macAddressOf(createHash('sha256').update(JSON.stringify(words)).digest());
}
