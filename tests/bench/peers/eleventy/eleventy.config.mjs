// The same pages for Eleventy: one template, a page for each entry of CONTENT.
import fs from "node:fs";

export default function (config) {
  config.addGlobalData("all", () => JSON.parse(fs.readFileSync(process.env.CONTENT, "utf-8")));
  config.setQuietMode(true);
  return { dir: { input: "input", includes: "includes" } };
}
