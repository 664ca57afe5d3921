import { onHost } from '../../lab/lab';
import { checkAttachments } from '../../src/plan/container/container';
import { onEngines } from './onEngines';

/** What the checks refuse of a container in the network namespace of another one: Docker refuses it too, or ignores it. */

const isRefused = (ofOther: Record<string, unknown>) =>
  expect(checkAttachments({ attachments: [], ofOther })).not.toEqual([]);

onEngines('on %s, in the network namespace of another container,', { idle: 1 }, (engine) => {
  const docker = (command: string, options: string, run: string) =>
    onHost(engine.name, `docker ${command} --network container:${engine.idle[0]!.id} ${options} busybox ${run}`);

  test.each<[string, unknown, string]>([
    ['hostname', 'web', '--hostname web'],
    ['dns', ['192.0.2.53'], '--dns 192.0.2.53'],
    ['hosts', [{ host: 'a', ip: '192.0.2.1' }], '--add-host a:192.0.2.1'],
    ['ports', [{ internal: 80 }], '--publish 80'],
    ['publishAllPorts', true, '--publish-all'],
  ])('%s is refused', async (name, value, option) => {
    isRefused({ [name]: value });
    const { code, stderr } = await docker('create', option, 'true');
    expect(code).not.toBe(0);
    expect(stderr).toContain('conflicting options');
  });

  test.each<[string, unknown, string]>([
    ['dnsOpts', ['ndots:7'], '--dns-option ndots:7'],
    ['dnsSearches', ['wanted.example'], '--dns-search wanted.example'],
    ['domainname', 'wanted.example', '--domainname wanted.example'],
  ])('%s is ignored', async (name, value, option) => {
    isRefused({ [name]: value });
    const look = "sh -c 'cat /etc/resolv.conf /proc/sys/kernel/domainname; hostname -f'";
    const { code, stdout } = await docker('run --rm', option, look);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/ndots:7|wanted\.example/);
  });

  test('a kernel setting of the network is that of all who live in it', async () => {
    expect(
      checkAttachments({ attachments: [], ofOther: {}, sysctls: { 'net.ipv4.ip_default_ttl': '77' } }),
    ).not.toEqual([]);
    const { code } = await docker('run --rm', '--sysctl net.ipv4.ip_default_ttl=77', 'true');
    const seen = await engine.sh(`docker exec ${engine.idle[0]!.id} cat /proc/sys/net/ipv4/ip_default_ttl`);
    expect([code, seen]).toEqual([0, '77']);
  });
});
