import * as fc from 'fast-check';

/**
 * The same cases in every run, so that a change is what makes a test fail; FAST_CHECK_SEED chooses others, for example
 * `FAST_CHECK_SEED=$RANDOM npm run unit`.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 802_1) });
