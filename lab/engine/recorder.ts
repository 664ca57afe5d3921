import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation';
import type { Step } from './operation';

/** Makes steps, changes and diagnostics of the engine's events. */
export class Recorder {
  readonly steps: Step[] = [];
  readonly diagnostics: string[] = [];
  readonly errors: string[] = [];
  readonly passing: string[] = [];
  changes: Record<string, number> = {};
  private clock = 0;

  record(event: EngineEvent): void {
    if (event.resourcePreEvent) this.begin(event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) this.end(event.resOutputsEvent.metadata, false);
    if (event.resOpFailedEvent) this.end(event.resOpFailedEvent.metadata, true);
    if (event.summaryEvent) this.changes = { ...event.summaryEvent.resourceChanges };
    const said = event.diagnosticEvent;
    if (said) this.hear(said.severity, plain(said.message), said.ephemeral === true);
  }

  private hear(severity: string, message: string, passing: boolean): void {
    if (severity === 'debug') return;
    if (passing) {
      this.passing.push(message);
      return;
    }
    this.diagnostics.push(`${severity}: ${message}`);
    if (severity === 'error') this.errors.push(message);
  }

  private begin(metadata: StepEventMetadata): void {
    const { op, urn, type, diffs, detailedDiff } = metadata;
    this.steps.push({
      op,
      urn,
      type,
      name: urn.slice(urn.lastIndexOf('::') + 2),
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

const kinds = (detailedDiff: NonNullable<StepEventMetadata['detailedDiff']>) =>
  Object.fromEntries(Object.entries(detailedDiff).map(([path, { diffKind }]) => [path, diffKind]));

/** Without the engine's marks for colours. */
const plain = (message: string) => message.replaceAll(/<\{%[^%]*%\}>/g, '').trim();
