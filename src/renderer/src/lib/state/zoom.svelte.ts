const MAX_SCALE = 8;
const STEP = 1.5;

/** Scale and place of a picture in its frame: 1 fits, the point under the pointer stays under it. Lengths in CSS pixels. */
export class Zoom {
  scale = $state(1);
  x = $state(0);
  y = $state(0);
  readonly isZoomed = $derived(this.scale > 1);

  reset(): void {
    this.scale = 1;
    this.x = 0;
    this.y = 0;
  }

  in(): void {
    this.to(this.scale * STEP);
  }

  out(): void {
    this.to(this.scale / STEP);
  }

  /** @param from The point that stays, from the middle of the frame. */
  to(scale: number, from = { x: 0, y: 0 }): void {
    const next = Math.min(MAX_SCALE, Math.max(1, scale));
    const ratio = next / this.scale;
    this.x = from.x - (from.x - this.x) * ratio;
    this.y = from.y - (from.y - this.y) * ratio;
    this.scale = next;
    if (next === 1) this.reset();
  }

  pan(dx: number, dy: number): void {
    if (!this.isZoomed) return;
    this.x += dx;
    this.y += dy;
  }

  /** Keeps part of the picture in the frame. */
  limit(frame: { width: number; height: number }): void {
    const maxX = (frame.width * (this.scale - 1)) / 2;
    const maxY = (frame.height * (this.scale - 1)) / 2;
    this.x = Math.min(maxX, Math.max(-maxX, this.x));
    this.y = Math.min(maxY, Math.max(-maxY, this.y));
  }
}
