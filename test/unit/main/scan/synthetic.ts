import { createViewSet, type ViewSet } from '@main/scan/math/matrix';
import { createRandom } from '@shared/random';

/**
 * Views of made-up photos: every photo lies near the centre of its class, and every view of it moves along a few directions
 * that have nothing to do with the class (light, crop), as far as `nuisance` says.
 */
export function syntheticViews(options: {
  numPhotos: number;
  numViews: number;
  width: number;
  numClasses: number;
  nuisance: number;
  seed?: number;
}): { views: ViewSet; truth: Int32Array } {
  const { numPhotos, numViews, width, numClasses, nuisance, seed = 1 } = options;
  const fixed = createRandom(99);
  const centers = Array.from({ length: numClasses * width }, () => fixed.normal());
  const directions = Array.from({ length: 3 * width }, () => fixed.normal());
  const random = createRandom(seed);
  const views = createViewSet(numViews, numPhotos, width);
  const truth = Int32Array.from({ length: numPhotos }, (_, i) => i % numClasses);
  for (let i = 0; i < numPhotos; i++) {
    const own = Array.from({ length: width }, (_, d) => centers[truth[i]! * width + d]! + 0.5 * random.normal());
    for (let v = 0; v < numViews; v++) {
      const shifts = [random.normal(), random.normal(), random.normal()].map(
        (shift) => shift * nuisance * (v ? 1 : 0.3),
      );
      for (let d = 0; d < width; d++) {
        const moved = shifts.reduce((sum, shift, k) => sum + shift * directions[k * width + d]!, own[d]!);
        views.values[(v * numPhotos + i) * width + d] = moved + 0.1 * random.normal();
      }
    }
  }
  return { views, truth };
}
