// Reads {text, selectors} as JSON, writes for each selector the words it selects, found by Apache Annotator.
import { readFileSync } from "node:fs";
import { textPositionSelectorMatcher, textQuoteSelectorMatcher } from "@apache-annotator/selector";

const { text, selectors } = JSON.parse(readFileSync(0, "utf8"));
const matchers = { TextQuoteSelector: textQuoteSelectorMatcher, TextPositionSelector: textPositionSelectorMatcher };

/** The whole text as the only chunk. */
function chunker() {
  const currentChunk = { data: text, equals: (other) => other === currentChunk };
  const none = () => null;
  return { currentChunk, nextChunk: none, previousChunk: none, precedesCurrentChunk: () => false };
}

const answers = [];
for (const selector of selectors) {
  const found = [];
  for await (const range of matchers[selector.type](selector)(chunker())) {
    found.push(text.slice(range.startIndex, range.endIndex));
  }
  answers.push(found);
}
console.log(JSON.stringify(answers));
