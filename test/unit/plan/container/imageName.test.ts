import { Problems } from '../../../../src/plan/argument/problem';
import { readImage } from '../../../../src/plan/container/imageName';

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
