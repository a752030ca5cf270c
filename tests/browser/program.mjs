// Starts the real program on a sample exam of its own: sample, plan, import, live, an account, serve.
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const password = 'a long enough password';

// Lines of a CSV without quotes as objects by column name; the sample writes no other.
export function table(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at]])));
}

// The code that an authenticator with this secret shows so many steps of 30 seconds from now (RFC 6238).
export function codeOf(base32, stepsAhead) {
  let bits = '';
  for (const letter of base32) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + stepsAhead));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

function freePortsOf(text) {
  return [...text.matchAll(/http:\/\/127\.0\.0\.1:(\d+)\//g)].map(([, port]) => Number(port));
}

export class Program {
  constructor(binary) {
    this.binary = binary;
    this.folder = mkdtempSync(path.join(tmpdir(), 'hanjari-browser-'));
    this.data = path.join(this.folder, 'data');
    this.accessLog = '';
    this.words = '';
  }

  // Words, and at the end perhaps options of the process.
  run(...words) {
    const more = typeof words.at(-1) === 'object' ? words.pop() : {};
    return execFileSync(this.binary, words, { ...more, encoding: 'utf8', input: `${password}\n`, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  prepare() {
    const exam = path.join(this.folder, 'exam');
    const plan = path.join(this.folder, 'plan');
    this.run('sample', '--out', exam, '--applicants', '240', '--venues', '4', '--units', '2', '--cap', '15', '--seed', '7');
    this.run('plan', exam, '--out', plan);
    const { code } = JSON.parse(readFileSync(path.join(exam, 'exam.json'), 'utf8'));
    this.run('import', exam, '--plan', plan, '--data', this.data);
    this.run('live', code, execFileSync('sha256sum', [path.join(plan, 'placements.csv')], { encoding: 'utf8' }).slice(0, 64), '--data', this.data);
    const applicants = new Map(table(path.join(exam, 'applicants.csv')).map((row) => [row.applicant_id, row]));
    const venues = new Map(table(path.join(exam, 'venues.csv')).map((row) => [row.venue_code, row]));
    this.code = code;
    this.placement = table(path.join(plan, 'placements.csv'))[0];
    this.applicant = applicants.get(this.placement.applicant_id);
    this.venue = venues.get(this.placement.venue_code);
    this.run('account', 'add', 'coordinator', '--role', 'district_coordinator', '--district', this.venue.district_code, '--data', this.data);
    this.run('account', 'add', 'officer', '--role', 'exam_officer', '--data', this.data);
  }

  async serve({ settings = null, officePort = '0' } = {}) {
    this.words = '';
    // setpriv: should this process be killed, the program gets SIGTERM and takes its database with it.
    this.child = spawn('setpriv', ['--pdeathsig', 'TERM', this.binary, 'serve', '--data', this.data, '--portal-port', '0', '--office-port', officePort,
      '--operations-port', '0', ...(settings ? ['--config', settings] : [])], { env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout.on('data', (bytes) => { this.accessLog += bytes; });
    const ports = await new Promise((resolve, reject) => {
      this.child.stderr.on('data', (bytes) => {
        this.words += bytes;
        if (this.words.includes('ready')) resolve(freePortsOf(this.words));
      });
      this.child.once('exit', (status) => reject(new Error(`serve ended with ${status}: ${this.words}`)));
    });
    [this.portal, this.office, this.operations] = ports.map((port) => `http://127.0.0.1:${port}`);
  }

  // The exit status after SIGTERM.
  async stop() {
    if (!this.child || this.child.exitCode !== null) return this.child?.exitCode;
    const ended = new Promise((resolve) => { this.child.once('exit', resolve); });
    this.child.kill('SIGTERM');
    return ended;
  }

  // As a power cut ends it: nothing is finished, nothing is told.
  async kill() {
    const ended = new Promise((resolve) => { this.child.once('exit', resolve); });
    this.child.kill('SIGKILL');
    await ended;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
