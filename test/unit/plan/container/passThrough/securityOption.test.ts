import { allLimits } from '../../../../../src/plan/container/passThrough/kernelLimit';
import { securityOptions } from '../../../../../src/plan/container/passThrough/securityOption';

const normal = (given: Record<string, unknown>) => securityOptions.normal(given, allLimits).securityOpts;
const securityOpts = ['no-new-privileges'];

test.each([{ privileged: true }, { pidMode: 'host' }, { ipcMode: 'host' }])('%j switches SELinux off', (shared) => {
  expect(normal({ securityOpts, ...shared })).toEqual(['no-new-privileges', 'label=disable']);
  expect(normal({ securityOpts: [], ...shared })).toEqual(['label=disable']);
  expect(normal({ securityOpts: ['label=type:spc_t'], ...shared })).toEqual(['label=type:spc_t']);
  // Docker reads an option's name up to the equals sign, so this one is none to it.
  expect(normal({ securityOpts: ['label:disable'], ...shared })).toEqual(['label:disable', 'label=disable']);
});

test.each([{}, { privileged: false }, { pidMode: 'container:x' }, { ipcMode: 'private' }])('%j does not', (shared) => {
  expect(normal({ securityOpts, ...shared })).toEqual(securityOpts);
});

test('no options stay none', () => {
  expect(normal({ privileged: true })).toBeUndefined();
});
