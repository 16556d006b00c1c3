import type { Engine } from '../engine/engine';
import { multiplyShort, stepFor } from './exact-product';
import { openKernels } from '../engine/kernels/open-kernels';
import { createMatrix, release } from './matrix';

/** The two products of a training step, the same on every engine. Fast rather than precise: numbers are rounded to about ten bits. */
export interface LinearLayer {
  /** The batch: write its rows here before each step. Shape: [B, D]. */
  inputs: Float32Array;
  /**
   * inputs · weights. Rounds the inputs in place.
   *
   * @param weights Shape: [D, W].
   * @returns Shape: [B, W].
   */
  forward(weights: Float32Array): Promise<Float32Array>;
  /**
   * inputsᵀ · gradient, for the inputs of the last `forward`.
   *
   * @param gradient With respect to the outputs. Shape: [B, W].
   * @returns With respect to the weights. Shape: [D, W].
   */
  backward(gradient: Float32Array): Promise<Float32Array>;
}

export interface LayerShape {
  /** B. */
  numRows: number;
  /** D. */
  width: number;
  /** W. */
  numOutputs: number;
}

/** Rows of the longest sum: more would leave fewer bits to each number. */
const MOST_ROWS = 1024;

/** Most steps in the norm of a row of inputs; both products read them. */
const MOST_STEPS_OF_INPUTS = 2 ** 10;

/** Most steps in the norm of a column of weights or of the gradient. */
const MOST_STEPS = 2 ** 11;

/** Half of what single precision counts to: rounding makes a norm a little longer. */
const MOST_STEPS_OF_SUM = 2 ** 23;

/** See [Note: Exact products]. The weights get one step for each of their columns, and so does the gradient. */
export function createLinearLayer(engine: Engine, { numRows, width, numOutputs }: LayerShape): LinearLayer {
  const blockRows = Math.min(numRows, MOST_ROWS);
  const { kernels, at, views } = openKernels({
    ...{ inputs: numRows * width, weights: width * numOutputs, gradient: blockRows * numOutputs },
    ...{ squares: Math.max(width, numOutputs), rounders: Math.max(width, numOutputs) },
  });
  let inputStep = 1;

  const roundInputs = (): void => {
    const largest = kernels.sumSquares(numRows, width, at.inputs, at.squares);
    inputStep = stepFor(Math.sqrt(largest), MOST_STEPS_OF_INPUTS);
    views.rounders.fill(1.5 * 2 ** 23 * inputStep, 0, width);
    kernels.roundColumns(numRows, width, at.inputs, at.rounders);
  };
  const roundOutputs = (name: 'weights' | 'gradient', rows: number, mostSteps: number): void => {
    kernels.sumSquares(rows, numOutputs, at[name], at.squares);
    for (let c = 0; c < numOutputs; c++) {
      views.rounders[c] = 1.5 * 2 ** 23 * stepFor(Math.sqrt(views.squares[c]!), mostSteps);
    }
    kernels.roundColumns(rows, numOutputs, at[name], at.rounders);
  };
  const backwardBlock = async (gradient: Float32Array, start: number): Promise<Float32Array> => {
    const rows = Math.min(blockRows, numRows - start);
    const from = 4 * start * width;
    kernels.sumSquares(rows, width, at.inputs + from, at.squares);
    const longest = Math.sqrt(views.squares.subarray(0, width).reduce((most, square) => Math.max(most, square), 0));
    views.gradient.set(gradient.subarray(start * numOutputs, (start + rows) * numOutputs));
    roundOutputs('gradient', rows, Math.min(MOST_STEPS, MOST_STEPS_OF_SUM / Math.max(1, longest / inputStep)));
    const inputs = createMatrix(rows, width, views.inputs.subarray(start * width, (start + rows) * width));
    const slopes = createMatrix(rows, numOutputs, views.gradient.subarray(0, rows * numOutputs));
    return multiplyShort(engine, inputs, slopes, { transposeA: true });
  };

  return {
    inputs: views.inputs,
    forward(weights) {
      roundInputs();
      views.weights.set(weights);
      roundOutputs('weights', width, MOST_STEPS);
      const inputs = createMatrix(numRows, width, views.inputs);
      return multiplyShort(engine, inputs, createMatrix(width, numOutputs, views.weights));
    },
    async backward(gradient) {
      const sum = await backwardBlock(gradient, 0);
      for (let start = blockRows; start < numRows; start += blockRows) {
        const part = await backwardBlock(gradient, start);
        for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
        release(part);
      }
      return sum;
    },
  };
}
