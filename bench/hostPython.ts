import { fetchHostPackages, type HostPackages, unpackHostPackages } from '../lab/hostPackage';
import { onHost } from '../lab/lab';

/** What Ansible's Docker modules need on a host, where the lab's hosts have no Python. */
const python: HostPackages = { name: 'python', suite: 'forky', packages: ['python3', 'python3-requests'] };

/** Before the lab, whose wire leads nowhere. */
export const fetchPython = (): Promise<string> => fetchHostPackages(python);

export async function installPython(host: string): Promise<void> {
  await unpackHostPackages(host, python);
  if ((await onHost(host, 'python3 -c "import requests, json, ssl"')).code !== 0)
    throw new Error(`no Python on ${host}`);
}
