// The page's line to the platform: orders go out as verbs, changes come in by themselves.

/** Does a verb of the platform; returns its result, or throws with the platform's own sentence. */
export async function order(verb, args = {}) {
  const answer = await fetch(`/simulator/do/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(args),
  });
  const body = await answer.json().catch(() => ({ error: `HTTP ${answer.status}` }));
  if (!answer.ok) throw new Error(body.error);
  return body.result;
}

/** The state of the platform; `chats` maps chat ids to the revision after which messages are wanted. */
export async function fetchState(chats, callsAfter) {
  const query = new URLSearchParams({ calls_after: String(callsAfter) });
  for (const [chat, after] of Object.entries(chats)) query.append("chat", `${chat}:${after}`);
  const answer = await fetch(`/simulator/state?${query}`);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** Calls `changed()` at every change: by server-sent events, and by asking every two seconds while they are cut. */
export function watch(changed, connected) {
  let poll = null;
  const stream = new EventSource("/simulator/stream");
  stream.onopen = () => {
    clearInterval(poll);
    poll = null;
    connected(true);
  };
  stream.onmessage = () => changed();
  stream.onerror = () => {
    connected(false);
    poll ??= setInterval(changed, 2000);
  };
  window.addEventListener("pagehide", () => stream.close());
}
