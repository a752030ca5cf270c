// Packs everything the pages are made of besides code into one file that is bound into the program:
//
//   node build_assets.mjs --code SRC --packages NODE_MODULES --out FILE
//
// From the folders of pages below SRC: templates/ and messages/, whose files of one language become one catalogue. From this
// folder: look/. From the npm packages: the style sheet of KRDS, cut down to the rules that
// our templates use, the pictures these rules name, and the dynamic subset of Pretendard GOV. Files that browsers ask for
// get the digest of their content into their name. The form of the pack: src/platform/site/pages/asset_pack.cpp.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { cut, customProperties, usedNames } from './cut_style.mjs';
import { fallbackFaces, firstPieces } from './fallback_faces.mjs';
import { sentencesOf } from './font_metrics.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

const mediaTypes = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.woff2': 'font/woff2', '.json': 'application/json', '.mustache': 'text/html; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
};

function option(name) {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0 || at + 1 >= process.argv.length) throw new Error(`--${name} is missing`);
  return process.argv[at + 1];
}

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');
const files = (folder) => readdirSync(folder).sort().map((name) => path.join(folder, name));
const text = (file) => readFileSync(file, 'utf8');

const entries = [];

function addPrivate(name, file) {
  entries.push({ name, source: '-', type: mediaTypes[path.extname(file)], bytes: readFileSync(file), compress: false });
}

// Returns the address under which the file will be had, relative to other files of the same kind; `source` is the name under which
// the program looks for it.
function addPublic(source, bytes) {
  const extension = path.extname(source);
  const base = path.basename(source, extension);
  const name = `${base}.${digest(bytes).slice(0, 10)}${extension}`;
  if (!entries.some((entry) => entry.name === `asset/${name}`)) {
    entries.push({ name: `asset/${name}`, source, type: mediaTypes[extension], bytes, compress: !['.woff2', '.png'].includes(extension) });
  }
  return name;
}

// Replaces url(...) by the addresses of packed files; `find` gives the file of a written address, `nameOf` under which name the
// program looks for it.
function packUrls(style, find, nameOf = (file) => path.basename(file)) {
  return style.replace(/url\((['"]?)([^'")]+)\1\)/g, (whole, _quote, written) => {
    if (written.startsWith('data:')) throw new Error(`a data address in the style sheet: ${written.slice(0, 40)}`);
    const file = find(written);
    if (!existsSync(file)) throw new Error(`the style sheet names a picture that is not there: ${written}`);
    return `url(${addPublic(nameOf(file), readFileSync(file))})`;
  });
}

function packKrds(folder, templates) {
  const css = path.join(folder, 'resources/css');
  const used = usedNames(templates);
  const rules = [path.join(css, 'common/common.css'), path.join(css, 'component/component.css')].map((file) => cut(text(file), used)).join('\n');
  const own = text(path.join(here, 'look/site.css'));
  const tokens = customProperties(text(path.join(css, 'token/krds_tokens.css')), `${rules}\n${own}`);
  // The package writes some addresses with a folder too many; every picture stands below img/.
  const picture = (written) => path.join(folder, 'resources', written.slice(written.lastIndexOf('img/')));
  return packUrls(`${tokens}\n${rules}\n${own}`, picture);
}

// A font that comes late moves nothing: pages keep the letters that they were first shown with (optional), and those of the
// device have the room of ours. The pieces that every page needs are asked for together with the style sheets (layout.mustache).
function packFonts(folder, english) {
  const variable = path.join(folder, 'dist/web/variable');
  const style = text(path.join(variable, 'pretendardvariable-gov-dynamic-subset.css'))
    .replace(/\/\*.*?\*\//gs, '').replace(/'Pretendard GOV Variable'/g, "'Pretendard GOV'").replace(/font-display: swap/g, 'font-display: optional').replace(/\s+/g, ' ');
  const find = (written) => path.join(variable, written);
  const first = firstPieces(style).map(find);
  const nameOf = (file) => (first.includes(file) ? ['latin.woff2', 'syllables.woff2'][first.indexOf(file)] : path.basename(file));
  return `${fallbackFaces(first[0], english).faces}\n${packUrls(style, find, nameOf)}`;
}

// The folders of pages: the site's and those of the subjects.
function pageFolders(code) {
  const subjects = path.join(code, 'subjects');
  const folders = [path.join(code, 'platform/site/pages'), ...readdirSync(subjects).sort().map((name) => path.join(subjects, name, 'pages'))];
  return folders.filter((folder) => existsSync(folder));
}

function filesOf(folders, name) {
  return folders.map((folder) => path.join(folder, name)).filter((folder) => existsSync(folder)).flatMap(files);
}

// Puts the messages of one file into the catalogue; the same name in two files is an error.
function merge(catalogue, messages, file, name) {
  for (const [key, value] of Object.entries(messages)) {
    const whole = name ? `${name}.${key}` : key;
    if (!(key in catalogue)) catalogue[key] = value;
    else if (typeof value === 'object' && typeof catalogue[key] === 'object') merge(catalogue[key], value, file, whole);
    else throw new Error(`${file}: another file has the message ${whole} already`);
  }
}

// Returns the catalogues by language.
function packMessages(folders) {
  const catalogues = {};
  for (const language of ['en', 'ko']) {
    const catalogue = catalogues[language] = {};
    for (const file of filesOf(folders, 'messages').filter((one) => path.basename(one) === `${language}.json`)) merge(catalogue, JSON.parse(text(file)), file, '');
    entries.push({ name: `message/${language}`, source: '-', type: mediaTypes['.json'], bytes: Buffer.from(JSON.stringify(catalogue)), compress: false });
  }
  return catalogues;
}

const packages = option('packages');
const folders = pageFolders(option('code'));
const templateFiles = filesOf(folders, 'templates');
const templates = templateFiles.map(text).join('\n');

for (const file of templateFiles) {
  const name = `template/${path.basename(file, '.mustache')}`;
  if (entries.some((entry) => entry.name === name)) throw new Error(`${file}: another template has this name`);
  addPrivate(name, file);
}
const catalogues = packMessages(folders);
addPublic('site.css', Buffer.from(packKrds(path.join(packages, 'krds-uiux'), templates)));
addPublic('fonts.css', Buffer.from(packFonts(path.join(packages, 'pretendard-gov'), sentencesOf(catalogues.en))));
addPublic('site.js', readFileSync(path.join(here, 'look/site.js')));
addPublic('icon.svg', readFileSync(path.join(here, 'look/icon.svg')));
// The terms under which look and font are passed on.
addPublic('krds-terms.txt', readFileSync(path.join(packages, 'krds-uiux/README.md')));
addPublic('pretendard-gov-license.txt', readFileSync(path.join(packages, 'pretendard-gov/dist/LICENSE.txt')));

entries.sort((a, b) => (a.name < b.name ? -1 : 1));
const chunks = [];
let offset = 0;
const place = (bytes) => {
  const at = offset;
  chunks.push(bytes);
  offset += bytes.length;
  return at;
};
const lines = entries.map((entry) => {
  const gzipped = entry.compress ? gzipSync(entry.bytes, { level: 9 }) : Buffer.alloc(0);
  const worth = gzipped.length > 0 && gzipped.length < entry.bytes.length;
  const at = place(entry.bytes);
  const gzippedAt = worth ? place(gzipped) : 0;
  return [entry.name, entry.source, entry.type, digest(entry.bytes), at, entry.bytes.length, gzippedAt, worth ? gzipped.length : 0].join('\t');
});
const out = option('out');
mkdirSync(path.dirname(out), { recursive: true });
writeFileSync(`${out}.part`, Buffer.concat([Buffer.from(`hanjari-assets ${lines.length}\n${lines.join('\n')}\n`), ...chunks]));
renameSync(`${out}.part`, out);
