/** Random tests draw the same numbers in every run; `HOLDFAST_SEED=…` looks elsewhere. */

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['HOLDFAST_SEED'] ?? 20_261_122) });
