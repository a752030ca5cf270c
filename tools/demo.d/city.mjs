// city.mjs PROGRAM FOLDER PORTAL PORT APPLICANT: the rest of the demo, once its first page is up. Takes the mails of the program and tells the codes in
// them; makes an exam whose plan waits for the second officer, one that is open for applications, with an applicant and a form, and one that is only begun.
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { greyJpeg } from '../../tests/browser/portrait.mjs';
import { table } from '../../tests/browser/program.mjs';
import { Visitor } from '../../tests/browser/visitor.mjs';
import { openMailbox } from './mailbox.mjs';

const [program, folder, portal, mailPort, contact] = process.argv.slice(2);
const password = process.env.password; // that tools/demo tells; never on a command line, which others may read
const run = promisify(execFile);
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const tell = (words) => console.log(`  ${words}`);

const hanjari = (...words) => run(program, words);
const inData = (...words) => hanjari(...words, '--data', path.join(folder, 'data'), '--author', 'officer');

const moment = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
const day = (days) => moment(days).slice(0, 10);

let newestCode = '';
function takeLetter(letter) {
  const code = letter.body.match(/\b\d{6,8}\b/)?.[0];
  tell(code ? `mail to ${letter.to}: code ${code}` : `mail to ${letter.to}: ${letter.subject}`);
  if (code) newestCode = code;
}

// The first thing that `ask` gives, asked again for so many seconds.
async function until(ask, what, seconds = 120) {
  for (let tries = 0; tries < seconds * 5; ++tries) {
    const found = await ask();
    if (found) return found;
    await pause(200);
  }
  throw new Error(`${what} after ${seconds} s`);
}

const answers = async () => {
  try {
    return (await fetch(`${portal}/en`)).ok;
  } catch {
    return false;
  }
};

// An exam of its own whose plan the officer has proposed.
async function makePlanned() {
  const exam = path.join(folder, 'city-planned');
  const plan = path.join(folder, 'city-planned-plan');
  await hanjari('sample', '--out', exam, '--applicants', '2000', '--venues', '8', '--units', '4', '--cap', '20', '--seed', '16');
  const file = path.join(exam, 'exam.json');
  const header = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...header, code: 'city-planned', exam_on: day(30), name_ko: '가상 시험: 배정안 승인 대기', name_en: 'Sample exam: a plan waits' }));
  await hanjari('plan', exam, '--out', plan);
  const digest = createHash('sha256').update(readFileSync(path.join(plan, 'placements.csv'))).digest('hex');
  await inData('import', exam, '--plan', plan);
  await inData('approval', 'rule', 'city-planned', '--second-officer', 'yes');
  await inData('approval', 'propose', 'city-planned', digest);
  tell('city-planned is there: its plan waits for the second officer');
}

// Areas beside three schools of the founding exam.
function areas() {
  const names = [['가온동', 'Gaon-dong'], ['누리동', 'Nuri-dong'], ['다솜동', 'Dasom-dong']];
  const schools = table(path.join(folder, 'exam', 'venues.csv')).filter((row) => row.kind === 'regular');
  return names.map(([ko, en], at) => {
    const school = schools[Math.floor((at * schools.length) / names.length)];
    return { code: `area-${at + 1}`, name_ko: ko, name_en: en, district_code: school.district_code, lat: Number(school.lat), lon: Number(school.lon) };
  });
}

async function saveNotice(code, ko, en, { examIn, from, until: last }, state) {
  const home = path.join(folder, 'notices', code);
  mkdirSync(home, { recursive: true });
  const header = JSON.parse(readFileSync(path.join(folder, 'exam', 'exam.json'), 'utf8'));
  const unit = (number, series_ko, series_en, posts) => ({ unit_code: number, series_ko, series_en, grade: 9, posts });
  writeFileSync(path.join(home, 'recruitment.json'), JSON.stringify({
    ...header, code, name_ko: ko, name_en: en, exam_on: day(examIn), time_zone: 'Asia/Seoul',
    calendars: [{ name: 'regular', exam_on: day(examIn), apply_from: moment(from), apply_until: moment(last), cancel_until: moment(last + 3) }],
    defaults: { fee_won: 5000, duration_min: 100 },
    units: [unit('101', '일반행정', 'General administration', 30), unit('201', '전산', 'Computing', 5)],
    areas: areas(),
  }));
  await inData('recruitment', 'save', path.join(home, 'recruitment.json'), '--state', state);
}

async function apply() {
  const visitor = new Visitor(portal);
  const asked = await visitor.post('/en/sign-up', { contact, new_password: password });
  if (asked.status !== 303) throw new Error(`no account for ${contact}: ${asked.status}`);
  const entered = await visitor.post(asked.location, { code: await until(() => newestCode, 'no code came') });
  if (entered.status !== 303) throw new Error(`the code is not taken: ${entered.status}`);
  const notice = '/api/v1/recruitments/city-open';
  const call = async (address, body, key) => {
    const answer = await visitor.json(address, body, { 'idempotency-key': key });
    if (answer.status >= 300) throw new Error(`${address}: ${answer.status} ${answer.text.slice(0, 600)}`);
  };
  await visitor.get('/en/apply/city-open');
  const form = { unit: '101', name: '김하늘', phone: '010-1234-5678', email: contact, area: 'area-1', address: '서울특별시 종로구 자하문로 1', consents: true, consents_identifier: true };
  await call(`${notice}/drafts`, { form, resident_number: '950314-2000000' }, randomUUID());
  const sent = await visitor.post('/en/apply/city-open/photo', { cut: 'yes' }, { photo: ['photo.jpg', greyJpeg(), 'image/jpeg'] });
  if (sent.status !== 303) throw new Error(`the photo is not taken: ${sent.status}`);
  const draft = JSON.parse((await visitor.send(`${notice}/drafts`, { headers: { accept: 'application/json' } })).text);
  await call(`${notice}/applications`, {}, draft.submission_key);
}

await openMailbox(Number(mailPort), takeLetter);
await until(answers, 'the portal does not answer');
try {
  await saveNotice('city-open', '가상 시험: 원서접수 중', 'Sample exam: open for applications', { examIn: 60, from: -2, until: 5 }, 'published');
  await apply();
  tell(`city-open is there: ${contact} has applied, the fee is not paid`);
  await saveNotice('city-next', '가상 시험: 준비 중', 'Sample exam: in preparation', { examIn: 300, from: 200, until: 205 }, 'prepared');
  tell('city-next is there: its notice is in preparation');
  await makePlanned();
  tell('All exams of the demo are there.');
} catch (failure) {
  // The founding exam is served all the same.
  tell(`The further exams are not complete: ${failure.stderr || failure.message}`);
}
