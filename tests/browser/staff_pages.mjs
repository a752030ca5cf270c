// Staff at their devices: they sign in with a second factor, and their pages are looked at on all of them.
import assert from 'node:assert/strict';

import { judgeWithAxe, launched, newPage, picture, scrollsSideways } from './applicant_pages.mjs';
import { brokenMoments, cramped, touchingButtons } from './distances.mjs';
import { follow } from './follow.mjs';
import { codeOf, password } from './program.mjs';

export const laptop = { width: 1440, height: 900 };
export const tablet = { width: 820, height: 1180 };
export const phone = { width: 390, height: 844 };

// Somebody with a phone and without an account.
export async function visitorOnPhone() {
  const context = await (await launched()).newContext({ viewport: phone, locale: 'ko-KR' });
  return newPage(context);
}

// A page of somebody who has just signed in for the first time and has set up the authenticator.
export async function signIn(program, account, viewport) {
  const context = await (await launched()).newContext({ viewport, locale: 'ko-KR', acceptDownloads: true });
  const page = await newPage(context);
  await page.goto(`${program.office}/ko/sign-in`);
  await page.fill('#account', account);
  await page.fill('#password', password);
  await press(page, 'main form button');
  const secret = (await page.textContent('main code')).replaceAll(' ', '');
  // On a machine that is slow for a moment a code is over before it is sent.
  for (let tries = 0; tries < 3 && await page.locator('#code').count() > 0; ++tries) {
    await page.fill('#code', codeOf(secret, 0));
    await press(page, 'main form button');
  }
  await press(page, 'main form button');
  return page;
}

// Clicks what leads to another page (the first of those that a selector names), and waits for it.
export async function press(page, button) {
  const target = typeof button === 'string' ? page.locator(button).first() : button;
  await follow(page, target);
}

const everyPicture = process.env.HANJARI_ALL_WIDTHS === 'yes';

async function keepApart(page, name) {
  const found = [await page.evaluate(cramped), await page.evaluate(touchingButtons), await page.evaluate(brokenMoments)];
  assert.deepEqual(found.flat(), [], `${name} has parts that touch each other`);
}

// Judged and kept as a picture on the own device; on the other ones it keeps inside the window, and has its picture there
// too when HANJARI_ALL_WIDTHS asks for it, since drawing long pages takes most of the time.
export async function judgeEverywhere(page, name) {
  const own = page.viewportSize();
  await keepApart(page, name);
  await picture(page, `${name}-${own.width}`);
  await judgeWithAxe(page, `${name}-${own.width}`);
  for (const viewport of [laptop, tablet, phone]) {
    if (viewport.width === own.width) continue;
    await page.setViewportSize(viewport);
    assert.equal(await scrollsSideways(page), false, `${name} scrolls sideways at ${viewport.width} px`);
    await keepApart(page, `${name} at ${viewport.width} px`);
    if (everyPicture) await picture(page, `${name}-${viewport.width}`);
  }
  await page.setViewportSize(own);
}

// The page of a job that an officer has ordered, once the job is done.
export async function waitForJob(page, origin) {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  for (let looks = 0, state = ''; state !== 'done'; ++looks) {
    assert.ok(looks < 240 && state !== 'failed' && state !== 'cancelled', `the job ended as ${state}`);
    await new Promise((resolve) => { setTimeout(resolve, 250); });
    ({ state } = await (await page.request.get(`${origin}/api/v1/jobs/${id}`)).json());
  }
  await page.reload();
}

// The parts that a selector names whose words run out of them, as they would on paper.
export async function overlapsOnPaper(page, selector) {
  await page.emulateMedia({ media: 'print' });
  const over = await page.locator(selector).evaluateAll((parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1)
    .map((part) => part.textContent.trim().slice(0, 40)));
  await page.emulateMedia({ media: null });
  return over;
}

// Words of at most eight letters that stand on two lines, on a tablet.
export async function breaksInWords(page, selector) {
  const own = page.viewportSize();
  await page.setViewportSize(tablet);
  const broken = await page.locator(selector).evaluateAll((cells) => cells.flatMap((cell) => {
    const found = [];
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      for (const word of text.data.matchAll(/\S{2,8}(?!\S)/g)) {
        if (word.index > 0 && /\S/.test(text.data[word.index - 1])) continue;
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) found.push(word[0]);
      }
    }
    return found;
  }));
  await page.setViewportSize(own);
  return broken;
}
