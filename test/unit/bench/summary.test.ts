import { Measured } from '../../../bench/measured';
import { summarize } from '../../../bench/summary';

const host = { forks: 10, connections: 1, sessions: 1 };

test('the line for programs: ratios and differences of medians, null for what was not measured', () => {
  const measured = new Measured();
  const add = (size: string, competitor: string, operation: string, seconds: number, cpu = 1) =>
    measured.add({ size, competitor, operation }, { seconds, controllerCpu: 1, hosts: [{ ...host, cpu }] });
  add('twelve', 'ours', 'up', 26, 22);
  add('twelve', 'bash', 'up', 20, 20);
  add('twelve', 'ansible', 'up', 52);
  add('twelve', 'ours', 'noop', 4.5);
  add('twelve', 'base', 'noop', 3.25);
  add('vlans100', 'ours', 'up', 5);
  const sessions = { up: { own: 2, docker: 5 } };
  expect(
    summarize({ measured, sessions, overlaps: { small: [0.1], twelve: [0.9] }, linkScale: [], batchSeconds: [0.5] }),
  ).toEqual({
    upVsBash: null,
    up12VsBash: 1.3,
    destroyVsBash: null,
    hostCpuVsBash: 1.1,
    noopExtraSeconds: null,
    noop130ExtraSeconds: 1.25,
    vlans100ExtraSeconds: 4.5,
    ansibleUpVsOurs: 2,
    ansibleNoopVsOurs: null,
    hostsOverlap: 0.9,
    sshSessions: { up: 2, noop: null, destroy: null },
  });
});
