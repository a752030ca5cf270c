// The first view of pages that people come to without having been there before, on a slow phone; each time with an empty store.
import { chromium } from 'playwright-core';

import { Program } from './program.mjs';

const [binary, timesWord] = process.argv.slice(2);
const times = Number(timesWord);

const middle = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

async function look(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ko-KR' });
  try {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 });
    await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const kinds = new Map();
    const bytes = { fonts: 0, others: 0 };
    client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { bytes[kinds.get(requestId) === 'Font' ? 'fonts' : 'others'] += encodedDataLength; });
    await page.addInitScript(() => {
      globalThis.moved = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready.then(() => true));
    await page.waitForTimeout(500);
    const seen = await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      blocking: performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking').length,
      moved: globalThis.moved,
    }));
    return { ...seen, ...bytes };
  } finally {
    await context.close();
  }
}

const program = new Program(binary);
let browser;
try {
  program.prepare();
  await program.serve();
  browser = await chromium.launch({ executablePath: process.env.HANJARI_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  console.log('page                        holding up   bytes   of fonts   first paint: median, slowest   moved at most');
  for (const page of ['/ko', '/en', `/ko/exams/${program.code}/seat`, `/en/exams/${program.code}/seat`, '/ko/sign-up', '/ko/sign-in']) {
    const views = [];
    for (let time = 0; time < times; ++time) views.push(await look(browser, program.portal + page));
    const paints = views.map((view) => view.paint);
    console.log(`${page.padEnd(34)} ${String(views[0].blocking).padStart(3)} ${String(views[0].others).padStart(7)} ${String(views[0].fonts).padStart(10)} `
      + `${String(Math.round(middle(paints))).padStart(20)} ms ${String(Math.round(Math.max(...paints))).padStart(6)} ms ${Math.max(...views.map((view) => view.moved)).toFixed(4).padStart(15)}`);
  }
} finally {
  await browser?.close();
  await program.stop();
  program.remove();
}
