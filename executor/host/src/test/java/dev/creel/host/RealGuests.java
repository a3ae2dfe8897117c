package dev.creel.host;

import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.contract.ByteSize;
import dev.creel.contract.logs.MemoryGuestLogs;
import dev.creel.engine.Engine;
import dev.creel.engine.GuestInterfaces;
import dev.creel.engine.NodeMemory;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Serves one guest from a file, to look at it by hand: {@code RealGuests app.wasm PORT}. */
public final class RealGuests {
    private RealGuests() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws Exception {
        var vertx = Vertx.vertx();
        var engine = new Engine(new ChicoryEngine(), GuestInterfaces.all(), 2, NodeMemory.halfOfTheHeap());
        var config = ExecutorConfig.defaults();
        config = config.withIngress(config.ingress().at("127.0.0.1", Integer.parseInt(args[1])))
                .withOutbound(config.outbound().withPrivateNetworks(true));
        var logs = new MemoryGuestLogs(ByteSize.ofMiB(1), Clock.systemUTC());
        long start = System.nanoTime();
        var served = ServeComponent.start(
                "main",
                Files.readAllBytes(Path.of(args[0])),
                config,
                vertx,
                engine,
                new dev.creel.contract.logs.GuestLogs() {
                    @Override
                    public void append(
                            dev.creel.contract.app.AppId app,
                            String component,
                            dev.creel.contract.logs.GuestLine.Source source,
                            String text) {
                        System.err.println(component + " " + source + " " + text);
                    }

                    @Override
                    public java.util.List<dev.creel.contract.logs.GuestLine> read(
                            dev.creel.contract.app.AppId app, java.time.Instant since, int max) {
                        return java.util.List.of();
                    }

                    @Override
                    public void forget(dev.creel.contract.app.AppId app) {}
                });
        System.out.println("ready on " + served.port() + " after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        Thread.currentThread().join();
    }
}
