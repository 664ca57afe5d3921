import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A folder in front of PATH, anew for each test of a file: its programs stand for those of this machine, and of a host. */
export class ProgramsOnPath {
  private at = '';

  constructor() {
    const ownPath = process.env.PATH ?? '';
    beforeEach(() => {
      this.at = mkdtempSync(join(tmpdir(), 'vlan-trunk-programs-'));
      process.env.PATH = `${this.at}${delimiter}${ownPath}`;
    });
    afterEach(() => {
      process.env.PATH = ownPath;
      rmSync(this.at, { recursive: true, force: true });
    });
  }

  get folder(): string {
    return this.at;
  }

  /** Makes a program for sh, or replaces it. */
  make(name: string, script: string): void {
    const file = join(this.at, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
}
