// Two districts and one school from the city's request for schools to the night before, against the real program: hanjari
// serve with its database, a real SMTP server, a browser. The city sits at a laptop, one district at a laptop and later at a
// tablet, the other at a tablet; the school and an invigilator hold a phone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { closeBrowser, judge } from './applicant_pages.mjs';
import { Mailbox } from './mailbox.mjs';
import { Program, table } from './program.mjs';
import { recordRequests, sendAsAnother } from './refusals.mjs';
import { breaksInWords, judgeEverywhere, laptop, overlapsOnPaper, press, signIn, tablet, visitorOnPhone, waitForJob } from './staff_pages.mjs';

const skip = !Mailbox.there() && 'aiosmtpd is not installed';
const code = 'districts-1';
const earlier = 'districts-0';
const portalAddress = 'https://exam.example.org';
const nowon = { district: '11350', account: 'nowon', email: 'nowon@example.org' };
const gangseo = { district: '11500', account: 'gangseo', email: 'gangseo@example.org' };
const cityEmail = 'city@example.org';
// A long name without a blank: no page scrolls sideways and no label runs over its edge because of it.
const longName = `한빛${'나래솔바람'.repeat(6)}대학교사범부속고등학교`;
const hanbit = { code: '11350-01', name: longName, email: 'hanbit@example.org', contact: '윤행정', lat: '37.631132', lon: '127.08638' };
const saesol = { code: '11500-01', name: '새솔중학교', email: 'saesol@example.org', contact: '차담당', lat: 37.562, lon: 126.833 };
const invigilator = { name: '탁감독', email: 'invigilator@example.org' };
const roomsFrom = '07:40';

const program = new Program(process.env.HANJARI_PROGRAM);
// What the stories know of each other, in their order.
const at = {};
let mailbox;

const inDays = (days) => new Date(Date.now() + (days * 24 + 9) * 3_600_000).toISOString().slice(0, 10);

// Rows as a spreadsheet gives them to the clipboard.
function rows(count) {
  const head = ['room_no', 'building', 'floor', 'row_count', 'column_count', 'row_pitch_cm', 'column_pitch_cm', 'features'];
  const room = (number) => [number, '본관', Math.ceil(number / 4), 5, 5, 130, 140, number <= 4 ? 'accessible' : ''];
  return [head, ...Array.from({ length: count }, (none, index) => room(index + 1))].map((row) => row.join('\t')).join('\n');
}

async function see(page, name) {
  await judgeEverywhere(page, `districts-${name}`);
}

const office = (rest) => `${program.office}/ko/exams/${code}/${rest}`;

before(async () => {
  if (skip) return;
  mailbox = await Mailbox.open(program.folder);
  const exam = path.join(program.folder, 'exam');
  program.run('sample', '--out', exam, '--applicants', '300', '--venues', '4', '--units', '2', '--cap', '15', '--seed', '7');
  const header = JSON.parse(readFileSync(path.join(exam, 'exam.json'), 'utf8'));
  writeFileSync(path.join(exam, 'exam.json'), JSON.stringify({
    ...header, code, exam_on: inDays(3), name_ko: '서울특별시 제4회 공개경쟁임용시험', name_en: 'Seoul open competition, round 4',
  }));
  program.run('import', exam, '--data', program.data);
  program.run('account', 'add', 'officer', '--role', 'exam_officer', '--data', program.data);
  for (const one of [nowon, gangseo]) program.run('account', 'add', one.account, '--role', 'district_coordinator', '--district', one.district, '--data', program.data);
  const settings = path.join(program.folder, 'hanjari.properties');
  writeFileSync(settings, `mail.host = 127.0.0.1\nmail.port = ${mailbox.port}\nmail.from = exam@example.org\nportal.address = ${portalAddress}\n`);
  await program.serve({ settings });
  at.officer = await signIn(program, 'officer', laptop);
  at.nowon = await signIn(program, nowon.account, laptop);
  at.gangseo = await signIn(program, gangseo.account, tablet);
  at.asked = recordRequests(at.nowon, program.office);
});

after(async () => {
  await closeBrowser();
  await program.stop();
  mailbox?.close();
  program.remove();
});

const letterTo = (email, subject, isOther = () => true) =>
  mailbox.wait((letter) => letter.to === email && subject.test(letter.subject) && isOther(letter), `${subject} to ${email}`);

// Fields by their ids.
async function fill(page, values) {
  for (const [id, value] of Object.entries(values)) await page.fill(`#${id}`, value);
}

const jsonOf = async (page, address) => (await page.request.get(`${program.office}/api/v1/exams/${code}/${address}`)).json();

async function sendJson(page, address, data) {
  const answer = await page.request.post(`${program.office}/api/v1/exams/${address}`, { data });
  assert.ok(answer.ok(), `${address}: ${await answer.text()}`);
  return answer.json();
}

test('the city asks two districts for seats, and each is told by mail', { skip }, async () => {
  const page = at.officer;
  await page.goto(office('venue-offers'));
  await see(page, '01-nothing-asked');
  await fill(page, {
    min_gap_cm: '0', people_cap: '15', due_at: `${inDays(2)} 18:00`, city_email: cityEmail, note: '승강기가 있는 학교를 먼저 찾아 주십시오.',
    districts: `${nowon.district}, 180, ${nowon.email}\n${gangseo.district}, 180, ${gangseo.email}`,
  });
  await press(page, '#ask button');
  await see(page, '02-asked');
  for (const { email } of [nowon, gangseo]) {
    const letter = await letterTo(email, /180/);
    assert.match(letter.body, /승강기/);
  }
});

test('one district offers a school by hand, the other one from its library', { skip }, async () => {
  const page = at.nowon;
  await page.goto(office('venue-offers'));
  await see(page, '03-district-empty');
  assert.equal(await page.locator('table.venue-table').first().locator('tbody tr').count(), 1, 'a district sees its own row alone');
  await fill(page, { code_of_venue: hanbit.code, name: hanbit.name, lat: hanbit.lat, lon: hanbit.lon });
  await press(page, '#add button');
  await fill(page, { rooms: rows(12) });
  await press(page, '#rooms-list button');
  // One desk of the first room is blocked, by the keyboard.
  await press(page, 'table.venue-table tbody th a');
  await page.locator('.desk-table input').last().press('Space');
  await see(page, '04-room-drawn');
  await press(page, 'button[value=save]');
  await page.goto(office(`venue-offers/${hanbit.code}`));
  await page.setInputFiles('#attachment', { name: 'floors.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
  await press(page, '#files form[enctype] button');
  await fill(page, { address: '서울특별시 노원구 한빛로 155', contact_name: hanbit.contact, contact_email: hanbit.email, access_note: '승강기 1대' });
  await press(page, '#school button');
  await see(page, '05-offer-by-hand');

  // The other district kept its school after an earlier exam.
  await sendJson(at.officer, `${earlier}/venue-requests`, { people_cap: 15, due_at: `${inDays(2)}T18:00:00+09:00`, districts: [{ district: gangseo.district, seats: 100 }] });
  await sendJson(at.gangseo, `${earlier}/venue-offers/${saesol.code}`, {
    name: saesol.name, lat: saesol.lat, lon: saesol.lon, address: '서울특별시 강서구 새솔로 141', contact_name: saesol.contact, contact_email: saesol.email, rooms_csv: rows(12),
  });
  await sendJson(at.gangseo, `${earlier}/venue-offers/${saesol.code}/kept`, {});
  await at.gangseo.goto(`${program.office}/ko/schools`);
  await see(at.gangseo, '06-library');
  await at.gangseo.goto(office('venue-offers'));
  await press(at.gangseo, '#library button');
  await at.gangseo.goto(office(`venue-offers/${saesol.code}`));
  await see(at.gangseo, '07-offer-from-library');
});

// The district proposes; the school answers on a phone, by the link and the code of the newest mail.
async function confirmBySchool(page, school, name = null, besides = null) {
  await page.goto(office(`venue-offers/${school.code}`));
  await press(page, '#steps input[value=propose] ~ .form-buttons button');
  const letter = await letterTo(school.email, /확인 요청/, (one) => one.id !== besides?.id);
  const [link] = letter.body.match(/https:\/\/\S+\/venue-confirmations\/\S+/);
  assert.ok(link.startsWith(`${portalAddress}/`));
  const visitor = await visitorOnPhone();
  await visitor.goto(link.replace(portalAddress, program.portal));
  if (name) await judge(visitor, `districts-${name}`);
  await visitor.fill('#code', '000000' === letter.body.match(/인증 번호: (\d{6})/)[1] ? '111111' : '000000');
  await visitor.check('input[value=yes]');
  await press(visitor, 'main form button');
  assert.match(await visitor.textContent('main'), /인증 번호가 올바르지 않습니다/);
  if (name) await judge(visitor, `districts-${name}-wrong-code`);
  await visitor.fill('#code', letter.body.match(/인증 번호: (\d{6})/)[1]);
  await visitor.check('input[value=yes]');
  await press(visitor, 'main form button');
  if (name) await judge(visitor, `districts-${name}-thanks`);
  // One answer: the link is good no more.
  assert.equal((await visitor.goto(link.replace(portalAddress, program.portal))).status(), 409);
  if (name) await judge(visitor, `districts-${name}-over`);
  await visitor.context().close();
  return letter;
}

const acceptButton = '#steps input[value=accept] ~ .form-buttons button';

test('the schools confirm without an account; the city asks back once and accepts', { skip }, async () => {
  const first = await confirmBySchool(at.nowon, hanbit, '08-school');
  await confirmBySchool(at.gangseo, saesol);
  await letterTo(cityEmail, /수락을 기다리는 시험장/);

  const page = at.officer;
  await page.goto(office(`venue-offers/${hanbit.code}`));
  await see(page, '09-confirmed');
  await page.fill('#ask-back-told', '교문을 여는 시각을 적어 주십시오.');
  await press(page, '#steps input[value=ask_back] ~ .form-buttons button');
  assert.match((await letterTo(nowon.email, /보완 요청/)).body, /교문을 여는 시각/);
  await at.nowon.goto(office(`venue-offers/${hanbit.code}`));
  await see(at.nowon, '10-asked-back');
  await fill(at.nowon, { opens_at: '07:00', closes_at: '19:00' });
  await press(at.nowon, '#school button');
  await confirmBySchool(at.nowon, hanbit, null, first);

  for (const school of [hanbit, saesol]) {
    await page.goto(office(`venue-offers/${school.code}`));
    await press(page, acceptButton);
    await letterTo(school === hanbit ? nowon.email : gangseo.email, /시험장 수락/);
  }
  await page.goto(`${office('venue-offers')}?min_gap_cm=200&people_cap=15`);
  await see(page, '11-accepted-compared');
});

test('districts and the city write to each other, and an instruction has its receipt', { skip }, async () => {
  await at.nowon.goto(office('venue-letters'));
  await see(at.nowon, '12-letters-empty');
  await press(at.nowon, at.nowon.locator('table.venue-table tbody th a').nth(1));
  await at.nowon.fill('#words', '주차장을 응시자에게 개방해도 됩니까?');
  await at.nowon.setInputFiles('#attachment', { name: 'parking.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
  await press(at.nowon, 'form[enctype] button');
  await letterTo(cityEmail, /자치구의 글/);

  const page = at.officer;
  await page.goto(office('venue-offers'));
  assert.equal(await page.locator('.krds-badge').filter({ hasText: '읽지 않음 1' }).count(), 1);
  await page.goto(office('venue-letters'));
  await press(page, page.locator('table.venue-table tbody tr').filter({ hasText: hanbit.code }).locator('a'));
  assert.match(await page.textContent('main'), /주차장을/);
  await page.fill('#words', '개방하지 않습니다.');
  await press(page, 'form[enctype] button');
  assert.doesNotMatch((await letterTo(nowon.email, /시청에서 보낸 글/)).body, /개방/, 'mail says that there is a letter, not what it says');
  await fill(page, { 'instruction-title': '전날 점검', 'instruction-words': '전날 18시까지 시험실의 책상을 배치하십시오.' });
  await press(page, page.locator('form[action$="/venue-instructions"] button'));

  await at.nowon.goto(`${office('venue-letters')}?district=${nowon.district}&venue=${hanbit.code}`);
  assert.match(await at.nowon.textContent('main'), /개방하지 않습니다/);
  await see(at.nowon, '13-letter-and-instruction');
  const [file] = await Promise.all([at.nowon.waitForEvent('download'), at.nowon.click('.letter a[download]')]);
  assert.equal(readFileSync(await file.path()).subarray(0, 5).toString(), '%PDF-');
  await press(at.nowon, 'form[action$="/receipts"] button');
  await page.goto(office('venue-letters'));
  const read = await page.textContent('[aria-labelledby=instructions-title]');
  assert.match(read, /확인한 자치구: 1\s*노원구/);
  assert.match(read, /아직 확인하지 않은 자치구: 1\s*강서구/);
  await see(page, '14-instruction-read-by');
});

test('the accepted schools become the exam, which gets a plan', { skip }, async () => {
  const page = at.officer;
  await page.goto(office('venue-offers'));
  await press(page, '#adopt button');
  await waitForJob(page, program.office);
  await see(page, '15-adopted');
  const exam = path.join(program.folder, 'adopted');
  const plan = path.join(program.folder, 'plan');
  program.run('export', code, '--out', exam, '--data', program.data);
  assert.deepEqual(table(path.join(exam, 'venues.csv')).map((venue) => venue.venue_code), [hanbit.code, saesol.code]);
  program.run('plan', exam, '--out', plan);
  program.run('import', exam, '--plan', plan, '--data', program.data);
  program.run('live', code, execFileSync('sha256sum', [path.join(plan, 'placements.csv')], { encoding: 'utf8' }).slice(0, 64), '--data', program.data);
  at.placements = table(path.join(plan, 'placements.csv'));
  at.exam = exam;
  await at.nowon.goto(office('venues'));
  await see(at.nowon, '16-own-venues');
  const other = at.placements.find((row) => row.venue_code === saesol.code);
  assert.doesNotMatch(await at.nowon.textContent('main'), new RegExp(`${saesol.name}|${other.venue_code}`));
});

// The list of people as officers send it: one has not been asked yet, has no past duty and lives in the first district.
function packPeople() {
  const folder = path.join(program.folder, 'people');
  program.run('sample-invigilators', at.exam, '--out', folder, '--people', '140', '--seed', '3');
  const people = table(path.join(folder, 'invigilators.csv'));
  const one = people.find((person) => person.roles === 'chief;invigilator;corridor;reserve' && person.consent === 'yes');
  Object.assign(one, { name: invigilator.name, district_code: nowon.district, past_duties: '0', roles: 'chief', consent: 'no', lat: hanbit.lat, lon: hanbit.lon });
  const names = Object.keys(people[0]);
  writeFileSync(path.join(folder, 'invigilators.csv'), `${[names, ...people.map((person) => names.map((name) => person[name]))].map((row) => row.join(',')).join('\n')}\n`);
  writeFileSync(path.join(folder, 'contacts.csv'), `invigilator_id,email,phone\n${one.invigilator_id},${invigilator.email},\n`);
  const file = path.join(program.folder, 'people.zip');
  execFileSync('python3', ['-m', 'zipfile', '-c', file, ...['invigilators', 'conflicts', 'past_pairs', 'contacts'].map((name) => path.join(folder, `${name}.csv`)), path.join(folder, 'staffing.json')]);
  return { file, id: one.invigilator_id };
}

async function openOwnPage(person) {
  await person.goto(`${program.portal}/ko/duty`);
  // Within the session the page opens without the code.
  if (await person.locator('#code').count() === 0) return;
  await person.fill('#code', at.dutyCode);
  await press(person, 'main form button');
}

test('invigilators are imported and invited, and one consents on a phone', { skip }, async () => {
  const page = at.officer;
  const { file, id } = packPeople();
  await page.goto(office('invigilators'));
  await see(page, '17-nobody-listed');
  await page.setInputFiles('#people-file', file);
  await press(page, '#import button');
  assert.match(await page.textContent('.note-bar'), /140/);
  await fill(page, { rooms_time: roomsFrom, briefing_on: inDays(2), briefing_time: '14:00', briefing_place: '시청 대강당', instructions: '당일 7시 30분까지 오십시오.' });
  await press(page, '#settings button');
  await page.goto(office('invigilators'));
  await see(page, '18-people-listed');

  await at.nowon.goto(office('invigilators'));
  await at.nowon.fill('#invite-people', id);
  await press(at.nowon, '#invite button');
  await see(at.nowon, '19-invited');
  const letter = await letterTo(invigilator.email, /위촉 동의 요청/);
  assert.match(letter.body, new RegExp(`${portalAddress}/ko/duty`));
  at.dutyCode = letter.body.match(/코드: (\S+)/)[1];
  const person = await visitorOnPhone();
  at.phone = person;
  await person.goto(`${program.portal}/ko/duty`);
  await judge(person, 'districts-20-duty-code');
  await person.fill('#code', at.dutyCode);
  await press(person, 'main form button');
  await judge(person, 'districts-21-asked');
  await press(person, '#answer form:has(input[value=consent]) button');
  assert.equal(await person.locator('#answer').count(), 0);
  assert.doesNotMatch(person.url(), new RegExp(at.dutyCode));
  await person.reload();
  assert.equal(await person.locator('#withdraw').count(), 1, 'the page loads anew without a form being sent again');
  await judge(person, 'districts-22-consented');
});

test('people are placed by a job, and nobody but the city sees a room before its minute', { skip }, async () => {
  const page = at.officer;
  await page.goto(office('duties'));
  await press(page, '#staff button');
  await waitForJob(page, program.office);
  await see(page, '23-placed');
  await page.goto(office('duties'));
  await see(page, '24-duties-of-the-city');
  await page.goto(office('staffing-rules'));
  await see(page, '24-staffing-rules');
  await page.fill('#chiefs_per_room', '2');
  await press(page, 'form[action$="/preview"] button');
  assert.match(await page.textContent('#preview'), /시험실마다 정감독: 1 → 2/, 'what is different is shown before it is stored');
  await page.goto(office('substitutes'));
  await see(page, '24-substitutes');
  await page.goto(office('duties'));
  const all = await jsonOf(page, 'duties');
  const own = all.duties.filter((duty) => duty.venue_code === hanbit.code);
  assert.ok(own.some((duty) => duty.room_no > 0), 'the city sees rooms');

  await at.nowon.goto(office('duties'));
  await see(at.nowon, '25-duties-of-the-district');
  // Who is placed stands before who could stand in.
  assert.deepEqual(await at.nowon.locator('#placed ~ table.venue-table').first().locator('thead th').allTextContents(), ['성명', '시험장', '역할']);
  assert.match(await at.nowon.textContent('main'), new RegExp(roomsFrom));
  const shown = await jsonOf(at.nowon, 'duties');
  assert.equal(shown.duties.length, own.length);
  for (const duty of shown.duties) assert.deepEqual([duty.venue_code, duty.room_no ?? null], [hanbit.code, null]);
  assert.equal((await at.nowon.request.get(`${program.office}/api/v1/exams/${code}/room-assignments.csv`)).ok(), false);
  const file = await (await at.nowon.request.get(`${program.office}/api/v1/exams/${code}/duties.csv`)).text();
  assert.doesNotMatch(file, /시험실|room/);

  await openOwnPage(at.phone);
  assert.match(await at.phone.textContent('#duty'), /시험실은 시험 당일/);
  assert.doesNotMatch(await at.phone.textContent('#duty dl'), /시험실/);
  await judge(at.phone, 'districts-26-own-duty');
  await press(at.phone, '#instructions button');
  assert.match(await at.phone.textContent('#instructions'), /읽었음을 확인하셨습니다/);
});

// The form of the handover, as it stands filled in or with these counts.
async function handOver(page, from, to, counts = null) {
  await page.selectOption('#from', from);
  await page.selectOption('#to', to);
  if (counts) {
    for (const [item, count] of Object.entries(counts)) {
      const field = page.locator(`form[action*="/handovers"] input[value="${item}"] + .search-field input`);
      await field.fill(String(count));
    }
  }
  await press(page, 'form[action*="/handovers"] button');
}

const receiptForm = 'form[action*="/receipts"]';

// Whoever receives counts, and enters what was given.
async function receive(page, signer = '') {
  for (const field of await page.locator(`${receiptForm} .search-field:has(input[name^=count_])`).all()) {
    const [, given] = (await field.locator('label').textContent()).match(/: ([\d,]+)\)$/);
    await field.locator('input').fill(given.replaceAll(',', ''));
  }
  await page.fill(`${receiptForm} input[name=code]`, signer);
  await press(page, `${receiptForm} button`);
}

// What a venue is to get, by item, as its packing list says.
async function needOf(page, venue) {
  await page.goto(office(`venues/${venue}/materials`));
  const fields = await page.locator('form[action*="/handovers"] .search-field:has(input[id^=give-count])').all();
  const counts = {};
  for (const field of fields) {
    const item = await field.locator('xpath=preceding-sibling::input[@type="hidden"][1]').inputValue();
    counts[item] = Number(await field.locator('input').inputValue());
  }
  return counts;
}

test('materials go from the printing office to the school with two signatures each', { skip }, async () => {
  const page = at.officer;
  const counts = await needOf(page, hanbit.code);
  assert.ok(Object.values(counts).every((count) => count > 0) && Object.keys(counts).length >= 4, JSON.stringify(counts));
  // The city signs for the printing office, and gives somebody at the school a code.
  await page.goto(`${office('materials')}?need=yes`);
  await see(page, '27-materials-empty');
  await handOver(page, 'printing_office', `district/${nowon.district}`, counts);
  await page.goto(office(`venues/${hanbit.code}/materials`));
  await page.selectOption('#signer-station', `venue/${nowon.district}/${hanbit.code}`);
  await page.fill('#signer-name', '교무부장');
  await press(page, 'form[action$="/signers"] button');
  const signerCode = (await page.textContent('.note-bar strong')).trim();
  await see(page, '28-code-issued');

  // The district takes it, at its tablet, and cannot sign for both sides afterwards.
  await at.nowon.setViewportSize(tablet);
  await at.nowon.goto(office('materials'));
  await see(at.nowon, '29-to-be-received');
  await receive(at.nowon);
  await at.nowon.goto(office(`venues/${hanbit.code}/materials`));
  await handOver(at.nowon, `district/${nowon.district}`, `venue/${nowon.district}/${hanbit.code}`);
  await receive(at.nowon);
  assert.match(await at.nowon.textContent('main'), /서로 다른 두 사람/);
  await see(at.nowon, '30-same-person');
  await receive(at.nowon, signerCode);
  assert.match(await at.nowon.textContent('.summary'), /모든 수량이 맞습니다/);
  assert.equal(await at.nowon.locator(receiptForm).count(), 0);
  await see(at.nowon, '31-at-the-school');
  await press(at.nowon, 'a[href*="material-labels"]');
  await see(at.nowon, '32-labels');
  assert.deepEqual(await overlapsOnPaper(at.nowon, '.label > *'), []);
});

test('a label is read by the camera where the browser can do that', { skip }, async () => {
  const page = await at.nowon.context().newPage();
  await page.goto(office(`venues/${hanbit.code}/material-labels`));
  const label = (await page.locator('.label-code').first().textContent()).trim();
  // A camera that shows the label to the third look. The second tap opens no second one.
  await page.addInitScript((seen) => {
    let looks = 0;
    window.cameras = 0;
    window.BarcodeDetector = class {
      async detect() { return ++looks < 3 ? [] : [{ rawValue: seen }]; }
    };
    HTMLMediaElement.prototype.play = async () => {};
    const getUserMedia = async () => { ++window.cameras; return new MediaStream(); };
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia } });
  }, label);
  await page.goto(office(`venues/${hanbit.code}/materials`));
  const button = page.locator('button[data-scan]');
  assert.equal(await button.isVisible(), true);
  const cameras = await button.evaluate((one) => { one.click(); one.click(); return window.cameras; });
  assert.equal(cameras, 1);
  await page.waitForURL(/[?&]parcel=/);
  assert.ok((await page.textContent('.note-bar')).includes(label));
  await page.close();
});

test('the district takes the papers of its own school, and the night before ticks what is done', { skip }, async () => {
  const page = at.nowon;
  await page.goto(office('own-papers'));
  await see(page, '33-own-papers');
  await page.check('input[name=format_csv]');
  const [zip] = await Promise.all([page.waitForEvent('download'), page.click('form[action$="/own-papers"] button')]);
  const names = execFileSync('python3', ['-c', 'import sys, zipfile\nprint("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))', await zip.path()],
    { encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf8' } }).trim().split('\n');
  assert.ok(names.length >= 2 && names.every((name) => name.includes(hanbit.code)), names.join(', '));

  await page.goto(office('briefings'));
  await page.fill('#note-words', '노원구 당직: 02-000-0000');
  await press(page, 'form[action$="/briefings"] button');
  await page.goto(office(`venues/${hanbit.code}/briefing`));
  const words = await page.textContent('main');
  for (const part of [hanbit.contact, '당직', '07:00', 'floors.pdf', '승강기 1대']) assert.match(words, new RegExp(part));
  // People are named with their roles; their rooms come at the minute that is set.
  assert.deepEqual([...new Set(await page.locator('[aria-labelledby=staff-title] tbody th').allTextContents())], ['–']);
  await press(page, page.locator('form[action$="/briefing-checks"] button').first());
  // The keyboard goes on at the next line.
  assert.equal(await page.evaluate(() => document.activeElement.id), await page.locator('form[action$="/briefing-checks"] button').nth(1).getAttribute('id'));
  await see(page, '34-briefing');
  assert.deepEqual(await breaksInWords(page, '[aria-labelledby=checks-title] td'), []);
  await at.officer.goto(office('briefings'));
  await see(at.officer, '35-readiness');
  const row = at.officer.locator('tbody tr').filter({ hasText: hanbit.code });
  assert.equal((await row.locator('td.number').first().textContent()).trim(), '1');
});

// A4 between the edges that browsers leave, in pixels.
const paper = { width: 718, height: 1017 };

test('the page of the day is printed as tables with a box for each line of the check list, without what can only be clicked', { skip }, async () => {
  const page = at.nowon;
  await page.goto(office(`venues/${hanbit.code}/briefing`));
  const own = page.viewportSize();
  const lines = await page.locator('form[action$="/briefing-checks"]').count();
  assert.equal(await page.locator('.paper-box').first().isVisible(), false);
  await page.setViewportSize(paper);
  await page.emulateMedia({ media: 'print' });
  const displays = await page.evaluate(() => ['thead', 'tbody tr'].map((part) => getComputedStyle(document.querySelector(`[aria-labelledby=rooms-title] ${part}`)).display));
  assert.deepEqual(displays, ['table-header-group', 'table-row']);
  assert.equal(await page.locator('.paper-box:visible').count(), lines);
  assert.equal(await page.locator('main :is(.krds-btn, .on-screen, .jump, .way-back):visible').count(), 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1), 'runs over the edge of the paper');
  await page.emulateMedia({ media: null });
  await page.setViewportSize(own);
});

test('a dry run goes through everything and leaves nothing', { skip }, async () => {
  const page = at.nowon;
  const before = await jsonOf(page, 'materials');
  await page.goto(office('materials'));
  await press(page, 'form[action*="/dry-runs"] button');
  await see(page, '36-dry-run');
  await page.fill('#give-code', '1111111111');
  await handOver(page, 'printing_office', 'district/00000', { answer_sheet: 45 });
  await receive(page, '2222222222');
  assert.match(await page.textContent('.summary'), /모든 수량이 맞습니다/);
  await page.goto(`${office('venues/DRY-RUN/briefing')}?run=yes`);
  await see(page, '37-dry-run-briefing');
  await page.goto(`${office('materials')}?run=yes`);
  await press(page, 'form[action*="/dry-runs"] button');
  assert.equal((await page.goto(`${office('materials')}?run=yes`)).status(), 409);
  assert.deepEqual(await jsonOf(page, 'materials'), before);
});

test('the other district is refused every address and form of the first one, in the same words as what is not there', { skip }, async () => {
  const seen = [await jsonOf(at.nowon, 'venue-offers'), await jsonOf(at.nowon, 'materials'), await jsonOf(at.nowon, `venues/${hanbit.code}/briefing`)];
  for (const address of [`venue-offers/${hanbit.code}`, `venues/${hanbit.code}/packing`, `venues/${hanbit.code}/packing.pdf`, `venues/${hanbit.code}/rosters.csv`,
    `venues/${hanbit.code}/papers?papers=roster&formats=csv`, `own-papers?venue=${hanbit.code}&papers=roster&formats=csv`]) {
    at.asked.set(address, { method: 'GET', address: `/api/v1/exams/${code}/${address}`, body: null });
  }
  await at.nowon.goto(office(`venue-offers/${hanbit.code}`));
  const plan = await at.nowon.locator('#files a[download]').first().getAttribute('href');
  at.asked.set(plan, { method: 'GET', address: plan, body: null });
  // Who lives in the first district alone, or stands at its school.
  const idsOf = async (page) => (await jsonOf(page, 'invigilators')).people.map((person) => person.invigilator_id);
  const known = new Set(await idsOf(at.gangseo));
  const others = (await idsOf(at.nowon)).filter((id) => !known.has(id));
  assert.ok(others.length > 0 && known.size > 0);
  await at.gangseo.goto(office('venue-letters'));
  const acts = [...at.asked.values()].flatMap(({ body }) => body?.match(/(?<=(?:^|&)act=)[^&]+/) ?? []);
  const altered = [[hanbit.code, '11350-77'], [`district/${nowon.district}`, 'district/11260'], [`district=${nowon.district}`, 'district=11260'],
    ...[...new Set(acts)].map((act) => [`act=${act}`, `act=${[...act].reverse().join('')}`])];
  const refused = await sendAsAnother(at.gangseo, program.office, at.asked, altered,
    [hanbit.name, hanbit.contact, '한빛로', '주차장', '개방하지', '당직', '교무부장', ...others]);
  assert.ok(refused >= 20, `only ${refused} were tried`);
  assert.deepEqual([await jsonOf(at.nowon, 'venue-offers'), await jsonOf(at.nowon, 'materials'), await jsonOf(at.nowon, `venues/${hanbit.code}/briefing`)], seen);
});

test('the pages of a district say the same in English', { skip }, async () => {
  const page = at.nowon;
  await page.setViewportSize(laptop);
  for (const [name, address] of [['offers', 'venue-offers'], ['offer', `venue-offers/${hanbit.code}`], ['letters', 'venue-letters'], ['people', 'invigilators'], ['duties', 'duties'], ['substitutes', 'substitutes'],
    ['materials', `venues/${hanbit.code}/materials`], ['briefing', `venues/${hanbit.code}/briefing`], ['papers', 'own-papers']]) {
    await page.goto(office(address).replace('/ko/', '/en/'));
    await see(page, `en-${name}`);
  }
});
