// Dates by chrono-node, French: chrono_dates.mjs ENVIRONMENT IN OUT
import { createRequire } from "node:module";
import { reference, run } from "./task.mjs";

const require = createRequire(`${process.argv[2]}/node_modules/`);
const chrono = require("chrono-node");

const two = (n) => String(n).padStart(2, "0");
function iso(c) {
    const day = `${c.get("year")}-${two(c.get("month"))}-${two(c.get("day"))}`;
    return `${day}T${two(c.get("hour"))}:${two(c.get("minute"))}`;
}

run((document) =>
    chrono.fr.casual.parse(document.text, reference(document)).map((m) => ({
        start: m.index,
        end: m.index + m.text.length,
        values: [m.start, m.end].filter(Boolean).map(iso),
    })),
);
