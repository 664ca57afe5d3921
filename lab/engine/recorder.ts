import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation';
import type { Step } from './operation';

/** Makes steps, changes and diagnostics of the engine's events. */
export class Recorder {
  readonly steps: Step[] = [];
  readonly diagnostics: string[] = [];
  readonly errors: string[] = [];
  readonly passing: string[] = [];
  readonly errorsOf: Record<string, string> = {};
  changes: Record<string, number> = {};
  /** Of the stack, as far as a preview knows them. */
  outputs: Record<string, unknown> = {};
  private clock = 0;

  record(event: EngineEvent): void {
    if (event.resourcePreEvent) this.begin(event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) {
      const { metadata } = event.resOutputsEvent;
      this.end(metadata, false);
      if (metadata.type === 'pulumi:pulumi:Stack') this.outputs = metadata.new?.outputs ?? {};
    }
    if (event.resOpFailedEvent) this.end(event.resOpFailedEvent.metadata, true);
    if (event.summaryEvent) this.changes = { ...event.summaryEvent.resourceChanges };
    const said = event.diagnosticEvent;
    if (said) this.hear(said.severity, plain(said.message), said.ephemeral === true, said.urn);
  }

  private hear(severity: string, message: string, passing: boolean, urn: string | undefined): void {
    if (severity === 'debug') return;
    if (passing) {
      this.passing.push(message);
      return;
    }
    this.diagnostics.push(`${severity}: ${message}`);
    if (severity !== 'error') return;
    this.errors.push(message);
    if (urn === undefined || urn === '') return;
    const name = nameOf(urn);
    this.errorsOf[name] = this.errorsOf[name] === undefined ? message : `${this.errorsOf[name]}\n${message}`;
  }

  private begin(metadata: StepEventMetadata): void {
    const { op, urn, type, diffs, detailedDiff } = metadata;
    this.steps.push({
      op,
      urn,
      type,
      name: nameOf(urn),
      ...(diffs && diffs.length > 0 ? { diffs } : {}),
      ...(detailedDiff ? { detailedDiff: kinds(detailedDiff) } : {}),
      began: this.clock++,
    });
  }

  private end({ op, urn, detailedDiff, diffs }: StepEventMetadata, failed: boolean): void {
    const step = this.steps.find(
      (known) => known.urn === urn && known.op === op && known.ended === undefined && !known.failed,
    );
    // A refresh learns what it was only at its end.
    const begun =
      step ?? this.steps.find((known) => known.urn === urn && known.op === 'refresh' && known.ended === undefined);
    if (begun === undefined) return;
    begun.op = op;
    if (detailedDiff) begun.detailedDiff = kinds(detailedDiff);
    if (diffs && diffs.length > 0) begun.diffs = diffs;
    if (failed) begun.failed = true;
    else begun.ended = this.clock++;
  }
}

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf('::') + 2);

const kinds = (detailedDiff: NonNullable<StepEventMetadata['detailedDiff']>) =>
  Object.fromEntries(Object.entries(detailedDiff).map(([path, { diffKind }]) => [path, diffKind]));

/** Without the engine's marks for colours. */
const plain = (message: string) => message.replaceAll(/<\{%[^%]*%\}>/g, '').trim();
