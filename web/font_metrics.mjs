// Reads from font files what a fallback face has to be given so that text takes the same room in both fonts:
//
//   node font_metrics.mjs [--sentences en.json,...] FILE...
//
// prints for each the height above and below the line and the widths of some signs in parts of its size, and the mean width of the
// signs in the sentences of catalogues.
//
// Understands .ttf, .otf, .ttc (its Korean face) and .woff2. Widths are those of the file's default weight.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

// The tags that WOFF2 writes as numbers (its section 4.1).
const knownTags = 'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
  .match(/.{4} ?/g).map((tag) => tag.slice(0, 4));

function tablesOfWoff2(bytes) {
  let at = 48;
  const base128 = () => {
    let value = 0;
    for (let read = 0; read < 5; ++read) {
      const byte = bytes[at++];
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
    throw new Error('a length of five bytes and more');
  };
  const tables = new Map();
  let offset = 0;
  for (let left = bytes.readUInt16BE(12); left > 0; --left) {
    const flags = bytes[at++];
    const tag = (flags & 63) === 63 ? bytes.toString('latin1', at, (at += 4)) : knownTags[flags & 63];
    const version = flags >> 6;
    let length = base128();
    // Outlines are written anew unless their version is 3, everything else unless it is 0.
    const written = ['glyf', 'loca'].includes(tag) ? version !== 3 : version !== 0;
    if (written) length = base128();
    tables.set(tag, { offset, length, written });
    offset += length;
  }
  const unpacked = brotliDecompressSync(bytes.subarray(at, at + bytes.readUInt32BE(20)));
  return new Map([...tables].map(([tag, { offset: from, length, written }]) => [tag, { data: unpacked.subarray(from, from + length), written }]));
}

function tablesOfFace(bytes, start) {
  const tables = new Map();
  for (let entry = 0; entry < bytes.readUInt16BE(start + 4); ++entry) {
    const at = start + 12 + 16 * entry;
    const from = bytes.readUInt32BE(at + 8);
    tables.set(bytes.toString('latin1', at, at + 4), { data: bytes.subarray(from, from + bytes.readUInt32BE(at + 12)), written: false });
  }
  return tables;
}

function nameOf(tables) {
  const { data } = tables.get('name');
  const texts = data.readUInt16BE(4);
  for (let entry = 0; entry < data.readUInt16BE(2); ++entry) {
    const at = 6 + 12 * entry;
    if (data.readUInt16BE(at) !== 3 || data.readUInt16BE(at + 6) !== 4 || data.readUInt16BE(at + 4) !== 0x409) continue;
    const from = texts + data.readUInt16BE(at + 10);
    return Buffer.from(data.subarray(from, from + data.readUInt16BE(at + 8))).swap16().toString('utf16le');
  }
  return '';
}

function tablesOf(bytes) {
  const kind = bytes.toString('latin1', 0, 4);
  if (kind === 'wOF2') return tablesOfWoff2(bytes);
  if (kind !== 'ttcf') return tablesOfFace(bytes, 0);
  const faces = Array.from({ length: bytes.readUInt32BE(8) }, (_, face) => tablesOfFace(bytes, bytes.readUInt32BE(12 + 4 * face)));
  return faces.find((face) => / KR\b/.test(nameOf(face))) ?? faces[0];
}

// From a character's number to its glyph's: formats 4 and 12 of cmap, which are what fonts of today have.
function glyphsOf({ data }) {
  const subtables = Array.from({ length: data.readUInt16BE(2) }, (_, entry) => data.readUInt32BE(8 + 8 * entry));
  const wide = subtables.find((at) => data.readUInt16BE(at) === 12);
  if (wide !== undefined) {
    const groups = Array.from({ length: data.readUInt32BE(wide + 12) }, (_, group) => [0, 4, 8].map((field) => data.readUInt32BE(wide + 16 + 12 * group + field)));
    return (sign) => {
      const found = groups.find(([first, last]) => first <= sign && sign <= last);
      return found ? found[2] + sign - found[0] : 0;
    };
  }
  const at = subtables.find((one) => data.readUInt16BE(one) === 4);
  const segments = data.readUInt16BE(at + 6) / 2;
  return (sign) => {
    for (let segment = 0; segment < segments; ++segment) {
      const place = at + 14 + 2 * segment;
      if (data.readUInt16BE(place) < sign) continue;
      const start = data.readUInt16BE(place + 2 * segments + 2);
      if (start > sign) return 0;
      const delta = data.readUInt16BE(place + 4 * segments + 2);
      const rangeAt = place + 6 * segments + 2;
      const range = data.readUInt16BE(rangeAt);
      if (range === 0) return (sign + delta) & 0xffff;
      const glyph = data.readUInt16BE(rangeAt + range + 2 * (sign - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

// Heights and widths in parts of the font's size: {ascent, descent, lineGap, width(sign)}; width gives undefined for what the
// font has no sign of.
export function metricsOf(file) {
  const tables = tablesOf(readFileSync(file));
  const head = tables.get('head').data;
  const hhea = tables.get('hhea').data;
  const os2 = tables.get('OS/2').data;
  const size = head.readUInt16BE(18);
  const glyphOf = glyphsOf(tables.get('cmap'));
  const { data: hmtx, written } = tables.get('hmtx');
  const long = hhea.readUInt16BE(34);
  // Written anew, the table begins with a byte of flags and has the widths one behind the other.
  const widthOfGlyph = (glyph) => (written ? hmtx.readUInt16BE(1 + 2 * Math.min(glyph, long - 1)) : hmtx.readUInt16BE(4 * Math.min(glyph, long - 1)));
  // What browsers take: the typographic heights where the font asks for them, else those of hhea.
  const typographic = (os2.readUInt16BE(62) & 128) !== 0;
  const heights = typographic ? [68, 70, 72].map((at) => os2.readInt16BE(at)) : [4, 6, 8].map((at) => hhea.readInt16BE(at));
  return {
    ascent: heights[0] / size,
    descent: -heights[1] / size,
    lineGap: heights[2] / size,
    width(sign) {
      const glyph = glyphOf(sign.codePointAt(0));
      return glyph === 0 ? undefined : widthOfGlyph(glyph) / size;
    },
  };
}

// English sentences as people read them: how often each sign stands in them is what the mean widths count by.
export function meanWidth(metrics, sentences) {
  let sum = 0;
  let signs = 0;
  for (const sign of sentences) {
    const width = metrics.width(sign);
    if (width === undefined) continue;
    sum += width;
    ++signs;
  }
  return sum / signs;
}

// The sentences of a catalogue, one behind the other, without what the program fills in.
export function sentencesOf(catalogue) {
  const texts = typeof catalogue === 'string' ? [catalogue] : Object.values(catalogue).map(sentencesOf);
  return texts.join(' ').replace(/\{\w+\}/g, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const files = words[0] === '--sentences' ? words.slice(2) : words;
  const sentences = words[0] === '--sentences' ? words[1].split(',').map((file) => sentencesOf(JSON.parse(readFileSync(file, 'utf8')))).join(' ') : '';
  const parts = (value) => (value === undefined ? '–' : value.toFixed(4));
  for (const file of files) {
    const metrics = metricsOf(file);
    console.log(`${path.basename(file)}: above ${parts(metrics.ascent)}, below ${parts(metrics.descent)}, gap ${parts(metrics.lineGap)}; `
      + ['가', '힣', '0', 'e', 'M'].map((sign) => `${sign} ${parts(metrics.width(sign))}`).join(', ') + (sentences ? `; mean ${parts(meanWidth(metrics, sentences))}` : ''));
  }
}
