import { parseArgs } from 'node:util';
import { runAttached } from './command';
import { ensureEngine } from './engine/engine';
import { currentLab, labDown, labUp, plug, quote, rebootHost, runInside, sshCommand, unplug, watch } from './lab';
import { hostOf, inside } from './namespace';
import { note, step } from './progress';
import { printStatus } from './status';

const usage = `npm run lab -- COMMAND

  up [--hosts N|HOST,...] [--without-docker HOST,...] [--image HOST=IMAGE,...] [--memory 1536M]
                         boot the lab: hosts n1, n2, ... on one trunk
  down                   take it down and leave nothing of it
  status                 what is up
  hosts                  its hosts as JSON: address, hostKey and privateKeyFile as \`new Host\` takes them
  exec HOST -- CMD...    run a command on a host, as root
  ssh HOST               a shell on a host
  reboot HOST            shut a host down and boot it on the same disk
  unplug HOST            take its cable out of the trunk
  plug HOST              put it back
  capture [HOST] FILTER  watch the trunk, or one host's cable, with tcpdump
  run -- CMD...          run a command of this machine on the lab's wire
  pulumi WORDS...        run Pulumi on the lab's wire, in the folder where you are, with the engine and the providers that the tests use
`;

type Command = (args: string[], rest: string[]) => Promise<number>;

const named =
  (action: (name: string) => Promise<void>): Command =>
  async ([name]) => {
    if (name === undefined) throw new Error('which host? `npm run lab status` lists them');
    await action(name);
    return 0;
  };

/** `n7=trixie,n8=trixie` as what each host boots. */
const imagesFrom = (words: string): Record<string, string> =>
  Object.fromEntries(
    words.split(',').map((word) => {
      const [host = '', ...image] = word.split('=');
      return [host, image.join('=')];
    }),
  );

/** `2` as how many hosts, `n5,n6` as which ones. */
const hostsFrom = (words: string): number | string[] => (words.startsWith('n') ? words.split(',') : Number(words));

async function up(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      hosts: { type: 'string' },
      'without-docker': { type: 'string' },
      image: { type: 'string' },
      memory: { type: 'string' },
    },
  });
  await labUp({
    ...(values.hosts === undefined ? {} : { hosts: hostsFrom(values.hosts) }),
    ...(values.image === undefined ? {} : { images: imagesFrom(values.image) }),
    ...(values.memory === undefined ? {} : { memory: values.memory }),
    withoutDocker: values['without-docker']?.split(',') ?? [],
  });
  await printStatus(currentLab());
  return 0;
}

/** A command on a host, on our own terminal. */
function onTerminal(name: string | undefined, command: string[]): Promise<number> {
  if (name === undefined) throw new Error('which host? `npm run lab status` lists them');
  const state = currentLab();
  const ssh = sshCommand(state, hostOf(state, name));
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? ['-t'] : [];
  const [program = '', ...rest] = ssh;
  return runAttached(inside(state, [program, ...terminal, ...rest, ...command]));
}

/** Pulumi on a program of the user: in the folder where npm was called, where the state is too unless they say otherwise. */
async function pulumi(words: string[], rest: string[]): Promise<number> {
  const engine = await ensureEngine();
  const folder = process.env.INIT_CWD ?? process.cwd();
  const own = { PULUMI_BACKEND_URL: `file://${folder}`, ...process.env };
  const more = rest.length > 0 ? ['--', ...rest] : [];
  return runInside([engine.pulumi, '--cwd', folder, ...words, ...more], { ...own, ...engine.env });
}

const commands: Record<string, Command> = {
  up,
  down: async () => {
    note((await labDown()) ? 'the lab is down' : 'no lab was up');
    return 0;
  },
  status: async () => {
    await printStatus(currentLab());
    return 0;
  },
  hosts: () => {
    const { hosts, privateKeyFile } = currentLab();
    const all = hosts.map(({ name, address, hostKey }) => ({ name, address, hostKey, privateKeyFile }));
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return Promise.resolve(0);
  },
  exec: ([name, ...words], rest) => onTerminal(name, [...words, ...rest].map(quote)),
  ssh: ([name]) => onTerminal(name, []),
  reboot: named((name) => step(`rebooting ${name}`, () => rebootHost(name))),
  unplug: named(unplug),
  plug: named(plug),
  capture: (words) => {
    const isHost = currentLab().hosts.some(({ name }) => name === words[0]);
    return isHost ? watch(words[0] ?? '', words.slice(1).join(' ')) : watch('br0', words.join(' '));
  },
  run: (words, rest) => runInside([...words, ...rest]),
  pulumi,
};

async function main(argv: string[]): Promise<number> {
  const [name = '', ...words] = argv;
  const command = commands[name];
  if (command === undefined) {
    process.stderr.write(usage);
    return name === '' || name === 'help' ? 0 : 2;
  }
  const split = words.indexOf('--');
  const [args, rest] = split === -1 ? [words, []] : [words.slice(0, split), words.slice(split + 1)];
  return command(args, rest);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
