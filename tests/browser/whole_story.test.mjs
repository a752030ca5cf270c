// One applicant and one officer from the notice to the exam against the real program: hanjari serve with its database, a
// real SMTP server, a browser. The service is killed in between; what was acknowledged stays.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';

import { closeBrowser, judge, launched, newPage, photo, save } from './applicant_pages.mjs';
import { Mailbox } from './mailbox.mjs';
import { Program, password } from './program.mjs';

const phone = { width: 390, height: 844 };
const code = 'story-1';
const program = new Program(process.env.HANJARI_PROGRAM);
let mailbox;

after(async () => {
  await closeBrowser();
  await program.stop();
  mailbox?.close();
  program.remove();
});

const moment = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
const inDays = (days) => moment(days * 86_400).slice(0, 10);

// A notice whose window ends so many seconds from now; `concerned`: people who have applied by then.
function publish(venues, until, concerned = 0) {
  const folder = path.join(program.folder, 'notice');
  mkdirSync(folder, { recursive: true });
  const header = JSON.parse(readFileSync(path.join(venues, 'exam.json'), 'utf8'));
  const [head, ...lines] = readFileSync(path.join(venues, 'venues.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
  const value = (line, name) => line[head.indexOf(name)];
  const first = lines.find((line) => value(line, 'kind') === 'regular');
  const area = (at, ko, en) => ({
    code: `area-${at}`, name_ko: ko, name_en: en, district_code: value(first, 'district_code'),
    lat: Number(value(first, 'lat')) + at * 0.006 - 0.008, lon: Number(value(first, 'lon')) + (at % 2) * 0.009 - 0.004,
  });
  writeFileSync(path.join(folder, 'recruitment.json'), JSON.stringify({
    ...header, code, name_ko: '서울특별시 제3회 공개경쟁임용시험', name_en: 'Seoul open competition, round 3', exam_on: inDays(5), time_zone: 'Asia/Seoul',
    calendars: [{ name: 'regular', exam_on: inDays(5), apply_from: moment(-3600), apply_until: moment(until), cancel_until: moment(until), self_report_from: moment(-60), self_report_until: `${inDays(4)}T09:00:00Z` }],
    defaults: { fee_won: 5000, duration_min: 100 },
    units: [{ unit_code: '101', series_ko: '일반행정', series_en: 'General administration', grade: 9, posts: 3 }],
    areas: [area(1, '가온동', 'Gaon-dong'), area(2, '누리동', 'Nuri-dong'), area(3, '다솜동', 'Dasom-dong')],
  }));
  program.run('recruitment', 'save', path.join(folder, 'recruitment.json'), '--state', 'published', '--concerned', String(concerned), '--data', program.data);
}

// What the QR code of a slip says, read from the page as a scanner sees it.
function scan(pdf) {
  const file = path.join(program.folder, 'slip');
  writeFileSync(`${file}.pdf`, pdf);
  execFileSync('pdftoppm', ['-r', '200', '-png', '-singlefile', `${file}.pdf`, file]);
  const address = execFileSync('zbarimg', ['-q', '--raw', `${file}.png`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  return { address, text: execFileSync('pdftotext', ['-layout', `${file}.pdf`, '-'], { encoding: 'utf8' }),
    pictures: execFileSync('pdfimages', ['-list', `${file}.pdf`], { encoding: 'utf8' }) };
}

async function takeSlip(page) {
  const waiting = page.waitForEvent('download');
  await page.click('.slip-form button');
  return readFileSync(await (await waiting).path());
}

test('from a new account to a seat, a health report and another seat, with a service that is killed on the way', { skip: !Mailbox.there() && 'aiosmtpd is not installed' }, async () => {
  mailbox = await Mailbox.open(program.folder);
  const config = path.join(program.folder, 'hanjari.properties');
  writeFileSync(config, `mail.host = 127.0.0.1\nmail.port = ${mailbox.port}\nmail.from = exam@example.org\nreminders.from_hour = 0\nreminders.until_hour = 24\npayments.provider = test\n`
    // The frame of a real institution, with a telephone number inside a sentence.
    + 'institution.name = 한빛광역시\ninstitution.name_en = Hanbit Metropolitan City\ninstitution.department = 고시팀\n'
    + 'institution.telephone = 02-000-0000\ninstitution.official = true\n');
  const venues = path.join(program.folder, 'venues');
  program.run('sample', '--out', venues, '--applicants', '240', '--venues', '4', '--units', '2', '--cap', '15', '--accommodations', '3', '--seed', '7');
  publish(venues, 3600);
  await program.serve({ settings: config });
  const context = await (await launched()).newContext({ viewport: phone, locale: 'ko-KR', acceptDownloads: true });
  const page = await newPage(context);
  const see = (name) => judge(page, `whole-${name}`);

  // A new account by a code in a letter.
  await page.goto(`${program.portal}/ko`);
  await page.click('.exam-card a.primary');
  await page.click('.notice-actions a.primary');
  await see('01-sign-in');
  await page.click('a[href*="sign-up"]');
  await see('02-sign-up');
  await page.fill('#contact', 'sky@example.com');
  await page.fill('#new_password', password);
  await save(page);
  await see('03-code');
  const letter = await mailbox.find(/./);
  assert.equal(letter.to, 'sky@example.com');
  assert.equal(letter.language, 'ko');
  await page.fill('#code', letter.body.match(/\d{6,8}/)[0]);
  await save(page);

  // The form, step by step.
  await page.waitForURL('**/unit');
  await page.check('input[name=unit]');
  await save(page);
  for (const [field, value] of Object.entries({ '#name': '김하늘', '#identity': '950314-2000000', '#phone': '010-1234-5678', '#email': 'sky@example.com', '#address': '서울특별시 종로구 자하문로 1' }))
    await page.fill(field, value);
  await page.selectOption('#area', 'area-2');
  for (const box of ['consent', 'consent_identifier']) await page.locator(`input[name=${box}]`).press('Space');
  await save(page);
  await page.setInputFiles('#photo', await photo(page, 1200, 900));
  await page.waitForSelector('.cropper-stage', { state: 'visible' });
  await Promise.all([page.waitForURL('**/claims'), page.click('#photo-form button[type=submit]')]);
  await save(page);
  await save(page);
  await page.waitForURL('**/review');
  await page.click('.submit-card button');
  await page.waitForURL('**/my/**');
  const application = new URL(page.url()).pathname;
  const receipt = await (await page.request.get(`${program.portal}${application}/receipt`)).body();

  // As after a power cut: what was acknowledged is there, the session too, and the receipt is the same.
  await program.kill();
  await program.serve({ settings: config });
  await page.goto(program.portal + application);
  assert.deepEqual(await (await page.request.get(`${program.portal}${application}/receipt`)).body(), receipt);
  const file = path.join(program.folder, 'receipt.txt');
  writeFileSync(file, receipt);
  const { public_key: key } = await (await page.request.get(`${program.portal}/api/v1/receipt-key`)).json();
  assert.equal(typeof key, 'string');
  program.run('verify-receipt', file, '--key', key);
  writeFileSync(file, receipt.toString().replace('5000', '4000'));
  assert.throws(() => program.run('verify-receipt', file, '--key', key));

  // The fee; the notification comes late, and the page says so meanwhile.
  await page.goto(`${program.portal}${application}/payment`);
  await page.click('main form button.primary');
  await page.click('button[value=delay]');
  await see('04-payment-waits');
  await mailbox.find(/결제|수수료/);
  await page.goto(program.portal + application);
  await see('05-paid');

  // The officer: closes, freezes, plans, makes it live. The window is made to have ended two minutes ago.
  publish(venues, -120, 1);
  program.run('intake', 'close', code, '--data', program.data);
  const frozen = path.join(program.folder, 'frozen');
  const plan = path.join(program.folder, 'plan');
  program.run('intake', 'export', code, '--venues', venues, '--out', frozen, '--data', program.data);
  program.run('plan', frozen, '--out', plan);
  program.run('import', frozen, '--plan', plan, '--data', program.data);
  program.run('live', code, execFileSync('sha256sum', [path.join(plan, 'placements.csv')], { encoding: 'utf8' }).slice(0, 64), '--data', program.data);

  // The seat, told by a letter, opened, taken along.
  const told = await mailbox.find(/좌석이 배정되었습니다/, 40);
  assert.equal(told.subject, '[한빛광역시] 서울특별시 제3회 공개경쟁임용시험: 좌석이 배정되었습니다');
  await mailbox.find(/시험 안내/);
  await page.goto(`${program.portal}${application}/seat`);
  await see('06-seat');
  const venue = await page.textContent('.whereabouts .venue strong');
  const slip = scan(await takeSlip(page));
  assert.match(slip.text, /김하늘/);
  assert.match(slip.pictures, /jpeg/, 'the photo is on the slip');
  assert.equal(new URL(slip.address).origin, program.portal);
  await page.goto(slip.address);
  await see('07-slip-valid');
  const valid = await page.textContent('.exam-state');

  // A positive test: reported, decided, another seat in one step; the old slip is not right any more.
  await page.goto(`${program.portal}${application}/report`);
  await page.check('input[value=confirmed]');
  await page.fill('#since', inDays(-1).replaceAll('-', ''));
  await save(page);
  const waiting = program.run('intake', 'reports', code, '--data', program.data);
  program.run('intake', 'decide-report', waiting.match(/\b(\d+)\b/)[1], '--decision', 'isolation', '--told', '별도시험장에서 응시하십시오.', '--data', program.data);
  await mailbox.find(/건강 자진신고 처리 결과/);
  await mailbox.find(/좌석이 변경되었습니다/, 40);
  await page.goto(program.portal + application);
  await see('08-changed');
  await page.click('.seat-changed a');
  await see('09-new-seat');
  const moved = await page.textContent('.whereabouts .venue strong');
  assert.notEqual(moved, venue);
  assert.match(await page.textContent('.change-table'), new RegExp(`${venue}[\\s\\S]*${moved}`));
  const next = scan(await takeSlip(page));
  assert.notEqual(next.address, slip.address);
  await page.goto(slip.address);
  await see('10-slip-outdated');
  assert.notEqual(await page.textContent('.exam-state'), valid);
  await page.goto(next.address);
  assert.equal(await page.textContent('.exam-state'), valid);
  await page.goto(program.portal + application);
  assert.match(await page.textContent('main'), new RegExp(moved), 'the report names the venue, not its code');

  // Every letter went to this person, in Korean, once.
  const letters = mailbox.letters();
  assert.equal(new Set(letters.map(({ id }) => id)).size, letters.length);
  for (const one of letters) assert.deepEqual([one.to, one.language], ['sky@example.com', 'ko'], one.subject);

  // Signing out and in again, and a forgotten password.
  await page.goto(`${program.portal}/ko/account`);
  await see('11-account');
  await page.goto(`${program.portal}/ko/forgotten`);
  await see('12-forgotten');
});
