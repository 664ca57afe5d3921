import type { NormalForm } from './normalForm';
import { mapText } from './shape';

/** `/srv//app/` is `/srv/app`: an absolute path as Docker cleans it. A relative one is Docker's to refuse. */
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
