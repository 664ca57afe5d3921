import { randomUUID } from 'node:crypto';
import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { newOwner } from '../host/ownerLabel';
import { dockerSshOptions, dockerUrl } from '../host/sshOption';
import type { LinkHandling } from '../host/trunkSpec';
import { defaultConfirmTimeout } from '../plan/link/confirmTimeout';
import { checkSshHost, type SshHostSpec } from '../plan/ssh/sshHost';
import { Announcer } from './announcer';
import { ArgumentCheck } from './argumentCheck';
import { requireArgs } from './componentArgs';
import { hookName } from './hookName';
import { whenResolved } from './knownNow';
import {
  type HostConnection,
  KeyFiles,
  type ResolvedArgs,
  type ResolvedHost,
  resolveHost,
  routeInputs,
  sshInputs,
} from './hostConnection';
import { checkPlainArgs, type HostArgs, shownInputs } from './hostArgs';
import { addressHook, type DriftEntry, HostDrift } from './hostDrift';
import { GatewayProbe } from './gatewayProbe';
import { GivenNetworks } from './givenNetworks';
import { Confirmation } from './confirmation';
import type { FairShare } from './fairShare';
import type { HostLayout } from './hostLayout';
import { ImageSupply } from './imageSupply';
import { leftoverHook } from './leftover';
import { LeftoverRemovals } from './leftoverRemoval';
import { Preflight } from './preflight';
import { engineHasHooks, Program } from './program';
import { Registries } from './registries';
import { keeping } from './revision';
import { type ScriptHooks, scriptHooks } from './scriptHooks';
import { SkippedHost } from './skippedHost';
import type { JointTrunk } from './together';

/**
 * A Linux host with Docker, declared once: the command provider and the docker provider reach it with the same address, user, key and
 * pinned host key. Wrong arguments are refused at preview, together with those of all other components.
 */
export class Host extends pulumi.ComponentResource {
  /** IP address or DNS name. */
  readonly address: pulumi.Output<string>;
  /** The docker provider of this host, for further Docker resources of your own. */
  readonly provider: docker.Provider;
  /** The connection for `command.remote.Command`, for further commands of your own. Secret. */
  readonly connection: pulumi.Output<HostConnection>;
  /**
   * What the host has otherwise than the last `up` left it, for a stack output. At preview; empty at `up`, which mends all of it, and where the host
   * does not answer.
   */
  readonly drift: pulumi.Output<DriftEntry[]>;
  /** @internal */
  readonly sudo: boolean;
  /** @internal How it treats the links of its trunks and shims. */
  readonly handling: LinkHandling;
  /** @internal Labels what is made on this host: it stays the same whatever stack, project, components and the address are changed to. */
  readonly owner: pulumi.Output<string>;
  /** @internal The check of its arguments, and of the host. */
  readonly check: ArgumentCheck<ResolvedHost>;
  /** @internal Its share of what the engine makes at a time. */
  readonly share: FairShare;
  /** @internal What is removed after the last of its containers, or of its networks on an interface. */
  readonly removals: LeftoverRemovals;
  /** @internal What has drifted on it. */
  readonly drifts: HostDrift;
  /** @internal Announces containers to their neighbours. */
  readonly announcer: Announcer;
  /** @internal Asks for the gateways of networks from its containers. */
  readonly gateways: GatewayProbe;
  /** @internal Gets new images of its containers. */
  readonly images: ImageSupply;
  /** @internal All that the program declares on this host. */
  readonly layout: HostLayout;
  /** @internal Networks that its containers are attached to and that no component declares. */
  readonly given: GivenNetworks;
  /** @internal The value of `owner`; `undefined` until the engine has registered it. */
  knownOwner: string | undefined;
  private readonly confirmation: Confirmation;
  private readonly onError: pulumi.ErrorHook[];
  /** @internal What it is asked before anything is changed. */
  readonly preflight: Preflight;
  private readonly skipped: SkippedHost | undefined;
  private readonly isTogether: boolean;

  constructor(name: string, args: HostArgs, opts?: pulumi.ComponentResourceOptions) {
    const keys = new KeyFiles(requireArgs('Host', name, args));
    const setTarget = Program.current().layout.addTarget(name);
    const check: ArgumentCheck<ResolvedHost> = new ArgumentCheck<ResolvedHost>(
      { kind: 'Host', name, parent: opts?.parent },
      sshInputs(args),
      (values) => {
        setTarget(values);
        return {
          problems: [...checkSshHost(values as SshHostSpec), ...keys.problems, ...checkPlainArgs(args)],
          plan: () => resolveHost(values as ResolvedArgs, keys),
        };
      },
      () => this.preflight.probe(),
      async () => this.preflight.session?.takeBack(),
    );
    const registries = new Registries(check.component, args.registries);
    let hasMoved = false;
    const atAddress = check.hooks(
      [],
      addressHook(() => (hasMoved = true)),
    );
    super(
      'vlan-trunk:index:Host',
      name,
      check.inputs({ ...shownInputs(args), ...registries.shown }, registries.areWrong()),
      pulumi.mergeOptions(opts, { hooks: atAddress }),
    );
    const hooks = check.hooks();

    this.check = check;
    check.mayBeAway = args.onUnreachable === 'skip';
    if (check.mayBeAway) this.skipped = new SkippedHost(async () => !(await this.drifts.hasMoved()) && this.isSilent());
    this.layout = Program.current().layout.addHost(name, args.site ?? '');
    this.given = new GivenNetworks(this.layout);
    this.sudo = args.sudo ?? false;
    this.preflight = new Preflight(args.preflight ?? true, {
      target: () => check.known?.target,
      sudo: this.sudo,
      isDryRun: pulumi.runtime.isDryRun(),
      layout: this.layout,
      given: this.given,
      owner: () => this.knownOwner,
    });
    const asContainerHost = {
      name,
      report: () => this.preflight.report(),
      target: () => check.known?.target,
      sudo: this.sudo,
      warn: (text: string) => Program.current().gate.warn(check, text),
    };
    this.announcer = new Announcer(asContainerHost);
    this.images = new ImageSupply({
      name,
      target: () => (this.preflight.isAsked ? check.known?.target : undefined),
      registries: () => registries.known,
    });
    this.gateways = new GatewayProbe({
      ...asContainerHost,
      gives: (network, address) => Program.current().layout.gives(network, address),
      hold: () => pulumi.runtime.rpcKeepAlive(),
    });
    this.share = Program.current().share();
    const { persistence = 'unit', confirmTimeout = defaultConfirmTimeout } = args;
    this.handling = { persistence, confirmTimeout };
    this.isTogether = args.rollBackTogether ?? false;
    this.confirmation = new Confirmation(name, confirmTimeout, () => this.preflight.session);
    this.address = pulumi.output(args.address);
    // Depends on the URN, so that resources on the host wait for this component's check, although they are not its children.
    const resolved = pulumi.all([check.plan, this.urn]).apply(([host]) => host);
    this.connection = pulumi.secret(resolved.apply(({ connection }) => connection));
    // A secret private key does not make the target secret, which holds only the key file's path. A secret address does.
    const target = pulumi.all([routeInputs(args), pulumi.unsecret(resolved)]).apply(([, host]) => host.target);
    this.provider = new docker.Provider(
      `${name}-docker`,
      { host: target.apply(dockerUrl), sshOpts: target.apply(dockerSshOptions), registryAuth: registries.logins },
      // A new address is another host: what is on the old one is removed there, by the old provider.
      this.keeping({ parent: this, replaceOnChanges: ['host'], hooks }),
    );
    // Kept as it was first made: the state holds the first input as the output (pulumi.Stash).
    const owner = new pulumi.Stash(
      `${name}-owner`,
      { input: randomUUID() },
      { parent: this, ignoreChanges: ['input'] },
    );
    this.owner = owner.output.apply(String);
    this.removals = new LeftoverRemovals(`${name}-owner`, this, () => this.keeping({ parent: owner, hooks }));
    void whenResolved(this.owner).then(
      ({ values }) => this.setOwner(values),
      () => undefined,
    );
    const hook = `${hookName('Host', name, opts?.parent)}:leftover`;
    this.onError = leftoverHook(hook, this.owner, () => this.check.known?.target);
    this.drifts = new HostDrift({
      name,
      urn: this.urn,
      owner: this.owner,
      check,
      isAsked: this.preflight.isAsked,
      hasMoved: () => hasMoved,
      probe: () => this.preflight.probe(),
      probeLinks: (one) => this.preflight.probeLinks(one),
    });
    this.drift = pulumi.output(pulumi.runtime.isDryRun() && engineHasHooks() ? this.drifts.entries() : []);
    this.registerOutputs({ address: this.address });
  }

  /**
   * @internal Hooks of the commands that start the host script.
   * @param spec - the spec of its links, once the check has passed.
   * @param joint - what it is confirmed together with.
   */
  scriptHooks(check: ArgumentCheck<unknown>, spec: () => string | undefined, joint?: JointTrunk): ScriptHooks {
    const { confirmation, drifts, preflight } = this;
    const probeLinks = (known: string) => preflight.probeLinks(known);
    return scriptHooks({
      ...{ host: this.check, session: () => preflight.session, confirmation, drifts, probeLinks },
      check,
      spec,
      joint,
    });
  }

  /** @internal A trunk or shim on this host, where changes are confirmed together with those of others; at preview nothing is changed. */
  joint(isShim = false): JointTrunk | undefined {
    if (!this.isTogether || pulumi.runtime.isDryRun()) return undefined;
    return Program.current().together.add(
      this.check.component.name,
      this.handling.confirmTimeout ?? defaultConfirmTimeout,
      isShim,
    );
  }

  /**
   * @internal Options of a Docker resource on this host. It is replaced if the host's address changes, and what a killed run has left behind
   * in its place is removed.
   */
  dockerOptions(hooks: pulumi.ResourceHookBinding): pulumi.CustomResourceOptions {
    // The engine would otherwise take what is on the old host for what is on the new one. By a value that is kept with each resource: a
    // provider is replaced in one run, and what that run does not come to would count as moved.
    return {
      provider: this.provider,
      replacementTrigger: this.address,
      hooks: this.onError.length === 0 ? hooks : { ...hooks, onError: this.onError },
    };
  }

  /**
   * @internal Options of a resource on this host.
   * @param kept - the inputs that keep the values of the state; with `onUnreachable: 'skip'` all of them do while the host does not answer.
   */
  keeping<T extends pulumi.ResourceOptions>(opts: T, kept?: string[]): T {
    if (this.skipped !== undefined) return this.skipped.keeping(opts, kept ?? []);
    return kept === undefined ? opts : keeping(kept, opts);
  }

  private async isSilent(): Promise<boolean> {
    await this.check.settled;
    await Program.current().gate.patience();
    return (await this.preflight.probe())?.kind === 'unreachable';
  }

  /** A new one has no networks and containers yet. */
  private setOwner(owner: unknown): void {
    this.knownOwner = typeof owner === 'string' ? owner : newOwner;
    this.layout.changed();
  }
}
