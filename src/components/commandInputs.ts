import * as command from '@pulumi/command';
import type * as pulumi from '@pulumi/pulumi';
import type { HostConnection } from './hostConnection';

/** What all commands on a host have in common. */
export function commandInputs({ connection }: { connection: pulumi.Output<HostConnection> }) {
  return {
    connection,
    // The provider would hand the last output to sshd as environment, which refuses it with a warning.
    addPreviousOutputInEnv: false,
    logging: command.types.enums.remote.Logging.None,
  };
}
