// What every story does with a page: judge it, take its picture, choose a photo, save a step.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { chromium } from 'playwright-core';

import { follow } from './follow.mjs';

export const shots = process.env.HANJARI_SHOTS ?? 'shots';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
mkdirSync(shots, { recursive: true });

let browser;
export async function launched() {
  browser ??= await chromium.launch({
    executablePath: process.env.HANJARI_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  return browser;
}
export async function closeBrowser() {
  await browser?.close();
}

// A page that remembers what it should not have said.
export async function newPage(context) {
  const page = await context.newPage();
  // Long enough for a machine that does other things at the same time.
  page.setDefaultTimeout(120_000);
  page.refusals = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) page.refusals.push(message.text());
  });
  page.on('pageerror', (error) => page.refusals.push(String(error)));
  return page;
}

export function picture(page, name) {
  return page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
}

export async function scrollsSideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth);
}

// What axe and the page's own security policy have against it.
export async function judgeWithAxe(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: values }), rules);
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), [], name);
  assert.equal(await scrollsSideways(page), false, `${name} scrolls sideways`);
  assert.deepEqual(page.refusals, [], `${name} breaks its own security policy`);
}

export async function judge(page, name, withScript = true) {
  await picture(page, name);
  if (!withScript) return;
  await judgeWithAxe(page, name);
  // Targets a thumb can hit (44 px), links inside sentences aside.
  const small = await page.evaluate(() => [...document.querySelectorAll('main button, main a.krds-btn, main summary, main input:not([type=hidden]):not([type=radio]):not([type=checkbox]), main select, main label.choice')]
    .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(small, [], `${name} has targets too small for a thumb`);
}

// A photo as a camera sends it, drawn by the browser itself.
export async function photo(page, width, height) {
  const bytes = await page.evaluate(async ([across, down]) => {
    const canvas = new OffscreenCanvas(across, down);
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#cfd8e3';
    pen.fillRect(0, 0, across, down);
    pen.fillStyle = '#e0b48c';
    pen.beginPath();
    pen.ellipse(across / 2, down * 0.38, across * 0.17, down * 0.19, 0, 0, 7);
    pen.fill();
    pen.fillStyle = '#274a7d';
    pen.beginPath();
    pen.ellipse(across / 2, down * 0.86, across * 0.34, down * 0.26, 0, 0, 7);
    pen.fill();
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, [width, height]);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
}

// Without scripts the browser's driver cannot tell when a page has stopped scrolling, so the button is reached by key there.
export const save = (page) => {
  const button = page.locator('main form button.primary[type=submit]');
  return follow(page, button, page.withoutScript ? () => button.press('Enter') : undefined);
};
