// A photo for an application: one grey JPEG, made of its parts, so that no library is needed.
const segment = (marker, content) => Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff]), content]);

// The shortest Huffman tables that say "the same grey as before" (DC category 0) and "nothing else" (end of block), each one bit: 0.
const table = (kind) => Buffer.from([kind, 1, ...Array(15).fill(0), 0]);

// Sides that are multiples of 8 and at most 65,528.
export function greyJpeg(width = 600, height = 800) {
  const bits = (width / 8) * (height / 8) * 2;
  const whole = Buffer.alloc(Math.floor(bits / 8));
  const last = bits % 8 === 0 ? Buffer.alloc(0) : Buffer.from([(1 << (8 - (bits % 8))) - 1]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xdb, Buffer.from([0, ...Array(64).fill(16)])),
    segment(0xc0, Buffer.from([8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0])),
    segment(0xc4, table(0x00)),
    segment(0xc4, table(0x10)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 0x3f, 0])),
    whole,
    last,
    Buffer.from([0xff, 0xd9]),
  ]);
}
