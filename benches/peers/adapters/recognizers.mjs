// Dates or amounts by Recognizers-Text in JavaScript: recognizers.mjs ENVIRONMENT dates|money IN OUT
import { createRequire } from "node:module";
import { reference, run } from "./task.mjs";

const [folder, what] = process.argv.slice(2);
const require = createRequire(`${folder}/node_modules/`);
const { recognizeCurrency, recognizeDateTime } = require("@microsoft/recognizers-text-suite");
const CULTURE = "fr-fr";

// Every reading that it offers: « mardi » is the last and the next.
function values(resolution) {
    const all = (resolution?.values ?? []).flatMap((v) => [v.value, v.start, v.end]);
    return all.filter((v) => /^\d{4}-/.test(v ?? "")).map((v) => v.replace(" ", "T").slice(0, 16));
}

function found(document, paragraph) {
    if (what === "dates") {
        return recognizeDateTime(paragraph, CULTURE, undefined, reference(document)).map((m) => [
            m,
            { values: values(m.resolution) },
        ]);
    }
    return recognizeCurrency(paragraph, CULTURE).map((m) => [
        m,
        { amount: m.resolution?.value ?? null, unit: m.resolution?.unit ?? null },
    ]);
}

// Sentence by sentence, as its twin in Python.
const BREAK = /\n+|(?<=[.!?…]) +(?=[A-ZÀÂÉÈÊÎÔÇ«"“])/g;

run((document) => {
    const mentions = [];
    let at = 0;
    const piece = (text) => {
        for (const [m, said] of found(document, text)) {
            mentions.push({ start: at + m.start, end: at + m.end + 1, ...said });
        }
    };
    for (const match of document.text.matchAll(BREAK)) {
        piece(document.text.slice(at, match.index));
        at = match.index + match[0].length;
    }
    piece(document.text.slice(at));
    return mentions;
});
