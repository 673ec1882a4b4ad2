// What every adapter does, as task.py: read documents, hand each to its library, write mentions.
import fs from "node:fs";

const started = process.cpuUsage();

// Offsets of strings here count UTF-16 units; mentions count code points.
function codePoints(text) {
    if (!/[\ud800-\udbff]/.test(text)) return (at) => at;
    return (at) => Array.from(text.slice(0, at)).length;
}

export function reference(document) {
    const published = document.published || "2020-01-01";
    // A day alone is that day at noon, UTC (TZ=UTC is set).
    return new Date(published.length <= 10 ? `${published}T12:00:00` : published);
}

export function run(found) {
    const [input, output] = process.argv.slice(-2);
    const documents = fs.readFileSync(input, "utf8").split("\n").filter(Boolean).map((l) => JSON.parse(l));
    const before = process.cpuUsage();
    const rows = documents.map((document) => {
        const at = codePoints(document.text);
        const mentions = found(document).map((m) => ({ ...m, start: at(m.start), end: at(m.end) }));
        return JSON.stringify({ id: document.id, mentions });
    });
    fs.writeFileSync(output, rows.join("\n") + "\n");
    const spent = process.cpuUsage(before);
    const seconds = (t) => (t.user + t.system) / 1e6;
    console.error(JSON.stringify({ load: seconds(before), work: seconds(spent) }));
}
