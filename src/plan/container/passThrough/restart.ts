import type { NormalForm } from './normalForm';

const limited = /^on-failure:(\d{1,9})$/;

/** `on-failure:3`, as `docker run` and Compose take it, is `on-failure` with a `maxRetryCount` of 3. */
export const restartPolicy: NormalForm = {
  rewrites: ['restart', 'maxRetryCount'],
  reads: [],
  normal: ({ restart, maxRetryCount }) => {
    const times = typeof restart === 'string' ? limited.exec(restart)?.[1] : undefined;
    // Two counts that differ are passed on unchanged, so that the provider refuses them.
    if (times === undefined || (maxRetryCount ?? Number(times)) !== Number(times)) return { restart, maxRetryCount };
    return { restart: 'on-failure', maxRetryCount: Number(times) };
  },
};
