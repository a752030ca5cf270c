// Applicants from the notice to the slip, in a real browser: on a phone, on a desk, in both languages, without JavaScript,
// with the keyboard alone, in the dark. Every page is judged by axe and kept as a picture in the folder of HANJARI_SHOTS.
// The portal runs over repositories in memory with a clock that the stories set (portal_stage.cpp).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, test } from 'node:test';
import { createInterface } from 'node:readline';

import { closeBrowser, judge, launched, newPage, photo, save, shots } from './applicant_pages.mjs';
import { follow } from './follow.mjs';

const narrow = { width: 320, height: 640 };
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

// One portal of its own per story. Those of stories that failed are ended at the end: they would keep this process alive.
const stages = new Set();
class Stage {
  static async open() {
    const stage = new Stage();
    stages.add(stage);
    stage.child = spawn('setpriv', ['--pdeathsig', 'TERM', process.env.HANJARI_STAGE], { stdio: ['pipe', 'pipe', 'inherit'] });
    stage.lines = createInterface({ input: stage.child.stdout })[Symbol.asyncIterator]();
    const [, port, ...cookies] = (await stage.lines.next()).value.split(' ');
    stage.address = `http://127.0.0.1:${port}`;
    stage.cookies = cookies;
    return stage;
  }

  async tell(command) {
    this.child.stdin.write(`${command}\n`);
    assert.equal((await this.lines.next()).value, 'ok', command);
  }

  async close() {
    stages.delete(this);
    this.child.stdin.end();
    await new Promise((resolve) => { this.child.once('exit', resolve); });
  }
}

after(async () => {
  for (const stage of stages) stage.child.kill('SIGKILL');
  await closeBrowser();
});

async function visit(stage, viewport, locale, more = {}, who = 0) {
  const context = await (await launched()).newContext({ viewport, locale, ...more });
  if (who !== null) await context.addCookies([{ name: 'hanjari_applicant', value: stage.cookies[who], url: stage.address }]);
  return newPage(context);
}

const person = { '#name': '김하늘', '#identity': '950314-2000000', '#phone': '010-1234-5678', '#email': 'sky@example.com', '#address': '서울특별시 종로구 자하문로 1' };

async function fillPerson(page) {
  for (const [field, value] of Object.entries(person)) await page.fill(field, value);
  await page.selectOption('#area', '11110-1');
  for (const box of ['consent', 'consent_identifier']) await page.locator(`input[name=${box}]`).press('Space');
}

// A wish with a reason and a document.
async function fillSupport(page, name, { mimeType = 'application/pdf', content = `%PDF-1.4 ${name}` } = {}) {
  await page.check('input[name=item-3]');
  await page.check('input[name=consent_sensitive]');
  await page.fill('#item-3-reason', '저시력');
  await page.setInputFiles('#item-3-document', { name, mimeType, buffer: Buffer.from(content) });
}

// From the notice to the status page; every page judged.
async function applyFor(stage, page, language, name, { script = true } = {}) {
  const see = (what) => judge(page, `${name}-${what}`, script);
  await page.goto(`${stage.address}/${language}`);
  await see('01-home');
  await page.click('.exam-card a.primary');
  await see('02-notice');
  await page.click('.notice-actions a.primary');
  await see('03-unit');
  await save(page);
  await see('04-unit-missing');
  await page.check('input[name=unit][value="101"]');
  await save(page);
  await see('05-person');
  await save(page);
  await see('06-person-faults');
  await fillPerson(page);
  await save(page);
  await see('07-photo');
  if (script) {
    await page.setInputFiles('#photo', await photo(page, 1200, 900));
    await page.waitForSelector('.cropper-stage', { state: 'visible' });
    await page.focus('.cropper-stage');
    for (const key of ['ArrowRight', 'ArrowUp', '+', '+']) await page.keyboard.press(key);
    await see('08-cropper');
    await Promise.all([page.waitForURL('**/claims'), page.click('#photo-form button[type=submit]')]);
  } else {
    await page.setInputFiles('#photo', page.keptPhoto);
    await save(page);
    await see('08-photo-adjust');
    await page.click('button[value=closer]');
    await page.click('.photo-adjust button.primary');
  }
  await see('09-claims');
  await page.check('input[name=elective_law]');
  await page.check('input[name=elective_gov]');
  await save(page);
  await see('10-support');
  await fillSupport(page, '소견서.pdf');
  await see('11-support-chosen');
  await save(page);
  await page.waitForURL('**/review');
  await see('12-review');
  await page.dblclick('.submit-card button');
  // Without script the second press breaks off the answer to the first, and its own is awaited.
  await page.waitForURL('**/my/**').catch(() => page.waitForURL('**/my/**'));
  assert.match(await page.textContent('.success-bar'), language === 'ko' ? /원서를 제출했습니다/ : /has been submitted/);
  await see('13-status');
  return new URL(page.url()).pathname;
}

async function payAndSit(stage, page, address, name, script = true) {
  const see = (what) => judge(page, `${name}-${what}`, script);
  await page.goto(stage.address + address + '/payment');
  await see('14-payment');
  await page.click('main form button.primary');
  await see('15-provider');
  await page.click('button[value=failure]');
  await see('16-payment-failed');
  await page.click('main form button.primary');
  await page.click('button[value=double_notice]');
  await see('17-paid');
  await stage.tell('clock 2021-05-22T10:00:00+09:00');
  await stage.tell(`seat ${address.slice(address.lastIndexOf('/') + 1)}`);
  await page.goto(stage.address + address);
  await see('18-status-seated');
  await page.goto(`${stage.address}${address}/seat`);
  assert.equal(await page.locator('.venue-map').count(), 1);
  await see('19-seat');
  await stage.tell('move');
  await page.goto(stage.address + address);
  await see('20-status-changed');
  await page.click('.seat-changed a');
  assert.match(await page.textContent('.change-table'), /성동고등학교/);
  await see('21-seat-changed');
  await page.click('.slip-hint a');
  await see('22-wallet');
  await page.goto(`${stage.address}${address}/report`);
  await page.check('input[value=confirmed]');
  await save(page);
  await see('23-report-faults');
  await page.fill('#since', '20210520');
  await save(page);
  await stage.tell('reroute');
  await stage.tell('refuse large_print');
  await page.reload();
  await see('24-status-decided');
  await page.goto(`${stage.address}${address}/withdraw`);
  await see('25-withdraw-over');
}

test('a phone in Korean, from the notice to the slip and the health report', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, phone, 'ko-KR');
  const address = await applyFor(stage, page, 'ko', 'ko-390');
  await payAndSit(stage, page, address, 'ko-390');
  await stage.close();
});

test('a desk in English', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, desk, 'en-GB');
  const address = await applyFor(stage, page, 'en', 'en-1280');
  await payAndSit(stage, page, address, 'en-1280');
  await stage.close();
});

test('the narrowest phone in the dark', async () => {
  const stage = await Stage.open();
  await stage.tell('counts');
  await stage.tell('clock 2021-03-04T12:00:00+09:00');
  const page = await visit(stage, narrow, 'ko-KR', { colorScheme: 'dark' });
  const address = await applyFor(stage, page, 'ko', 'dark-320');
  await payAndSit(stage, page, address, 'dark-320');
  await stage.close();
});

test('without JavaScript everything can be done', async () => {
  const stage = await Stage.open();
  const drawing = await visit(stage, phone, 'en-GB');
  await drawing.goto(`${stage.address}/en`);
  const kept = await photo(drawing, 900, 1200);
  const page = await visit(stage, phone, 'en-GB', { javaScriptEnabled: false });
  page.keptPhoto = kept;
  page.withoutScript = true;
  const address = await applyFor(stage, page, 'en', 'plain-390', { script: false });
  await payAndSit(stage, page, address, 'plain-390', false);
  await stage.close();
});

test('with the keyboard alone', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, desk, 'en-GB');
  const tabTo = async (selector) => {
    for (let pressed = 0; pressed < 60; pressed++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
        assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none', `${selector} shows no focus`);
        return;
      }
      await page.keyboard.press('Tab');
    }
    assert.fail(`${selector} cannot be reached with the keyboard`);
  };
  const enter = () => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.goto(`${stage.address}/en`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main', 'the skip link comes first');
  await tabTo('.exam-card a');
  await enter();
  await tabTo('.notice-actions a.primary');
  await enter();
  await tabTo('input[name=unit]');
  await page.keyboard.press('Space');
  await tabTo('main form button.primary');
  await enter();
  await page.waitForURL('**/person');
  for (const [field, value] of Object.entries(person)) {
    await tabTo(field);
    await page.keyboard.type(value);
  }
  await page.focus('#area');
  await page.keyboard.type('Cheon');
  await tabTo('main form button.primary');
  await enter();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'errors', 'the faults are reached first');
  await tabTo('#errors a');
  await page.keyboard.press('Enter');
  for (const box of ['input[name=consent]', 'input[name=consent_identifier]']) {
    await tabTo(box);
    await page.keyboard.press('Space');
  }
  await tabTo('main form button.primary');
  await enter();
  await page.waitForURL('**/photo');
  await page.setInputFiles('#photo', await photo(page, 900, 1200));
  await tabTo('.cropper-stage');
  await page.keyboard.press('ArrowDown');
  await tabTo('button[data-move=closer]');
  await page.keyboard.press('Enter');
  await tabTo('#photo-form button[type=submit]');
  await Promise.all([page.waitForURL('**/claims'), page.keyboard.press('Enter')]);
  for (const box of ['input[name=elective_law]', 'input[name=elective_math]']) {
    await tabTo(box);
    await page.keyboard.press('Space');
  }
  await tabTo('main form button.primary');
  await enter();
  await tabTo('main form button.primary');
  await enter();
  await page.waitForURL('**/review');
  await tabTo('.submit-card button');
  await enter();
  await page.waitForURL('**/my/**');
  await stage.close();
});

test('another device goes on where the first one stopped, and neither overwrites the other unseen', async () => {
  const stage = await Stage.open();
  const telephone = await visit(stage, phone, 'ko-KR');
  const table = await visit(stage, desk, 'ko-KR');
  await telephone.goto(`${stage.address}/ko/apply/seoul-2021-1/unit`);
  await telephone.check('input[value="101"]');
  await save(telephone);
  await table.goto(`${stage.address}/ko/apply/seoul-2021-1`);
  assert.match(table.url(), /person$/);
  await table.fill('#name', '책상에서');
  await follow(table, table.locator('button[name=later]'));
  await judge(table, 'my-draft-ko-1280');
  await fillPerson(telephone);
  await save(telephone);
  assert.equal(await telephone.inputValue('#name'), '김하늘');
  await judge(telephone, 'saved-elsewhere-ko-390');
  // The resident number is never kept, so it is asked for again.
  assert.equal(await telephone.inputValue('#identity'), '');
  await telephone.fill('#identity', person['#identity']);
  await save(telephone);
  assert.match(telephone.url(), /photo$/);
  await stage.close();
});

test('at five minutes to six: the place in the queue, the countdown, and the minute after', async () => {
  const stage = await Stage.open();
  await stage.tell('clock 2021-03-05T17:57:00+09:00');
  const page = await visit(stage, phone, 'ko-KR');
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/unit`);
  await page.check('input[value="101"]');
  await save(page);
  await fillPerson(page);
  await save(page);
  await page.setInputFiles('#photo', await photo(page, 900, 1200));
  await page.waitForSelector('.cropper-stage', { state: 'visible' });
  await Promise.all([page.waitForURL('**/claims'), page.click('#photo-form button[type=submit]')]);
  await page.check('input[name=elective_law]');
  await page.check('input[name=elective_gov]');
  await save(page);
  await save(page);
  assert.match(await page.textContent('.countdown-left'), /^00:0[23]:\d\d$/);
  await stage.tell('crowd');
  await page.click('.submit-card button');
  await page.waitForSelector('.queue-place');
  assert.match(await page.textContent('.queue-place'), /^\d+$/);
  // The page sends itself again when its seconds are over: that is held back while it is judged, which takes longer than the
  // seconds on a machine with other work. Only the holding back itself may still meet a page that is on its way.
  for (let tries = 0; ; ++tries) {
    try {
      await page.evaluate(() => { document.getElementById('queue-form').requestSubmit = () => {}; });
      await judge(page, 'line-ko-390');
      break;
    } catch (failure) {
      if (tries === 4 || !/context was destroyed/.test(String(failure))) throw failure;
      await page.waitForSelector('.queue-place');
    }
  }
  // Closing comes while the person waits; the moment of the first attempt counts.
  await stage.tell('clock 2021-03-05T18:00:20+09:00');
  await stage.tell('calm');
  await page.evaluate(() => {
    const form = document.getElementById('queue-form');
    delete form.requestSubmit;
    form.requestSubmit();
  });
  await page.waitForURL('**/my/**', { timeout: 30_000 });
  assert.match(await page.textContent('.success-bar'), /원서를 제출했습니다/);
  await stage.close();
});

test('who comes after closing is told by which clock', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, phone, 'ko-KR');
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/unit`);
  await page.check('input[value="101"]');
  await save(page);
  await fillPerson(page);
  await save(page);
  await page.setInputFiles('#photo', await photo(page, 900, 1200));
  await page.waitForSelector('.cropper-stage', { state: 'visible' });
  await Promise.all([page.waitForURL('**/claims'), page.click('#photo-form button[type=submit]')]);
  await page.check('input[name=elective_law]');
  await page.check('input[name=elective_gov]');
  await save(page);
  await save(page);
  await stage.tell('clock 2021-03-08T18:00:03+09:00');
  await page.click('.submit-card button');
  await page.waitForSelector('text=접수 마감 후에 도착했습니다');
  await judge(page, 'late-ko-390');
  await stage.close();
});

test('a lost line loses nothing: the photo can be sent again, and submitting twice is submitting once', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, phone, 'en-GB');
  await page.goto(`${stage.address}/en/apply/seoul-2021-1/unit`);
  await page.check('input[value="101"]');
  await save(page);
  await fillPerson(page);
  await save(page);
  await page.setInputFiles('#photo', await photo(page, 900, 1200));
  await page.waitForSelector('.cropper-stage', { state: 'visible' });
  await page.route('**/photo', (route) => route.abort());
  await page.click('#photo-form button[type=submit]');
  await page.waitForSelector('#photo-trouble:not([hidden])');
  await judge(page, 'photo-lost-en-390');
  await page.unroute('**/photo');
  await Promise.all([page.waitForURL('**/claims'), page.click('#photo-form button[type=submit]')]);
  await stage.close();
});

// Both were lost: what the script sent again met "saved elsewhere", and a picture too small was made larger unseen.
test('a document that was refused and replaced is kept, and a photo too small is refused with script too', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, phone, 'ko-KR');
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/unit`);
  await page.check('input[value="101"]');
  await save(page);
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/support`);
  await fillSupport(page, '소견서.html', { mimeType: 'text/html', content: '<html>' });
  await page.click('#support-form button.primary');
  await page.waitForSelector('#photo-trouble:not([hidden])');
  assert.match(await page.textContent('#photo-trouble'), /PDF, JPEG, PNG/);
  await page.setInputFiles('#item-3-document', { name: '소견서.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 certificate') });
  await Promise.all([page.waitForURL('**/review'), page.click('#support-form button.primary')]);
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/support`);
  assert.equal(await page.textContent('.documents a'), '소견서.pdf');
  await judge(page, 'support-replaced-ko-390');
  // Of the extra times one can be had: they exclude each other with and without script.
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/support`);
  assert.equal(await page.locator('input[type=radio][name=extra_time]').count(), 4);
  assert.equal(await page.isVisible('#extra_time-reason'), false);
  await page.check('input[name=extra_time][value="extra_time_1.2"]');
  await page.check('input[name=extra_time][value="extra_time_1.5"]');
  assert.equal(await page.locator('input[name=extra_time]:checked').count(), 1);
  assert.equal(await page.isVisible('#extra_time-reason'), true);
  await judge(page, 'support-extra-time-ko-390');
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/photo`);
  await page.setInputFiles('#photo', await photo(page, 120, 160));
  await page.waitForSelector('#photo-trouble:not([hidden])');
  assert.match(await page.textContent('#photo-trouble'), /137×177/);
  assert.equal(await page.isVisible('.cropper-stage'), false);
  await stage.close();
});

// Red while the script went on to the stored form without a word, and the document that had been chosen was gone.
test('what another window saved first is told, and the document that was chosen here is kept', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, phone, 'ko-KR');
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/unit`);
  await page.check('input[value="101"]');
  await save(page);
  const other = await newPage(page.context());
  for (const one of [page, other]) await one.goto(`${stage.address}/ko/apply/seoul-2021-1/support`);
  await fillSupport(other, '진단서.pdf');
  await Promise.all([other.waitForURL('**/review'), other.click('#support-form button.primary')]);
  await fillSupport(page, '소견서.pdf');
  await page.click('#support-form button.primary');
  await page.waitForSelector('#photo-trouble:not([hidden])');
  assert.match(await page.textContent('#photo-trouble'), /다른 기기나 창에서/);
  await Promise.all([page.waitForURL('**/review'), page.click('#support-form button.primary')]);
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/support`);
  assert.deepEqual(await page.locator('.documents a').allTextContents(), ['진단서.pdf', '소견서.pdf']);
  await stage.close();
});

// Red while the script opened the page anew: the reason that had been typed was gone without a word.
test('words beside a document stay when the session has ended, with script too', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, phone, 'ko-KR');
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/unit`);
  await page.check('input[value="101"]');
  await save(page);
  await page.goto(`${stage.address}/ko/apply/seoul-2021-1/support`);
  await fillSupport(page, '소견서.pdf');
  await page.context().addCookies([{ name: 'hanjari_applicant', value: '0'.repeat(64), url: stage.address }]);
  await Promise.all([page.waitForSelector('input[name=password]'), page.click('#support-form button.primary')]);
  assert.match(await page.locator('main input[name=kept]').first().inputValue(), /저시력/);
  assert.match(await page.textContent('main'), /파일은 다시 선택해야 합니다/);
  await judge(page, 'sign-in-kept-ko-390');
  await stage.close();
});

test('name, tools and steps stand in one row on the narrowest phone', async () => {
  const stage = await Stage.open();
  for (const [language, locale] of [['ko', 'ko-KR'], ['en', 'en-GB']]) {
    const page = await visit(stage, narrow, locale);
    await page.goto(`${stage.address}/${language}/apply/seoul-2021-1/unit`);
    const middles = await page.evaluate(() => [...document.querySelectorAll('.brand, .top-tools > *')].map((one) => {
      const box = one.getBoundingClientRect();
      return box.top + box.height / 2;
    }));
    assert.ok(Math.max(...middles) - Math.min(...middles) < 8, `${language}: ${middles}`);
    assert.match(await page.textContent('.progress-step.current .progress-count'), /1\/6/);
    await judge(page, `frame-${language}-320`);
    await page.context().close();
  }
  await stage.close();
});

// A kept page is the same for everybody: its own bytes name nobody, and the script asks whose browser this is.
test('the header says whose account is open, on kept pages too, in one row with a long name', async () => {
  const stage = await Stage.open();
  for (const language of ['ko', 'en']) {
    const page = await visit(stage, narrow, language === 'ko' ? 'ko-KR' : 'en-GB');
    const kept = await (await page.request.get(`${stage.address}/${language}`)).text();
    assert.doesNotMatch(kept, /\*\*\*/);
    await page.goto(`${stage.address}/${language}/my`);
    const name = await page.textContent('.top-link.own .own-name');
    assert.match(name, /\*\*\*@|-\*\*\*\*-/);
    await page.goto(`${stage.address}/${language}`);
    await page.waitForSelector('.top-link.own .own-name');
    assert.equal(await page.textContent('.top-link.own .own-name'), name);
    await page.evaluate(() => { document.querySelector('.own-name').textContent = 'k***@a-very-long-name-of-a-university.example.kr'; });
    const middles = await page.evaluate(() => [...document.querySelectorAll('.brand, .top-tools > *')].map((one) => {
      const box = one.getBoundingClientRect();
      return box.top + box.height / 2;
    }));
    assert.ok(Math.max(...middles) - Math.min(...middles) < 8, `${language}: ${middles}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), language);
    await judge(page, `own-name-${language}-320`);
    await page.context().close();
  }
  await stage.close();
});

test('the first view is light, and a Korean page takes few pieces of the font', async () => {
  const stage = await Stage.open();
  await stage.tell('counts');
  await stage.tell('clock 2021-03-04T12:00:00+09:00');
  for (const address of ['/ko', '/ko/notices/seoul-2021-1', '/en/notices/seoul-2021-1']) {
    const page = await visit(stage, phone, 'ko-KR', {}, null);
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    const kinds = new Map();
    const sizes = { font: 0, other: 0 };
    client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      sizes[kinds.get(requestId) === 'Font' ? 'font' : 'other'] += encodedDataLength;
    });
    await page.goto(stage.address + address, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(300);
    console.log(`${address}: ${sizes.other} bytes and ${sizes.font} bytes of fonts`);
    assert.ok(sizes.other <= 150_000, `${address}: ${sizes.other} bytes without fonts`);
    assert.ok(sizes.font <= 400_000, `${address}: ${sizes.font} bytes of fonts`);
    // Style sheets; no font and no script is waited for.
    const blocking = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking').map((one) => one.name));
    assert.ok(blocking.length <= 2 && blocking.every((one) => one.includes('.css')), `${address}: ${blocking}`);
    await page.context().close();
  }
  await stage.close();
});

// Red while late pieces of the font moved links and buttons of the first pages by up to 53 pixels.
test('a font that comes late moves nothing, and what every page needs of it is asked for once', async () => {
  const stage = await Stage.open();
  await stage.tell('clock 2021-03-04T12:00:00+09:00');
  for (const [address, first] of [['/ko', 2], ['/en', 1], ['/ko/notices/seoul-2021-1', 2], ['/ko/sign-in', 2]]) {
    const page = await visit(stage, phone, 'ko-KR', {}, null);
    const asked = [];
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    await page.route('**/*.woff2', async (route) => {
      asked.push(route.request().url());
      await new Promise((resolve) => { setTimeout(resolve, 2500); });
      await route.continue();
    });
    await page.addInitScript(() => {
      globalThis.shifted = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shifted += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(stage.address + address, { waitUntil: 'domcontentloaded' });
    const places = () => page.evaluate(() => [...document.querySelectorAll('a, button, input')].filter((one) => one.offsetParent)
      .map((one) => { const box = one.getBoundingClientRect(); return [box.left, box.top, box.width, box.height].map(Math.round).join(' '); }));
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    const early = await places();
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(3000);
    assert.deepEqual(await places(), early, address);
    assert.ok(await page.evaluate(() => globalThis.shifted) < 0.001, `${address}: ${await page.evaluate(() => globalThis.shifted)}`);
    assert.equal(await page.locator('link[rel=preload][as=font][crossorigin]').count(), first, address);
    // A file that was asked for ahead in another way than the style sheet asks for it is fetched twice.
    assert.equal(new Set(asked).size, asked.length, asked.join(' '));
    assert.deepEqual(said, [], address);
    await page.context().close();
  }
  await stage.close();
});

test('what is printed is the slip and nothing around it', async () => {
  const stage = await Stage.open();
  const page = await visit(stage, desk, 'ko-KR');
  const address = await applyFor(stage, page, 'ko', 'print');
  await page.goto(stage.address + address + '/payment');
  await page.click('main form button.primary');
  await page.click('button[value=success]');
  await stage.tell('clock 2021-05-22T10:00:00+09:00');
  await stage.tell(`seat ${address.slice(address.lastIndexOf('/') + 1)}`);
  await page.goto(`${stage.address}${address}/wallet`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.isVisible('header.top'), false);
  const box = await page.locator('.wallet').boundingBox();
  // Two identity cards of 85.6 x 54 mm side by side, at 96 dots an inch.
  assert.equal(await page.locator('.wallet .qr').count(), 1);
  // Nothing of either half is cut off at the edge of the card.
  const cut = await page.evaluate(() => [...document.querySelectorAll('.wallet-side')].map((side) => side.scrollHeight - side.clientHeight));
  assert.ok(Math.max(...cut) <= 1, `cut off: ${cut}`);
  const halves = await page.evaluate(() => [...document.querySelectorAll('.wallet-side')].map((side) => side.getBoundingClientRect().width));
  assert.ok(Math.abs(halves[0] - halves[1]) < 2, `folded in the middle: ${halves}`);
  assert.ok(Math.abs(box.width - 171 / 25.4 * 96) < 2 && Math.abs(box.height - 54 / 25.4 * 96) < 2, JSON.stringify(box));
  await page.screenshot({ path: path.join(shots, 'wallet-print.png') });
  await page.goto(`${stage.address}${address}/seat`);
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: path.join(shots, 'seat-print.png'), fullPage: true });
  await stage.close();
});
