// These servers listen on all addresses and have no setting for it: from here on, on loopback only.
import net from "node:net";

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (first, ...rest) {
  if (first !== null && typeof first === "object" && "port" in first)
    return listen.call(this, { ...first, host: "127.0.0.1" }, ...rest);
  if (typeof first === "number" || /^\d+$/.test(String(first)))
    return listen.call(this, { port: Number(first), host: "127.0.0.1" }, ...rest.filter((one) => typeof one === "function"));
  return listen.call(this, first, ...rest);
};
