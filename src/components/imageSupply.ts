import * as pulumi from '@pulumi/pulumi';
import { obtainImages, type WantedImage } from '../host/image';
import type { SshTarget } from '../host/sshOption';
import { referenceOf } from '../plan/container/imageName';
import { loginOf, type RegistrySpec } from '../plan/container/registry';
import { Gathered } from './gathered';
import { whenResolved } from './knownNow';
import type { HookOfChild } from './program';

const mostAtOnce = 30;

/** What is asked of the host that gets images. */
interface ImageHost {
  readonly name: string;
  /** `undefined` where it is not asked. */
  target(): SshTarget | undefined;
  registries(): readonly RegistrySpec[];
}

/**
 * Has the new image of a container on the host before the engine removes the old container, as `docker compose up` does: one that cannot be
 * pulled then costs no container, and the rest is down for less long.
 */
export class ImageSupply {
  private readonly work: Gathered<WantedImage>;
  /** By image and platform: containers of one image ask once. */
  private readonly asked = new Map<string, Promise<string | undefined>>();

  constructor(private readonly host: ImageHost) {
    this.work = new Gathered(async (images) => {
      const target = host.target();
      return target === undefined ? images.map(() => undefined) : obtainImages(target, images);
    }, mostAtOnce);
  }

  /**
   * The hook of a component that first sees to its new image.
   * @param container - Docker's name.
   */
  ahead(container: () => string, hook: HookOfChild): HookOfChild {
    const run = async (args: pulumi.ResourceHookArgs) => {
      await this.supply(container(), args);
      await hook.run?.(args);
    };
    return { ...hook, run };
  }

  /** Throws where the image cannot be had. */
  private async supply(container: string, { oldInputs, newInputs }: pulumi.ResourceHookArgs): Promise<void> {
    if (oldInputs === undefined || pulumi.runtime.isDryRun()) return;
    const [was, is] = (await Promise.all([oldInputs, newInputs].map(whenResolved))).map(
      ({ values }) => values as { image?: unknown; platform?: unknown },
    );
    if (is === undefined || is.image === was?.image || typeof is.image !== 'string') return;
    const trouble = await this.obtain(is.image, typeof is.platform === 'string' ? is.platform : undefined);
    if (trouble === undefined) return;
    const where = `image ${is.image} cannot be had on Host ${this.host.name}: ${trouble}`;
    throw new Error(`${where}; container ${container} stays as it is, with its image ${String(was?.image)}`);
  }

  private async obtain(image: string, platform: string | undefined): Promise<string | undefined> {
    const reference = referenceOf(image);
    if (reference === undefined) return undefined;
    const key = `${image} ${platform ?? ''}`;
    const spec = loginOf(this.host.registries(), reference.registry);
    const login = spec as WantedImage['login'];
    const outcome = this.asked.get(key) ?? this.work.add({ reference, platform, login });
    this.asked.set(key, outcome);
    return outcome;
  }
}
