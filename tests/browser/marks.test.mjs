// Nothing personal leaves its place: marks are planted in every personal field, everything is done with them that people do,
// and then everything that the program has written is searched, in every spelling a program may give a text.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { chromium } from 'playwright-core';

import { Mailbox } from './mailbox.mjs';
import { Program, codeOf, password, table } from './program.mjs';
import { Visitor } from './visitor.mjs';

const marks = {
  name: '곽표식', birthday: '1907-07-29', photo_file: 'markphoto7731.jpg', keep_apart: 'markapart5519', origin: 'markorigin6627',
  e_mail: 'mark-mail-8842@example.org', phone: '010-7391-4826', home: '표식로 9917', applicant_name: '남궁표지', quota_proof: 'MARKPROOF-40417', reason: '표식사유 3319',
  document_name: 'markdocument-2290.pdf', document_words: 'MARK inside a document 6104', exif: 'MARK inside a photo 7705', resident_number: '920229-1734561',
  applicant_password: 'mark of a kettle 5508', staff_password: password, wrong_password: 'mark guessed 9931', refusal: '표식판단 8806',
};

// What shows that the search sees the places at all.
const open_to_all = 'Marked Gate School 3391';

const program = new Program(process.env.HANJARI_PROGRAM);
let browser;
let mail;
after(async () => {
  await browser?.close();
  await program.stop();
  mail?.close();
  program.remove();
});

// The spellings of a text: as it is, in UTF-16, in hexadecimal digits, in base 64 at each of three places, percent-encoded,
// with JSON's escapes, and digits without what stands between them.
function spellings(text) {
  const bytes = Buffer.from(text, 'utf8');
  const list = [bytes, Buffer.from(text, 'utf16le'), Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('hex').toUpperCase()),
    Buffer.from(encodeURIComponent(text)), Buffer.from(encodeURIComponent(text).replaceAll('%20', '+')),
    Buffer.from([...text].map((letter) => (letter > '~' ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter)).join(''))];
  for (const before of [0, 1, 2]) {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replaceAll('=', '');
    // Letters that depend on the neighbours are left out.
    list.push(Buffer.from(coded.slice(before === 0 ? 0 : before + 1, coded.length - 2)));
  }
  if (/^[\d-]+$/.test(text)) list.push(Buffer.from(text.replaceAll('-', '')));
  return list;
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(full);
    return entry.isFile() ? [full] : [];
  });
}

// Where `text` stands in the texts [name, bytes].
function placesOf(text, texts) {
  return texts.filter(([, bytes]) => spellings(text).some((spelling) => bytes.includes(spelling))).map(([name]) => name);
}

function quote(value) { return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value; }

function writeTable(file, rows) {
  const names = Object.keys(rows[0]);
  writeFileSync(file, `${[names.join(','), ...rows.map((row) => names.map((name) => quote(row[name])).join(','))].join('\n')}\n`);
}

// A photo as a camera sends it, with a word in its EXIF part.
async function photo() {
  browser = await chromium.launch({ executablePath: process.env.HANJARI_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  const page = await browser.newPage();
  const bytes = Buffer.from(await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(600, 800);
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#e0b48c';
    pen.fillRect(100, 100, 400, 600);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
  }));
  const words = Buffer.from(marks.exif, 'latin1');
  const head = Buffer.from([0xff, 0xfe, 0, words.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, words, bytes.subarray(2)]);
}

// Five days from now, and moments around it, for a notice that is open now.
function moment(seconds) { return new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z'); }

test('marks planted in every personal field are found in nothing that the program writes', { skip: !Mailbox.there() && 'aiosmtpd is not installed (python3-aiosmtpd)' }, async () => {
  // --- An exam with a marked person and a marked school.
  const exam = path.join(program.folder, 'packages', 'exam');
  const plan = path.join(program.folder, 'packages', 'plan');
  mkdirSync(path.join(program.folder, 'packages'));
  program.run('sample', '--out', exam, '--applicants', '60', '--venues', '3', '--units', '2', '--cap', '15', '--seed', '11');
  const people = table(path.join(exam, 'applicants.csv'));
  Object.assign(people[0], { name: marks.name, birth_on: marks.birthday });
  for (const person of people) Object.assign(person, { origin: '', photo: '', keep_apart: '' });
  Object.assign(people[0], { photo: marks.photo_file, keep_apart: marks.keep_apart, origin: marks.origin });
  writeTable(path.join(exam, 'applicants.csv'), people);
  const venues = table(path.join(exam, 'venues.csv'));
  venues[0].name = open_to_all;
  writeTable(path.join(exam, 'venues.csv'), venues);
  program.run('plan', exam, '--out', plan);
  const { code } = JSON.parse(readFileSync(path.join(exam, 'exam.json'), 'utf8'));
  program.run('import', exam, '--plan', plan, '--data', program.data);
  program.run('live', code, execFileSync('sha256sum', [path.join(plan, 'placements.csv')], { encoding: 'utf8' }).slice(0, 64), '--data', program.data);
  const placement = table(path.join(plan, 'placements.csv')).find((row) => row.applicant_id === people[0].applicant_id);

  // --- A notice that is open.
  const notice = path.join(program.folder, 'packages', 'notice');
  mkdirSync(notice);
  writeFileSync(path.join(notice, 'units.csv'), readFileSync(path.join(exam, 'units.csv')));
  const header = JSON.parse(readFileSync(path.join(exam, 'exam.json'), 'utf8'));
  const [unit] = table(path.join(exam, 'units.csv'));
  writeFileSync(path.join(notice, 'recruitment.json'), JSON.stringify({
    ...header, code: 'open-1', exam_on: '2031-06-07',
    calendars: [{ name: 'regular', exam_on: '2031-06-07', apply_from: moment(-3600), apply_until: moment(86400), cancel_until: moment(86400) }],
    defaults: { fee_won: 5000, duration_min: 100 },
    areas: [{ code: 'here', name_ko: '여기', name_en: 'Here', district_code: venues[0].district_code, lat: Number(venues[0].lat), lon: Number(venues[0].lon) }],
  }));
  program.run('recruitment', 'save', path.join(notice, 'recruitment.json'), '--state', 'published', '--data', program.data);
  program.run('account', 'add', 'officer', '--role', 'exam_officer', '--data', program.data);

  // --- The service, with temporary files of its own.
  mail = await Mailbox.open(path.join(program.folder, 'packages'));
  const settings = path.join(program.folder, 'packages', 'hanjari.properties');
  writeFileSync(settings, `mail.host = 127.0.0.1\nmail.port = ${mail.port}\nmail.from = exam@example.org\nlog.level = debug\n`);
  const scratch = path.join(program.folder, 'scratch');
  mkdirSync(scratch);
  process.env.TMPDIR = scratch;
  await program.serve({ settings });

  // --- People look for their seat, rightly and wrongly.
  const seeker = new Visitor(program.portal);
  const seat = `/en/exams/${code}/seat`;
  assert.match((await seeker.post(seat, { number: placement.applicant_number, birth: marks.birthday })).text, new RegExp(marks.name));
  assert.equal((await seeker.post(seat, { number: '999999', birth: marks.birthday })).status, 422);
  await seeker.post(seat, { number: marks.name, birth: marks.phone });
  const slip = await seeker.post(seat, { number: placement.applicant_number, birth: marks.birthday }, null, `/en/exams/${code}/slip`);
  assert.equal(slip.bytes.subarray(0, 5).toString(), '%PDF-');

  // --- Somebody signs up, misses the password, and applies with everything there is to say.
  const person = new Visitor(program.portal);
  const asked = await person.post('/en/sign-up', { contact: marks.e_mail, new_password: marks.applicant_password });
  assert.equal(asked.status, 303, asked.text);
  const { body: letter } = await mail.find(/\b\d{6}\b/, 20, 'body');
  assert.equal((await person.post(asked.location, { code: letter.match(/\b\d{6}\b/)[0] })).status, 303);
  await new Visitor(program.portal).post('/en/sign-in', { contact: marks.e_mail, password: marks.wrong_password });
  const form = {
    unit: unit.unit_code, name: marks.applicant_name, phone: marks.phone, email: marks.e_mail, area: 'here', address: marks.home,
    quota_proof: marks.quota_proof, consents: true, accommodations: [{ item: 'separate_room', reason: marks.reason, documents: [] }],
  };
  assert.equal((await person.get('/en/apply/open-1')).status, 303);
  const saved = await person.json('/api/v1/recruitments/open-1/drafts', { form, resident_number: marks.resident_number });
  assert.equal(saved.status, 200, saved.text);
  assert.equal((await person.post('/en/apply/open-1/photo', { cut: 'yes' }, { photo: [marks.photo_file, await photo(), 'image/jpeg'] })).status, 303);
  const { text: support } = await person.get('/en/apply/open-1/support');
  const item = support.match(new RegExp(`id="(item-\\d+)-reason"[^>]*value="${marks.reason}"`))[1];
  const document = Buffer.from(`%PDF-1.4\n% ${marks.document_words}\n%%EOF\n`);
  assert.equal((await person.post('/en/apply/open-1/support', { [item]: 'yes', [`${item}-reason`]: marks.reason },
    { [`${item}-document`]: [marks.document_name, document, 'application/pdf'] })).status, 303);
  const draft = JSON.parse((await person.get('/api/v1/recruitments/open-1/drafts')).text);
  const submitted = await person.json('/api/v1/recruitments/open-1/applications', {}, { 'idempotency-key': draft.submission_key ?? 'a key of this form 1' });
  assert.equal(submitted.status, 201, submitted.text);
  const { id } = submitted.data;
  for (const address of [`/en/my/${id}`, '/en/my', '/en/account', `/api/v1/applications/${id}`, `/api/v1/applications/${id}/receipts`])
    assert.equal((await person.get(address)).status, 200, address);
  // What is refused is refused without being written down.
  for (const address of [`/en/my/${encodeURIComponent(marks.applicant_name)}`, `/en/nothing?name=${encodeURIComponent(marks.applicant_name)}`])
    assert.equal((await person.get(address)).status, 404, address);
  person.addresses.length -= 2;
  await person.json('/api/v1/recruitments/open-1/drafts', { form: { ...form, name: `${marks.applicant_name}\u0000` } });

  // --- An officer reads, decides, and takes a roster.
  const officer = new Visitor(program.office);
  await officer.post('/en/sign-in', { account: 'officer', password: marks.wrong_password });
  assert.equal((await officer.post('/en/sign-in', { account: 'officer', password })).location, '/en/second-step');
  const secret = (await officer.get('/en/second-step')).text.match(/<code[^>]*>([A-Z2-7 ]+)<\/code>/)[1].replaceAll(' ', '');
  marks.authenticator = secret;
  assert.equal((await officer.post('/en/second-step', { code: codeOf(secret, 0) })).status, 200);
  assert.match((await officer.get('/api/v1/recruitments/open-1/applications')).text, new RegExp(marks.applicant_name));
  const decided = await officer.json(`/api/v1/applications/${id}/accommodation-decisions`, { item: 'separate_room', decision: 'refused', told: marks.refusal, reason: marks.refusal });
  assert.equal(decided.status, 201, decided.text);
  assert.match((await officer.get(`/api/v1/exams/${code}/venues/${placement.venue_code}/rosters.csv`)).text, new RegExp(marks.name));
  const metrics = (await (await fetch(`${program.operations}/metrics`)).text());
  await mail.find(new RegExp(marks.refusal), 20, 'body');

  // --- A backup, while it runs; then the end.
  const backup = path.join(program.folder, 'backup.sql');
  program.run('db', 'backup', backup, '--data', program.data);
  program.run('audit', 'verify', '--data', program.data);
  const running = filesBelow(program.data).map((file) => [`running/${path.relative(program.data, file)}`, readFileSync(file)]);
  await program.stop();

  const texts = [
    ...running,
    ...[...filesBelow(program.data), ...filesBelow(scratch)].map((file) => [path.relative(program.folder, file), readFileSync(file)]),
    ['backup.sql', readFileSync(backup)],
    ['standard output', Buffer.from(program.accessLog)], ['standard error', Buffer.from(program.words)], ['metrics', Buffer.from(metrics)],
    ['addresses', Buffer.from([...seeker.addresses, ...person.addresses, ...officer.addresses].join('\n'))],
  ];
  assert.ok(texts.some(([name]) => name.startsWith('running/mariadb')) && statSync(backup).size > 10_000);
  const packages = filesBelow(path.join(program.folder, 'packages')).map((file) => [file, readFileSync(file)]);
  assert.ok(placesOf(marks.name, packages).length > 0, 'the search finds what is there');
  assert.ok(placesOf(open_to_all, texts).some((name) => name.includes('mariadb')), 'the database is written where it is searched');
  assert.ok(placesOf(open_to_all, texts).includes('backup.sql'));
  assert.ok(placesOf('/{language}/exams/{code}/seat', texts).includes('standard output'), 'the log was written');

  const found = Object.entries(marks).map(([what, mark]) => [what, placesOf(mark, texts)]).filter(([, places]) => places.length > 0);
  assert.deepEqual(found, []);
});
