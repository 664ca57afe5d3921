/** Docker's own socket, where its command goes if no setting names another. */
const dockerSocket = '/var/run/docker.sock';

/**
 * The command that stands in for `docker system dial-stdio` on the host: it joins its stdin and stdout to Docker's socket, for a tenth of the
 * processor time, where the host has perl and nothing may have told `docker` to go elsewhere. In all other cases it becomes the docker
 * command. It is the host that decides, at each connection. The words that Docker adds are arguments of the inner `sh`, which reads none.
 */
export function dialCommand(socket = dockerSocket): string {
  return `sh -c 'command -v perl >/dev/null && exec perl -e "$0"; ${dockerCommand}' '${bridge(socket)}'`;
}

const dockerCommand = 'exec docker system dial-stdio';

/** The same as a function of a session's program, `dial`, which ends the shell that calls it. Warnings of the docker command are left out. */
export function dialFunction(): string {
  const quiet = 'exec docker --log-level error system dial-stdio';
  return `dial() { ! command -v perl >/dev/null || exec perl -e '${bridge(dockerSocket, quiet)}'; ${quiet}; }\n`;
}

/**
 * Lets a container be connected with a MAC address. The provider's client speaks API 1.51 at most, in which Engines ignore it; so a request that
 * has one becomes one of API 1.54, where the Engine has that. The client sends no other request before this one is answered: it begins what was read.
 */
function newerApi(socket: string): string[] {
  return [
    'sub newer {',
    '$up =~ m{^POST /v1[.]([0-9]+)/networks/[^/ ]+/connect HTTP} and $1 < 54 or return;',
    '$end = chr(13) . chr(10);',
    // On a busy host the rest may come later.
    'while (($head = index($up, $end . $end)) < 0 or $up =~ /Content-Length: ([0-9]+)/i and length($up) < $head + 4 + $1) {',
    'sysread(STDIN, $up, 65536, length($up)) or last',
    '}',
    '$up =~ /"MacAddress":"[0-9A-Fa-f]/ or return;',
    `socket(T, 1, 1, 0) and connect(T, pack("Sa108", 1, "${socket}")) or return;`,
    'send(T, "GET /_ping HTTP/1.0${end}Host: docker${end}${end}", 0) or return;',
    'for ($ping = ""; sysread(T, $ping, 4096, length($ping)); ) {}',
    'close(T);',
    '$ping =~ /Api-Version: 1[.]([0-9]+)/i and $1 >= 54 and $up =~ s{^(POST /v1[.])[0-9]+}{${1}54};',
    '}',
  ];
}

/**
 * The joining, in perl and without any of its modules, which would cost as much again. The login shell may be any (fish, csh, nushell): they
 * agree on text in single quotes only without quotes, backslashes, "!" and line breaks in it.
 */
function bridge(socket: string, otherwise = dockerCommand): string {
  return [
    '$config = "$ENV{HOME}/.docker/config.json";',
    `exec "sh", "-c", "${otherwise}"`,
    'if grep(/^DOCKER_/, keys %ENV)',
    'or -e $config and (not open(CONFIG, "<", $config) or grep(/currentContext/i, <CONFIG>))',
    // AF_UNIX, SOCK_STREAM; a socket that is not there, or that this user may not open, is the docker command's to explain.
    `or not socket(S, 1, 1, 0) or not connect(S, pack("Sa108", 1, "${socket}"));`,
    'binmode($_) for (STDIN, STDOUT, S);',
    '$SIG{PIPE} = "IGNORE";',
    'for ($open = 1;;) {',
    '($r, $w) = ("", "");',
    'vec($r, fileno(S), 1) = 1;',
    // Nothing more is read before what was read is sent, and sending does not wait (MSG_DONTWAIT): neither direction can hold up the other.
    'if (length($up)) { vec($w, fileno(S), 1) = 1 } elsif ($open) { vec($r, 0, 1) = 1 }',
    'select($r, $w, undef, undef) > 0 or next;',
    'if (vec($r, fileno(S), 1)) {',
    'sysread(S, $down, 65536) or exit;',
    'while (length($down)) { $n = syswrite(STDOUT, $down) or exit; substr($down, 0, $n) = "" }',
    '}',
    'if (vec($w, fileno(S), 1)) { $n = send(S, $up, 64) or exit; substr($up, 0, $n) = "" }',
    'if (vec($r, 0, 1)) { if (sysread(STDIN, $up, 65536)) { newer() } else { $open = 0; shutdown(S, 1) } }',
    '}',
    ...newerApi(socket),
  ].join(' ');
}
