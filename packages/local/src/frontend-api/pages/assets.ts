/** The mark of the pages: a keyhole in a gate. */
export const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
<rect width="40" height="40" rx="10" fill="#0f766e"/>
<path fill="#fff" d="M20 9a7 7 0 0 0-3.6 13l-2 8.2c-.2.9.5 1.8 1.4 1.8h8.4c.9 0 1.6-.9 1.4-1.8l-2-8.2A7 7 0 0 0 20 9z"/>
</svg>
`;

/** The style of the pages. Colours have a contrast of 4.5 to 1 and more on their ground, in light and in dark. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --card: #ffffff; --line: #dfe2e8; --field: #ffffff; --field-line: #868e9c;
  --ink: #15181e; --soft: #565d6b; --accent: #0f766e; --accent-strong: #115e57; --on-accent: #ffffff;
  --bad: #b42318; --bad-ground: #fef3f2; --bad-line: #f7c8c3; --good: #17653a; --good-ground: #eefaf2; --good-line: #bfe8cd;
  --shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 12px 32px -12px rgb(16 24 40 / 18%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1116; --card: #171b22; --line: #2b313b; --field: #0f1319; --field-line: #6c7686;
    --ink: #eef0f4; --soft: #a4adbb; --accent: #2dd4bf; --accent-strong: #5eead4; --on-accent: #04211d;
    --bad: #ffa29a; --bad-ground: #2c1614; --bad-line: #5e2a25; --good: #7ce0a3; --good-ground: #10251a; --good-line: #24533a;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 16px 40px -16px rgb(0 0 0 / 70%);
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; padding: 24px 16px;
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 20px;
  background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
a { color: var(--accent); text-underline-offset: 3px; }
a:hover { color: var(--accent-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
.card {
  width: 100%; max-width: 408px; padding: 36px 36px 32px;
  background: var(--card); border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow);
}
.card.wide { max-width: 640px; }
@media (max-width: 480px) { .card { padding: 28px 20px 24px; } }
header { text-align: center; margin-bottom: 28px; }
.mark { display: block; margin: 0 auto 16px; border-radius: 10px; }
h1 { margin: 0; font-size: 22px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 28px 0 8px; font-size: 15px; font-weight: 650; }
.lead { margin: 6px 0 0; color: var(--soft); font-size: 15px; overflow-wrap: anywhere; }
.lead strong { color: var(--ink); font-weight: 600; }
form { margin: 0; }
.field { margin-bottom: 18px; }
label { display: block; margin-bottom: 6px; font-size: 14px; font-weight: 550; }
.optional { color: var(--soft); font-weight: 400; }
.hint { margin: -2px 0 6px; font-size: 14px; color: var(--soft); }
input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea {
  display: block; width: 100%; min-height: 44px; padding: 9px 12px;
  font: inherit; color: var(--ink); background: var(--field); border: 1px solid var(--field-line); border-radius: 9px;
}
input:focus-visible, select:focus-visible, textarea:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; border-radius: 9px; }
input[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.field-error { margin: 6px 0 0; font-size: 14px; color: var(--bad); }
.code input { font-size: 22px; letter-spacing: 0.35em; text-align: center; font-variant-numeric: tabular-nums; }
button, .button {
  display: block; width: 100%; min-height: 44px; padding: 9px 16px; cursor: pointer; text-align: center; text-decoration: none;
  font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: 9px;
}
button:hover, .button:hover { background: var(--accent-strong); color: var(--on-accent); }
button.quiet, .button.quiet { color: var(--ink); background: transparent; border-color: var(--line); font-weight: 550; }
button.quiet:hover, .button.quiet:hover { background: var(--ground); color: var(--ink); }
button.small { display: inline-block; width: auto; min-height: 36px; padding: 5px 12px; font-size: 14px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 12px; }
@media (max-width: 480px) { .pair { grid-template-columns: 1fr; } }
.given { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
.stack > * + * { margin-top: 12px; }
.or { display: flex; align-items: center; gap: 12px; margin: 18px 0; color: var(--soft); font-size: 14px; }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.errors, .notice { margin-bottom: 20px; padding: 12px 14px; border: 1px solid var(--bad-line); border-radius: 9px; font-size: 15px; background: var(--bad-ground); color: var(--bad); }
.notice { border-color: var(--good-line); background: var(--good-ground); color: var(--good); }
.errors a { color: inherit; }
.errors p, .notice p { margin: 0; }
.errors p + p { margin-top: 4px; }
.list { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.list > li { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 12px 0; border-bottom: 1px solid var(--line); }
.list p { margin: 0; overflow-wrap: anywhere; }
.list .soft, .soft { color: var(--soft); font-size: 14px; }
.tag { display: inline-block; padding: 1px 8px; border: 1px solid var(--line); border-radius: 999px; font-size: 13px; color: var(--soft); }
.aside { margin: 0; color: var(--soft); font-size: 15px; text-align: center; }
footer { color: var(--soft); font-size: 13px; text-align: center; }
.badge { display: inline-block; margin-right: 6px; padding: 1px 8px; border: 1px solid var(--field-line); border-radius: 999px; font-size: 12px; font-weight: 550; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) { button, .button, input { transition: background-color 120ms, border-color 120ms; } }
@media (forced-colors: active) { .card, button { border-color: CanvasText; } }
`;
