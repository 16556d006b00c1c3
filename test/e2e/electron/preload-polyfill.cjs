/** @file `webUtils` for the preload of Electron 22, which still gives a dropped file its path. */
const electron = require('electron');

electron.webUtils ??= { getPathForFile: (file) => file.path ?? '' };
