/** The style of the console, on top of that of the pages. */
export const consoleStylesheet = `body.console { display: grid; grid-template-columns: 216px minmax(0, 1fr); align-items: start; justify-content: stretch; gap: 0; padding: 0; font-size: 15px; }
.console > nav { position: sticky; top: 0; height: 100vh; padding: 20px 12px; border-right: 1px solid var(--line); background: var(--card); overflow: auto; }
.console .brand { display: flex; align-items: center; gap: 10px; margin: 0 8px 20px; font-weight: 650; color: var(--ink); text-decoration: none; }
.console > nav ul { list-style: none; margin: 0; padding: 0; }
.console > nav li a { display: block; padding: 7px 10px; border-radius: 8px; color: var(--ink); text-decoration: none; }
.console > nav li a:hover { background: var(--ground); }
.console > nav a[aria-current] { background: var(--ground); font-weight: 600; box-shadow: inset 3px 0 var(--accent); }
.console main { padding: 28px 36px 60px; max-width: 1200px; }
.console main:focus { outline: none; }
.console h1 { margin-bottom: 20px; }
.console .skip { position: absolute; left: -999px; }
.console .skip:focus { left: 12px; top: 12px; z-index: 1; padding: 8px 12px; background: var(--card); border-radius: 8px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 9px 14px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
td { overflow-wrap: break-word; }
td code { overflow-wrap: anywhere; }
td .tag, td button { white-space: nowrap; }
time, .nowrap { white-space: nowrap; }
code, pre, textarea { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; }
pre { margin: 8px 0; padding: 14px; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.console button { width: auto; display: inline-block; min-height: 34px; padding: 5px 12px; font-size: 14px; }
.console form.inline { display: inline; }
.console form.search { display: flex; gap: 8px; max-width: 460px; margin-bottom: 18px; align-items: end; }
.console form.search .field { flex: 1; margin: 0; }
.console form.search button { min-height: 44px; }
.tag.good { color: var(--good); border-color: var(--good-line); background: var(--good-ground); }
.tag.bad { color: var(--bad); border-color: var(--bad-line); background: var(--bad-ground); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 8px 20px; margin: 0 0 12px; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px; margin-bottom: 28px; }
.cards a { display: block; padding: 14px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--soft); text-decoration: none; }
.cards strong { display: block; font-size: 24px; color: var(--ink); font-weight: 650; }
.message { padding: 14px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); margin-bottom: 12px; }
.message h2 { margin: 0 0 2px; }
.message p { margin: 6px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.big-code { font-size: 22px; letter-spacing: 0.2em; font-weight: 600; }
.log p { margin: 0; padding: 4px 0; border-bottom: 1px solid var(--line); font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; overflow-wrap: anywhere; }
.paging { display: flex; gap: 16px; align-items: center; margin-top: 14px; }
@media (max-width: 760px) {
  body.console { display: block; }
  .console > nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 12px; }
  .console > nav ul { display: flex; flex-wrap: wrap; gap: 4px; }
  .console .brand { margin-bottom: 8px; }
  .console main { padding: 20px 16px 40px; }
  .facts { grid-template-columns: 1fr; gap: 2px; }
  .facts dd { margin-bottom: 8px; }
}
`;
