// Takes mail and keeps it. Enough of SMTP (RFC 5321) for a sender that says EHLO.
import { createServer } from 'node:net';

export async function openMailServer() {
  const taken = [];
  const server = createServer((socket) => {
    let waiting = '';
    let body = null;
    const say = (line) => socket.write(`${line}\r\n`);
    say('220 here');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      waiting += bytes.toString('latin1');
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        if (body !== null) {
          if (line !== '.') { body.push(line); continue; }
          const [head, ...rest] = body.join('\n').split('\n\n');
          taken.push({ head, text: Buffer.from(rest.join(''), 'base64').toString('utf8') });
          body = null;
          say('250 taken');
        } else if (line === 'DATA') {
          body = [];
          say('354 go on');
        } else if (line === 'QUIT') {
          say('221 good-bye');
          socket.end();
        } else {
          say('250 fine');
        }
      }
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // The newest message that holds this, once it has come.
  const wait = async (words) => {
    for (let tries = 0; tries < 400; ++tries) {
      const found = taken.findLast?.(({ text }) => words.test(text)) ?? [...taken].reverse().find(({ text }) => words.test(text));
      if (found) return found;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    throw new Error(`no message with ${words}`);
  };
  return { port: server.address().port, taken, wait, close: () => new Promise((resolve) => { server.close(resolve); }) };
}
