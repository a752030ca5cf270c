// Takes the mails of one machine over SMTP, so that nobody needs a mail server to try a sign-up.
import { createServer } from 'node:net';

import { letterOf } from '../../tests/browser/mailbox.mjs';

// Answers one sender; `take` gets each letter once it is whole.
function answer(socket, take) {
  let rest = '';
  let lines = null; // of the letter that is coming in
  const say = (words) => socket.write(`${words}\r\n`);
  const hear = (line) => {
    if (lines !== null && line === '.') {
      take(letterOf(lines.join('\n')));
      lines = null;
      say('250 taken');
    } else if (lines !== null) {
      lines.push(line.startsWith('..') ? line.slice(1) : line);
    } else if (/^DATA/i.test(line)) {
      lines = [];
      say('354 go on');
    } else if (/^QUIT/i.test(line)) {
      say('221 bye');
      socket.end();
    } else {
      say('250 good');
    }
  };
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text) => {
    rest += text;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end).replace(/\r$/, '');
      rest = rest.slice(end + 1);
      hear(line);
    }
  });
  say('220 demo');
}

// Resolves once it listens.
export function openMailbox(port, take) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => answer(socket, take));
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
