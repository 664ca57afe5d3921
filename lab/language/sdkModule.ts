import { execFile } from 'node:child_process';

/**
 * The file of a module of the SDK that a program has installed, as node finds it from the program's own folder: the program runs on
 * its own SDK, whatever is installed beside this language host. Throws a sentence for the user where it is not installed.
 */
export function findSdkModule(module: string, folder: string, installCommand: string): Promise<string> {
  const script = 'console.log(require.resolve(process.argv[1]))';
  return new Promise((found, failed) => {
    execFile('node', ['-e', script, module], { cwd: folder }, (error, stdout, stderr) => {
      if (error === null) found(stdout.trim());
      else if (!stderr.includes('MODULE_NOT_FOUND')) failed(new Error(stderr === '' ? error.message : stderr));
      else failed(new Error(`It looks like the Pulumi SDK has not been installed. Have you run ${installCommand}?`));
    });
  });
}
