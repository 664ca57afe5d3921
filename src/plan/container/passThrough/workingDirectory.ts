import type { NormalForm } from './normalForm';
import { mapText } from './shape';

/** An absolute path as Docker cleans it: `/srv//app/` is `/srv/app`. A relative one is unchanged, so that Docker refuses it. */
export function normalPath(path: string): string {
  if (!path.startsWith('/')) return path;
  const parts = path.split('/').reduce<string[]>((above, name) => {
    if (name === '' || name === '.') return above;
    return name === '..' ? above.slice(0, -1) : [...above, name];
  }, []);
  return `/${parts.join('/')}`;
}

/** The directory in which the container's command starts. */
export const workingDirectory: NormalForm = {
  rewrites: ['workingDir'],
  reads: [],
  normal: ({ workingDir }) => ({ workingDir: mapText(workingDir, normalPath) }),
};
