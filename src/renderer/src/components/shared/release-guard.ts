/**
 * For the content of a menu that the right button opens. The menu appears under the pointer while the button is still down, and its library
 * takes any release over an item for a choice. So a release of the right button, or of Ctrl and a click on a Mac, chooses nothing.
 */
export function guardRelease(event: PointerEvent): void {
  if (event.button !== 0 || event.ctrlKey) event.preventDefault();
}
