// A real SMTP server (aiosmtpd) for one story, and the letters that it took.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';

import { freePort } from './free_port.mjs';

const program = '/usr/bin/aiosmtpd';

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

function decodeWords(text) {
  return text.replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (all, word) => Buffer.from(word, 'base64').toString())
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (all, word) => Buffer.from(
      word.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (hex, byte) => String.fromCharCode(Number.parseInt(byte, 16))), 'latin1').toString());
}

function readLetter(file) {
  const text = readFileSync(file, 'latin1').replace(/\r\n/g, '\n');
  const end = text.indexOf('\n\n');
  const head = text.slice(0, end).replace(/\n[ \t]+/g, ' ');
  const field = (name) => head.match(new RegExp(`^${name}: (.*)$`, 'mi'))?.[1] ?? '';
  const body = text.slice(end + 2);
  return {
    to: field('To').replace(/^<|>$/g, ''),
    id: field('Message-ID'),
    language: field('Content-Language'),
    subject: decodeWords(field('Subject')),
    body: /base64/i.test(field('Content-Transfer-Encoding')) ? Buffer.from(body, 'base64').toString() : Buffer.from(body, 'latin1').toString(),
  };
}

export class Mailbox {
  static there() {
    return existsSync(program);
  }

  static async open(folder) {
    const mailbox = new Mailbox();
    mailbox.folder = path.join(folder, 'mail');
    mkdirSync(folder, { recursive: true });
    mailbox.port = await freePort();
    mailbox.child = spawn('setpriv', ['--pdeathsig', 'TERM', program, '-n', '-l', `127.0.0.1:${mailbox.port}`, '-c', 'aiosmtpd.handlers.Mailbox', mailbox.folder],
      { stdio: 'ignore' });
    for (let tries = 0; tries < 200 && !(await answers(mailbox.port)); ++tries) await pause(50);
    return mailbox;
  }

  letters() {
    const taken = path.join(this.folder, 'new');
    return existsSync(taken) ? readdirSync(taken).map((file) => readLetter(path.join(taken, file))) : [];
  }

  // The first letter that fits, waiting for it if need be; `what` says what it was in the words of a failure.
  async wait(fits, what, seconds = 20) {
    for (let tries = 0; tries < seconds * 10; ++tries) {
      const found = this.letters().find(fits);
      if (found) return found;
      await pause(100);
    }
    throw new Error(`no letter ${what}; there are: ${this.letters().map((letter) => `${letter.to} ${letter.subject}`).join(' | ')}`);
  }

  // By its subject (or body).
  find(subject, seconds = 20, part = 'subject') {
    return this.wait((letter) => subject.test(letter[part]), subject, seconds);
  }

  close() {
    this.child.kill('SIGTERM');
  }
}
