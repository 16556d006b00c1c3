/**
 * @file What jsdom lacks and the window has. Imported before anything of the window: Svelte asks for the motion preference at once.
 */
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};
Element.prototype.scrollTo ??= () => undefined;
Element.prototype.scrollBy ??= () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.setPointerCapture ??= () => undefined;
Element.prototype.animate ??= () => {
  const animation = { cancel: () => undefined, finished: Promise.resolve(), onfinish: null as (() => void) | null };
  setTimeout(() => animation.onfinish?.());
  return animation as unknown as Animation;
};
Element.prototype.getAnimations ??= () => [];
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
window.matchMedia ??= (query) =>
  ({
    matches: query.includes('reduce'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
