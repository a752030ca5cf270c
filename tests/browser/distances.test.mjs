// Parts of pages do not touch each other and moments stay whole, on any device: each template is filled in with invented words, whole and with each of its
// sections left out, and laid out with the style that pages load. No program is needed.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { closeBrowser, launched } from './applicant_pages.mjs';
import { brokenMoments, cramped, touchingButtons } from './distances.mjs';
import { laptop, phone, tablet } from './staff_pages.mjs';

const look = process.env.HANJARI_LOOK;
const code = path.join(look, '../../src');
const krds = process.env.HANJARI_KRDS ?? '';
// What a template says at a place of this name; everywhere else it says a word.
const said = {
  at: '2026-12-01 04:19 (Asia/Seoul)', due: '2026-12-01 18:00 (Asia/Seoul)', on: '2026년 12월 4일 금요일', name: '한빛나래솔바람고등학교', seats: '1,234', number: '12',
  account: 'd11500', author: 'd11500', address: '#',
};
const word = '한빛';

function pageFolders() {
  const subjects = path.join(code, 'subjects');
  return [path.join(code, 'platform/site/pages'), ...readdirSync(subjects).map((name) => path.join(subjects, name, 'pages'))].filter(existsSync);
}
const filesIn = (folder) => (existsSync(folder) ? readdirSync(folder).sort().map((name) => path.join(folder, name)) : []);
const templates = new Map(pageFolders().flatMap((folder) => filesIn(path.join(folder, 'templates'))).map((file) => [path.basename(file, '.mustache'), readFileSync(file, 'utf8')]));

function merge(all, messages) {
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'object' && typeof all[key] === 'object') merge(all[key], value);
    else all[key] = value;
  }
  return all;
}
const messages = pageFolders().flatMap((folder) => filesIn(path.join(folder, 'messages'))).filter((file) => path.basename(file) === 'ko.json')
  .reduce((all, file) => merge(all, JSON.parse(readFileSync(file, 'utf8'))), {});

// The parts of a template: words, values, and sections with parts of their own.
function parse(template) {
  const root = { parts: [] };
  const open = [root];
  let at = 0;
  for (const tag of template.matchAll(/\{\{(\{?[#^/>&!]?)\s*([\w.]+)\s*\}\}\}?/g)) {
    open.at(-1).parts.push(template.slice(at, tag.index));
    at = tag.index + tag[0].length;
    const [, kind, name] = tag;
    if (kind === '#' || kind === '^') {
      const section = { name, inverted: kind === '^', parts: [] };
      open.at(-1).parts.push(section);
      open.push(section);
    } else if (kind === '/') open.pop();
    else if (kind === '>') open.at(-1).parts.push(...parse(templates.get(name)).parts);
    else open.at(-1).parts.push({ value: name, whole: kind === '{' });
  }
  open.at(-1).parts.push(template.slice(at));
  return root;
}

function valueOf(name) {
  if (!name.startsWith('t.')) return said[name.split('.').at(-1)] ?? word;
  const text = name.slice(2).split('.').reduce((from, key) => from?.[key], messages);
  return String(text ?? word).replace(/[<>&"]/g, '');
}

// `off`: the section that is left out; what is there in its place is shown instead.
function fill({ parts }, off) {
  return parts.map((part) => {
    if (typeof part === 'string') return part;
    if (part.value) return part.whole ? '' : valueOf(part.value);
    return (part.name === off) === part.inverted ? fill(part, off) : '';
  }).join('');
}

const sectionsOf = ({ parts }) => parts.flatMap((part) => (part.parts ? [part.name, ...sectionsOf(part)] : []));

async function styleOfPages() {
  const { cut, customProperties, usedNames } = await import(pathToFileURL(path.join(look, '../cut_style.mjs')));
  const own = readFileSync(path.join(look, 'site.css'), 'utf8');
  const css = path.join(krds, 'resources/css');
  const used = usedNames([...templates.values()].join('\n'));
  const rules = ['common/common.css', 'component/component.css'].map((file) => cut(readFileSync(path.join(css, file), 'utf8'), used)).join('\n');
  return `${customProperties(readFileSync(path.join(css, 'token/krds_tokens.css'), 'utf8'), `${rules}\n${own}`)}\n${rules}\n${own}`;
}

let page;
before(async () => {
  assert.ok(existsSync(path.join(krds, 'resources/css')), 'the style of KRDS is missing: HANJARI_KRDS names its package');
  page = await (await (await launched()).newContext()).newPage();
  const style = await styleOfPages();
  await page.setContent(`<!doctype html><html lang="ko" data-krds-mode="theme"><style>${style.replaceAll('</', '<\\/')}</style><body><main id="main" class="page-width"></main>`);
  await page.addScriptTag({ content: `${cramped}\n${touchingButtons}\n${brokenMoments}` });
});
after(closeBrowser);

// Pages of the office for districts, schools and those on duty. A list of fields that others show is judged there.
const judged = ['venues', 'invigilators', 'materials', 'papers'].flatMap((subject) => filesIn(path.join(code, 'subjects', subject, 'pages/templates')))
  .map((file) => path.basename(file, '.mustache'));

// Lays out each of the fillings and returns what is too close in any of them.
async function judgeFillings(fillings, viewport) {
  await page.setViewportSize(viewport);
  return page.evaluate((all) => {
    const found = new Set();
    for (const markup of all) {
      document.getElementById('main').innerHTML = markup;
      for (const pair of [...globalThis.cramped(), ...globalThis.touchingButtons(), ...globalThis.brokenMoments()]) found.add(pair);
    }
    return [...found];
  }, fillings);
}

for (const name of judged) {
  test(`nothing touches and no moment breaks on ${name}`, async () => {
    const whole = parse(templates.get(name));
    const lacking = [...new Set(sectionsOf(whole))].map((off) => fill(whole, off));
    const found = { phone: await judgeFillings([fill(whole, null), ...lacking], phone) };
    found.tablet = await judgeFillings([fill(whole, null)], tablet);
    found.laptop = await judgeFillings([fill(whole, null)], laptop);
    assert.deepEqual(found, { phone: [], tablet: [], laptop: [] });
  });
}
