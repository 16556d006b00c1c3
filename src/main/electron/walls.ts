import type { App, Session, WebContents } from 'electron';

/** Schemes that lead to the network. The content security policy forbids them too; this holds where a policy would fail. */
const FOREIGN = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'];

/** Lets nothing of a session reach the network, and grants no permission. */
export function wallIn(session: Session): void {
  session.webRequest.onBeforeRequest({ urls: FOREIGN }, (_details, decide) => decide({ cancel: true }));
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Keeps every page where it is: no other address, no other window, no frame with another program in it, no packets outside of a proxy. */
function wallInContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Before the app is ready: what Chromium would ask of the network by itself is off, and every page to come is walled in. */
export function switchNetworkOff(app: App): void {
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-domain-reliability');
  app.commandLine.appendSwitch('no-pings');
  // Chromium looks names up at its start; nothing here has a name that would have to be found.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.on('web-contents-created', (_event, contents) => wallInContents(contents));
}
