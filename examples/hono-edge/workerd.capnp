# How workerd runs the worker, https://github.com/cloudflare/workerd
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # The local backend is on this machine.
    (name = "internet", network = (allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "dist/bundle/worker.js")],
  compatibilityDate = "2025-09-01",
  bindings = [
    (name = "CLERK_PUBLISHABLE_KEY", fromEnvironment = "CLERK_PUBLISHABLE_KEY"),
    (name = "CLERK_SECRET_KEY", fromEnvironment = "CLERK_SECRET_KEY"),
    (name = "CLERK_API_URL", fromEnvironment = "CLERK_API_URL"),
    (name = "CLERK_WEBHOOK_SIGNING_SECRET", fromEnvironment = "CLERK_WEBHOOK_SIGNING_SECRET"),
  ],
);
