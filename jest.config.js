/** One transform for every project; types are checked by `tsc`, so tests only transpile. */
const common = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
  moduleNameMapper: { '^vlan-trunk$': '<rootDir>/src/index.ts' },
};

const project = (displayName, folders, setup = []) => ({
  ...common,
  setupFilesAfterEnv: setup.map((file) => `<rootDir>/test/${file}`),
  displayName,
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
});

module.exports = {
  projects: [
    project('unit', ['unit', 'property'], ['patience.ts', 'fixedSeed.ts']),
    project('component', ['component'], ['patience.ts']),
    // The host script's programs and its style, by tools that are fetched from Debian once.
    project('awk', ['awk'], ['patience.ts']),
    // These five need the lab; `npm test` starts them inside it.
    project('script', ['script'], ['onHosts.ts']),
    project('conformance', ['conformance'], ['onHosts.ts']),
    project('e2e', ['e2e'], ['onHosts.ts']),
    project('engine', ['engine'], ['onHosts.ts']),
    project('cli', ['cli'], ['onHosts.ts']),
    // This one starts and ends labs of its own.
    project('lab', ['lab'], ['ownLab.ts']),
  ],
};
