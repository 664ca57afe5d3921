import { Problems } from '../../../../src/plan/argument/problem';
import { readImage, referenceOf } from '../../../../src/plan/container/imageName';

const problemsOf = (image: unknown) => {
  const problems = new Problems();
  readImage(problems.at('image'), image);
  return problems.list.map(({ path, message }) => `${path}: ${message}`);
};

test.each([
  'busybox',
  'nginx:1.27-alpine',
  'library/nginx',
  'registry.example/team/app',
  'registry.example:5000/team/my_app/sub-part:V1.2',
  'localhost:5000/app',
  'Registry.Example/app',
  '[2001:db8::1]:5000/app',
  `ghcr.io/a/b@sha256:${'0'.repeat(64)}`,
  `a__b/c--d:x@sha256:${'f'.repeat(64)}`,
  `sha256:${'0'.repeat(64)}`,
])('%s is the name of an image', (image) => expect(problemsOf(image)).toEqual([]));

test.each(['', 'No Such', 'Nginx', 'nginx:', 'nginx:a b', 'a//b', '-x', 'a/b@sha256:12', 'nginx\n', 5, undefined])(
  '%j is none',
  (image) =>
    expect(problemsOf(image)).toEqual([
      expect.stringMatching(/^image: must be the name of an image, such as 'nginx:1.27', in lower case/),
    ]),
);

const zeros = `sha256:${'0'.repeat(64)}`;
test.each([
  ['busybox', 'docker.io', 'busybox', 'latest'],
  ['team/app:1.2', 'docker.io', 'team/app', '1.2'],
  ['localhost/app:1', 'localhost', 'localhost/app', '1'],
  ['registry.example:5000/team/app', 'registry.example:5000', 'registry.example:5000/team/app', 'latest'],
  ['[2001:db8::1]:5000/app', '[2001:db8::1]:5000', '[2001:db8::1]:5000/app', 'latest'],
  [`ghcr.io/a/b:1@${zeros}`, 'ghcr.io', 'ghcr.io/a/b', zeros],
])('%s is of registry %s: %s, %s', (name, registry, repository, tag) =>
  expect(referenceOf(name)).toEqual({ name, registry, repository, tag }),
);

test('an ID is of none', () => expect(referenceOf(zeros)).toBeUndefined());
