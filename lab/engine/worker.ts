import { createRequire } from 'node:module';
import type { OpMap, Stack } from '@pulumi/pulumi/automation';
import type { FromWorker, Job, OperationResult, StackOutput, ToWorker } from './operation';
import { Recorder } from './recorder';
import { openStack } from './settings';

/**
 * One operation on one stack, in a process of its own: Pulumi's SDK keeps its state in the module graph, and a program is
 * run by importing it, so a second operation in the same process would find everything imported already.
 */

function runProgram(program: string): Promise<Record<string, unknown>> {
  const exported = createRequire(__filename)(program) as Record<string, unknown>;
  return Promise.resolve(Object.fromEntries(Object.entries(exported).filter(([name]) => name !== '__esModule')));
}

interface Said {
  outputs: Record<string, StackOutput>;
  changes?: OpMap;
}

const stop = new AbortController();
const send = (message: FromWorker) => process.send?.(message);

async function operate(stack: Stack, job: Job, recorder: Recorder, heard: (text: string) => void): Promise<Said> {
  const common = {
    onOutput: heard,
    onError: heard,
    onEvent: (event: Parameters<Recorder['record']>[0]) => recorder.record(event),
    color: 'never',
    signal: stop.signal,
    ...job.options,
  } as const;
  switch (job.operation) {
    case 'preview':
      return { changes: (await stack.preview(common)).changeSummary, outputs: previewed(recorder.outputs) };
    case 'up':
      return { outputs: (await stack.up(common)).outputs };
    case 'refresh':
      await stack.refresh(common);
      return { outputs: {} };
    case 'destroy':
      await stack.destroy(common);
      return { outputs: {} };
  }
}

function previewed(outputs: Record<string, unknown>): Record<string, StackOutput> {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, secret: false }]));
}

async function perform(job: Job): Promise<OperationResult> {
  const since = Date.now();
  const recorder = new Recorder();
  let output = '';
  const heard = (text: string) => {
    output += text;
    send({ output: text });
  };
  let said: Said = { outputs: {} };
  let error: string | undefined;
  try {
    const stack = await openStack(job, () => runProgram(job.program));
    said = await operate(stack, job, recorder, heard);
  } catch (thrown) {
    const own = thrown instanceof Error ? thrown.message : String(thrown);
    error = recorder.errors.length > 0 ? recorder.errors.join('\n') : own;
  }
  return {
    ok: error === undefined,
    output,
    steps: recorder.steps,
    changes: said.changes ?? recorder.changes,
    outputs: said.outputs,
    ...(error === undefined ? {} : { error }),
    errorsOf: recorder.errorsOf,
    diagnostics: recorder.diagnostics,
    passing: recorder.passing,
    seconds: (Date.now() - since) / 1000,
  };
}

process.on('message', (message: ToWorker) => {
  if ('stop' in message) {
    stop.abort();
    return;
  }
  void perform(message.job).then((result) => process.send?.({ result } satisfies FromWorker, () => process.exit(0)));
});
// The parent process has ended: the engine is stopped, so that it releases its lock.
process.on('disconnect', () => {
  stop.abort();
  setTimeout(() => process.exit(1), 60_000).unref();
});
