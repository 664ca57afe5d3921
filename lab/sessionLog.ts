/*
 * Command lines that make a host's sshd write down the command of each session, which its own log does not name. Each session then costs the
 * host one more shell.
 */

/** The file that they are written to. */
export const sessionLog = '/run/lab.sessions';
const program = '/usr/local/bin/lab-session';
const settings = '/etc/ssh/sshd_config.d/lab-sessions.conf';
const reload = 'systemctl reload ssh.service';

export const logSessionCommands = `cat >${program} <<'IN'
#!/bin/bash
printf '%s\\n' "\${SSH_ORIGINAL_COMMAND%%$'\\n'*}" >>${sessionLog}
exec bash -c "$SSH_ORIGINAL_COMMAND"
IN
chmod +x ${program}
echo 'ForceCommand ${program}' >${settings} && ${reload}`;

export const logNoSessionCommands = `rm -f ${settings} ${program} ${sessionLog} && ${reload}`;

/** Prints the first line of each command since the last time. */
export const takeSessionCommands = `cat ${sessionLog} 2>/dev/null; : >${sessionLog}`;

/** Whether a session is one of the docker provider's connections. */
export const isDockerSession = (command: string): boolean => command.includes('dial-stdio');
