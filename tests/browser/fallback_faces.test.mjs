// What is known of font files, and the faces that take the same room.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { fallbackFaces, firstPieces } from '../../web/fallback_faces.mjs';
import { meanWidth, metricsOf, sentencesOf } from '../../web/font_metrics.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'hanjari-fonts-'));
after(() => rmSync(folder, { recursive: true }));

const words = (...values) => Buffer.concat(values.map((value) => { const two = Buffer.alloc(2); two.writeInt16BE(value); return two; }));

// A font of 1,000 units with two signs: 'a', 500 wide, and the syllable '가', 864 wide. One table written anew, as packers of
// WOFF2 do it: widths one behind the other, without what stands to their left.
function smallFont() {
  const head = Buffer.alloc(54);
  head.writeUInt16BE(1000, 18);
  const hhea = Buffer.alloc(36);
  hhea.writeInt16BE(952, 4);
  hhea.writeInt16BE(-241, 6);
  hhea.writeUInt16BE(3, 34);
  const os2 = Buffer.alloc(96);
  const groups = [[0x61, 0x61, 1], [0xac00, 0xac00, 2]];
  const cmap = Buffer.alloc(12 + 16 + 12 * groups.length);
  cmap.writeUInt16BE(1, 2);
  cmap.writeUInt32BE(12, 8);
  cmap.writeUInt16BE(12, 12);
  cmap.writeUInt32BE(groups.length, 24);
  groups.flat().forEach((value, at) => cmap.writeUInt32BE(value, 28 + 4 * at));
  const hmtx = Buffer.concat([Buffer.from([3]), words(0, 500, 864)]);
  const tables = [[0, 0, cmap], [1, 0, head], [2, 0, hhea], [3, 1, hmtx], [6, 0, os2]];
  const number = (value) => (value < 128 ? Buffer.from([value]) : Buffer.from([128 | (value >> 7), value & 127]));
  const directory = Buffer.concat(tables.map(([tag, version, data]) => Buffer.concat([Buffer.from([tag | (version << 6)]), number(data.length), ...(version ? [number(data.length)] : [])])));
  const packed = brotliCompressSync(Buffer.concat(tables.map(([, , data]) => data)));
  const start = Buffer.alloc(48);
  start.write('wOF2', 'latin1');
  start.writeUInt16BE(tables.length, 12);
  start.writeUInt32BE(packed.length, 20);
  const file = path.join(folder, 'small.woff2');
  writeFileSync(file, Buffer.concat([start, directory, packed]));
  return file;
}

test('heights and widths are read from a packed font', () => {
  const metrics = metricsOf(smallFont());
  assert.deepEqual([metrics.ascent, metrics.descent, metrics.lineGap], [0.952, 0.241, 0]);
  assert.deepEqual(['a', '가', 'b'].map(metrics.width), [0.5, 0.864, undefined]);
  assert.equal(meanWidth(metrics, 'aa가b'), (0.5 + 0.5 + 0.864) / 3);
});

test('sentences are read without what the program fills in', () => {
  assert.equal(sentencesOf({ a: 'One {name}', b: { c: 'two' } }), 'One  two');
});

test('a syllable of a font on the device gets the width of ours, and lines their height', () => {
  const { names, faces } = fallbackFaces(smallFont(), 'a');
  const noto = faces.split('\n').find((face) => face.includes('NotoSansCJKkr-Regular') && face.includes('U+AC00-D7FF'));
  const adjust = Number(/size-adjust:([\d.]+)%/.exec(noto)[1]);
  assert.ok(Math.abs(0.92 * adjust - 86.4) < 0.01, `${adjust}`);
  assert.ok(Math.abs(Number(/ascent-override:([\d.]+)%/.exec(noto)[1]) * adjust - 9520) < 1, noto);
  assert.ok(Math.abs(Number(/descent-override:([\d.]+)%/.exec(noto)[1]) * adjust - 2410) < 1, noto);
  for (const name of names) assert.ok(faces.includes(`font-family:'${name}'`));
});

// The figures of the table are those of the files, where this machine has them.
test('what is written of Noto Sans CJK KR is what its files say', { skip: !existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') }, () => {
  for (const weight of ['Regular', 'Bold']) {
    const metrics = metricsOf(`/usr/share/fonts/opentype/noto/NotoSansCJK-${weight}.ttc`);
    for (const syllable of ['가', '원', '힣']) assert.equal(metrics.width(syllable), 0.92);
  }
});

test('the pieces that every page begins with are those with Latin letters and with frequent syllables', () => {
  const style = '@font-face{src:url(./1.woff2);unicode-range:U+f900-f909}@font-face{src:url(./2.woff2) format(\'x\'); unicode-range: U+41-7a, U+ac00}'
    + '@font-face{src:url(./3.woff2);unicode-range:U+c6d0}';
  assert.deepEqual(firstPieces(style), ['./2.woff2', './3.woff2']);
});
