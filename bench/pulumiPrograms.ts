import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../lab/engine/engine';
import { type StackExport, withoutComponents } from './bareState';
import type { Competitor } from './competitor';
import { plainSshOptions } from './sshConfig';
import { PulumiProject } from './pulumiProject';

/** This package, from its tarball, by the CLI alone. */
export const ours = (engine: Engine, modules: string): Competitor => ({
  name: 'ours',
  title: 'this package',
  async prepare(layout, folder) {
    return new PulumiProject(folder, engine, modules).initialize('ours', { 'bench:layout': layout });
  },
});

/** The obvious program: `pulumi/obvious.ts`. */
export const obvious = (engine: Engine, modules: string): Competitor => ({
  name: 'obvious',
  title: 'the obvious Pulumi program',
  async prepare(layout, folder) {
    const project = new PulumiProject(folder, engine, modules);
    const options = Object.entries(plainSshOptions(layout, folder)).flatMap(([key, value]) => [
      '-o',
      `${key}=${value}`,
    ]);
    return project.initialize('obvious', { 'bench:layout': layout, 'bench:sshOptions': options });
  },
});

/** A project whose program declares what a project has in its state, components aside, and whose state holds just that. */
export async function withoutOurComponents(of: PulumiProject, folder: string, engine: Engine): Promise<PulumiProject> {
  const file = join(folder, 'state.json');
  const project = new PulumiProject(folder, engine, join(of.folder, 'node_modules'));
  await project.initialize('base', {});
  await of.must('stack', 'export', '--show-secrets', '--file', file);
  const { state, resources } = withoutComponents(JSON.parse(readFileSync(file, 'utf8')) as StackExport);
  project.write('state.json', JSON.stringify(state));
  project.write('resources.json', JSON.stringify(resources));
  await project.must('stack', 'import', '--file', file);
  return project;
}
