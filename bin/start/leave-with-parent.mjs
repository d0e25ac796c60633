// Loaded into every child of `npm start`: when the parent is gone, even killed with -9, the child ends too.
function leave() {
  setTimeout(() => process.exit(1), 10_000).unref();
  process.kill(process.pid, "SIGTERM");
}

process.on("disconnect", leave);
// It may have gone while this child was still loading.
if (!process.connected) leave();
