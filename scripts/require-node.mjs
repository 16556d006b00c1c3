/** @file Imported first by every script: on a Node that is too old it says so, and nothing else is loaded. The same rule as in src/main/node-version.ts. */
const MIN_MAJOR = 22;

if (Number(process.versions.node.split('.')[0]) < MIN_MAJOR) {
  process.stderr.write(
    `Kindred needs Node ${MIN_MAJOR} or newer and this is Node ${process.versions.node}. Start it with npm: npm start, or npm run kindred.\n`,
  );
  process.exit(1);
}
