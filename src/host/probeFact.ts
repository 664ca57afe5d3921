const marker = 'vlan-trunk-probe ';

/** One line of probe.sh's output, without its marker: the name of a fact and its value. */
export interface ProbeFact {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads the output of probe.sh. Lines without the marker come from a login shell or another program and are skipped. `undefined` if the
 * last fact is missing: then the script did not run, or not to its end.
 */
export function readProbeFacts(stdout: string): ProbeFact[] | undefined {
  const facts = stdout
    .split('\n')
    .filter((line) => line.startsWith(marker))
    .map((line) => {
      const [name = '', ...words] = line.slice(marker.length).split(' ');
      return { name, value: words.join(' ') };
    });
  return facts.some(({ name }) => name === 'end') ? facts.filter(({ name }) => name !== 'end') : undefined;
}

/** An output without its facts: what a login shell or another program has printed. */
export function withoutFacts(stdout: string): string {
  return stdout
    .split('\n')
    .filter((line) => !line.startsWith(marker))
    .join('\n');
}

/** The values of all facts of this name, in order. */
export function factValues(facts: readonly ProbeFact[], name: string): string[] {
  return facts.flatMap((fact) => (fact.name === name ? [fact.value] : []));
}
