// One tab of a browser writes, the others show: two would answer over one another. Where the browser knows no locks
// (http on a network), both write, and the server tells one of them when its answer is the older one.

const PATIENCE = 1500; // ms until the page before this one has let go

export class Tab {
  // `heard`: got() when this tab may write, lost() when another took it, given() when the other one has put its last
  // words on the device, which may take a slow one longer than anybody waits.
  constructor(sitting, heard) {
    this.name = `orientir:${sitting}`;
    this.heard = heard;
    this.channel = navigator.locks && new BroadcastChannel(this.name);
    this.channel?.addEventListener("message", () => heard.given());
  }

  give() {
    this.channel?.postMessage("given");
  }

  // Resolves when it is known whether this tab writes.
  async begin() {
    if (!navigator.locks) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE, false);
      this.ask({}, () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  steal() {
    this.ask({ steal: true });
  }

  ask(options, got = () => {}) {
    const held = () => {
      got();
      this.heard.got();
      return new Promise(() => {}); // until the page goes away
    };
    navigator.locks.request(this.name, options, held).catch(() => {
      this.heard.lost();
      this.ask({}); // the other one may be closed
    });
  }
}
