import { runExample } from './example';
import { forgetProjects } from './project';

/** The example whose host needs a firewall that works, as users run it. */

const host = 'n17';

afterAll(forgetProjects);

test('host-router', () =>
  runExample(
    'host-router',
    [host],
    [
      { host, to: ['192.168.75.11', '192.168.76.11'] },
      { host, container: 'charger', to: ['192.168.75.1', '192.168.76.1', '192.168.76.11'] },
      { host, container: 'panel', to: ['192.168.75.11'] },
    ],
  ));
