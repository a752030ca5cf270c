// intake_notice.mjs EXAM OUT CODE OPEN_SECONDS: a notice for the units of an exam package, open from an hour ago for so many
// seconds, with one area for every district that has venues.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [exam, out, code, seconds] = process.argv.slice(2);

function rows(file) {
  const records = [];
  let fields = [];
  let field = "";
  let quoted = false;
  for (const c of readFileSync(file, "utf8")) {
    if (quoted) {
      if (c === '"') quoted = false;
      else field += c;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      fields.push(field);
      field = "";
      if (c === "\n") {
        records.push(fields);
        fields = [];
      }
    } else field += c;
  }
  const [head, ...rest] = records;
  return rest.map((record) => Object.fromEntries(head.map((name, at) => [name, record[at]])));
}

const moment = (offset) => new Date(Date.now() + offset * 1000).toISOString().replace(/\.\d+Z$/, "Z");
const header = JSON.parse(readFileSync(join(exam, "exam.json"), "utf8"));
const districts = new Map();
for (const venue of rows(join(exam, "venues.csv"))) {
  if (venue.kind === "regular" && !districts.has(venue.district_code)) districts.set(venue.district_code, venue);
}
// A day of its own for every code: a person applies once a day across all exams.
const days = [...code].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 3650, 7);
const examOn = new Date(Date.UTC(2030, 0, 1 + days)).toISOString().slice(0, 10);
const closes = moment(Number(seconds));
mkdirSync(out, { recursive: true });
copyFileSync(join(exam, "units.csv"), join(out, "units.csv"));
writeFileSync(
  join(out, "recruitment.json"),
  JSON.stringify({
    ...header,
    code,
    exam_on: examOn,
    calendars: [{ name: "regular", exam_on: examOn, apply_from: moment(-3600), apply_until: closes, cancel_until: closes }],
    defaults: { fee_won: 5000, duration_min: 100, fee_won_grade_7: 7000 },
    areas: [...districts].map(([district, venue]) => ({
      code: district || "outside",
      name_ko: district || "시외",
      name_en: district || "outside",
      district_code: district,
      lat: Number(venue.lat),
      lon: Number(venue.lon),
    })),
  }),
);
