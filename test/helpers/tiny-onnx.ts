/** @file A network small enough to be written by hand: ONNX is a protocol buffer, and this writes the few fields that one needs. */

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function message(field: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

function node(operator: string, input: string, output: string): Buffer {
  return message(1, message(1, input), message(2, output), message(4, operator));
}

const FLOAT = 1;

function value(field: number, name: string, dims: readonly (number | string)[]): Buffer {
  const shape = dims.map((dim) => message(1, typeof dim === 'string' ? message(2, dim) : number(1, dim)));
  return message(field, message(1, name), message(2, message(1, number(1, FLOAT), message(2, ...shape))));
}

/**
 * A model that gives the mean of each colour channel.
 *
 * @param flat False leaves the output as [B, 3, 1, 1], which is no feature vector.
 */
export function tinyOnnx({ size = 32, flat = true } = {}): Buffer {
  const nodes = [node('GlobalAveragePool', 'pixels', flat ? 'pooled' : 'features')];
  if (flat) nodes.push(node('Flatten', 'pooled', 'features'));
  const graph = message(
    7,
    ...nodes,
    message(2, 'tiny'),
    value(11, 'pixels', ['batch', 3, size, size]),
    value(12, 'features', flat ? ['batch', 3] : ['batch', 3, 1, 1]),
  );
  return Buffer.concat([number(1, 8), graph, message(8, message(1, ''), number(2, 13))]);
}
