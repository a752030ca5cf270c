// Times pages of the office over HTTP as an officer opens them, one after the other, each read whole: the program is the real one with a database of its own
// and a plan of the founding size. Then the same pages while a plan is made, and a workbook of the exam out and in. Behind a row stands what it must and should be.
import { mkdtempSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { Program, codeOf, password, table } from '../../tests/browser/program.mjs';
import { Visitor } from '../../tests/browser/visitor.mjs';

const [binary, timesWord, preparedExam, preparedPlan] = process.argv.slice(2);
const times = Number(timesWord);

// The sample of the founding size, unless it is there already.
class FoundingProgram extends Program {
  prepare() {
    const exam = preparedExam ?? path.join(mkdtempSync(path.join(this.folder, 'made-')), 'exam');
    const plan = preparedPlan ?? path.join(path.dirname(exam), 'plan');
    if (!preparedExam) {
      this.run('sample', '--out', exam);
      this.run('plan', exam, '--out', plan, '--rounds', '1');
    }
    this.code = JSON.parse(readFileSync(path.join(exam, 'exam.json'), 'utf8')).code;
    this.digest = execFileSync('sha256sum', [path.join(plan, 'placements.csv')], { encoding: 'utf8' }).slice(0, 64);
    this.placements = table(path.join(plan, 'placements.csv'));
    this.run('import', exam, '--plan', plan, '--data', this.data);
    this.run('account', 'add', 'officer', '--role', 'exam_officer', '--data', this.data);
  }
}

async function signIn(program) {
  const officer = new Visitor(program.office);
  await officer.post('/en/sign-in', { account: 'officer', password });
  const page = (await officer.get('/en/second-step')).text;
  const secret = page.match(/<code[^>]*>([A-Z2-7 ]+)<\/code>/)[1].replaceAll(' ', '');
  await officer.post('/en/second-step', { code: codeOf(secret, 0) });
  return officer;
}

const anyPage = { must: 300, aim: 100 };

// p99 in milliseconds.
function tell(what, milliseconds, { must, aim } = {}) {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1).padStart(8);
  const promised = must === undefined ? '' : `  must ${must}, aim ${aim}`;
  console.log(`${what.padEnd(44)} ${String(sorted.length).padStart(4)} times  median ${at(0.5)} ms  p99 ${at(0.99)} ms  slowest ${at(1)} ms${promised}`);
  return Number(at(0.99));
}

async function measure(what, accepted, ask, promise) {
  const taken = [];
  for (let at = 0; at < times; ++at) {
    const began = performance.now();
    const answer = await ask(at);
    taken.push(performance.now() - began);
    if (!accepted.includes(answer.status)) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
  }
  return tell(what, taken, promise);
}

// Until a job has come so far; its state.
async function waitFor(officer, job, states) {
  for (;;) {
    const { state } = JSON.parse((await officer.get(`/api/v1/jobs/${job}`)).text);
    if (states.includes(state)) return state;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

// The same pages with nothing else to do and while a plan is made for minutes, which is cancelled afterwards.
async function measureBesideAPlan(officer, exam, pages) {
  const alone = [];
  for (const [what, address] of pages) alone.push(await measure(what, [200], () => officer.get(address), anyPage));
  const { data } = await officer.json(`/api/v1/${exam}/plans`, { seconds: 3_600, reason: 'timed' });
  await waitFor(officer, data.job, ['running']);
  for (const [at, [what, address]] of pages.entries()) {
    const beside = await measure(`${what}, while a plan runs`, [200], () => officer.get(address));
    console.log(`  ${(beside / alone[at]).toFixed(2)} times as slow  must 1.5, aim 1.2`);
  }
  await officer.json(`/api/v1/jobs/${data.job}/cancel`, {});
  await waitFor(officer, data.job, ['done', 'cancelled', 'failed']);
}

// The applicants as a workbook out, and the whole exam as one in: read, checked and compared.
async function measureWorkbooks(officer, exam) {
  let began = performance.now();
  const out = await officer.get(`/api/v1/${exam}/tables/applicants.xlsx`);
  if (out.status !== 200) throw new Error(`no workbook: ${out.status}`);
  tell('.xlsx of the applicants out', [performance.now() - began], { must: 3_000, aim: 1_000 });
  const whole = await officer.get(`/api/v1/${exam}/tables/package.xlsx`);
  began = performance.now();
  const sent = await officer.send('/api/v1/imports?preview=yes', {
    method: 'POST', body: whole.bytes,
    headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', accept: 'application/json', 'idempotency-key': 'timed-workbook' },
  });
  if (sent.status !== 202) throw new Error(`not taken: ${sent.status} ${sent.text}`);
  const state = await waitFor(officer, JSON.parse(sent.text).job, ['done', 'failed']);
  tell(`.xlsx of the exam in, previewed (${state})`, [performance.now() - began], { must: 5_000, aim: 2_000 });
}

// The same dice every time.
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % sides;
  };
}

const program = new FoundingProgram(binary);
try {
  program.prepare();
  await program.serve();
  const officer = await signIn(program);
  const exam = `exams/${encodeURIComponent(program.code)}`;
  const plan = `/en/${exam}/plans/${program.digest}`;
  console.log(`${program.placements.length} people seated`);
  await measure('map of the city', [200], () => officer.get(`${plan}/map`), anyPage);
  const venues = [...new Set(program.placements.map((row) => row.venue_code))];
  await measure('map of a venue', [200], (at) => officer.get(`${plan}/map?venue=${venues[at % venues.length]}`));
  await measure('comparison of two plans', [200], () => officer.get(`/en/${exam}/comparison?first=${program.digest}&second=${program.digest}`), anyPage);
  await measure('rooms of a venue', [200], (at) => officer.get(`${plan}/venues/${venues[at % venues.length]}`));
  const other = await officer.json(`/api/v1/${exam}/edits`, { plan: program.digest });
  if (other.status !== 200) throw new Error(`no session: ${other.status} ${other.text}`);
  const edits = `/api/v1/${exam}/edits/${other.data.session}`;
  const began = performance.now();
  await officer.get(`/en/${exam}/edits/${other.data.session}`);
  console.log(`the first page of a session, which reads the plan: ${(performance.now() - began).toFixed(0)} ms`);
  await measure('other settings tried', [200], (at) => officer.get(`${plan}/settings?people_cap=${10 + at % 20}`));
  const roll = dice(7);
  let version = other.data.version;
  await measure('answer to an edit', [200, 422], async () => {
    const one = program.placements[roll(program.placements.length)];
    const second = program.placements[roll(program.placements.length)];
    const answer = await officer.json(edits, { version, kind: 'swap_people', number: one.applicant_number, other_number: second.applicant_number, reason: 'timed' });
    if (answer.status === 200) version += 1;
    return answer;
  }, { must: 200, aim: 50 });
  await measure('page of the session', [200], () => officer.get(`/en/${exam}/edits/${other.data.session}`));
  console.log(`edits that were stored: ${version - other.data.version}`);
  await measureBesideAPlan(officer, exam, [
    ['first page', '/en/exams'], ['path of the exam', `/en/${exam}/thread`], ['list of plans', `/en/${exam}/plans`], ['page of a plan', plan],
    ['papers of a plan', `${plan}/papers`], ['jobs', '/en/jobs'], ['imports', '/en/imports'], ['venues', `/en/${exam}/venues`], ['finding venues', `/en/${exam}/venue-offers`],
  ]);
  await measureWorkbooks(officer, exam);
} finally {
  await program.stop();
  program.remove();
}
