/** better-sqlite3 needs it; on an older one the program would crash without a word. */
const MIN_MAJOR = 22;

/** @param version As in `process.versions.node`. @returns One sentence for the person, or null when all is well. */
export function nodeProblem(version: string): string | null {
  if (Number(version.split('.')[0]) >= MIN_MAJOR) return null;
  return `Kindred needs Node ${MIN_MAJOR} or newer and this is Node ${version}. In a checkout, start it with npm: npm start, or npm run kindred.`;
}

/** Ends the program on a Node that is too old. Entries call it before they load anything else. */
export function requireNode(): void {
  const problem = nodeProblem(process.versions.node);
  if (problem === null) return;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
