/** `tsx lab/engine/prepare.ts`: makes engine and plugins ready, outside of the lab, where the registries are in reach. */
import { ensureEngine } from './engine';

ensureEngine().then(
  ({ line }) => console.log(line),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
