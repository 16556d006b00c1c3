import type { Matrix, PackedMatrix } from '../math/matrix';

export interface UnitInput {
  /** Hash of the file's bytes. Shape: [N]. */
  contentHashes: readonly (string | null)[];
  /** Perceptual hash, 8 bytes, null where there is none. Shape: [N]. */
  perceptualHashes: readonly (Uint8Array | null)[];
  /** When it was taken, in ms since 1970 by the camera's clock; null where the file does not say. Shape: [N]. */
  takenAtMs: readonly (number | null)[];
  /** Make and model, null where unknown. Shape: [N]. */
  cameras: readonly (string | null)[];
  /** Folder and file name without extension; photos with an equal key are one RAW+JPEG or Live pair. Shape: [N]. */
  pairKeys?: readonly (string | null)[];
  /** Trunk features of the canonical view. Shape: [N, D]. */
  features: Matrix | PackedMatrix;
}

/** Cosine limits, from the trunk's own scale: how alike two photos picked at random can be (99.9th percentile of pairs). */
export interface CosineLimits {
  /** For shots seconds apart, and for pictures whose perceptual hashes nearly agree. */
  near: number;
  /** For shots within a minute. */
  far: number;
  /** For a member and the medoid of its unit. */
  chain: number;
}
