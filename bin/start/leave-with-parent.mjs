// Loaded into every child of `npm start`: when the parent is gone, even killed with -9, the child ends too.
function leave() {
  setTimeout(() => process.exit(1), 10_000).unref();
  process.kill(process.pid, "SIGTERM");
}

process.on("disconnect", leave);
// It may have gone while this child was still loading. What this child starts inherits this file, and has no such parent.
if (process.connected === false) leave();
