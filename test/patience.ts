/** Only a bound: of the tests without a lab the longest takes seconds, and a machine may be slow and busy. */
jest.setTimeout(120_000);
