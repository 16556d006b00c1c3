const KEY = 'kindred.preferences';
const THUMBNAIL_SIZES = [96, 128, 168, 216, 280] as const;
const DEFAULT_SIZE_INDEX = 2;

interface Stored {
  sizeIndex: number;
  hasDetails: boolean;
  /** Where the last export went; empty before the first. */
  destination: string;
}

function read(): Partial<Stored> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Partial<Stored>) : {};
  } catch {
    return {};
  }
}

/** How this person likes to look, kept for this device. */
export class Preferences {
  #sizeIndex = $state(clamp(read().sizeIndex ?? DEFAULT_SIZE_INDEX));
  #hasDetails = $state(read().hasDetails ?? false);
  #destination = $state(String(read().destination ?? ''));

  /** Wanted side of a thumbnail in CSS pixels. */
  get thumbnailSize(): number {
    return THUMBNAIL_SIZES[this.#sizeIndex]!;
  }

  get canEnlarge(): boolean {
    return this.#sizeIndex < THUMBNAIL_SIZES.length - 1;
  }

  get canShrink(): boolean {
    return this.#sizeIndex > 0;
  }

  resizeThumbnails(by: 1 | -1): void {
    this.#sizeIndex = clamp(this.#sizeIndex + by);
    this.#save();
  }

  /** The details panel of the photo view stays as the person left it. */
  get hasDetails(): boolean {
    return this.#hasDetails;
  }

  set hasDetails(value: boolean) {
    this.#hasDetails = value;
    this.#save();
  }

  /** Where the last export went. */
  get destination(): string {
    return this.#destination;
  }

  set destination(value: string) {
    this.#destination = value;
    this.#save();
  }

  #save(): void {
    const stored: Stored = {
      sizeIndex: this.#sizeIndex,
      hasDetails: this.#hasDetails,
      destination: this.#destination,
    };
    localStorage.setItem(KEY, JSON.stringify(stored));
  }
}

function clamp(index: number): number {
  return Math.min(Math.max(Math.trunc(index) || 0, 0), THUMBNAIL_SIZES.length - 1);
}
