/** The element that an arrow key leads to from `current`, by where the elements really lie: the grid reflows with the window. */
export function neighborInGrid(
  elements: readonly HTMLElement[],
  current: HTMLElement,
  key: string,
): HTMLElement | null {
  const index = elements.indexOf(current);
  if (index < 0) return null;
  switch (key) {
    case 'ArrowRight':
      return elements[index + 1] ?? null;
    case 'ArrowLeft':
      return elements[index - 1] ?? null;
    case 'Home':
      return elements[0] ?? null;
    case 'End':
      return elements.at(-1) ?? null;
    case 'ArrowDown':
    case 'ArrowUp': {
      const from = current.getBoundingClientRect();
      const isDown = key === 'ArrowDown';
      const rows = elements.map((element) => ({ element, rect: element.getBoundingClientRect() }));
      const beyond = rows.filter(({ rect }) => (isDown ? rect.top > from.top + 1 : rect.top < from.top - 1));
      const rowTop = isDown
        ? Math.min(...beyond.map(({ rect }) => rect.top))
        : Math.max(...beyond.map(({ rect }) => rect.top));
      const row = beyond.filter(({ rect }) => Math.abs(rect.top - rowTop) < 1);
      row.sort((a, b) => Math.abs(a.rect.left - from.left) - Math.abs(b.rect.left - from.left));
      return row[0]?.element ?? null;
    }
    default:
      return null;
  }
}
