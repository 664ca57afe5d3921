import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, contentKey } from '../lab/cache';
import { must } from '../lab/command';
import { prepareMachine } from '../lab/machine';

/** The newest that Python 3.11 runs, and the collections that were released with it. */
const core = '2.19.14';
const collections = '12.3.0';
/** Of those collections: the modules for Docker, and what they import. */
const wanted = [
  'ansible_collections/community/docker/*',
  'ansible_collections/community/library_inventory_filtering_v1/*',
];

export const ansibleVersion = `ansible-core ${core}, community.docker of ansible ${collections}`;

const unpack = `
import fnmatch, glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if any(fnmatch.fnmatch(name, one) for one in sys.argv[3:])])
`;

/** Folder with Ansible's modules for Python, from PyPI; made once. To be run as `python3 -m ansible`, as it may lie anywhere. */
export function ansibleFolder(): Promise<string> {
  return buildOnce(
    contentKey('ansible', core, collections, ...wanted),
    `Ansible ${core} from PyPI`,
    1,
    async (target) => {
      await prepareMachine({ python3: 'python3', pip3: 'python3-pip' });
      const pip = ['python3', '-m', 'pip', '--quiet'];
      const wheels = join(target, 'wheels');
      await mkdir(wheels);
      await must([...pip, 'install', '--target', target, `ansible-core==${core}`]);
      await must([...pip, 'download', '--no-deps', '--dest', wheels, `ansible==${collections}`]);
      await must(['python3', '-c', unpack, wheels, target, ...wanted]);
      await rm(wheels, { recursive: true });
    },
  );
}
