// Run before `npm start`, `npm test` and `npm run bench`. Plain enough for any Node that knows modules: an old one gets a
// clear line instead of a riddle.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Keystile needs Node 20.19 or later; this is ${process.versions.node}.`);
  process.exitCode = 1;
} else {
  import('./prepare/prepare-workspace.mjs').then(({ prepareWorkspace }) => prepareWorkspace());
}
