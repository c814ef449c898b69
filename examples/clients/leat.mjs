// Sends items to a Leat feed, and comes again while it is told to. Safe to repeat: a scrape that repeats tells nothing.
export async function sendToLeat(url, items, key) {
  const headers = { "Content-Type": "application/x-ndjson" };
  if (key) headers.Authorization = `Bearer ${key}`;
  const body = items.map((item) => JSON.stringify(item)).join("\n");
  for (let attempt = 0; attempt < 60; attempt++) {
    const answer = await fetch(url, { method: "POST", headers, body }).catch(() => null);
    if (answer?.status === 202) return (await answer.json()).records;
    if (answer?.status === 207) {
      const refused = (await answer.json()).records.filter((record) => record.refused);
      if (refused.some((record) => record.refused !== "unavailable")) {
        throw new Error(`records were refused: ${refused.map((record) => record.refused)}`);
      }
    } else if (answer && answer.status !== 429 && answer.status !== 503) {
      throw new Error(`${answer.status}: ${await answer.text()}`);
    }
    const seconds = Number(answer?.headers.get("Retry-After") ?? 2);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  throw new Error("the gateway did not take the records");
}
