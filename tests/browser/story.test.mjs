// The pages as people meet them: an applicant on a phone with the keyboard alone, a coordinator at the desk. Every page is
// judged by axe and kept as a picture in the folder of HANJARI_SHOTS.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { after, before, test } from 'node:test';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { Program, codeOf, password } from './program.mjs';

const binary = process.env.HANJARI_PROGRAM;
const shots = process.env.HANJARI_SHOTS ?? 'shots';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 900 };

const program = new Program(binary);
let browser;

before(async () => {
  mkdirSync(shots, { recursive: true });
  program.prepare();
  program.run('account', 'add', 'holder', '--role', 'exam_officer', '--data', program.data);
  await program.serve();
  browser = await chromium.launch({
    executablePath: process.env.HANJARI_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
});

after(async () => {
  await browser?.close();
  await program.stop();
  program.remove();
});

async function visit(viewport, locale, more = {}) {
  const context = await browser.newContext({ viewport, locale, ...more });
  const page = await context.newPage();
  // Long enough for a machine that does other things at the same time.
  page.setDefaultTimeout(120_000);
  page.refusals = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) page.refusals.push(message.text());
  });
  return page;
}

// A picture of the page, and what axe and the eye of a narrow phone have against it.
async function judge(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: values }), rules);
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), [], name);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth), false, `${name} scrolls sideways`);
  assert.deepEqual(page.refusals, [], `${name} breaks its own security policy`);
}

// Moves on with the Tab key until the element has the focus, as somebody without a mouse does.
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 30; pressed++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, 'none', `${selector} shows no focus`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} cannot be reached with the keyboard`);
}

test('an applicant finds the seat on a phone with the keyboard alone, and takes the slip', async () => {
  const page = await visit(phone, 'ko-KR');
  await page.goto(`${program.portal}/`);
  assert.equal(new URL(page.url()).pathname, '/ko');
  await judge(page, 'home-ko-360');
  await tabTo(page, '.exam-card a');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/seat');
  await judge(page, 'form-ko-360');

  await tabTo(page, '#number');
  await page.keyboard.type('99999999');
  await page.keyboard.press('Tab');
  await page.keyboard.type(program.applicant.birth_on);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'errors', 'the errors are reached first');
  await judge(page, 'form-not-found-ko-360');

  await tabTo(page, '#number');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(program.placement.applicant_number);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  const words = await page.innerText('main');
  assert.match(words, new RegExp(program.applicant.name));
  assert.match(words, new RegExp(program.venue.name));
  assert.equal(await page.innerText('.whereabouts .room strong'), program.placement.room_no);
  assert.equal(await page.innerText('.whereabouts .seat strong'), program.placement.seat_no);
  assert.equal(await page.locator('.drawing svg .room-desk-own').count() > 0, true);
  await judge(page, 'seat-ko-360');

  await tabTo(page, '.slip-form button');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(download.suggestedFilename(), '응시표.pdf');
  assert.equal(readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
  assert.doesNotMatch(page.url(), new RegExp(program.placement.applicant_number));

  await page.click('button.language-switch');
  await page.waitForURL('**/en/**');
  assert.match(await page.innerText('main'), new RegExp(program.applicant.name));
  await judge(page, 'seat-en-360');
});

test('the pages work without JavaScript', async () => {
  const page = await visit(desk, 'en-GB', { javaScriptEnabled: false });
  await page.goto(`${program.portal}/en/exams/${program.code}/seat`);
  await page.fill('#number', program.placement.applicant_number);
  await page.fill('#birth', program.applicant.birth_on.replaceAll('-', ''));
  await page.click('main form button');
  assert.match(await page.textContent('main'), new RegExp(program.venue.name));
});

test('the pages hold on a desk, in English, in the dark and on the narrowest phone', async () => {
  for (const [name, viewport, scheme] of [['1280', desk, 'light'], ['1280-dark', desk, 'dark'], ['320', { width: 320, height: 640 }, 'light']]) {
    const page = await visit(viewport, 'en-GB', { colorScheme: scheme });
    await page.goto(`${program.portal}/en`);
    await judge(page, `home-en-${name}`);
    await page.click('.exam-card a');
    await page.click('main form button');
    await judge(page, `form-errors-en-${name}`);
    await page.fill('#number', program.placement.applicant_number);
    await page.fill('#birth', program.applicant.birth_on);
    await page.click('main form button');
    await judge(page, `seat-en-${name}`);
    await page.goto(`${program.portal}/en/nothing`);
    await judge(page, `problem-en-${name}`);
  }
});

test('a coordinator signs in, finds a venue, takes the roster and signs out', async () => {
  let secret = null;
  for (const [name, viewport, locale] of [['en-1280', desk, 'en-GB'], ['ko-360', phone, 'ko-KR']]) {
    const page = await visit(viewport, locale);
    await page.goto(`${program.office}/`);
    await page.waitForURL('**/sign-in*');
    await judge(page, `sign-in-${name}`);
    await page.fill('#account', 'coordinator');
    await page.fill('#password', 'not the password');
    await page.click('main form button');
    await judge(page, `sign-in-wrong-${name}`);
    await page.fill('#password', password);
    await page.click('main form button');
    await page.waitForURL('**/second-step*');
    // The first time the authenticator is set up; later it is asked for its next code.
    const enrols = secret === null;
    if (enrols) secret = (await page.textContent('main code')).replaceAll(' ', '');
    await judge(page, `second-step-${name}`);
    await page.fill('#code', codeOf(secret, enrols ? 0 : 1));
    await page.click('main form button');
    if (enrols) {
      await judge(page, `recovery-codes-${name}`);
      await page.click('main form button');
    }
    await page.waitForURL('**/venues');
    await judge(page, `venues-${name}`);
    assert.equal(await page.locator('.venue-table tbody tr').filter({ hasText: program.venue.name }).count(), 1);
    for (const [label, head] of [['PDF', '%PDF-'], ['XLSX', 'PK'], ['CSV', '\ufeff']]) {
      const row = page.locator('.venue-table tbody tr').filter({ hasText: program.venue.name });
      const [download] = await Promise.all([page.waitForEvent('download'), row.getByText(label, { exact: true }).click()]);
      const bytes = readFileSync(await download.path());
      assert.equal(bytes.toString('utf8').startsWith(head), true, label);
      assert.match(download.suggestedFilename(), new RegExp(`^roster-${program.venue.venue_code}\\.`));
      if (label === 'CSV') assert.match(bytes.toString('utf8'), new RegExp(program.placement.applicant_number));
    }
    await page.fill('#search', 'zzz');
    await page.click('form.search button');
    await judge(page, `venues-none-${name}`);
    await page.click('.sign-out button');
    await page.waitForURL('**/sign-in');
    await page.goto(`${program.office}/ko/exams/${program.code}/venues`);
    assert.match(page.url(), /sign-in/);
  }
});

test('an officer registers a security key, is let in by it, and by no answer that is not its own', async () => {
  // Keys belong to the name of a host; browsers take none for the number of one.
  const office = program.office.replace('127.0.0.1', 'localhost');
  const page = await visit(desk, 'en-GB');
  const devices = await page.context().newCDPSession(page);
  await devices.send('WebAuthn.enable');
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: false, automaticPresenceSimulation: true },
  });
  const enterPassword = async () => {
    await page.goto(`${office}/en/sign-in`);
    await page.fill('#account', 'holder');
    await page.fill('#password', password);
    await page.click('main form button');
    await page.waitForURL('**/second-step*');
  };
  await enterPassword();
  const secret = (await page.textContent('main code')).replaceAll(' ', '');
  await page.fill('#code', codeOf(secret, 0));
  await page.click('main form button');
  await page.locator('main ol.figures').waitFor();
  await page.click('main form button');  // the codes are kept
  await page.waitForURL('**/en/exams');

  await page.goto(`${office}/en/account`);
  const registered = page.locator('section[aria-labelledby=keys-title] .exam-card');
  assert.equal(await registered.count(), 0);
  await page.fill('form[data-key=make] [name=code]', codeOf(secret, 1));
  await page.click('form[data-key=make] button[type=submit]');
  await registered.waitFor();
  const { credentials } = await devices.send('WebAuthn.getCredentials', { authenticatorId });
  assert.equal(credentials.length, 1);
  await judge(page, 'account-security-key-en-1280');
  await page.click('.sign-out button');
  await page.waitForURL('**/sign-in');

  // Somebody who has the password and no key: what is signed with another key opens nothing.
  await enterPassword();
  await judge(page, 'second-step-security-key-en-1280');
  await devices.send('WebAuthn.setResponseOverrideBits', { authenticatorId, isBogusSignature: true });
  await page.click('form[data-key=use] button[type=submit]');
  await page.waitForURL('**/second-step?key=wrong*');
  assert.match(await page.textContent('main'), /not recognised/);
  await devices.send('WebAuthn.setResponseOverrideBits', { authenticatorId, isBogusSignature: false });
  await page.click('form[data-key=use] button[type=submit]');
  await page.waitForURL('**/en/exams');
  assert.match(await page.innerText('.top .account'), /holder/);

  // A step that asks for the second factor again takes the key in place of a code.
  await page.goto(`${office}/en/account`);
  await page.click('form[action$="/recovery-codes"] [data-factor-key]');
  await page.waitForURL('**/account/recovery-codes');
  assert.ok(await page.locator('main ol.figures code').count() > 0, 'there are new recovery codes');

  // A device without the key is told so, and the code of the authenticator is still asked for.
  await page.click('.sign-out button');
  await page.waitForURL('**/sign-in');
  await devices.send('WebAuthn.clearCredentials', { authenticatorId });
  await enterPassword();
  await page.click('form[data-key=use] button[type=submit]');
  await page.locator('form[data-key=use] [data-failed]').waitFor();
  assert.equal(await page.locator('#code').isVisible(), true);
  await page.context().close();
});

// A page that looks again by itself may do so in the middle of being judged.
async function judgeMoving(page, name) {
  for (let tries = 0; ; ++tries) {
    try {
      await judge(page, name);
      return;
    } catch (failure) {
      if (tries === 4 || !/context was destroyed|navigat/i.test(String(failure))) throw failure;
      await page.waitForLoadState();
    }
  }
}

test('an officer orders a plan, and it is there although the server was killed', async () => {
  const page = await visit(desk, 'en-GB');
  await page.goto(`${program.office}/en/sign-in`);
  await page.fill('#account', 'officer');
  await page.fill('#password', password);
  await page.click('main form button');
  await page.waitForURL('**/second-step*');
  await page.fill('#code', codeOf((await page.textContent('main code')).replaceAll(' ', ''), 0));
  await page.click('main form button');
  await page.click('main form button');
  await page.waitForURL('**/en/exams');
  await judge(page, 'office-home-en-1280');
  await page.goto(`${program.office}/en/searches`);
  await judge(page, 'search-en-1280');
  await page.goto(`${program.office}/en/jobs`);
  await judge(page, 'jobs-none-en-1280');
  await page.goto(`${program.office}/en/exams/${program.code}/plans`);
  await judge(page, 'plans-en-1280');
  await page.selectOption('#seconds', '300');
  await page.click('main form button');
  await page.waitForURL('**/jobs/*');
  const address = new URL(page.url()).pathname;
  await judgeMoving(page, 'job-running-en-1280');
  // The page asks again by itself, and what it gets of a killed program would cut into what is asked next.
  await page.goto('about:blank');
  await program.kill();
  await program.serve();
  // A plan that was not done yet is made anew once the lease of the killed program has run out; we take the best so far.
  for (let looks = 0, state = ''; state !== 'Done'; ++looks) {
    assert.ok(looks < 600 && state !== 'Failed', `the job does not end: ${state}`);
    await page.goto(`${program.office}${address}`);
    state = (await page.textContent('.exam-line .krds-badge')).trim();
    if (/begun again/.test(await page.textContent('main')) && await page.locator('form[action$="/cancel"] button').count() > 0) {
      await page.click('form[action$="/cancel"] button');
    }
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
  }
  await judge(page, 'job-done-en-1280');
  for (const [name, viewport, locale] of [['ko-360', phone, 'ko-KR'], ['ko-1280', desk, 'ko-KR']]) {
    const other = await visit(viewport, locale, { storageState: await page.context().storageState() });
    for (const [shot, path_] of [['job-done', address], ['jobs', '/en/jobs'], ['plans', `/en/exams/${program.code}/plans`]]) {
      await other.goto(program.office + path_.replace('/en/', '/ko/'));
      await judge(other, `${shot}-${name}`);
    }
    await other.context().close();
  }
  const digest = (await page.textContent('main')).match(/[0-9a-f]{12}/)[0];
  await page.click('main a.krds-btn[href$="/plans"]');
  await page.waitForURL('**/plans');
  assert.equal(await page.locator('.venue-table tbody tr').filter({ hasText: digest }).count(), 1);
  await takePapers(page, digest);
});

// Orders the rosters of one school from the plan's page, keyboard and all, waits for the job, and takes the ZIP.
async function takePapers(page, digest) {
  await page.click(`.venue-table a:has-text("${digest}")`);
  await page.waitForURL('**/plans/*');
  await judge(page, 'plan-en-1280');
  await page.click('main a[href$="/papers"]');
  const papers = new URL(page.url()).pathname;
  await judge(page, 'papers-none-en-1280');
  // Seen red: KRDS hides every legend, so that boxes stood below nothing that says what they are for.
  for (const legend of await page.locator('.choice-group > legend').all()) {
    const box = await legend.boundingBox();
    assert.ok(box && box.width > 20 && box.height > 10, 'a legend that nobody sees');
  }
  await page.selectOption('#place', { index: await page.locator('#place option').count() - 1 });
  await page.check('input[name="format_csv"]');
  await page.click('form[action$="/papers"] button');
  await page.waitForURL('**/jobs/*');
  for (let looks = 0, state = ''; state !== 'Done'; ++looks) {
    assert.ok(looks < 600 && state !== 'Failed', `the papers are not made: ${state}`);
    await page.reload();
    state = (await page.textContent('.exam-line .krds-badge')).trim();
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
  await judge(page, 'papers-job-en-1280');
  await page.click('main a.krds-btn');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.downloads a')]);
  assert.match(download.suggestedFilename(), /^papers-.*\.zip$/);
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK');
  for (const [name, viewport, locale, language] of [['en-1280', desk, 'en-GB', 'en'], ['ko-360', phone, 'ko-KR', 'ko']]) {
    const other = await visit(viewport, locale, { storageState: await page.context().storageState() });
    for (const [shot, path_] of [['papers', papers], ['plan', papers.replace(/\/papers$/, '')]]) {
      await other.goto(program.office + path_.replace('/en/', `/${language}/`));
      await judge(other, `${shot}-${name}`);
    }
    await other.context().close();
  }
}

test('operations tells its health, and the access log nothing personal', async () => {
  const health = await fetch(`${program.operations}/health`);
  assert.deepEqual(await health.json(), { live: true, ready: true, reasons: [] });
  assert.match(await (await fetch(`${program.operations}/metrics`)).text(), /hanjari_http_answers_total\{/);
  // The log goes out twice a second.
  await new Promise((resolve) => { setTimeout(resolve, 800); });
  const lines = program.accessLog.trim().split('\n');
  assert.ok(lines.length > 20);
  for (const line of lines) JSON.parse(line);
  for (const personal of [program.placement.applicant_number, program.applicant.birth_on, program.applicant.birth_on.replaceAll('-', ''), program.applicant.name]) {
    assert.equal(program.accessLog.includes(personal), false, 'the access log names a person');
  }
});

test('a second program on the same port says so, and the first one stops in order', async () => {
  const port = new URL(program.portal).port;
  const other = new Program(binary);
  assert.throws(() => other.run('serve', '--data', other.data, '--portal-port', port, '--office-port', '0', '--operations-port', '0'),
    (failure) => failure.status === 5 && failure.stderr.includes(port));
  other.remove();
  assert.equal(await program.stop(), 0);
});

test('an account of the database that may change the audit trail is refused', () => {
  const other = new Program(binary);
  const settings = path.join(other.folder, 'settings');
  const served = new Program(binary);
  served.data = program.data;
  // The owner's account of the private server, as if somebody had named it for the program.
  writeFileSync(settings, `database.socket = ${program.data}/mariadb/s.sock\ndatabase.user = ${userInfo().username}\nkeys.file = ${program.data}/keys/personal.keys\n`);
  return served.serve().then(() => {
    assert.throws(() => other.run('serve', '--data', other.data, '--config', settings, '--portal-port', '0', '--office-port', '0', '--operations-port', '0'),
      (failure) => failure.status === 5 && /may change or delete entries of the audit trail/.test(failure.stderr));
    return served.stop();
  }).finally(() => { other.remove(); served.remove(); });
});

test('keys may come from the environment, also new ones', () => {
  const file = path.join(program.data, 'keys', 'personal.keys');
  const keys = readFileSync(file, 'utf8');
  const home = path.join(program.folder, 'kept.keys');
  renameSync(file, home);
  const take = (name, environment) => {
    program.run('export', program.code, '--out', path.join(program.folder, name), '--data', program.data, { env: { ...process.env, HANJARI_KEYS: environment } });
    return readFileSync(path.join(program.folder, name, 'applicants.csv'), 'utf8');
  };
  const before = take('before', keys);
  assert.match(before, new RegExp(program.applicant.name));
  const rotate = (environment) => program.run('keys', 'rotate', '--json', '--data', program.data, { env: { ...process.env, HANJARI_KEYS: environment } });
  assert.throws(() => rotate(keys), (failure) => failure.status === 2 && /higher number/.test(failure.stderr));
  const newer = `personal 2 ${randomBytes(32).toString('hex')}\n`;
  assert.equal(JSON.parse(rotate(keys + newer)).master_number, 2);
  assert.equal(take('after', keys.replace(/^personal 1 .*\n/m, '') + newer), before);
  assert.throws(() => take('old', keys), (failure) => failure.status !== 0);
  assert.equal(existsSync(file), false);
});
