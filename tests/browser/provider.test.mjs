// The staff sign in through the identity provider of their house: a real one, in a real browser.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, test } from 'node:test';

import { chromium } from 'playwright-core';

import { freePort } from './free_port.mjs';
import { Program } from './program.mjs';
import { openProvider } from './provider.mjs';

const shots = process.env.HANJARI_SHOTS ?? 'shots';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
mkdirSync(shots, { recursive: true });

const open = new Set();
let browser;
after(async () => {
  await browser?.close();
  for (const end of open) await end();
});

// A program that knows the provider. `strong` says that it asked for a second factor, `weak` does not.
async function house(algorithm) {
  const program = new Program(process.env.HANJARI_PROGRAM);
  const port = await freePort();
  const returnAddress = `http://127.0.0.1:${port}/sign-in/provider`;
  const provider = await openProvider({
    clientSecret: 'known to both+sides', returnAddress, algorithm,
    people: { 'strong-officer': 'urn:two-factors', 'weak-officer': 'urn:password', stranger: 'urn:two-factors' },
  });
  const settings = path.join(program.folder, 'hanjari.properties');
  const key = path.join(program.folder, 'identity.key');
  writeFileSync(key, 'known to both+sides\n', { mode: 0o600 });
  writeFileSync(settings, `identity.issuer = ${provider.issuer}\nidentity.client_id = hanjari\nidentity.client_key_file = ${key}\n`
    + `identity.return_address = ${returnAddress}\nidentity.trusted_acr = urn:two-factors\n`);
  for (const name of ['strong-officer', 'weak-officer']) {
    program.run('account', 'add', name, '--role', 'exam_officer', '--no-password', '--data', program.data);
    program.run('account', 'link', name, '--subject', name, '--config', settings, '--data', program.data);
  }
  const end = async () => {
    open.delete(end);
    await program.stop();
    await provider.close();
    program.remove();
  };
  open.add(end);
  await program.serve({ settings, officePort: String(port) });
  return { program, provider, end };
}

async function visit(locale = 'en-GB', viewport = { width: 390, height: 844 }) {
  browser ??= await chromium.launch({
    executablePath: process.env.HANJARI_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const page = await (await browser.newContext({ viewport, locale })).newPage();
  // Long enough for a machine that does other things at the same time.
  page.setDefaultTimeout(120_000);
  return page;
}

async function judge(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), [], name);
}

for (const algorithm of ['RS256', 'ES256']) {
  test(`who is known comes in, and nobody else (${algorithm})`, async () => {
    const { program, provider, end } = await house(algorithm);
    let page = await visit();
    // Another person: the provider remembers who was there.
    const next = async (person) => {
      provider.person = person;
      page = await visit();
      await page.goto(`${program.office}/en/sign-in`);
      await page.click('.other-way a');
    };

    // Asked for two factors there: straight to the page that was wanted.
    await page.goto(`${program.office}/en/exams`);
    await page.waitForURL('**/sign-in?next=*');
    await judge(page, `provider-sign-in-${algorithm}`);
    await page.click('.other-way a');
    await page.waitForURL('**/en/exams');
    assert.match(await page.innerText('.top .account'), /strong-officer/);
    await page.click('.sign-out button');
    await page.waitForURL('**/sign-in');

    // A password alone there: our own second factor is set up.
    await next('weak-officer');
    await page.waitForURL('**/second-step*');
    await page.goto(`${program.office}/en/exams`);
    await page.waitForURL('**/sign-in?next=*');

    // An identity that no account belongs to is told its name.
    await next('stranger');
    assert.match(await page.innerText('.error-summary'), /stranger/);
    await judge(page, `provider-stranger-${algorithm}`);

    // Refused there.
    provider.refuses = true;
    await next('strong-officer');
    await page.waitForSelector('.error-summary');
    provider.refuses = false;

    // An answer that another browser brings along is worth nothing, nor is one used before.
    const answers = [];
    page = await visit();
    page.on('request', (request) => { if (request.url().includes('/sign-in/provider?')) answers.push(request.url()); });
    await page.goto(`${program.office}/en/sign-in`);
    await page.click('.other-way a');
    await page.waitForURL('**/en/exams');
    const other = await visit('ko-KR');
    await other.goto(answers.at(-1));
    assert.match(await other.innerText('.error-summary'), /로그인/);
    await judge(other, `provider-other-browser-${algorithm}`);
    await other.goto(`${program.office}/ko/exams`);
    await other.waitForURL('**/sign-in?next=*');

    assert.equal(program.accessLog.includes('state='), false);
    await end();
  });
}
