// Faces of fonts that devices have already, given the room that our own font takes: what is read before our font has come
// stands where it will stand with it.
import { meanWidth, metricsOf } from './font_metrics.mjs';

// What `node font_metrics.mjs --sentences en.json,... FILE...` printed for the files of each font, in parts of its size: the width of
// a Korean syllable, which is the same for all of them in every weight, and the mean width of the signs of our English sentences. Noto Sans KR and Source Han Sans KR are Noto
// Sans CJK KR by other names. The system fonts of Apple and Microsoft stand behind these as they are: nobody may have their files
// without their systems, so that nothing could be measured.
const known = [
  {
    syllable: 0.92, mean: 0.4645,
    files: {
      400: ['Noto Sans CJK KR', 'NotoSansCJKkr-Regular', 'Noto Sans KR', 'NotoSansKR-Regular', 'Source Han Sans KR', 'SourceHanSansKR-Regular'],
      700: ['Noto Sans CJK KR Bold', 'NotoSansCJKkr-Bold', 'Noto Sans KR Bold', 'NotoSansKR-Bold', 'Source Han Sans KR Bold', 'SourceHanSansKR-Bold'],
    },
  },
  {
    syllable: 0.94, mean: 0.4651,
    files: { 400: ['NanumGothic', '나눔고딕'], 700: ['NanumGothicBold', 'NanumGothic Bold', '나눔고딕 Bold'] },
  },
];

const syllables = 'U+1100-11FF, U+3130-318F, U+A960-A97F, U+AC00-D7FF';
// Everything else that such a font has a sign of; not the syllables, because a later face would take them.
const others = 'U+0-10FF, U+1200-312F, U+3190-A95F, U+A980-ABFF, U+F900-FFFF';

const percent = (value) => `${(value * 100).toFixed(2)}%`;

// The families, in the order in which the style sheet has to name them, and their faces. `own` is the piece of our font that has
// Latin letters and a Korean syllable, `sentences` English text of the pages.
export function fallbackFaces(own, sentences) {
  const metrics = metricsOf(own);
  const syllable = metrics.width('가');
  const mean = meanWidth(metrics, sentences);
  if (syllable === undefined) throw new Error(`${own}: no Korean syllable to measure`);
  const faces = [];
  const names = known.map((font, at) => {
    const name = `Room of Pretendard ${at + 1}`;
    for (const weight of [400, 700]) {
      for (const [range, adjust] of [[syllables, syllable / font.syllable], [others, mean / font.mean]]) {
        // The heights are scaled by the adjustment too, so they are divided by it.
        faces.push(`@font-face{font-family:'${name}';font-weight:${weight};src:${font.files[weight].map((file) => `local('${file}')`).join(',')};`
          + `size-adjust:${percent(adjust)};ascent-override:${percent(metrics.ascent / adjust)};descent-override:${percent(metrics.descent / adjust)};`
          + `line-gap-override:${percent(metrics.lineGap / adjust)};unicode-range:${range}}`);
      }
    }
    return name;
  });
  return { names, faces: faces.join('\n') };
}

// The written addresses of the two pieces that pages begin with: the one with Latin letters, digits and the most frequent
// syllables, and the one with the syllables that are frequent behind them. Together they have four of five signs of Korean pages.
export function firstPieces(style) {
  const pieces = [...style.matchAll(/url\((['"]?)([^'")]+)\1\)[^}]*?unicode-range:\s*([^;}]+)/g)];
  const pieceOf = (sign) => pieces.find(([, , , ranges]) => ranges.split(',').some((range) => {
    const [first, last = first] = range.trim().slice(2).split('-').map((end) => parseInt(end, 16));
    return first <= sign.codePointAt(0) && sign.codePointAt(0) <= last;
  }));
  return ['a', '원'].map((sign) => pieceOf(sign)[2]);
}
