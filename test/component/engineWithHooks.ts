import * as pulumi from '@pulumi/pulumi';
import { recordDeclarations } from './declare';

interface Store {
  supportsResourceHooks: boolean;
  callbacks: object;
}

/**
 * A new program whose engine has resource hooks, which mocks have not. It runs none of them: a test asks the gate instead. The SDK keeps what
 * is needed for it in a store of its own.
 */
export function recordHooks(): void {
  recordDeclarations();
  Object.assign(pulumi.runtime.getMonitor() as object, { registerResourceHook: () => undefined });
  const { getStore } = jest.requireActual<{ getStore: () => Store }>('@pulumi/pulumi/runtime/state');
  const store = getStore();
  store.supportsResourceHooks = true;
  store.callbacks = {
    registerResourceHook: () => Promise.resolve(),
    registerErrorHook: () => Promise.resolve(),
    awaitStackRegistrations: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}
