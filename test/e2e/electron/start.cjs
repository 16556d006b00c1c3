/** @file Electron's own start for `electron <app folder> …`, which the fetched Electron 22 came without: polyfills, then the product. */
const { app } = require('electron');

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
app.setAppPath(folder);
require('./polyfills.cjs');
require('./product.cjs');
