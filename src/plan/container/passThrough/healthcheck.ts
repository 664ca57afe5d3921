import { normalDuration } from './duration';
import type { NormalForm } from './normalForm';
import { mapText, recordOf } from './shape';

const durations = ['interval', 'timeout', 'startPeriod', 'startInterval'];

/** The health check, with its durations as the provider reads them back. */
export const healthcheck: NormalForm = {
  rewrites: ['healthcheck'],
  reads: [],
  normal: ({ healthcheck: given }) => {
    const check = recordOf(given);
    if (check === undefined) return { healthcheck: given };
    const rewritten = durations.flatMap((name) =>
      check[name] === undefined ? [] : [[name, mapText(check[name], normalDuration)] as const],
    );
    return { healthcheck: { ...check, ...Object.fromEntries(rewritten) } };
  },
};
