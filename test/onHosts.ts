/** Real hosts and a real engine, on a machine that may be busy: bounded, but not tight. */
jest.setTimeout(1_800_000);
