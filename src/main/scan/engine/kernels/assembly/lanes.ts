/** @file Rows whose length is no multiple of four: the last lanes are read and written one by one. */
/** Up to three values; the other lanes hold `rest`. */
export function loadTail(at: usize, count: usize, rest: f32): v128 {
  let four = f32x4.splat(rest);
  four = f32x4.replace_lane(four, 0, load<f32>(at));
  if (count > 1) four = f32x4.replace_lane(four, 1, load<f32>(at, 4));
  if (count > 2) four = f32x4.replace_lane(four, 2, load<f32>(at, 8));
  return four;
}

export function storeTail(at: usize, count: usize, four: v128): void {
  store<f32>(at, f32x4.extract_lane(four, 0));
  if (count > 1) store<f32>(at, f32x4.extract_lane(four, 1), 4);
  if (count > 2) store<f32>(at, f32x4.extract_lane(four, 2), 8);
}

export function sumOf(four: v128): f32 {
  return (
    f32x4.extract_lane(four, 0) +
    f32x4.extract_lane(four, 1) +
    (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3))
  );
}

export function maxOf(four: v128): f32 {
  const two = f32x4.pmax(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(two, v128.shuffle<f32>(two, two, 1, 0, 3, 2)), 0);
}
