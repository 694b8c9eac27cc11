// Writes the pictures of the specifications anew with a palette: a third of the bytes, and no difference that a comparison would
// see. `npm run pictures` takes them and calls this.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const colours = 64;
const folder = new URL('../tests/kinds.spec.ts-snapshots/', import.meta.url);

for (const name of readdirSync(folder)) {
  const file = new URL(name, folder);
  const picture = read(readFileSync(file));
  if (picture) writeFileSync(file, write(picture));
}

/** The pixels of a picture as the browser writes it: three or four bytes each. A picture with a palette is left alone. */
function read(png) {
  const data = [];
  let [width, height, step] = [0, 0, 0];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      step = { 2: 3, 6: 4 }[body[9]] ?? 0;
      if (!step) return undefined;
    }
    if (type === 'IDAT') data.push(body);
  }
  const lines = inflateSync(Buffer.concat(data));
  const row = width * step;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (row + 1)];
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x < step ? 0 : pixels[at - step];
      const up = y === 0 ? 0 : pixels[at - row];
      const corner = x < step || y === 0 ? 0 : pixels[at - row - step];
      pixels[at] = lines[y * (row + 1) + 1 + x] + [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter];
    }
  }
  return { width, height, step, pixels };
}

/** The neighbour that the fourth filter of PNG goes by. */
function nearest(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** With the colours that occur most; what is rare takes the one most like it. */
function write({ width, height, step, pixels }) {
  const count = new Map();
  for (let at = 0; at < pixels.length; at += step) {
    const colour = pixels.readUIntBE(at, 3);
    count.set(colour, (count.get(colour) ?? 0) + 1);
  }
  const palette = [...count].sort((a, b) => b[1] - a[1]).slice(0, colours).map(([colour]) => colour);
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const far = (one, other) => parts(one).reduce((sum, part, at) => sum + (part - parts(other)[at]) ** 2, 0);
  const place = new Map([...count.keys()].map((colour) => [
    colour,
    palette.reduce((best, known, at) => (far(known, colour) < far(palette[best], colour) ? at : best), 0),
  ]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) {
    lines[at + Math.floor(at / width) + 1] = place.get(pixels.readUIntBE(at * step, 3));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
