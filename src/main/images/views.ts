/**
 * @file A trunk's inputs, cut from one decoded picture. View 0 is canonical; the rest are SimCLR's transforms (random resized
 * crop, flip, colour jitter, grey) [1]. Each view's numbers come from (seed, content, view) alone, so a resumed run gets the
 * same views as an undisturbed one, and copies of a photo get equal views.
 *
 * Brightness, contrast, saturation, hue and grey are all linear in the colour, so a view's jitter is one 3 × 4 matrix, applied
 * with the normalisation while the crop is resampled: a view costs about 2 ms on one core, with no decode of its own.
 *
 * [1] Chen et al., A Simple Framework for Contrastive Learning of Visual Representations, ICML 2020, appendix A.
 */
import { createRandom, deriveSeed, type Random } from '@shared/random';

/** Decoded pixels: RGB, 8 bits a channel, row by row, sRGB, as displayed. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** What a trunk wants to be fed. */
export interface TrunkInput {
  /** Side of the square picture, in pixels. */
  size: number;
  /** Per channel, of values 0–1. */
  mean: readonly number[];
  std: readonly number[];
}

interface ViewSpec {
  left: number;
  top: number;
  width: number;
  height: number;
  isFlipped: boolean;
  /** Rows of [red, green, blue, constant] on values 0–255; null changes nothing. */
  colour: Float64Array | null;
}

/**
 * Writes one view of a picture, normalised for the trunk.
 *
 * @param viewIndex 0 is canonical.
 * @param seed The library's seed.
 * @param out Receives [3, size, size] from `offset` on.
 */
export function writeView(
  picture: Picture,
  viewIndex: number,
  { contentHash, seed }: { contentHash: string; seed: number },
  input: TrunkInput,
  out: Float32Array,
  offset: number,
): void {
  const spec =
    viewIndex === 0
      ? canonicalSpec(picture)
      : randomSpec(picture, createRandom(deriveSeed(seed, 'view', contentHash, viewIndex)));
  resample(picture, spec, input, out, offset);
}

/** The whole middle square: the usual margin of an eighth costs small pictures .04 of their neighbours' purity (docs/decisions/features-and-views.md). */
function canonicalSpec({ width, height }: Picture): ViewSpec {
  const side = Math.min(width, height);
  const left = Math.round((width - side) / 2);
  const top = Math.round((height - side) / 2);
  return { left, top, width: side, height: side, isFlipped: false, colour: null };
}

function randomSpec(picture: Picture, random: Random): ViewSpec {
  const crop = randomCrop(picture, random);
  const isFlipped = random.uniform() < 0.5;
  let colour = random.uniform() < 0.8 ? jitterMatrix(picture, random) : null;
  if (random.uniform() < 0.2) colour = multiply(saturationMatrix(0), colour ?? identity());
  return { ...crop, isFlipped, colour };
}

/**
 * A crop of 0.5–1 of the area and an aspect of 3/4–4/3 of square. SimCLR's 0.2–1 often shows a part that says nothing of the whole, and
 * these features are not trained on the crops, only adjusted by them.
 */
function randomCrop({ width, height }: Picture, random: Random): Pick<ViewSpec, 'left' | 'top' | 'width' | 'height'> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = width * height * (0.5 + 0.5 * random.uniform());
    const aspect = Math.exp(Math.log(3 / 4) + 2 * Math.log(4 / 3) * random.uniform());
    const cropWidth = Math.sqrt(area * aspect);
    const cropHeight = Math.sqrt(area / aspect);
    const x = random.uniform();
    const y = random.uniform();
    if (cropWidth <= width && cropHeight <= height) {
      return { left: (width - cropWidth) * x, top: (height - cropHeight) * y, width: cropWidth, height: cropHeight };
    }
  }
  // A panorama too long for any of the ten: a square of its full height, somewhere.
  const side = Math.min(width, height);
  return {
    left: (width - side) * random.uniform(),
    top: (height - side) * random.uniform(),
    width: side,
    height: side,
  };
}

/** Brightness, contrast and saturation by up to ±40 %, hue by up to ±36°, in random order. */
function jitterMatrix(picture: Picture, random: Random): Float64Array {
  const between = (spread: number): number => 1 - spread + 2 * spread * random.uniform();
  const grey = meanLuma(picture);
  const steps = [
    scaleMatrix(between(0.4), 0),
    contrastMatrix(between(0.4), grey),
    saturationMatrix(between(0.4)),
    hueMatrix((random.uniform() - 0.5) * 0.4 * Math.PI),
  ];
  random.shuffle(steps);
  return steps.reduce((matrix, step) => multiply(step, matrix), identity());
}

const LUMA = [0.299, 0.587, 0.114] as const;

function identity(): Float64Array {
  return scaleMatrix(1, 0);
}

function scaleMatrix(scale: number, constant: number): Float64Array {
  return Float64Array.of(scale, 0, 0, constant, 0, scale, 0, constant, 0, 0, scale, constant);
}

function contrastMatrix(factor: number, mean: number): Float64Array {
  return scaleMatrix(factor, (1 - factor) * mean);
}

function saturationMatrix(factor: number): Float64Array {
  const [r, g, b] = LUMA.map((weight) => weight * (1 - factor)) as [number, number, number];
  return Float64Array.of(r + factor, g, b, 0, r, g + factor, b, 0, r, g, b + factor, 0);
}

/** Rotation about the grey axis (1, 1, 1), by Rodrigues' formula. */
function hueMatrix(angle: number): Float64Array {
  const cos = Math.cos(angle);
  const third = (1 - cos) / 3;
  const sin = Math.sin(angle) / Math.sqrt(3);
  const same = cos + third;
  return Float64Array.of(
    same,
    third - sin,
    third + sin,
    0,
    third + sin,
    same,
    third - sin,
    0,
    third - sin,
    third + sin,
    same,
    0,
  );
}

/** The matrix that applies `first`, then `second`. */
function multiply(second: Float64Array, first: Float64Array): Float64Array {
  const product = new Float64Array(12);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 4; column++) {
      let sum = column === 3 ? (second[row * 4 + 3] as number) : 0;
      for (let k = 0; k < 3; k++) sum += (second[row * 4 + k] as number) * (first[k * 4 + column] as number);
      product[row * 4 + column] = sum;
    }
  }
  return product;
}

/** Mean brightness from every 16th pixel or so: contrast turns about it. */
function meanLuma({ data }: Picture): number {
  const step = data.length > 3 * 4096 ? 3 * 17 : 3;
  let sum = 0;
  let count = 0;
  for (let i = 0; i + 2 < data.length; i += step) {
    sum += LUMA[0] * (data[i] as number) + LUMA[1] * (data[i + 1] as number) + LUMA[2] * (data[i + 2] as number);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Where each output pixel of one axis takes its input from: `taps` weights from `starts[i]` on. */
interface Axis {
  taps: number;
  starts: Int32Array;
  weights: Float32Array;
}

/** Triangle filter, widened when shrinking so that nothing aliases. */
function axisFor(from: number, length: number, limit: number, size: number, isFlipped: boolean): Axis {
  const scale = length / size;
  const support = Math.max(1, scale);
  const isExact = scale === 1 && Number.isInteger(from);
  const taps = isExact ? 1 : Math.min(limit, Math.ceil(support * 2));
  const starts = new Int32Array(size);
  const weights = new Float32Array(size * taps);
  for (let i = 0; i < size; i++) {
    const centre = from + (i + 0.5) * scale - 0.5;
    const start = Math.min(Math.max(0, isExact ? centre : Math.floor(centre - support) + 1), limit - taps);
    const target = isFlipped ? size - 1 - i : i;
    starts[target] = start;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = Math.max(0, 1 - Math.abs(start + tap - centre) / support);
      weights[target * taps + tap] = weight;
      sum += weight;
    }
    // Beyond an edge only the edge pixel is left.
    if (sum <= 0) {
      weights[target * taps + (centre < start ? 0 : taps - 1)] = 1;
      sum = 1;
    }
    for (let tap = 0; tap < taps; tap++) (weights[target * taps + tap] as number) /= sum;
  }
  return { taps, starts, weights };
}

/** Rows of the horizontal pass, kept between calls: one thread writes one view at a time. */
let rows = new Float32Array(0);

function resample(
  picture: Picture,
  spec: ViewSpec,
  { size, mean, std }: TrunkInput,
  out: Float32Array,
  offset: number,
): void {
  const { width, data } = picture;
  const horizontal = axisFor(spec.left, spec.width, width, size, spec.isFlipped);
  const vertical = axisFor(spec.top, spec.height, picture.height, size, false);
  const firstRow = vertical.starts[0] as number;
  const lastRow = (vertical.starts[size - 1] as number) + vertical.taps;
  const needed = (lastRow - firstRow) * size * 3;
  if (rows.length < needed) rows = new Float32Array(needed);
  const buffer = rows;

  const { taps, starts, weights } = horizontal;
  for (let y = firstRow, at = 0; y < lastRow; y++) {
    const rowStart = y * width;
    for (let x = 0; x < size; x++, at += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let i = (rowStart + (starts[x] as number)) * 3;
      for (let tap = 0, w = x * taps; tap < taps; tap++, w++, i += 3) {
        const weight = weights[w] as number;
        red += weight * (data[i] as number);
        green += weight * (data[i + 1] as number);
        blue += weight * (data[i + 2] as number);
      }
      buffer[at] = red;
      buffer[at + 1] = green;
      buffer[at + 2] = blue;
    }
  }

  const m = spec.colour;
  const plane = size * size;
  const scale = std.map((value) => 1 / (255 * value)) as [number, number, number];
  const shift = mean.map((value, channel) => value / (std[channel] as number)) as [number, number, number];
  for (let y = 0; y < size; y++) {
    const start = ((vertical.starts[y] as number) - firstRow) * size * 3;
    const weightStart = y * vertical.taps;
    for (let x = 0; x < size; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let i = start + x * 3;
      for (let tap = 0; tap < vertical.taps; tap++, i += size * 3) {
        const weight = vertical.weights[weightStart + tap] as number;
        red += weight * (buffer[i] as number);
        green += weight * (buffer[i + 1] as number);
        blue += weight * (buffer[i + 2] as number);
      }
      if (m) {
        const r = red;
        const g = green;
        const b = blue;
        red = clamp((m[0] as number) * r + (m[1] as number) * g + (m[2] as number) * b + (m[3] as number));
        green = clamp((m[4] as number) * r + (m[5] as number) * g + (m[6] as number) * b + (m[7] as number));
        blue = clamp((m[8] as number) * r + (m[9] as number) * g + (m[10] as number) * b + (m[11] as number));
      }
      const at = offset + y * size + x;
      out[at] = red * scale[0] - shift[0];
      out[at + plane] = green * scale[1] - shift[1];
      out[at + 2 * plane] = blue * scale[2] - shift[2];
    }
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
