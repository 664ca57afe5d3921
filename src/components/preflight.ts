import type { DockerReport } from '../host/dockerReport';
import { foreignAddresses } from '../host/foreignAddress';
import { foreignOnes } from '../host/ownerLabel';
import type { LinksAnswer } from '../host/probe';
import type { ProbeResult } from '../host/probeResult';
import type { SshTarget } from '../host/sshOption';
import type { ForeignAddress } from '../plan/layout/foreignAddress';
import type { GivenNetworks } from './givenNetworks';
import type { HostLayout } from './hostLayout';
import { HostProbe } from './hostProbe';
import { engineHasHooks } from './program';

/** The host that is asked. */
export interface AskedHost {
  /** How ssh reaches it, once that is known. */
  readonly target: () => SshTarget | undefined;
  readonly sudo: boolean;
  readonly isDryRun: boolean;
  /** Takes what the host has for the checks of links, networks and containers. */
  readonly layout: HostLayout;
  readonly given: GivenNetworks;
  /** The value of the owner label; `undefined` until the engine has registered it. */
  readonly owner: () => string | undefined;
}

/** What one host is asked before anything is changed there. */
export class Preflight {
  private asked: HostProbe | undefined;
  private taken: DockerReport | undefined;

  /** @param isAsked - false with `preflight: false`: then it is asked nothing. */
  constructor(
    readonly isAsked: boolean,
    private readonly host: AskedHost,
  ) {
    host.layout.takeForeign(() => this.foreignAddresses());
    // Under mocks no host is asked.
    if (isAsked && engineHasHooks()) this.session?.begin();
  }

  /** The sessions with the host; `undefined` while it is not known how to reach it: at preview it may not exist yet. */
  get session(): HostProbe | undefined {
    const target = this.host.target();
    if (target === undefined) return undefined;
    if (this.asked?.target !== target) this.asked = new HostProbe(target, this.host.sudo, this.host.isDryRun);
    return this.asked;
  }

  /** What the host answers; `undefined` if it cannot be asked yet, or is not to be. */
  async probe(): Promise<ProbeResult<DockerReport> | undefined> {
    const report = this.isAsked ? await this.session?.report() : undefined;
    if (report?.kind === 'seen') this.take(report.value);
    return report;
  }

  /** What the host reports; `undefined` if it could not be asked, which the host's own check reports, or is not to be. */
  async report(): Promise<DockerReport | undefined> {
    const report = await this.probe();
    return report?.kind === 'seen' ? report.value : undefined;
  }

  /** Whether the host contradicts a spec of links; `undefined` where that is not known yet, or `report` is. */
  async probeLinks(spec: string | undefined): Promise<ProbeResult<LinksAnswer> | undefined> {
    if (spec === undefined || !this.isAsked) return undefined;
    // Before anything is waited for, so that both questions go in one session.
    const links = this.session?.links(spec);
    return (await this.report()) === undefined ? undefined : links;
  }

  /** The same report once. */
  private take(report: DockerReport): void {
    if (this.taken === report) return;
    this.taken = report;
    const { layout, given } = this.host;
    layout.sees(report);
    given.take(report);
    if (this.foreignAddresses().length > 0) layout.changed();
  }

  private foreignAddresses(): ForeignAddress[] {
    const { containers = [], networks = [] } = this.taken ?? {};
    // Those of the host first, because they are more than declared.
    return [...foreignAddresses(foreignOnes(containers, this.host.owner()), networks), ...this.host.given.taken];
  }
}
