/** Progress goes to stderr: what a command prints on stdout stays usable by a pipe. */
const out = process.stderr;

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** One line of news. */
export function note(text: string): void {
  out.write(`  ${text}\n`);
}

export interface StepOptions {
  /** An honest guess, shown for what takes minutes. */
  aboutMinutes?: number;
}

/** Prints what is being done, repeats it while it lasts, and prints how long it took. */
export async function step<T>(label: string, work: () => Promise<T>, options: StepOptions = {}): Promise<T> {
  const { aboutMinutes = 0 } = options;
  const since = Date.now();
  const guess = aboutMinutes >= 1 ? ` (about ${aboutMinutes} min)` : '';
  out.write(`· ${label}${guess}\n`);
  // On a terminal the same line counts; in a log a line every 30 s shows that it is alive without filling it.
  const timer = out.isTTY
    ? setInterval(() => out.write(`\r  ${seconds(since)}${guess} `), 1_000)
    : setInterval(() => out.write(`  still: ${label}, ${seconds(since)}${guess}\n`), 30_000);
  const end = (mark: string) => {
    clearInterval(timer);
    out.write(`${out.isTTY ? '\r' : ''}${mark} ${label}: ${seconds(since)}\n`);
  };
  try {
    const result = await work();
    end('✓');
    return result;
  } catch (error) {
    end('✗');
    throw error;
  }
}
