import type * as tf from '@tensorflow/tfjs';

/** TF.js as a value, so that each engine can hand out its own copy of the library. */
export type TensorFlow = typeof tf;
