/**
 * @file Cuts the network: preloaded into every process of a command (`NODE_OPTIONS=--import=…`), it notes and refuses whatever would leave the
 * process by TCP, UDP or a name look-up. Pipes between our own processes stay. `KINDRED_NETWORK_LOG` names the file of the notes;
 * a line `guarded <pid>` a process shows that the cut was there.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { threadId } from 'node:worker_threads';

const file = process.env['KINDRED_NETWORK_LOG'];
const note = (line) => appendFileSync(file, `${line}\n`);

function refuse(what) {
  note(`attempt ${what} ${new Error().stack.split('\n').slice(3, 6).join(' ')}`);
  throw new Error(`The network is cut: ${what}`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = args.flat();
  const path = typeof first === 'object' ? first?.path : Number.isNaN(Number(first)) ? first : undefined;
  if (typeof path === 'string') return connect.apply(this, args);
  return refuse(`connect ${JSON.stringify(first)}`);
};
for (const module of [dns, dns.promises]) {
  for (const name of Object.keys(module)) {
    if (/^(lookup|resolve|reverse)/.test(name)) module[name] = (host) => refuse(`${name} ${host}`);
  }
}
for (const name of ['send', 'connect']) dgram.Socket.prototype[name] = () => refuse(`udp ${name}`);
for (const name of ['fetch', 'WebSocket', 'EventSource']) {
  if (name in globalThis) {
    globalThis[name] = function (address) {
      return refuse(`${name} ${address}`);
    };
  }
}
syncBuiltinESMExports();
note(`guarded ${process.pid} ${threadId}`);
