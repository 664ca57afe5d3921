import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as typedoc from 'typedoc';

/**
 * `npm run docs`: writes docs/reference from the docstrings, a page a component and its arguments beside it. The same sources give the
 * same pages on every machine and at every commit. An argument names another folder to write to.
 */
const root = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? join(root, 'docs/reference');

/** Where types are shown that are in no component's file. */
const typesPage = 'type';

async function main(): Promise<void> {
  const app = await typedoc.Application.bootstrapWithPlugins({
    ...options(),
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: [join(root, 'src/index.ts'), ...componentFiles()],
    tsconfig: join(root, 'tsconfig.build.json'),
    basePath: root,
    readme: 'none',
    logLevel: 'Warn',
    // A link that leads nowhere is a mistake. A type that is ours alone is left out on purpose.
    validation: { notExported: false, invalidLink: true, notDocumented: false },
    treatWarningsAsErrors: true,
    outputs: [{ name: 'markdown', path: folder }],
  });
  app.converter.on(typedoc.Converter.EVENT_RESOLVE_BEGIN, ({ project }) => keepPublic(project));
  app.converter.on(typedoc.Converter.EVENT_RESOLVE_END, ({ project }) => tidy(project), -1000);
  app.renderer.on(typedoc.PageEvent.END, (page) => withTitle(page));

  const project = await app.convert();
  if (project === undefined) throw new Error('typedoc could not read the sources');
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('typedoc has something to say, see above');
  writeFileSync(join(folder, 'README.md'), indexPage(project));
}

function componentFiles(): string[] {
  const components = join(root, 'src/components');
  return readdirSync(components)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(components, name));
}

/** How a page looks. No sources, since a line's number would change all pages at every commit. */
function options(): Record<string, unknown> {
  return {
    router: 'module',
    disableSources: true,
    disableGit: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeProtected: true,
    excludeExternals: true,
    sort: ['required-first', 'source-order'],
    hidePageHeader: true,
    hideBreadcrumbs: true,
    hideGroupHeadings: true,
    useCodeBlocks: true,
    parametersFormat: 'none',
    interfacePropertiesFormat: 'table',
    classPropertiesFormat: 'table',
    tableColumnSettings: { hideInherited: true, hideModifiers: true, hideOverrides: true, hideSources: true },
    hidePageTitle: true,
  };
}

/**
 * Only what src/index.ts exports is public: on the page of the component in whose file it is, or whose arguments are in its file; else among the types.
 */
function keepPublic(project: typedoc.ProjectReflection): void {
  const modules = project.getChildrenByKind(typedoc.ReflectionKind.Module);
  const index = modules.find(({ name }) => name === 'src');
  if (index === undefined) throw new Error('src/index.ts is not among the modules');
  const isPublic = new Set(index.children?.map(({ name }) => name));
  for (const module of modules) {
    for (const child of [...(module.children ?? [])]) {
      const isElsewhere = child instanceof typedoc.ReferenceReflection;
      if (isElsewhere || !isPublic.has(child.name)) project.removeReflection(child);
      // `new Component(name, args, opts)` is said once, in the index.
      for (const one of child.getChildrenByKind(typedoc.ReflectionKind.Constructor)) project.removeReflection(one);
    }
    module.name = basename(module.name);
    if (module !== index && componentOf(module) === undefined)
      project.mergeReflections(module, modules.find((one) => hasArgumentsOf(one, module)) ?? index);
  }
  index.name = typesPage;
  if ((index.children ?? []).length === 0) project.removeReflection(index);
}

/** Leaves out what is the same on every page, and puts what a user looks for first: the component, then its arguments. */
function tidy(project: typedoc.ProjectReflection): void {
  for (const module of project.getChildrenByKind(typedoc.ReflectionKind.Module)) {
    const component = componentOf(module);
    for (const child of module.children ?? []) {
      delete child.typeHierarchy;
      delete child.extendedBy;
      if (child === component) delete child.extendedTypes;
    }
    const rank = ({ name }: { name: string }) => (name === `${component?.name ?? ''}Args` ? 0 : 1);
    for (const group of module.groups ?? []) group.children.sort((a, b) => rank(a) - rank(b));
  }
}

/** The first heading is the page's title. */
function withTitle(page: typedoc.PageEvent): void {
  const isTypes = page.model instanceof typedoc.Reflection && page.model.name === typesPage;
  const contents = withPlainText(page.contents ?? '');
  page.contents = isTypes ? `# Types\n\n${contents}` : contents.replace(/^## /, '# ');
}

/** Shows `string & {}`, which is there only for the completion in editors, as the `string` that it takes. */
function withPlainText(contents: string): string {
  return contents.replaceAll('`string` & `object`', '`string`');
}

function componentOf(module: typedoc.DeclarationReflection) {
  return module.getChildrenByKind(typedoc.ReflectionKind.Class)[0];
}

/** Whether the arguments of the component in one file are in the other. */
function hasArgumentsOf(one: typedoc.DeclarationReflection, other: typedoc.DeclarationReflection): boolean {
  const component = componentOf(one);
  return (other.children ?? []).some(({ name }) => name === `${component?.name ?? ''}Args`);
}

function indexPage(project: typedoc.ProjectReflection): string {
  const rows = project.getChildrenByKind(typedoc.ReflectionKind.Module).map((module) => {
    const component = componentOf(module);
    const link = `[${component?.name ?? 'Types'}](${module.name}.md)`;
    return component === undefined
      ? `| ${link} | What several of them take. |`
      : `| ${link} | ${firstSentence(component.comment)} |`;
  });
  return [
    '# Reference',
    '',
    'Each component with its outputs and arguments; all are made by `new Component(name, args, opts?)`. The pages come from',
    'the docstrings, by `npm run docs`, and a test holds both together.',
    '',
    '| component | what it is |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function firstSentence(comment: typedoc.Comment | undefined): string {
  const text = (comment?.summary ?? []).map((part) => part.text).join('');
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0].replaceAll(/\s+/g, ' ') ?? '';
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
