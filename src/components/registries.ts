import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { Problems } from '../plan/argument/problem';
import { checkRegistries, type RegistrySpec, registryLogins } from '../plan/container/registry';
import { ArgumentCheck, type Component } from './argumentCheck';
import { isArgsObject, requirePlainList } from './componentArgs';

/** How a registry lets a host's containers have their images. */
export interface RegistryArgs {
  /** The registry as an image's name has it: `registry.example:5000`, `ghcr.io`; `docker.io` for Docker Hub. */
  address: pulumi.Input<string>;
  /** Login name; for tokens what the registry asks for in its place. */
  username: pulumi.Input<string>;
  /** Password or token. Secret in the state, also where the program gives it as a plain text. */
  password: pulumi.Input<string>;
}

type ProviderLogin = docker.types.input.ProviderRegistryAuth;

/**
 * The registries of a host. They have a check of their own: a password that is not known before `up` does not keep the host from being asked at preview.
 */
export class Registries {
  /** For the docker provider; `undefined` where there are none. Secret. Stays pending if they are wrong. */
  readonly logins: pulumi.Output<ProviderLogin[]> | undefined;
  private readonly check: ArgumentCheck<RegistrySpec[]> | undefined;

  constructor(
    component: Component,
    private readonly given: unknown,
  ) {
    if (given === undefined) return;
    const inputs = Array.isArray(given) ? { registries: given as unknown[] } : {};
    this.check = new ArgumentCheck<RegistrySpec[]>(component, inputs, (values) => {
      const { registries = given } = values as { registries?: unknown };
      const problems = new Problems();
      requirePlainList(problems.at('registries'), this.given);
      return {
        problems: problems.list.length > 0 ? problems.list : checkRegistries(registries),
        plan: () => registryLogins(registries as RegistrySpec[]),
      };
    });
    this.logins = pulumi.secret(this.check.plan);
  }

  /** As far as they are known and right. */
  get known(): readonly RegistrySpec[] {
    return this.check?.known ?? [];
  }

  /** What the engine shows: all but the passwords. */
  get shown(): pulumi.Inputs {
    if (!Array.isArray(this.given)) return {};
    const items = this.given as unknown[];
    return {
      registries: items.map((item) => {
        const { address, username } = (isArgsObject(item) ? item : {}) as Partial<RegistryArgs>;
        return { address, username };
      }),
    };
  }

  /** Resolves to true where they are wrong, once all is known that can be. */
  async areWrong(): Promise<boolean> {
    await this.check?.settled;
    return this.check?.isWrong ?? false;
  }
}
