import importX from 'eslint-plugin-import-x';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The floors of src/plan: a room may import the rooms named beside it, and no other. */
const planRooms = {
  argument: [],
  ip: ['argument'],
  ssh: ['argument', 'ip'],
  reach: ['argument', 'ip'],
  link: ['argument', 'ip'],
  network: ['argument', 'ip', 'link'],
  container: ['argument', 'ip', 'link', 'network'],
  shim: ['argument', 'ip', 'link', 'network'],
  layout: ['argument', 'ip', 'link', 'network', 'container', 'shim'],
};

/** The house rule: components -> host, plan; host -> plan; plan -> nothing. */
const houseRule = {
  'import-x/no-cycle': 'error',
  'import-x/no-restricted-paths': [
    'error',
    {
      zones: [
        { target: './src/plan', from: './src', except: ['./plan'], message: 'src/plan imports nothing of ours.' },
        {
          target: './src/host',
          from: './src',
          except: ['./host', './plan'],
          message: 'src/host imports only src/plan.',
        },
        ...Object.entries(planRooms).map(([room, below]) => ({
          target: `./src/plan/${room}`,
          from: './src/plan',
          except: [room, ...below].map((name) => `./${name}`),
          message: `src/plan/${room} imports only ${below.length === 0 ? 'itself' : below.join(', ')}.`,
        })),
        { target: './src', from: './lab', message: 'The package never imports the lab.' },
        { target: './src', from: './test', message: 'The package never imports its tests.' },
        { target: './src', from: './bench', message: 'The package never imports its bench.' },
      ],
    },
  ],
};

const noPulumi = (message) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: ['@pulumi/*'], message }] }],
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'examples/*/node_modules/', 'coverage/'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    // Without these the rules below resolve no import of a .ts file, and find nothing.
    settings: {
      'import-x/extensions': ['.ts', '.mts', '.js', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.mts'] },
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.mts', '.js', '.mjs', '.json'] })],
    },
    rules: {
      ...houseRule,
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/plan/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@pulumi/*'], message: 'src/plan is free of Pulumi.' },
            { group: ['node:*', 'fs', 'child_process', 'net', 'os', 'path'], message: 'src/plan does no I/O.' },
          ],
        },
      ],
    },
  },
  { files: ['src/host/**'], rules: noPulumi('Only src/components knows Pulumi.') },
  {
    // `new Component(...)` for its effect is how Pulumi programs are written; jest's `describe` callbacks likewise.
    files: ['examples/**', 'test/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  prettier,
);
