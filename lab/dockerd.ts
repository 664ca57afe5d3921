import { join } from 'node:path';
import { buildGoProgram } from './goProgram';

/** The release that `dockerd/go.mod` stands for: its Go module has a number of its own, v2.0.0-beta.24. */
export const builtRelease = '29.7.2';

/** The Engine's daemon in a release that Debian does not have, built from its Go modules. */
export const ensureDockerd = (): Promise<string> =>
  buildGoProgram({
    name: 'dockerd',
    version: builtRelease,
    packagePath: 'github.com/moby/moby/v2/cmd/dockerd',
    versionVariable: 'github.com/moby/moby/v2/dockerversion.Version',
    folder: join(__dirname, 'dockerd'),
    aboutMinutes: 6,
  });
