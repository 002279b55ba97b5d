import type { DemoPage } from "./demo-page.ts";

/** Astella's client, word for word: its code does not change. */
export const astellaClient = `// Astella Plug Widget
const generateVideo = async (prompt) => {
    const response = await fetch('http://localhost:8000/generate-video', {
        method: 'POST',
        headers: {
            'Content-Type': 'application/json',
            'Authorization': \`Bearer \${userToken}\`
        },
        body: JSON.stringify({
            prompt: prompt,
            lang: 'sheng',
            scenes: 3,
            vertical: true
        })
    });
    
    const result = await response.json();
    return result.video_path;
};
// M-Pesa payment
const purchaseCredits = async (amount, phoneNumber) => {
    const response = await fetch('http://localhost:8000/purchase-credits', {
        method: 'POST',
        headers: {
            'Content-Type': 'application/json',
            'Authorization': \`Bearer \${userToken}\`
        },
        body: JSON.stringify({
            amount: amount,
            payment_method: 'mpesa',
            phone_number: phoneNumber
        })
    });
    
    return await response.json();
};`;

const escaped = astellaClient.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** What Astella brings itself stands around its client: the user's token, and where the service is. */
export const astellaDemo: DemoPage = {
  title: "Astella",
  scripts: [],
  here: null,
  body: `<header>
<h1>Astella's widget</h1>
<p>Its client as it is, against this service: sign in as Astella's user, make a video, buy credits by M-Pesa.</p>
</header>
<form id="account" class="fields two">
<label>Email <input id="email" type="email" autocomplete="username" required></label>
<label>Password <input id="password" type="password" autocomplete="current-password" minlength="8" required></label>
<div class="wide row"><button>Sign in</button><button class="quiet" type="button" id="register">Register</button></div>
</form>
<form id="make" class="fields two" hidden>
<label class="wide">Prompt <input id="prompt" value="A young Kenyan entrepreneur builds an AI startup in Nairobi" maxlength="2000" required></label>
<div class="wide row"><button id="go">Make the video · 3 credits</button></div>
</form>
<form id="buy" class="fields two" hidden>
<label>Amount in KES <input id="amount" type="number" value="500" min="25" step="25" required></label>
<label>M-Pesa number <input id="phone" type="tel" value="254712345678" required></label>
<div class="wide row"><button class="quiet" id="pay">Pay KES 500 by M-Pesa</button></div>
</form>
<output id="told" role="status"></output>
<video id="player" controls playsinline hidden aria-label="The video"></video>
<h2>The client</h2>
<pre tabindex="0" aria-label="Astella's client">${escaped}</pre>
<p>It calls <code>http://localhost:8000</code>, where Astella runs this service; the page leads that address to where it is served from.</p>`,
  script: `{
const fetch = (address, init) => window.fetch(address.replace("http://localhost:8000", location.origin), init);
let userToken = "";
${astellaClient}
const at = (id) => document.getElementById(id);
const tell = (text) => { at("told").textContent = text; };
const post = async (path, body) => {
  const response = await window.fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return { ok: response.ok, answer: await response.json() };
};
async function enter(path) {
  if (!at("account").reportValidity()) return;
  const { ok, answer } = await post(path, { email: at("email").value, password: at("password").value });
  if (!ok) return tell(answer.detail);
  userToken = answer.access_token;
  at("account").hidden = true;
  at("make").hidden = at("buy").hidden = false;
  tell(answer.credits_remaining + " credits.");
}
at("account").addEventListener("submit", (event) => { event.preventDefault(); enter("/login"); });
at("register").addEventListener("click", () => enter("/register"));
at("make").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("go").disabled = true;
  tell("It is being made …");
  const path = await generateVideo(at("prompt").value).finally(() => { at("go").disabled = false; });
  if (path === undefined) return tell("It was not made, and nothing was charged.");
  const player = at("player");
  // Until the file is there the path answers 202, which no player plays.
  player.onerror = () => setTimeout(() => { player.src = path; }, 3000);
  player.onloadedmetadata = () => { player.hidden = false; tell("Done."); };
  player.src = path;
});
at("amount").addEventListener("input", () => { at("pay").textContent = "Pay KES " + at("amount").value + " by M-Pesa"; });
at("buy").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await purchaseCredits(Number(at("amount").value), at("phone").value);
  tell(answer.checkout_request_id === undefined ? answer.detail : "Enter your PIN on the phone.");
});
}`,
};
