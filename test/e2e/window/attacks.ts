/** @file What a page that was taken over would try. Each runs in the page, and tells what came of it. */

/** Names that only Node or Electron could have put into a page. */
export const nodeNames = [
  ...['process', 'require', 'module', 'exports', 'global', 'Buffer', '__dirname', '__filename'],
  ...['setImmediate', 'electron', 'ipcRenderer', 'contextBridge'],
];

/** Addresses below `kindred://app` that lead out of what the page may have. */
export const oddPaths = [
  ...['/../preload/index.cjs', '/..%2fpreload%2findex.cjs', '/%2e%2e/preload/index.cjs', '/..%5c..%5cpackage.json'],
  ...['/assets/../../preload/index.cjs', '/..\\..\\package.json', '//etc/passwd', '/etc/passwd', '/package.json'],
  ...['/index.html%00.js', '/assets/', '/%ff', '/%', '/media/', '/media/999999/thumbnail', '/media/1/original'],
  ...['/media/1/../../x', '/media/-1/thumbnail', '/media/1e3/thumbnail', '/media/1/thumbnail/'],
  ...['/media/1/thumbnail%00', '/media/../preload/index.cjs'],
];

/** Runs code that the policy must stop, from a timer: what a debugger evaluates itself may be let through. */
export function runForeignCode(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const marks = globalThis as unknown as Record<string, unknown>;
  const named = (name: string, work: () => unknown): void => {
    try {
      work();
      found[name] = 'ran';
    } catch (error) {
      found[name] = (error as Error).name;
    }
  };
  return new Promise((done) => {
    setTimeout(() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      found['inline script'] = marks['inlineRan'] ? 'ran' : 'blocked';
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.handlerRan = true');
      document.body.append(button);
      button.click();
      button.remove();
      found['inline handler'] = marks['handlerRan'] ? 'ran' : 'blocked';
      named('eval', () => (0, eval)('1'));
      named('Function', () => new Function('return 1')());
      named('blob worker', () => {
        const worker = new Worker(URL.createObjectURL(new Blob(['1'])));
        worker.terminate();
        throw new DOMException('', 'SecurityError');
      });
      done(found);
    }, 0);
  });
}

/** Tries to reach an address of this machine in every way a page has. */
export async function reachOut({ port, udpPort }: { port: number; udpPort: number }): Promise<Record<string, string>> {
  const at = `127.0.0.1:${port}`;
  const loads = (element: HTMLElement & { src?: string }, address: string): Promise<string> =>
    new Promise((done) => {
      element.addEventListener('load', () => done('loaded'));
      element.addEventListener('error', () => done('error'));
      element.src = address;
    });
  const socket = (address: string): Promise<string> =>
    new Promise((done) => {
      try {
        const opened = new WebSocket(address);
        opened.onopen = () => done('open');
        opened.onerror = () => done('error');
      } catch (error) {
        done((error as Error).name);
      }
    });
  const gather = async (): Promise<string> => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }] });
    connection.createDataChannel('x');
    const isOver = new Promise<string>((done) => {
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState === 'complete') done('gathered');
      };
    });
    await connection.setLocalDescription(await connection.createOffer());
    return isOver;
  };
  const fetched = (address: string, options: RequestInit): Promise<string> =>
    fetch(address, options).then(
      ({ status, type }) => `${status} ${type}`,
      (error: Error) => error.name,
    );
  const attempts = {
    fetch: fetched(`http://${at}/`, {}),
    'fetch without CORS': fetched(`http://${at}/`, { mode: 'no-cors' }),
    file: fetched('file:///etc/passwd', {}),
    image: loads(new Image(), `http://${at}/x.png`),
    socket: socket(`ws://${at}/`),
    beacon: Promise.resolve(String(navigator.sendBeacon(`http://${at}/`, 'x'))),
    webrtc: gather(),
  };
  // Some are never answered once they are refused.
  const limit = new Promise<string>((done) => setTimeout(() => done('no answer'), 3000));
  const answers = Object.entries(attempts).map(
    async ([name, one]) => [name, await Promise.race([one, limit])] as const,
  );
  return Object.fromEntries(await Promise.all(answers));
}

/** Asks for each permission; `given` is a hole. Some requests are never answered once they are refused. */
export async function askPermissions(): Promise<Record<string, string>> {
  const asked: Record<string, () => Promise<unknown>> = {
    notification: async () => {
      if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied');
    },
    geolocation: () => new Promise((given, denied) => navigator.geolocation.getCurrentPosition(given, denied)),
    camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
    'reading the clipboard': () => navigator.clipboard.readText(),
    midi: () => navigator.requestMIDIAccess({ sysex: true }),
    'lasting storage': async () => {
      if (!(await navigator.storage.persist())) throw new Error('denied');
    },
    'full screen': () => document.documentElement.requestFullscreen(),
  };
  const answers = Object.entries(asked).map(async ([name, ask]) => {
    const answer = await Promise.race([
      ask().then(
        () => 'given',
        (error: Error) => error.name,
      ),
      new Promise<string>((done) => setTimeout(() => done('no answer'), 2000)),
    ]);
    return [name, answer] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}
