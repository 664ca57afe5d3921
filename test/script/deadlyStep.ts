import type { TestNic } from './nic';

/** The programs by which the host script changes a host. */
const programs = ['cp', 'ln', 'mkdir', 'mv', 'rm', 'rmdir', 'systemctl'];

/**
 * Puts programs before the real ones that count what the script changes, each line of a batch of `ip` as one, and kill all of the script's
 * processes right before change number `deadly`; gives their folder.
 */
export async function deadlyStep(nic: TestNic, deadly: number): Promise<string> {
  const folder = `/run/${nic.name}-deadly`;
  await nic.sh(`mkdir -p ${folder} && cd ${folder} && rm -f changes && cat >ip <<'EOF' && chmod +x ip
#!/bin/sh
change() {
  echo >>${folder}/changes
  [ "$(wc -l <${folder}/changes)" != ${deadly} ] || kill -KILL 0
}
program=\${0##*/}
PATH=$(printf '%s' "$PATH" | sed 's|${folder}:||')
case "$program $*" in
'ip '*-batch*) while IFS= read -r line; do change; printf '%s\\n' "$line" | ip "$@" || exit; done ;;
'ip '*) exec ip "$@" ;;
*) change; exec "$program" "$@" ;;
esac
EOF
for program in ${programs.join(' ')}; do ln -sf ip $program; done`);
  return folder;
}

/** How many changes there were. */
export const changes = (nic: TestNic) => nic.sh(`cat /run/${nic.name}-deadly/changes 2>/dev/null | wc -l`).then(Number);
