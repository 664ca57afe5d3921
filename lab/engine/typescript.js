/*
 * Prepares a process for one operation on a stack. It runs TypeScript, ours only: tsx would look through every file of node_modules too, which costs a
 * second of processor time. And it does without what an operation never needs.
 */
const Module = require('node:module');
const plain = Module._extensions['.js'];
require('tsx/cjs');
Module._extensions['.js'] = plain;

// Pulumi's SDK keeps a stack for each of its promises, and to map these through source maps costs an operation up to a second.
process.setSourceMapsEnabled(false);

// It also loads a compiler and a package manager, for programs that turn functions into text: a third of a second.
const seldom = new Set(['typescript', '@npmcli/arborist']);
const load = Module._load;
Module._load = (request, parent, isMain) => {
  if (!seldom.has(request) || !parent?.path.includes('@pulumi')) return load(request, parent, isMain);
  const loaded = () => load(request, parent, isMain);
  // As a module that was compiled from ES modules, so that an import does not ask for all its names.
  return new Proxy(
    {},
    { get: (_, name) => (name === '__esModule' ? true : name === 'default' ? loaded() : loaded()[name]) },
  );
};
