import type { TestNic } from './nic';

/**
 * Puts an `ip` before the real one that counts its calls and fails at call number `failing` with a word of its own; gives its folder. With
 * `silent`, it succeeds there and prints nothing.
 */
export async function fakeIp(nic: TestNic, failing: number, { silent = false } = {}): Promise<string> {
  const folder = `/run/${nic.name}-bin`;
  await nic.sh(`mkdir -p ${folder} && rm -f ${folder}/calls && cat >${folder}/ip <<'EOF' && chmod +x ${folder}/ip
#!/bin/sh
echo "$*" >>${folder}/calls
[ "$(wc -l <${folder}/calls)" != ${failing} ] || ${silent ? 'exit 0' : '{ echo "no buffer space available" >&2; exit 2; }'}
exec /usr/sbin/ip "$@"
EOF`);
  return folder;
}

/** How often it was called. */
export const calls = (nic: TestNic) => nic.sh(`wc -l </run/${nic.name}-bin/calls`).then(Number);

/** The words of each call. */
export const callList = async (nic: TestNic): Promise<string[]> =>
  (await nic.sh(`cat /run/${nic.name}-bin/calls`)).split('\n');
