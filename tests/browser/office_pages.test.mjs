// A whole exam on the pages of the office, with the keyboard alone, as two officers take it from last year's copy to the second publication: set up, opened, a subject checked, an
// accommodation decided, closed, frozen, planned, edited, confirmed, published, planned anew after a school has dropped out, published again. A third officer
// reads by the API what no page has to tell a story, and moves the clock.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { closeBrowser, judgeWithAxe, picture } from './applicant_pages.mjs';
import { follow } from './follow.mjs';
import { Mailbox } from './mailbox.mjs';
import { OfficeStage, code, lastYear, portalAddress } from './office_stage.mjs';
import { laptop, press, signIn, visitorOnPhone, waitForJob } from './staff_pages.mjs';

const skip = !Mailbox.there() && 'aiosmtpd is not installed';
const narrow = { width: 360, height: 740 };
// What the steps know of each other, in their order.
const at = {};
let stage;

before(async () => {
  if (skip) return;
  stage = await OfficeStage.open();
  at.kim = await signIn(stage.program, 'kim', laptop);
  at.lee = await signIn(stage.program, 'lee', laptop);
  at.park = await stage.officer('park');
});

after(async () => {
  await closeBrowser();
  await stage?.close();
});

const open = (page, address, language = 'ko') => page.goto(`${stage.program.office}/${language}/${address}`);
const ofNotice = (rest) => `recruitments/${code}/${rest}`;
const ofExam = (rest) => `exams/${code}/${rest}`;

// The first of what a selector names, reached and pressed as somebody without a mouse does.
function key(page, selector) {
  const button = page.locator(selector).first();
  return follow(page, button, async () => {
    await button.focus();
    await page.keyboard.press('Enter');
  });
}

// Judged and kept as a picture: in Korean by day and by night, on a phone, and in English.
async function see(page, name) {
  const address = page.url();
  const look = async (how) => {
    await picture(page, `office-${name}-${how}`);
    await judgeWithAxe(page, `office-${name}-${how}`);
  };
  await look('ko-1440');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look('ko-1440-dark');
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(narrow);
  await look('ko-360');
  await page.setViewportSize(laptop);
  await page.goto(address.replace('/ko/', '/en/'));
  await look('en-1440');
  await page.goto(address);
}

const newestPlan = async () => (await at.park.read(ofExam('plans'))).plans[0].digest;
const busiest = async (digest) => (await at.park.read(ofExam(`plans/${digest}/summary`))).venues.toSorted((one, other) => other.people - one.people)[0].venue_code;
const isListed = async (page, words) => (await page.textContent('main')).includes(words);

test('last year\'s exam is copied, and announced by two officers', { skip }, async () => {
  const { kim, lee } = at;
  await open(kim, 'exams');
  await see(kim, '01-home');
  await open(kim, `recruitments/${lastYear}/setup`);
  await kim.fill('#copy-code', code);
  await kim.fill('#weeks', '52');
  await key(kim, 'form[action$="/copies"] button');
  assert.equal(new URL(kim.url()).pathname, `/ko/${ofNotice('setup')}`);
  await see(kim, '02-copied');
  await key(kim, 'form:has(input[value="confirm_dates"]) button');
  await key(kim, 'form:has(input[value="second_on"]) button');
  await open(kim, ofNotice('setup/units'));
  await see(kim, '03-units');
  await open(kim, ofNotice('versions/notice'));
  await see(kim, '04-versions');
  await open(kim, ofNotice('setup'));
  await key(kim, 'form:has(input[value="propose"]) button');
  assert.equal(await kim.locator('form:has(input[value="confirm"]) button').count(), 0, 'who proposed does not confirm');
  await open(lee, 'exams');
  assert.ok(await isListed(lee, '승인을 기다리는 공고'), 'the other officer finds it on the first page');
  await see(lee, '05-waits');
  await open(lee, ofNotice('setup'));
  await key(lee, 'form:has(input[value="confirm"]) button');
  await key(lee, 'form:has(input[value="announce"]) button');
  await open(lee, ofNotice('preview'));
  await see(lee, '06-preview');
});

test('who checks a subject declares and marks it with a link, without an account', { skip }, async () => {
  const { kim, park } = at;
  const part = ofNotice('parts/subjects');
  const subject = { code: 'history', name_ko: '한국사', name_en: 'Korean history', set_by: 'city', setter: 'choi', checkers: ['han-31'], state: 'drafted' };
  const { version } = await park.read(part);
  await park.post(part, { base_version: version, definition: { exam_subjects: [subject] }, reason: '출제를 마침' });
  await open(kim, ofNotice('setup'));
  await kim.fill('#link-email', 'checker@example.org');
  await see(kim, '06-subjects');
  await kim.fill('#link-email', 'checker@example.org');
  await key(kim, 'form[action$="/checker-links"] button');
  const letter = await stage.mailbox.wait((one) => one.to === 'checker@example.org', 'to the checker');
  const [link] = letter.body.match(new RegExp(`${portalAddress}/ko/subject-checks/\\S+`));
  const visitor = await visitorOnPhone();
  const look = async (name) => {
    await picture(visitor, `office-${name}-ko-390`);
    await judgeWithAxe(visitor, `office-${name}-ko-390`);
  };
  assert.equal((await visitor.goto(link.replace(portalAddress, stage.program.portal))).status(), 200);
  assert.equal(await isListed(visitor, '한국사'), false, 'the link alone shows no subject');
  await look('06-checker-code');
  await visitor.fill('#code', letter.body.match(/\b\d{6}\b/)[0]);
  await press(visitor, 'main form button');
  assert.ok(await isListed(visitor, '한국사'));
  assert.equal(await visitor.locator('button[name=subject]').count(), 0, 'first the declaration');
  await look('06-checker-asked');
  await visitor.locator('input[name=relative][value=no]').press('Space');
  await key(visitor, 'main section form button');
  await look('06-checker-subjects');
  await key(visitor, 'button[name=subject]');
  assert.equal((await park.read(part)).definition.exam_subjects[0].state, 'cross_checked');
  await look('06-checker-done');
});

test('people apply, and one of them is granted large print', { skip }, async () => {
  const { kim } = at;
  at.people = [await stage.apply(1, true), await stage.apply(2, false), await stage.apply(3, false)];
  await open(kim, ofNotice('applications'));
  await see(kim, '07-applications');
  await open(kim, ofNotice(`applications/${at.people[0].id}`));
  await see(kim, '08-person');
  await open(kim, ofNotice('figures'));
  await see(kim, '09-figures');
  await open(kim, ofNotice('accommodations'));
  await see(kim, '10-accommodation');
  await key(kim, 'button[name=answer][value=granted]');
  await see(kim, '11-none-waits');
});

test('applications are closed, and the list is frozen with last year\'s schools', { skip }, async () => {
  const { kim } = at;
  await open(kim, ofExam('frozen-list'));
  assert.equal(await kim.locator('main form').count(), 0, 'nothing is offered that would be refused');
  await see(kim, '12-not-yet');
  await stage.endWindow(at.park);
  await open(kim, `recruitments/${code}`);
  await see(kim, '13-recruitment');
  await kim.fill('#reason', '접수 기간이 끝남');
  await key(kim, 'form[action$="/closings"] button');
  await waitForJob(kim, stage.program.office);
  await open(kim, ofExam('thread'));
  await see(kim, '14-path');
  await key(kim, 'main table a[href$="/frozen-list"]');
  await kim.selectOption('#day-1-venues', stage.storedExam);
  await see(kim, '15-frozen-list');
  await kim.selectOption('#day-1-venues', stage.storedExam);
  await key(kim, 'main form button');
  await waitForJob(kim, stage.program.office);
  assert.ok(await isListed(kim, '3명'));
  await see(kim, '16-frozen');
});

test('a plan is made, edited by hand, and published by two officers', { skip }, async () => {
  const { kim, lee } = at;
  await open(kim, ofExam('plans'));
  await see(kim, '17-no-plan');
  await key(kim, 'form[action$="/second-officer"] button');
  await kim.selectOption('#seconds', { index: 0 });
  await key(kim, `form[action$="/${code}/plans"] button`);
  await waitForJob(kim, stage.program.office);
  const first = await newestPlan();
  const closed = await busiest(first);
  for (const [name, rest] of [['18-plan', ''], ['19-map', '/map'], ['20-settings', '/settings'], ['21-papers', '/papers'], ['22-venue', `/venues/${closed}`]]) {
    await open(kim, ofExam(`plans/${first}${rest}`));
    await see(kim, name);
  }
  await open(kim, ofExam(`plans/${first}`));
  await key(kim, 'form[action$="/edits"] button');
  const form = 'details[data-kind=close_venue]';
  const say = async () => {
    if (!await kim.locator(form).evaluate((details) => details.open)) await kim.locator(`${form} summary`).press('Enter');
    await kim.fill(`${form} input[name=venue]`, closed);
    await kim.fill(`${form} input[name=reason]`, '난방 고장');
  };
  await see(kim, '23-edits-empty');
  await say();
  await key(kim, `${form} button`);
  await key(kim, 'button[name=turn][value=undo]');
  await key(kim, 'button[name=turn][value=redo]');
  await see(kim, '24-edited');
  await key(kim, 'form[action*="/edits/"][action$="/plans"] button');
  await waitForJob(kim, stage.program.office);
  at.edited = await newestPlan();
  assert.notEqual(at.edited, first);
  assert.notEqual(await busiest(at.edited), closed);
  await publish(at.edited, '25');
  assert.equal((await at.people[0].person.get(`/en/my/${at.people[0].id}/seat`)).status, 200);
  await open(lee, 'exams');
  await see(lee, '26-home-published');
});

// Proposed by the one, confirmed by the other, put live with everybody counted whom it concerns.
async function publish(digest, number) {
  const { kim, lee } = at;
  const page = ofExam(`plans/${digest}`);
  await open(kim, page);
  await key(kim, 'form:has(input[value="propose"]) button');
  await open(lee, page);
  await see(lee, `${number}-to-confirm`);
  await key(lee, 'form:has(input[value="confirm"]) button');
  await open(kim, page);
  await kim.locator('form[action$="/publications"] input[name=concerned]').press('Space');
  await kim.fill('form[action$="/publications"] input[name=reason]', '두 담당자가 확인함');
  await key(kim, 'form[action$="/publications"] button');
  const { live_plans: [now] } = await at.park.read(ofExam('live-plans'));
  assert.deepEqual([now.plan, now.emergency], [digest, false]);
}

test('a school drops out: its rooms go from the table, and another plan is published', { skip }, async () => {
  const { kim } = at;
  const lost = await busiest(at.edited);
  const rooms = await stage.dropSchool(at.park, lost);
  await open(kim, 'imports');
  await see(kim, '27-imports');
  await kim.setInputFiles('#package', { name: 'rooms.csv', mimeType: 'text/csv', buffer: Buffer.from(rooms) });
  await kim.selectOption('#table', 'rooms');
  await kim.fill('#exam', code);
  await kim.fill('#reason', '침수');
  await key(kim, 'button[name=step][value=preview]');
  await waitForJob(kim, stage.program.office);
  await see(kim, '28-preview');
  await key(kim, 'form[action$="/confirmations"] button');
  await waitForJob(kim, stage.program.office);
  await open(kim, ofExam('plans'));
  await see(kim, '29-plans');
  await kim.fill('#replan-reason', '시험장 한 곳을 쓸 수 없음');
  await key(kim, 'form[action$="/replans"] button');
  await waitForJob(kim, stage.program.office);
  await see(kim, '30-replanned');
  const again = await newestPlan();
  assert.notEqual(await busiest(again), lost);
  await open(kim, `${ofExam('comparison')}?first=${at.edited}&second=${again}`);
  await see(kim, '31-comparison');
  await publish(again, '32');
  await open(kim, ofExam('thread'));
  await see(kim, '33-path-at-the-end');
  stage.owned('audit', 'verify');
});
