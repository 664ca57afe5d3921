/** Each test may boot hosts, which takes ten seconds, or minutes where the machine is slow and busy. */
jest.setTimeout(900_000);
