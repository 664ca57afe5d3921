import * as pulumi from '@pulumi/pulumi';

/**
 * The ID of a change that the host takes back unless it is confirmed, as apply.sh prints it; `undefined` where nothing has to be confirmed.
 * @param stdout - of the command that made the change. A provider may make a secret of it, since the connection is one.
 */
export async function armedChange(stdout: unknown): Promise<string | undefined> {
  const text = await new Promise<unknown>((resolve) =>
    (pulumi.output(stdout) as pulumi.Output<unknown>).apply(resolve),
  );
  return typeof text === 'string' ? /^armed ([0-9a-f-]+)$/m.exec(text)?.[1] : undefined;
}

/** Whether a command had begun on the host when its connection ended: the words of Go's ssh and net packages, by which the provider connects. */
export function isBrokenConnection(error: string): boolean {
  return /exited without exit status|connection reset|broken pipe|use of closed network connection|: EOF/.test(error);
}
