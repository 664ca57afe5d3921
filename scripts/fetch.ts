import { fetchHostPackages } from '../lab/hostPackage';
import { managerPackages } from '../test/e2e/managerPackages';

/** Fetches what some tests unpack on hosts of a lab, whose wire leads nowhere. As `npm test` does. */
fetchHostPackages(managerPackages).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
