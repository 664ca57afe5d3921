import { fetchHostPackages } from '../lab/hostPackage';
import { managerPackages } from '../test/e2e/managerPackages';

/** Fetches what some tests unpack on hosts of a lab, whose wire leads nowhere. `npm test` does it before it starts its lab. */
fetchHostPackages(managerPackages).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
