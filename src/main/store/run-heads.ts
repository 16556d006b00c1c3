import { z } from 'zod';

import type { Db } from './open-database';

/** The head of a run: what a photo's features say about its groups. */
export interface RunHead {
  runId: number;
  featureModelId: number;
  /** D. */
  width: number;
  /** The group of each row, as it was when the run ended. */
  groupIds: string[];
  /** Shape: [G, D]. */
  weights: Float32Array;
  /** Shape: [G]. */
  biases: Float32Array;
  numUnits: number;
  /** Share of photos that were unsure or in no group then. */
  miscShare: number;
  /** Of the learning that made it: see LEARNING_VERSION. */
  learningVersion: number;
}

/** One head per run, so that corrections and new photos need no training. Written by the pipeline worker alone. */
export class RunHeadStore {
  constructor(private readonly db: Db) {}

  put(head: RunHead): void {
    this.db
      .prepare(
        `INSERT OR REPLACE INTO run_heads (run_id, feature_model_id, width, group_ids, weights, biases, num_units, misc_share, learning_version)
         VALUES (@runId, @featureModelId, @width, @groupIds, @weights, @biases, @numUnits, @miscShare, @learningVersion)`,
      )
      .run({
        ...head,
        groupIds: JSON.stringify(head.groupIds),
        weights: bytesOf(head.weights),
        biases: bytesOf(head.biases),
      });
  }

  /** The head of a run, or undefined where it had none (too few photos, no clear groups). */
  get(runId: number): RunHead | undefined {
    const row = this.db
      .prepare<[number], Row>(
        `SELECT run_id AS runId, feature_model_id AS featureModelId, width, group_ids AS groupIds, weights, biases,
           num_units AS numUnits, misc_share AS miscShare, learning_version AS learningVersion FROM run_heads WHERE run_id = ?`,
      )
      .get(runId);
    if (!row) return undefined;
    return {
      ...row,
      groupIds: z.array(z.string()).parse(JSON.parse(row.groupIds)),
      weights: floatsOf(row.weights),
      biases: floatsOf(row.biases),
    };
  }
}

type Row = Omit<RunHead, 'groupIds' | 'weights' | 'biases'> & { groupIds: string; weights: Buffer; biases: Buffer };

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function floatsOf(blob: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(blob).buffer);
}
