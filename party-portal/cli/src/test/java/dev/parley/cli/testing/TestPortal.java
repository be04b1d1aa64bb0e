package dev.parley.cli.testing;

import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.BudgetView;
import dev.parley.protocol.wire.HeldDataset;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.SignedPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A portal that takes what a party's member sends. */
public final class TestPortal implements AutoCloseable {
    private final TestRealm realm;
    private final List<SignedPolicy> policies = new CopyOnWriteArrayList<>();
    private final List<HeldDataset> held = new CopyOnWriteArrayList<>();
    private final Loopback loopback;

    public TestPortal(TestRealm realm) throws IOException {
        this.realm = realm;
        this.loopback = Loopback.start(this::handle);
    }

    public URI uri() {
        return loopback.uri();
    }

    public List<SignedPolicy> policies() {
        return policies;
    }

    public List<HeldDataset> held() {
        return held;
    }

    private void handle(Exchange exchange) throws Exception {
        if (!realm.accepts(exchange)) {
            exchange.refuse(401, "UNAUTHENTICATED");
            return;
        }
        var nothing = Json.object().build();
        switch (exchange.line()) {
            case "POST /v1/rooms/retail-media/policies" -> {
                policies.add(Message.parse(exchange.body(), SignedPolicy::read));
                exchange.answer(201, nothing);
            }
            case "PUT /v1/rooms/retail-media/datasets/customers/versions/1" -> {
                held.add(Message.parse(exchange.body(), HeldDataset::read));
                exchange.answer(201, nothing);
            }
            case "GET /v1/budget" ->
                exchange.answer(
                        200,
                        new BudgetView(List.of(new BudgetView.Lineage(
                                        "loyalty-members", 10_000_000, 1_500_000, 500_000, List.of())))
                                .json());
            default -> exchange.refuse(404, "NOT_FOUND");
        }
    }

    @Override
    public void close() {
        loopback.close();
    }
}
