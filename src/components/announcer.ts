import { announceContainers } from '../host/announce';
import type { DockerReport } from '../host/dockerReport';
import type { SshTarget } from '../host/sshOption';
import { announcesAddresses } from '../plan/network/engine';
import { parseEngineVersion } from '../plan/network/engineVersion';
import { Gathered } from './gathered';

const mostAtOnce = 30;

/** What is asked of the host that containers are on. */
interface AnnouncingHost {
  report(): Promise<DockerReport | undefined>;
  target(): SshTarget | undefined;
  readonly sudo: boolean;
  warn(text: string): Promise<void>;
}

/** Tells the neighbours of containers that were just made where these are now, on an Engine that does not. */
export class Announcer {
  private readonly work: Gathered<string>;

  constructor(private readonly host: AnnouncingHost) {
    this.work = new Gathered(async (names) => {
      const target = host.target();
      return target === undefined ? names.map(() => undefined) : announceContainers(target, host.sudo, names);
    }, mostAtOnce);
  }

  /** @param name - Docker's name of the container. */
  async announce(name: string): Promise<void> {
    const report = await this.host.report();
    const version = report && 'version' in report ? parseEngineVersion(report.version) : undefined;
    if (version === undefined || announcesAddresses(version)) return;
    const trouble = await this.work.add(name);
    if (trouble === undefined) return;
    await this.host.warn(`neighbours may look for container ${name} where it was, for some minutes: ${trouble}`);
  }
}
