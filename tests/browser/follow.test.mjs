// A click that brings no page: what the stories say of it, and that they hide no request of ours that was lost. The pages
// are made here; only the script is the real one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { closeBrowser, launched, newPage } from './applicant_pages.mjs';
import { follow } from './follow.mjs';

const script = readFileSync(path.join(process.env.HANJARI_LOOK ?? '../../web/look', 'site.js'));
const patience = 1_000;
const asked = [];
const pages = {
  '/next': '<h1>next</h1>',
  // The first time somebody presses the mouse here, the link runs away.
  '/moving': '<main><a href="/next">on</a></main><script>addEventListener("mousedown", () => document.querySelector("main").style.paddingTop = "300px", { once: true })</script>',
  '/fleeing': '<main><a href="/next">on</a></main><script>let at = 0; addEventListener("mousedown", () => document.querySelector("main").style.paddingTop = `${at = 300 - at}px`)</script>',
  '/lost': '<main><a href="/silent">on</a></main>',
  '/half': '<main><a href="/with-picture">on</a></main>',
  '/with-picture': '<h1>next</h1><img src="/silent.png" alt="">',
  '/form': '<main><form method="post" action="/next"><input name="reason" required><button type="submit">on</button></form></main>',
  '/plain': '<main><form method="post" action="/next"><button type="submit">on</button></form></main>',
  '/once': '<main><form class="once" method="post" action="/nothing"><button id="one" type="submit" data-sending="sending">send <b>it</b></button></form><form id="other" data-sent="yes"></form></main><script src="/site.js" defer></script>',
};
let server;
let address;

before(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    if (request.url.startsWith('/silent')) return;
    if (request.url === '/nothing') response.writeHead(204).end();
    else if (request.url === '/site.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    else response.writeHead(pages[request.url] ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html><title>x</title>${pages[request.url] ?? ''}`);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  address = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  await closeBrowser();
  server.closeAllConnections();
  server.close();
});

// A page of its own at `where`, and what the log says meanwhile.
async function open(t, where, timeout = 6_000, more = {}) {
  const context = await (await launched()).newContext({ viewport: { width: 390, height: 844 }, ...more });
  t.after(() => context.close());
  const page = await newPage(context);
  await page.goto(address + where);
  page.setDefaultTimeout(timeout);
  asked.length = 0;
  const log = t.mock.method(console, 'log', () => {});
  return { page, said: () => log.mock.calls.map(({ arguments: [words] }) => words) };
}
const link = (page) => page.locator('main a, main button').first();
const press = (page) => follow(page, link(page), undefined, patience);

test('a click that the page moved away from is told and made again', async (t) => {
  const { page, said } = await open(t, '/moving', 60_000);
  await press(page);
  assert.equal(page.url(), `${address}/next`);
  assert.equal(said().length, 1, said().join('\n'));
  assert.match(said()[0], /\/moving did not reach its element and sent nothing; the page saw: mousedown on a, mouseup on \w+/);
});

test('clicks that never reach their element fail in the end, as what they are', async (t) => {
  const { page } = await open(t, '/fleeing', 15_000);
  await assert.rejects(press(page), /\/fleeing did not reach its element and sent nothing/);
});

test('a click that brings its page says nothing', async (t) => {
  const { page, said } = await open(t, '/half', 60_000);
  await page.route('**/silent.png', (route) => route.abort());
  await press(page);
  assert.deepEqual(said(), []);
});

test('a page without scripts is followed by its requests alone', async (t) => {
  const { page, said } = await open(t, '/plain', 60_000, { javaScriptEnabled: false });
  page.withoutScript = true;
  await follow(page, link(page), () => link(page).press('Enter'));
  assert.equal(page.url(), `${address}/next`);
  assert.deepEqual(asked.filter((one) => !one.includes('favicon')), ['POST /next']);
  assert.deepEqual(said(), []);
});

test('a request without an answer fails the story, and is not hidden by another click', async (t) => {
  const { page, said } = await open(t, '/lost');
  await assert.rejects(press(page), /after a click on \S+\/lost; not answered whole: GET \S+\/silent \(no answer\)/);
  assert.deepEqual(asked.filter((one) => !one.includes('favicon')), ['GET /silent']);
  assert.deepEqual(said(), []);
});

test('a page that waits for one of its files says for which', async (t) => {
  const { page } = await open(t, '/half');
  await assert.rejects(press(page), /not answered whole: GET \S+\/silent\.png \(no answer\)/);
});

test('a click that a form keeps back fails with what the form says', async (t) => {
  const { page, said } = await open(t, '/form');
  await assert.rejects(press(page), /\/form reached its element and sent nothing; the page saw: .*invalid on input reason: \S/);
  assert.deepEqual(said(), []);
});

test('a form that was sent and brought no page can be sent again, after a while', async (t) => {
  const { page } = await open(t, '/once', 20_000);
  await page.clock.install();
  await page.reload();
  asked.length = 0;
  const send = async () => {
    await page.evaluate(() => document.querySelector('#one').click());
    await page.evaluate(() => fetch('/next'));  // whatever the form sends is on its way before
    return asked.filter((one) => one === 'POST /nothing').length;
  };
  assert.equal(await send(), 1);
  assert.equal(await page.locator('#one').textContent(), 'sending');
  assert.equal(await send(), 1, 'a second tap sends nothing');
  await page.clock.fastForward(31_000);
  assert.equal(await page.locator('#one').innerHTML(), 'send <b>it</b>');
  assert.equal(await page.locator('#one').getAttribute('aria-disabled'), null);
  assert.equal(await send(), 2, 'no page came: it can be sent again');
});

test('whoever comes back with the browser finds every form as it can be sent', async (t) => {
  const { page } = await open(t, '/once', 20_000);
  await page.evaluate(() => document.querySelector('#one').click());
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('form')].map((form) => form.dataset.sent ?? null)), [null, null]);
  assert.equal(await page.locator('#one').innerHTML(), 'send <b>it</b>');
});
