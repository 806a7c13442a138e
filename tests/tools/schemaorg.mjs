// What the JSON-LD of some pages says that schema.org does not know. usage: node schemaorg.mjs VOCABULARY PAGE…
import fs from "node:fs";
import * as validators from "@adobe/structured-data-validator";
import extractors from "@marbec/web-auto-extractor";

const Validator = validators.default?.default ?? validators.default ?? validators.Validator;
const Extractor = extractors.default ?? extractors;
const vocabulary = JSON.parse(fs.readFileSync(process.argv[2], "utf-8"));
let found = 0;
for (const page of process.argv.slice(3)) {
  const data = new Extractor({ addLocation: true, embedSource: ["rdfa", "microdata"] })
    .parse(fs.readFileSync(page, "utf-8"));
  const issues = await new Validator(vocabulary).validate(data);
  for (const issue of issues) console.log(page, issue.severity, issue.issueMessage, JSON.stringify(issue.path));
  for (const kind of Object.keys(data.jsonld ?? {})) console.log(`${kind}: ${issues.length} issues`);
  found += issues.length;
}
process.exit(found ? 1 : 0);
